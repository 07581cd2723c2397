"""What the benchmarks share: they run the notebook's own cells, with the reference solutions."""

import os
import re
import tempfile

from utils import notebooks

FOLDER = tempfile.TemporaryDirectory()  # of checkpoints; gone when the process ends
SEED_LINE = re.compile(r"^SEED = \d+$", re.MULTILINE)


def run_cells(week, names, seed, checkpoints=None, **given):
    """Run cells of a notebook in this process, in the notebook's order; return their variables.

    week: int. names: ids of cells; those of the set-up and of all exercises run without being
    named. seed: int, in place of the notebook's. checkpoints: folder of trainings to go on with; if
    None, all begin anew. given: what the cells find that others would have made. The profile is
    `cpu` unless one is set.
    """
    os.environ.setdefault("COURSE_PROFILE", "cpu")
    os.environ["COURSE_SOLUTIONS"] = "1"
    os.environ["COURSE_CHECKPOINTS"] = str(checkpoints or tempfile.mkdtemp(dir=FOLDER.name))
    cells = {cell.id: cell.source for cell in notebooks.read(week).cells}
    unknown = set(names) - set(cells)
    if unknown:
        raise ValueError(f"Week {week} has no cells {sorted(unknown)}.")
    variables = {"__name__": f"week{week}", **given}
    for name, source in cells.items():
        if name in {"setup", "imports", "constants", *names} or name.startswith("exercise-"):
            source = SEED_LINE.sub(f"SEED = {seed}", source)
            exec(compile(source, f"<week {week}, {name}>", "exec"), variables)
    return variables
