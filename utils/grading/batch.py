"""A batch, one run over a cohort: where its results are, what is still to do, what grades it."""

import ast
import json
import secrets
import tempfile
from pathlib import Path

from .. import config
from ..errors import CourseError
from ..files import not_read, not_written, write_whole
from . import report_folder, versions, withdrawn
from .grade import grade
from .intake.submissions import digest
from .judge.evidence import Store
from .judge.verdicts import Judge
from .lock import lock
from .marks.final import Marker
from .marks.rules import Rules
from .regrade import Again
from .reports.tidy import tidy
from .reports.write import FEEDBACK, write_submission
from .results import SubmissionResult
from .sandbox.box import Box, NoBox
from .sandbox.boxed_kernel import BoxedKernel
from .sandbox.forkserver import ForkServer
from .sandbox.limits import Limits
from .sandbox.local_kernel import LocalKernel

DEFAULT = Limits()
EVIDENCE, LOCK = ".evidence", ".lock"
# What learners may get, and what only the instructor: seed, expected values. No name that a learner
# chose lies beside the run's own files.
DETAILS = "details"


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
    the run that the folder holds; marker: final.Marker, of the marks that learners' pages show, or
    None for none but the points; is_anonymous: whether the instructor's pages show no names.
    """

    def __init__(self, folder, week, seed=None, resume=False, marker=None, is_anonymous=False):
        self.folder, self.week, self.marker = Path(folder), week, marker
        self.is_anonymous = is_anonymous
        self.made = report_folder.make(self.folder)
        self.is_new = False
        self.lock = lock(self.folder)
        try:
            self.seed = self._begin(seed, resume)
        except BaseException:
            self.give_up()
            self.close()
            raise

    def _begin(self, seed, resume):
        """Note week and seed of this run, or check them against the one to continue."""
        week, state = self.week, report_folder.read_state(self.folder)
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
        self.is_new = not state
        if state:
            seed = state["seed"]
        elif seed is None:
            seed = secrets.randbits(63)
        if not state or state["anonymous"] != self.is_anonymous:
            self._note(seed)
        return seed

    def _note(self, seed):
        """Keep what all later commands on this folder need. A page with names mustn't be there
        until an anonymous one is written in its place."""
        state = {"week": self.week, "seed": seed, "anonymous": self.is_anonymous}
        try:
            write_whole(self.folder / report_folder.STATE, json.dumps(state) + "\n")
            if self.is_anonymous:
                (self.folder / "index.html").unlink(missing_ok=True)
        except OSError as error:
            raise CourseError(not_written(self.folder, error)) from None

    def give_up(self):
        """Leave the folder as it was, where this run began in it and has graded nothing."""
        if self.is_new and not any((self.folder / DETAILS).glob("*.json")):
            names = [report_folder.STATE, EVIDENCE, LOCK]
            report_folder.remove(self.folder, self.made, names)
        elif self.made:
            report_folder.remove(self.folder, self.made, [LOCK])

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
        path = self._details(submission)
        if not path.exists():  # or it was withdrawn, and is here again
            path = withdrawn.result_path(self.folder, submission.folder)
        try:
            return SubmissionResult.from_json(json.loads(path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None
        except OSError as error:
            raise CourseError(not_read(path, error)) from None

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
        marker = self.marker or Marker([submission], Rules(self.week))
        write_submission(self.feedback(submission), marker.mark(result, submission))
        self._details(submission).parent.mkdir(exist_ok=True)
        write_whole(self._details(submission), text)

    def close(self):
        """Let go of the folder."""
        self.lock.close()


class Grader:
    """What grades one submission after the other, in whatever process it is called.

    week, seed: ints; folder: pathlib.Path or None, where evidence is kept; forkserver: ForkServer,
    or None for kernels without a box; limits: Limits; pick: "latest" or "best", which of several
    files of a learner counts.
    """

    def __init__(self, week, seed, folder=None, forkserver=None, limits=DEFAULT, pick="latest"):
        self.week, self.seed, self.folder, self.limits = week, seed, folder, limits
        self.address = forkserver and forkserver.address
        self.temporary = forkserver and str(forkserver.private)
        self.pick = pick
        self._judge = None

    def _start_kernel(self):
        if not self.address:
            return LocalKernel()
        return BoxedKernel(self.address, {"memory": self.limits.memory})

    def grade(self, work):
        """Return the SubmissionResult of a Submission, or of an Again."""
        if self.temporary:
            tempfile.tempdir = self.temporary  # it goes with the forkserver, however this ends
        stamp = versions.stamp(self.week, self.pick)
        if self._judge is None:
            self._judge = Judge(self.week, self.seed, Store(self.folder))
        is_again = isinstance(work, Again)
        submission = work.submission if is_again else work
        kept = work.kept(stamp["points"]) if is_again else None
        self._judge.naming = not submission.is_canary
        about = (submission, self._judge, self._start_kernel, None, self.limits.seconds)
        result = grade(*about, self.pick, kept)
        result.digest, result.stamp = digest(submission), stamp
        return result


def open_forkserver(week, new_box=Box):
    """Start the forkserver of a week. new_box: see `ForkServer`. Raises NoBox where there can be no
    sandbox."""
    problem = new_box.why_not()
    if problem:
        raise NoBox(problem)
    return ForkServer(modules_for(week), new_box)
