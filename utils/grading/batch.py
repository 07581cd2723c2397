"""A batch: what it is graded with, where its results are, and what is still to do."""

import ast
import json
import secrets
import tempfile
from pathlib import Path

from .. import config
from ..errors import CourseError
from ..files import write_whole
from .box import NoBox, why_not
from .evidence import Store
from .grade import grade
from .judging import Judge
from .kernel import BoxedKernel
from .local import LocalKernel
from .reports import write_submission
from .warm import WarmParent

STATE, EVIDENCE, DETAILS = "run.json", ".evidence", "details.json"


def modules_for(week):
    """Return what the warm parent imports for a week: its probes, and what its answers need.

    Only names come from the solutions' imports; the warm parent never sees their text.
    """
    found = ["numpy", f"probes.week{week}", "probes.remote"]
    text = config.solutions_path(week).read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append(node.module)
    return list(dict.fromkeys(found))


class Batch:
    """One run over a cohort, kept in a folder.

    folder: pathlib.Path; week: int; seed: int or None for a fresh one; resume: whether to go on
    with what the folder holds.
    """

    def __init__(self, folder, week, seed=None, resume=False):
        self.folder, self.week = Path(folder), week
        state = self._state()
        if state and not resume:
            raise CourseError(
                f"{self.folder} holds a run already: add --resume to go on with it, or name "
                "another folder."
            )
        if state and state["week"] != week:
            raise CourseError(f"{self.folder} is of week {state['week']}, not of week {week}.")
        if state and seed not in (None, state["seed"]):
            raise CourseError(f"The run in {self.folder} has the seed {state['seed']}.")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.seed = state["seed"] if state else secrets.randbits(63) if seed is None else seed
        write_whole(self.folder / STATE, json.dumps({"week": week, "seed": self.seed}) + "\n")

    def _state(self):
        try:
            return json.loads((self.folder / STATE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    @property
    def evidence(self):
        return self.folder / EVIDENCE

    def result(self, submission):
        """Return the result of a submission that was graded, or None."""
        try:
            text = (self.folder / submission.folder / DETAILS).read_text(encoding="utf-8")
            return json.loads(text)
        except (FileNotFoundError, ValueError):
            return None

    def is_done(self, submission):
        """Whether a submission needs no more work; the grader's own failures are tried again."""
        result = self.result(submission)
        return result is not None and not result.get("failed")

    def save(self, submission, result):
        """Keep a result; from then on the submission counts as graded."""
        place = self.folder / submission.folder
        place.mkdir(exist_ok=True)
        write_submission(place, result)
        write_whole(place / DETAILS, json.dumps(result, indent=1, ensure_ascii=False) + "\n")


class Grader:
    """What grades one submission after the other, in whatever process it is called.

    week, seed: ints; folder: pathlib.Path or None, where evidence is kept; warm: address of a warm
    parent, or None for kernels without a box; temporary: folder for what is thrown away.
    """

    def __init__(self, week, seed, folder, warm, temporary=None):
        self.week, self.seed, self.folder = week, seed, folder
        self.warm, self.temporary = warm, temporary
        self._judge = None

    def _start_kernel(self):
        return BoxedKernel(self.warm) if self.warm else LocalKernel()

    def __call__(self, submission):
        if self.temporary:
            tempfile.tempdir = self.temporary  # it goes with the warm parent, however this ends
        if self._judge is None:
            self._judge = Judge(self.week, self.seed, Store(self.folder))
        self._judge.naming = not submission.is_canary
        return grade(submission, self._judge, self._start_kernel)


def open_warm_parent(week):
    """Start the warm parent of a week. Raises NoBox where there can be no sandbox."""
    problem = why_not()
    if problem:
        raise NoBox(problem)
    return WarmParent(modules_for(week))
