"""What Gradescope's container does with a submission: has the command grade it, writes the results.

python -m utils.grading.gradescope.on_submission: in that container only, as it locks the machine.
"""

import json
import shutil
import sys
import tempfile
import traceback
from pathlib import Path

from ...errors import CourseError
from ...files import write_whole
from .. import __main__ as command
from ..intake import submissions
from ..reports.write import FEEDBACK
from ..sandbox import other_user
from ..sandbox.box import Box
from ..sandbox.limits import MEMORY, TooSlow, at_most
from . import locked
from .assignment import Assignment

PLACE = Path("/autograder")  # as Gradescope has it
ONE = "Learner_1_assignsubmission_file"  # so Moodle names a folder that is one learner's
CONTAINER = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
SHARE = 0.6  # of the container's memory that one process of an answer may take
FAILED = (
    "The autograder failed, so there is no score: that isn't your fault. Your instructor can see "
    "why in its output."
)
TOO_SLOW = (
    "The autograder was not done after {} minutes, so there is no score. Does your code run that "
    "long? Otherwise hand it in again."
)
NOTHING = "Nothing that was handed in can be graded, so there is no score: hand in the notebook."


def without_score(text):
    """Return results that say why there is no score. text: str."""
    return {"output": text, "visibility": "visible", "extra_data": {"status": "not gradable"}}


def shown(results):
    """Return what Gradescope gets of the command's results.json: without a score where there is
    none, as zeros would count there. results: dict."""
    if results.get("gradable", True):
        return results
    kept = ("output", "visibility", "execution_time", "extra_data", "gradable", "format_errors")
    return {name: results[name] for name in kept}


def memory():
    """Return the bytes that a process of an answer may take in this container: int."""
    found = [MEMORY]
    for path in CONTAINER:
        try:
            found.append(int(int(Path(path).read_text(encoding="ascii")) * SHARE))
        except (OSError, ValueError):  # another kind of system, or no limit
            continue
    return max(min(found), 1 << 30)  # the command's least


def _box(secret):
    """Return the class of boxes, checked; secret: pathlib.Path, a folder of the grader's own."""
    if Box.why_not() is None:
        return Box
    print(f"Answers run as another user. {Box.why_not()}")
    if problem := other_user.OtherUser.why_not():
        raise CourseError(problem)
    locked.lock(PLACE)
    locked.check(PLACE, secret)
    return other_user.OtherUser


def _graded(assignment, folder):
    """Return the results of the submission as Gradescope takes them."""
    one = folder / "class" / ONE
    one.parent.mkdir()
    one.symlink_to(PLACE / "submission")
    try:
        (found,) = submissions.find(one)
    except CourseError:
        return without_score(NOTHING)
    if not found.places:
        return without_score(f"{NOTHING} {found.problem}")
    report = folder / "report"
    arguments = [f"week{assignment.week}", str(one), "--out", str(report), "--jobs", "1"]
    arguments += ["--memory", str(memory() / 2**30), "--seconds", str(assignment.seconds)]
    rules = PLACE / "source" / assignment.RULES
    arguments += ["--rules", str(rules)] if rules.exists() else []
    if command.main(arguments, _box(folder)):
        return without_score(FAILED)
    path = report / FEEDBACK / found.folder / "results.json"
    return shown(json.loads(path.read_text(encoding="utf-8")))


def main():
    folder = Path(tempfile.mkdtemp(prefix="private-"))
    results = without_score(FAILED)
    try:
        assignment = Assignment.read(PLACE / "source")
        with at_most(assignment.total_seconds):
            results = _graded(assignment, folder)
    except TooSlow:
        results = without_score(TOO_SLOW.format(assignment.minutes))
    except CourseError as error:
        print(error)  # only instructors see what is printed
    except Exception:
        traceback.print_exc()
    finally:
        other_user.end_processes()
        shutil.rmtree(folder, ignore_errors=True)
        text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
        write_whole(PLACE / "results" / "results.json", text)


if __name__ == "__main__":
    sys.exit(main())
