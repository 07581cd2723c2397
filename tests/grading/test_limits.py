"""What one submission may take, as the command line says, and what is said of the time left."""

import io
import json
import time

import pytest

from tests.support.grading_room import GOOD, IMPORTS, RIGHT, needs_box, room
from utils.checks.exercise import exercise_names
from utils.grading import __main__, grade, workers
from utils.grading.batch import DEFAULT
from utils.grading.canaries import Canary, _parameters, notebook
from utils.grading.sandbox.limits import Limits
from utils.grading.time_left import Progress
from utils.grading.workers import Inline, Pool

NONSENSE = {
    "--memory": ("0", "-1", "0.5", "nan", "inf", "1e99", "4GB", ""),
    "--seconds": ("0", "-5", "59", "nan", "inf", "a minute", ""),
}


@pytest.mark.parametrize(
    ("option", "text"), [(option, text) for option in NONSENSE for text in NONSENSE[option]]
)
def test_nonsense_is_refused(option, text, capsys):
    """In a sentence that says what is possible."""
    with pytest.raises(SystemExit) as stop:
        __main__.main(["week1", "in", "--out", "out", f"{option}={text}"])
    assert stop.value.code == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert f"isn't a number of {'gigabytes' if option == '--memory' else 'seconds'} from" in said


def test_the_help_tells_the_defaults():
    """They are those of the sandbox."""
    options = __main__._parser().parse_args(["week1"])
    assert Limits(options.memory, options.seconds) == DEFAULT
    text = " ".join(__main__._parser().format_help().split())
    assert "--memory GB memory of each box (4)" in text
    assert "--seconds N time of each submission (1200)" in text


TAKES = """
def sgd_step(w, grad, eta):
    import mmap, time
    held = [mmap.mmap(-1, 1 << 28, mmap.MAP_SHARED | 0x8000) for _ in range(6)]
    return w - eta * grad
"""


@needs_box
@pytest.mark.parametrize(("memory", "score"), [("1", 0), ("2", 1)])
def test_the_command_line_sets_the_memory_of_a_box(tmp_path, memory, score):
    """1.5 GB are too much for one of 1 GB."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Eve.ipynb").write_bytes(notebook(IMPORTS, TAKES))
    out = tmp_path / "out"
    arguments = ["week1", tmp_path / "in", "--out", out, "--jobs=1", f"--memory={memory}"]
    assert __main__.main([*map(str, arguments), "--seconds=60"]) == 0
    found = json.loads((out / "details" / "Eve.json").read_text(encoding="utf-8"))
    assert (found["status"], found["score"]) == ("graded", score)


@needs_box
def test_many_loops_cost_what_one_submission_may():
    """All exercises of a notebook loop; those whose turn doesn't come are told so."""
    heads = _parameters(1)
    cells = [f"{heads[name]}\n    while True: pass" for name in exercise_names(1)]
    start = time.monotonic()
    work = Canary("loops", notebook(IMPORTS, *cells))
    result = grade.grade(work, room(1).judge, room(1).kernel, seconds=12)
    assert time.monotonic() - start < 20
    assert {exercise.status for exercise in result.exercises} == {"timed out"}
    assert "time limit of this submission" in result.exercises[-1].reason


def _lefts(*ages, total, done, passed, most=1200, refused=0):
    """Return what is said of the time left when one more is done. refused: how many of those that
    are done were refused."""
    stream = io.StringIO()
    progress = Progress(total, stream, lambda: {str(age): age for age in ages}, most)
    progress.done, progress.start = done - 1, time.monotonic() - passed
    progress.timed = max(0, done - 1 - refused)
    progress.step("Ann", "17 of 17", was_graded=refused < done)
    return stream.getvalue().split(" · ")[1]


def test_the_time_left_counts_those_at_work():
    """It never promises an end that one that loops can put off."""
    assert _lefts(2, total=30, done=10, passed=40) == "80 s left"
    assert _lefts(60, total=11, done=10, passed=100) == "up to 19 min left"
    assert _lefts(300, 1, total=30, done=10, passed=310).startswith("up to ")
    assert _lefts(1300, total=11, done=10, passed=1340).startswith("up to ")
    assert _lefts(40, 39, total=13, done=10, passed=100) == "40 s left"
    assert _lefts(total=10, done=10, passed=100) == "0 s left"


def test_refused_files_say_nothing_about_the_time_left():
    """Forty of them take a second together, and the next one ten minutes."""
    assert _lefts(1, 2, total=60, done=40, passed=1, refused=40) == "time left unknown yet"
    assert _lefts(1, total=41, done=40, passed=1, refused=40) == "up to 20 min left"
    assert _lefts(1, 2, total=60, done=41, passed=11, refused=40) == "3 min left"


@pytest.mark.parametrize("kind", [lambda grade: Pool(grade, 1), Inline])
def test_a_long_wait_is_no_silence(kind, monkeypatch):
    """A line says now and then who is still at work, and how long that may take."""
    monkeypatch.setattr(workers, "HEARTBEAT", 1)
    stream = io.StringIO()
    pool = kind(_slow)
    progress = Progress(1, stream, pool.running, 600)
    pool.waits = progress.wait
    assert len(list(pool.grade([Canary("Bob", b"")]))) == 1
    pool.close()
    assert "0 of 1 · up to 10 min left · still at work: Bob" in stream.getvalue()


def _slow(work):
    time.sleep(3.5)
    raise ValueError(work.name)


@needs_box
@pytest.mark.parametrize(
    "value",
    {"['x' * 100_000] * 1000": "more than 16 MB", "[[[], []]] * 800_000": "too many parts"}.items(),
    ids=["long", "many"],
)
def test_what_is_too_large_is_told_at_once(value):
    """Nobody waits until somebody reads it, and the next exercise is graded."""
    code, words = value
    answer = f"def mse_loss(X, y, w):\n    return {code}"
    start = time.monotonic()
    found = room(1).grade(GOOD, answer, RIGHT)
    assert found["mse_loss"].score == 0
    assert words in found["mse_loss"].reason, found["mse_loss"]
    assert found["expand"].score == found["sgd_step"].score == 1
    assert time.monotonic() - start < 60  # where it waited, 180
