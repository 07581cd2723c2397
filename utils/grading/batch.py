"""A batch, one run over a cohort: where its results are, what is still to do, what grades it."""

import ast
import json
import secrets
import tempfile
from pathlib import Path

from .. import config
from ..errors import CourseError
from ..files import write_whole
from .grade import grade
from .intake.submissions import digest
from .judge.evidence import Store
from .judge.verdicts import Judge
from .lock import lock
from .reports.tidy import tidy
from .reports.write import write_submission
from .results import SubmissionResult
from .sandbox.box import NoBox, why_not
from .sandbox.boxed_kernel import BoxedKernel
from .sandbox.forkserver import ForkServer
from .sandbox.limits import Limits
from .sandbox.local_kernel import LocalKernel

DEFAULT = Limits()
STATE, EVIDENCE = "run.json", ".evidence"
# What learners may get, and what only the instructor: seed, expected values. No name that a learner
# chose lies beside the run's own files.
FEEDBACK, DETAILS = "feedback", "details"


def modules_for(week):
    """Return what the forkserver imports for a week: its probes, and what its answers need.

    Only names come from the solutions' imports; the forkserver never sees their text.
    """
    found = ["numpy", f"probes.week{week}", "probes.kernel_side", "probes.trial"]
    text = config.solutions_path(week).read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append(node.module)
    if "keras" in found:
        found += ["probes.networks", "probes.layer_rows"]
    return list(dict.fromkeys(found))


class Batch:
    """One run over a cohort, kept in a folder that no other run may use until `close`.

    folder: pathlib.Path; week: int; seed: int or None for a fresh one; resume: whether to continue
    the run that the folder holds.
    """

    def __init__(self, folder, week, seed=None, resume=False):
        self.folder, self.week = Path(folder), week
        self.folder.mkdir(parents=True, exist_ok=True)
        self.lock = lock(self.folder)
        try:
            self.seed = self._begin(seed, resume)
        except BaseException:
            self.close()
            raise

    def _begin(self, seed, resume):
        """Note week and seed of this run, or check them against the one to continue."""
        week, state = self.week, self._state()
        if state and not resume:
            raise CourseError(
                f"{self.folder} already holds a run: add --resume to continue it, or name "
                "another folder."
            )
        if state and state["week"] != week:
            other = state["week"]
            raise CourseError(f"{self.folder} holds a run of week {other}, not of week {week}.")
        if state and seed not in (None, state["seed"]):
            raise CourseError(f"The run in {self.folder} has the seed {state['seed']}.")
        if state:
            return state["seed"]
        seed = secrets.randbits(63) if seed is None else seed
        write_whole(self.folder / STATE, json.dumps({"week": week, "seed": seed}) + "\n")
        return seed

    def _state(self):
        try:
            return json.loads((self.folder / STATE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None

    @property
    def evidence(self):
        return self.folder / EVIDENCE

    def feedback(self, submission):
        """Return the folder of what a learner gets."""
        return self.folder / FEEDBACK / submission.folder

    def _details(self, submission):
        return self.folder / DETAILS / f"{submission.folder}.json"

    def result(self, submission):
        """Return the SubmissionResult of a submission that was graded, or None."""
        try:
            text = self._details(submission).read_text(encoding="utf-8")
            return SubmissionResult.from_json(json.loads(text))
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None

    def is_done(self, submission):
        """Whether a submission needs no more work: what was graded is what is handed in now.

        The grader's own failures are tried again.
        """
        result = self.result(submission)
        return result is not None and not result.failed and result.digest == digest(submission)

    def save(self, submission, result):
        """Keep a SubmissionResult; from then on the submission counts as graded."""
        result = tidy(result)
        text = json.dumps(result.to_json(), indent=1, ensure_ascii=False) + "\n"
        place = self.feedback(submission)
        place.mkdir(parents=True, exist_ok=True)
        write_submission(place, result)
        self._details(submission).parent.mkdir(exist_ok=True)
        write_whole(self._details(submission), text)

    def close(self):
        """Let go of the folder."""
        self.lock.close()


class Grader:
    """What grades one submission after the other, in whatever process it is called.

    week, seed: ints; folder: pathlib.Path or None, where evidence is kept; forkserver: ForkServer,
    or None for kernels without a box; limits: Limits.
    """

    def __init__(self, week, seed, folder=None, forkserver=None, limits=DEFAULT):
        self.week, self.seed, self.folder, self.limits = week, seed, folder, limits
        self.address = forkserver and forkserver.address
        self.temporary = forkserver and str(forkserver.private)
        self._judge = None

    def _start_kernel(self):
        if not self.address:
            return LocalKernel()
        return BoxedKernel(self.address, {"memory": self.limits.memory})

    def grade(self, submission):
        """Return the SubmissionResult of a submission."""
        if self.temporary:
            tempfile.tempdir = self.temporary  # it goes with the forkserver, however this ends
        if self._judge is None:
            self._judge = Judge(self.week, self.seed, Store(self.folder))
        self._judge.naming = not submission.is_canary
        result = grade(submission, self._judge, self._start_kernel, seconds=self.limits.seconds)
        result.digest = digest(submission)
        return result


def open_forkserver(week):
    """Start the forkserver of a week. Raises NoBox where there can be no sandbox."""
    problem = why_not()
    if problem:
        raise NoBox(problem)
    return ForkServer(modules_for(week))
