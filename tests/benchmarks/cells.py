"""What the benchmarks share: they run the notebooks' own cells, with the reference solutions.

They are read without Jupyter's packages, which the machine of a run for a GPU may lack.
"""

import contextlib
import io
import json
import os
import re
import tempfile

from utils import config

FOLDER = tempfile.TemporaryDirectory()  # of checkpoints; gone when the process ends
SEED_LINE = re.compile(r"^SEED = \d+$", re.MULTILINE)
EXERCISE = "exercise-"  # how the id of an exercise's cell begins


def sources(week):
    """Return {id: source} of a week's code cells, in the notebook's order. week: int."""
    notebook = json.loads(config.notebook_path(week).read_text(encoding="utf-8"))
    return {
        cell["id"]: "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    }


def run_cells(week, names, seed, checkpoints=None, **given):
    """Run cells of a notebook in this process, in the notebook's order; return their variables.

    week: int. names: ids of cells; those of the set-up and of all exercises run without being
    named. seed: int, in place of the notebook's. checkpoints: folder of trainings to go on with; if
    None, all begin anew. given: what the cells find that others would have made. The profile is
    `cpu` unless one is set. Raises KeyError for a cell that the notebook doesn't have.
    """
    os.environ.setdefault("COURSE_PROFILE", "cpu")
    os.environ["COURSE_CHECKPOINTS"] = str(checkpoints or tempfile.mkdtemp(dir=FOLDER.name))
    lesson = Lesson(week, seed, ("setup", "imports", "constants"), quiet=False, **given)
    place = {name: number for number, name in enumerate(lesson.cells)}
    exercises = [name for name in place if name.startswith(EXERCISE)]
    return lesson.run(*sorted({*names, *exercises}, key=lambda name: place.get(name, -1)))


class Lesson:
    """A notebook whose cells run one by one, with the reference solutions.

    week: int. seed: int, in place of the notebook's. start: names of cells that run at once.
    quiet: whether they print nothing. given: what the cells find. instead: what they find under
    some names, whatever a cell says that these are. The profile is that of COURSE_PROFILE.
    """

    def __init__(self, week, seed=0, start=("imports", "constants"), quiet=True, **given):
        os.environ["COURSE_SOLUTIONS"] = "1"
        self.week, self.seed, self.cells, self.instead = week, seed, sources(week), {}
        self.variables, self.quiet = {"__name__": f"week{week}", **given}, quiet
        self.run(*start)

    def replace(self, **instead):
        """Let all cells find other things under these names, from now on."""
        self.instead |= instead
        self.variables |= instead

    def run(self, *names):
        """Run cells, and before each the exercises above it that haven't run.

        Returns all variables. Raises KeyError for a cell that the notebook doesn't have, and
        whatever a cell raises.
        """
        for name in names:
            if name not in self.cells:
                raise KeyError(f"week {self.week} has no cell '{name}'")
            for earlier in list(self.cells):
                if earlier == name:
                    break
                if earlier.startswith(EXERCISE):
                    self._run(earlier)
            self._run(name)
        return self.variables

    def _run(self, name):
        source = SEED_LINE.sub(f"SEED = {self.seed}", self.cells[name])
        if name.startswith(EXERCISE):
            del self.cells[name]  # once is enough
        with contextlib.redirect_stdout(io.StringIO()) if self.quiet else contextlib.nullcontext():
            exec(compile(source, f"<week {self.week}, {name}>", "exec"), self.variables)
        self.variables |= self.instead
