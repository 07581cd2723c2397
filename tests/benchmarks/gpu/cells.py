"""Cells of the notebooks, read and run without Jupyter's packages."""

import contextlib
import io
import json
import os
import re

from utils import config

TRAINED = {  # the cells with a training, and those that these need
    3: "data prepare run-define adamax baseline cycle-class optimizers tricks tricks-use "
       "ablate-use long climb maps-figure layer-stimuli-figure class-stimuli-figure flowers "
       "generator-use classifier-use freeze-use few-define few extract blocks train-head "
       "train-heads many unfreeze-use views stream tune-define tune final",
    4: "data pca train-pair linear-train deep-build deep-train curve drawn-train noise-use "
       "clean-pca clean-train gan-build gan-class gan-callback gan-train",
    5: "data split vocabulary-use matrix-use ngrams bar notes-data notes-figure loss-use "
       "language-model-use language-train-define language-train classes-data classifier-use cards "
       "conditional-train tag-data tag-numbers tag-baseline tagger-train",
    6: "data split-use vocabulary-use indices-use encoder extract ngrams bleu-use baselines views "
       "stream schedule train-define train experiment attend where attend-build attend-train",
}  # fmt: skip
SEED_LINE = re.compile(r"^SEED = \d+$", re.MULTILINE)


def sources(week):
    """Return {id: source} of a week's code cells, in the notebook's order. week: int."""
    notebook = json.loads(config.notebook_path(week).read_text(encoding="utf-8"))
    return {
        cell["id"]: "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    }


class Lesson:
    """A notebook whose cells run one by one, with the reference solutions.

    week: int. seed: int, in place of the notebook's. variables: what the cells know. instead: what
    they find under some names, whatever a cell says that these are. The profile is that of
    COURSE_PROFILE.
    """

    def __init__(self, week, seed=0):
        os.environ["COURSE_SOLUTIONS"] = "1"
        self.week, self.seed, self.cells, self.instead = week, seed, sources(week), {}
        self.variables = {"__name__": f"week{week}"}
        self.run("imports", "constants")

    def replace(self, **instead):
        """Let all cells find other things under these names, from now on."""
        self.instead |= instead
        self.variables |= instead

    def run(self, *names):
        """Run cells, and before each the exercises above it that haven't run; print nothing.

        Raises KeyError for a cell that the notebook doesn't have, and whatever a cell raises.
        """
        for name in names:
            if name not in self.cells:
                raise KeyError(f"week {self.week} has no cell '{name}'")
            for earlier in list(self.cells):
                if earlier == name:
                    break
                if earlier.startswith("exercise-"):
                    self._run(earlier)
            self._run(name)
        return self.variables

    def _run(self, name):
        source = SEED_LINE.sub(f"SEED = {self.seed}", self.cells[name])
        if name.startswith("exercise-"):
            del self.cells[name]  # once is enough
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(source, f"<week {self.week}, {name}>", "exec"), self.variables)
        self.variables |= self.instead
