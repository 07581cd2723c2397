"""What names, texts and files can do to a batch: clash, forge a line, end it, fill a disk."""

import csv
import json
import multiprocessing
import os
from dataclasses import replace

import pytest

from tests.grading.test_command import run
from tests.grading.test_lms_uploads import damaged
from tests.support.grading_room import needs_box
from tests.support.uploads import IMPORT, ONE, TWO, zipped
from utils.errors import CourseError
from utils.grading import command
from utils.grading.batch import Batch
from utils.grading.canaries import notebook
from utils.grading.intake import submissions
from utils.grading.results import ExerciseResult, Status, SubmissionResult
from utils.grading.sample_cohort import solution_source
from utils.grading.workers import Inline

NONE = notebook(IMPORT, "def expand(X):\n    return X")
STUBS = notebook(
    *(
        f"@exercise\ndef {name}(*a):\n    '''What to do.'''\n    raise NotImplementedError"
        for name in ("expand", "sgd_step", "huber_loss")
    )
)
TELLS = "def sgd_step(w, grad, eta):\n    raise ValueError('\\ud800', 123456, [int(w[0] * 1e6)])"


def hostile_cohort(folder):
    """Write submissions each of which ended a batch, or took another one's grade."""
    surrogate = {**json.loads(TWO), "metadata": {"kernelspec": {"language": "\ud800"}}}
    files = {
        "language.ipynb": json.dumps(surrogate).encode(),
        "tells.ipynb": notebook(IMPORT, TELLS),
        "run.json.ipynb": TWO,
        "grades.csv.ipynb": TWO,
        "index.html.ipynb": ONE,
        "Week1.ipynb": ONE,
        "week1 (2).ipynb": NONE,
        "week1.ipynb": TWO,
        "a\x1b[2J\n9 of 9 · 0 s left · Eve: 17 of 17.ipynb": NONE,
        "lzma.zip": damaged(),
        "return.ipynb": notebook("x = 1\ry = 2", IMPORT, solution_source(1, "expand")),
        os.fsdecode(b"\xff.ipynb"): TWO,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "both").mkdir()
    (folder / "both" / "a_template.ipynb").write_bytes(STUBS)
    (folder / "both" / "week1.ipynb").write_bytes(TWO)


WANTED = {
    "language": "0",
    "tells": "0",
    "run.json": "2",
    "grades.csv": "2",
    "index.html": "1",
    "Week1": "1",
    "week1 (2)": "0",
    "week1 (3)": "2",
    "lzma": "0",
    "return": "1",
    "both": "2",
    "\\udcff": "2",
    "a_[2J_9 of 9 · 0 s left · Eve_ 17 of 17": "0",
}


def by_folder(out):
    """Return {folder: score} from grades.csv."""
    with open(out / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {row["folder"]: row["score"] for row in csv.DictReader(file)}


@needs_box
def test_no_file_ends_a_batch_or_takes_a_grade(tmp_path, capsys):
    """Names like the report's own, in no encoding, of a terminal's; texts that UTF-8 lacks; a
    template beside the solution. Resumed, what was handed in anew is graded anew."""
    cohort, out = tmp_path / "in", tmp_path / "in" / "report"
    cohort.mkdir()
    hostile_cohort(cohort)
    assert run("week1", cohort, "--out", out, "--seed=17", "--jobs=2") == 0
    assert by_folder(out) == {name.replace("\\", "_"): score for name, score in WANTED.items()}
    said = capsys.readouterr().out
    assert "\x1b" not in said and "\n9 of 9" not in said
    told = json.loads((out / "details" / "tells.json").read_text(encoding="utf-8"))
    [step] = [item for item in told["exercises"] if item["name"] == "sgd_step"]
    assert "123456" in step["details"] and "ValueError" in step["reason"]
    for path in (out / "feedback" / "tells").iterdir():
        assert "123456" not in path.read_text(encoding="utf-8-sig"), path

    (cohort / "lzma.zip").write_bytes(zipped({"week1.ipynb": ONE}))
    (cohort / "lzma.ipynb").write_bytes(TWO)
    assert run("week1", cohort, "--out", out, "--resume") == 0
    assert "14 submissions, 2 to grade" in capsys.readouterr().out
    found = by_folder(out)
    assert (found["lzma"], found["lzma (2)"], len(found)) == ("2", "1", 14)


def test_texts_are_short_and_feedback_tells_no_long_number(tmp_path):
    """600 kB in a message stay out of every report; shapes and lines stay in."""
    batch = Batch(tmp_path / "out", 1)
    quoted = "it raised ValueError: 123456\n7890\nin line 104 of your code: `raise 5000`"
    reason = f"Tried on: 200 rows\n{quoted}"
    shape = "Tried on: 200 rows\nthe shape should be (784, 10); it is (100,)."
    texts = {"a": reason, "b": shape, "c": "y" * 600_000, "d": "Odd: 1234"}
    exercises = [
        ExerciseResult(name, 1, Status.GRADED, reason=text, details=text)
        for name, text in texts.items()
    ]
    sources = {"c": "y" * 600_000}
    result = SubmissionResult("Eve", "Eve", 1, 5, 4, exercises=exercises, sources=sources)
    submission = submissions.Submission("Eve", "Eve")
    batch.save(submission, result)
    batch.close()
    kept = {item.name: item.reason for item in batch.result(submission).exercises}
    assert kept["a"] == (
        "Tried on: 200 rows\nit raised ValueError: …\n…\nin line 104 of your code: `raise …`"
    )
    assert (kept["b"], kept["d"]) == (shape, "Odd: …")
    sizes = [path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert sum(sizes) < 100_000


def test_a_result_that_cannot_be_written_costs_itself(tmp_path):
    """Both learners get a report, one of them that the grader failed."""
    whole = SubmissionResult("b", "b", 1, 5, 17, Status.NOT_GRADABLE, reason="no")
    batch = Batch(tmp_path / "out", 1, seed=5)
    works = [submissions.Submission(name, name) for name in "ab"]
    pool = Inline(lambda work: replace(whole, notes=[{1}]) if work.name == "a" else whole)
    command._grade_all(pool, batch, works)
    assert "The grader failed" in batch.result(works[0]).reason
    assert batch.result(works[1]).reason == "no"
    batch.close()


def _hold(folder, pipe):
    batch = Batch(folder, 1)
    pipe.send("held")
    pipe.recv()
    batch.close()


def test_one_run_at_a_time(tmp_path):
    """A second grader in the same folder is refused, until the first one ends however it does."""
    out = tmp_path / "out"
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    other = context.Process(target=_hold, args=(out, theirs), daemon=True)
    other.start()
    assert ours.recv() == "held"
    with pytest.raises(CourseError, match="Another run"):
        Batch(out, 1, resume=True)
    other.kill()
    other.join()
    Batch(out, 1, resume=True).close()
