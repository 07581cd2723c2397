"""Gradescope's autograder: its zip, and what it does in a container that forbids namespaces."""

import json
import os
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from tests.support.gradescope_container import Container, needs_root
from tests.support.grading_room import needs_box, room
from utils.checks.exercise import exercise_names
from utils.grading.canaries import notebook
from utils.grading.gradescope import __main__ as command
from utils.grading.gradescope import locked, on_submission
from utils.grading.gradescope.zipped import SCRIPTS, write_zip
from utils.grading.judge.verdicts import max_score
from utils.grading.sample_cohort import helpers_source, solution_source
from utils.grading.sandbox.boxed_kernel import BoxedKernel
from utils.grading.sandbox.forkserver import ForkServer
from utils.grading.sandbox.listener import Stopped
from utils.grading.sandbox.other_user import FIRST_UID, OtherUser, processes

RULES = "partial = true\n[weights]\nhuber_loss = 2\n"
WEEK = "week1_linear_models"
FORGED = json.dumps({"score": 17, "output": "forged"})
RESULTS = "/autograder/results/results.json"


@pytest.fixture(scope="module")
def autograder(tmp_path_factory):
    """A week's zip, with rules."""
    folder = tmp_path_factory.mktemp("zip")
    (folder / "grading.toml").write_text(RULES)
    write_zip(folder / "week1.zip", 1, 10, folder / "grading.toml")
    return folder / "week1.zip"


@pytest.fixture
def container(autograder, tmp_path):
    return Container(autograder, tmp_path)


def scores(results):
    return {each["name"]: each["score"] for each in results["tests"]}


def has_no_score(results):
    """Whether Gradescope finds nothing that it could take for a score."""
    return not {"score", "tests"} & results.keys() and results["output"]


def test_the_zip_is_small_the_same_each_time_and_holds_one_week(autograder, tmp_path, capsys):
    rules = str(autograder.parent / "grading.toml")
    assert command.main(["week1", "--out", str(tmp_path / "again.zip"), "--rules", rules]) == 0
    assert f"the autograder of week 1, {max_score(1) + 1} points, " in capsys.readouterr().out
    assert (tmp_path / "again.zip").read_bytes() == autograder.read_bytes()
    assert autograder.stat().st_size < 1.5e6
    with zipfile.ZipFile(autograder) as archive:
        names = set(archive.namelist())
        modes = {name: archive.getinfo(name).external_attr >> 16 for name in SCRIPTS}
        archive.extractall(tmp_path)
    assert set(modes.values()) == {0o755}
    assert {f"{WEEK}/{WEEK}.ipynb", f"{WEEK}/solutions.py", "requirements.lock"} <= names
    assert not [name for name in names if name.endswith(".npz") or "/site/" in name]
    assert [name for name in names if name.endswith("solutions.py")] == [f"{WEEK}/solutions.py"]
    for name in SCRIPTS:
        assert subprocess.run(["bash", "-n", tmp_path / name]).returncode == 0
    setup, run = ((tmp_path / name).read_text() for name in SCRIPTS)
    assert "requirements.lock" in setup and "/opt/course" in setup and "/opt/course" in run
    assert "utils.grading.gradescope.on_submission" in run and RESULTS in run


STUB = """#!/bin/bash
echo "$(basename "$0") $*" >>/log/said
case "$(basename "$0") $*" in
    apt-get\\ *) [ "$OUTCOME" != offline ] ;;
    "python3 -c"*) [ "$OUTCOME" != old ] ;;
    *"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
esac
"""
INSTALLED = "apt-get install -y -qq --no-install-recommends"
INTO = "-m pip install -q --no-cache-dir --disable-pip-version-check -r requirements.lock"


@needs_box
@pytest.mark.parametrize("outcome", ["new", "old", "offline"])
def test_the_image_is_built_by_these_commands(outcome, autograder, tmp_path):
    """With stand-ins for apt and Python. An image without its packages isn't called built."""
    source, log, stubs = (tmp_path / name for name in ("source", "log", "stubs"))
    with zipfile.ZipFile(autograder) as archive:
        archive.extractall(source)
    log.mkdir(), stubs.mkdir()
    for name in ("apt-get", "python3", "python3.11"):
        (stubs / name).write_text(STUB)
        (stubs / name).chmod(0o755)
    places = ["--tmpfs", "/opt", "--tmpfs", "/autograder", "--dir", "/log"]
    places += ["--bind", str(source), "/autograder/source", "--bind", str(log), "/log"]
    done = subprocess.run(
        ["bwrap", "--bind", "/", "/", "--tmpfs", "/run", "--ro-bind", str(stubs), "/run/stubs",
         *places, "--dev", "/dev", "bash", "/autograder/source/setup.sh"],
        env={"PATH": "/run/stubs:/usr/bin:/bin", "OUTCOME": outcome},
        cwd="/",
    )  # fmt: skip
    said = [line for line in (log / "said").read_text().splitlines() if " -c " not in line]
    if outcome == "offline":
        assert done.returncode and said == ["apt-get update -qq"]
        return
    more = [f"{INSTALLED} python3.11 python3.11-venv"] if outcome == "old" else []
    python = "python3.11" if outcome == "old" else "python3"
    assert done.returncode == 0 and said == [
        "apt-get update -qq",
        f"{INSTALLED} bubblewrap python3 python3-venv",
        *more,
        f"{python} -m venv /opt/course",
        f"python {INTO}",
        "python -m compileall -q utils",
    ]


@pytest.mark.parametrize(
    ("arguments", "rules", "words"),
    [
        (["week9"], None, "there is no week9"),
        (["week1", "--minutes", "60"], None, "from 6 to 40"),
        (["week1", "--rules", "none.toml"], None, "none.toml can't be read"),
        (["week1"], "weights = 3", "`weights`, should be a table"),
        (["week1"], 'due = "2026-11-30"\nlate = "10% a day"', "take out `due` and `late`"),
        (["week1", "--out", "missing/a.zip"], None, "missing/a.zip can't be written"),
    ],
)
def test_what_makes_no_zip_is_said_in_one_line(
    arguments, rules, words, tmp_path, capsys, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    if rules:
        (tmp_path / "grading.toml").write_text(rules)
        arguments = [*arguments, "--rules", "grading.toml"]
    if "--out" not in arguments:
        arguments = [*arguments, "--out", "a.zip"]
    try:
        status = command.main(arguments)
    except SystemExit as stop:
        status = stop.code
    said = capsys.readouterr().err
    assert status == 2 and words in said and len(said.strip().splitlines()) == 1
    assert not list(tmp_path.glob("*.zip*"))


HALF = notebook(
    "import numpy as np",
    helpers_source(1),
    solution_source(1, "expand"),
    solution_source(1, "huber_loss"),
    solution_source(1, "sgd_step").replace("w - ", "w + "),
    "def probability(X, w):\n    raise ValueError(X)",
)


@needs_root
def test_marks_are_those_of_the_command_weighted(container):
    """A right, a wrong, a missing answer, in a container without namespaces."""
    results = container.grade({"my week.ipynb": HALF, "notes.txt": b"hello"})
    in_a_box = {name: each.score for name, each in room(1).grade_bytes(HALF).items()}
    in_a_box["huber_loss"] *= 2
    assert scores(results) == in_a_box, container.said
    assert results["score"] == sum(in_a_box.values()) > in_a_box["huber_loss"] > 0
    assert "Answers run as another user. bubblewrap can't make namespaces" in container.said
    assert "The self-test passed." in container.said
    text = json.dumps(results)
    assert "seed" not in text and "expected" not in text and "Ann" not in text


@needs_root
def test_without_a_notebook_there_is_no_score(container):
    results = container.grade({"week1.txt": b"no notebook"})
    words = f"{on_submission.NOTHING} The folder contains no notebook."
    assert has_no_score(results) and results["output"] == words
    (container.place / "source" / "gradescope.json").write_text("{}")
    results = container.grade({"week1.ipynb": HALF})
    assert has_no_score(results) and results["output"] == on_submission.FAILED
    assert "make the zip anew" in container.said


@needs_root
def test_a_grader_that_is_too_slow_or_killed_gives_no_score(container):
    """All is over before Gradescope's own limit, behind which everybody would get a 0."""
    (container.place / "source" / "gradescope.json").write_text('{"week": 1, "minutes": 0.8}')
    results = container.grade({"week1.ipynb": HALF})
    assert has_no_score(results) and "not done after 0.8 minutes" in results["output"]
    file = container.place / "source" / "utils" / "grading" / "gradescope" / "on_submission.py"
    file.write_text("import os\nos.kill(os.getpid(), 9)\n")
    results = container.grade({"week1.ipynb": HALF})
    assert has_no_score(results) and "stopped before it was done" in results["output"]


def test_results_without_a_score_hold_no_zeros():
    """Where the command has no score, Gradescope must not find one; where it has, all stays."""
    graded = {"score": 3, "tests": [], "output": "3 of 17 points"}
    assert on_submission.shown(graded) == graded
    zeros = {"score": 0, "tests": [{"score": 0}], "output": "not gradable: why", "gradable": False}
    more = {
        "format_errors": ["why"],
        "visibility": "visible",
        "execution_time": 0,
        "extra_data": {},
    }
    assert has_no_score(on_submission.shown({**zeros, **more}))


@pytest.fixture(scope="module")
def forkserver():
    server = ForkServer(locked.MODULES, OtherUser)
    server.wait()
    yield server
    server.close()


@needs_root
def test_what_another_user_can_do_is_noticed(forkserver):
    """What is tried before each submission would find an open file, folder or process."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        paths = [f"{folder}/{name}" for name in ("open", "closed", "all")]
        for path, mode in zip(paths, (0o644, 0o600, 0o666)):
            Path(path).write_text("secret")
            os.chmod(path, mode)
        could = locked.tried(forkserver, paths, [*paths, folder], [os.getpid()])
        assert could == [f"read {paths[0]}", f"read {paths[2]}", f"write to {paths[2]}"]
        os.chmod(folder, 0o777)
        assert locked.tried(forkserver, [], [folder], []) == [f"write to {folder}"]


STAY = """
import ctypes, os, signal, threading, time
for number in range(1, 32):
    try: signal.signal(number, signal.SIG_IGN)
    except OSError: pass
libc = ctypes.CDLL(None)
libc.prctl(1, 0)  # does not end with its parent
threading.Thread(target=lambda: [time.sleep(0.1) for _ in range(10_000)]).start()
"""
WAYS = {  # to be hard to end, or to remove
    "too deep": ("for _ in range(1500): os.mkdir('d'); os.chdir('d')", "wrote more files"),
    "too much": (
        "for n in range(9): open(f'f{n}', 'wb').write(bytes(8 << 20))",
        "wrote more files",
    ),
    "without a first thread": ("libc.syscall(60, 0)", "still running"),
}


@needs_root
@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_an_attempt_is_left(forkserver, way):
    """No process, though it ignores signals and hides; no folder, whatever is in it."""
    code, words = WAYS[way]
    kernel = BoxedKernel(forkserver.address)
    users, home = {kernel.box.uid, kernel.trial.box.uid}, kernel.box.home
    first = (
        "import os, tempfile\nprint(os.getpid(), oct(os.stat('.').st_mode), tempfile.gettempdir())"
    )
    pid, *about = kernel.said(first).split()
    assert about == ["0o40700", home] and len(users) == 2 and min(users) >= FIRST_UID
    with pytest.raises(Stopped, match=words):
        kernel.said(f"{STAY}{code}\ntime.sleep(60)", 2)
    assert not users & {uid for _, uid in processes()}
    assert not list(forkserver.folder.glob("home-*"))
    end = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists():  # until the forkserver's fork has noticed
        assert time.monotonic() < end
        time.sleep(0.01)


ANY_OF = """
import ctypes, glob, os, signal, socket, subprocess, threading, time

def any_of(*actions):
    for action in actions:
        try:
            action()
        except OSError:
            continue
        return
    raise PermissionError

def call(*args):
    if ctypes.CDLL(None, use_errno=True).syscall(*args) < 0:
        raise OSError(ctypes.get_errno(), "refused")

def connect(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as s:
        s.connect(path)

def stay():
    os.kill(-1, 9)  # all that it may, which is none
    ctypes.CDLL(None).prctl(1, 0)
    for _ in range(600):
        try:
            open("/autograder/results/results.json", "w").write("{}")
        except OSError:
            time.sleep(0.1)

def fill():
    for n in range(20):
        with open(f"f{n}", "wb") as file:
            file.write(bytes(16 << 20))
    time.sleep(5)
"""
# Each comes before a right answer, so what works gets points. The last ones aren't refused: they
# lose their exercise.
ATTACKS = {
    "expand": f"""any_of(lambda: open({RESULTS!r}, "w").write({FORGED!r}),
        lambda: os.unlink({RESULTS!r}), lambda: os.rename("/autograder/results", "results"),
        lambda: os.symlink("x", "/autograder/x"))""",
    "probability": f"""any_of(lambda: open("/autograder/source/{WEEK}/solutions.py").read(),
        lambda: os.listdir("/autograder/source"), lambda: os.listdir("/autograder"),
        lambda: open("/autograder/source/utils/checks/week1/expand.py").read())""",
    "compute_loss": """any_of(lambda: open("/autograder/submission_metadata.json").read(),
        lambda: os.listdir("/autograder/submission"), lambda: os.chmod("/autograder", 0o777))""",
    "compute_grad": """any_of(os.fork, lambda: subprocess.Popen(["sleep", "60"]),
        lambda: os.posix_spawn("/bin/sleep", ["sleep", "60"], {}))""",
    "momentum_step": """any_of(lambda: os.kill(os.getppid(), 9), lambda: os.kill(1, 9),
        lambda: signal.pidfd_send_signal(3, 9))""",
    "rmsprop_step": """any_of(lambda: call(101, 16, os.getppid(), 0, 0),
        lambda: call(310, os.getppid(), 0, 0, 0, 0, 0), lambda: call(434, os.getppid(), 0))""",
    "adam_step": """any_of(*(lambda path=f"/proc/{pid}/{name}": open(path, "rb").read(1)
        for pid in (1, os.getppid()) for name in ("mem", "environ", "maps")),
        lambda: os.listdir(f"/proc/{os.getppid()}/fd"))""",
    "learning_rate_schedule": """any_of(lambda: socket.socket(socket.AF_INET),
        lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))""",
    "mse_loss": """any_of(*(lambda path=path: open(path + "/left", "w") for path in
        ("/tmp", "/var/tmp", "/dev/shm", "/run/lock", "/opt/course", "/", "/etc")))""",
    "mse_grad": """any_of(*(lambda path=path: connect(path) for path in
        [*glob.glob("/tmp/*/socket"), *glob.glob("/tmp/*/*/socket")]))""",
    "huber_loss": """any_of(*(lambda path=path: os.listdir(path) for path in
        glob.glob("/tmp/*/home-*") if path != os.environ["HOME"]),
        lambda: os.listdir(glob.glob("/tmp/private-*")[0]))""",
    "soft_threshold": """any_of(lambda: os.setuid(0), lambda: os.chroot("/"),
        lambda: call(272, 0x10000000), lambda: call(165, b"a", b"/tmp", b"tmpfs", 0, 0))""",
    "closed_form": """os.execv("/bin/sh", ["sh", "-c", "sleep 300"])""",
    "kfold_indices": "fill()",
}


def hostile_notebook():
    cells = ["import numpy as np", helpers_source(1), ANY_OF]
    cells.append(solution_source(1, "sgd_step").replace(":\n", ":\n    start()\n", 1))
    cells.append("def start():\n    threading.Thread(target=stay, daemon=True).start()")
    for name, attack in ATTACKS.items():
        source = solution_source(1, name)
        cells.append(source.replace(":\n", f":\n    {attack}\n", 1))
    return notebook(*cells)


@needs_root
@pytest.mark.slow
def test_attacks_get_nothing_and_leave_the_results_right(container):
    """Nothing is read, written, ended or left behind, and the one honest answer has its points."""
    results = container.grade({"week1.ipynb": hostile_notebook()})
    found = scores(results)
    assert set(found) == set(exercise_names(1))
    assert {name for name, score in found.items() if score} == {"sgd_step"}, container.said
    assert results["score"] == found["sgd_step"]
    reasons = {each["name"]: each["output"] for each in results["tests"]}
    refused = set(ATTACKS) - {"closed_form", "kfold_indices"}
    assert all("PermissionError" in reasons[name] for name in refused), reasons
    assert "wrote more files" in reasons["kfold_indices"], reasons


@needs_root
@pytest.mark.slow
def test_where_namespaces_can_be_made_there_is_a_box(autograder, tmp_path):
    container = Container(autograder, tmp_path, forbids=False)
    results = container.grade({"week1.ipynb": HALF})
    assert {name for name, score in scores(results).items() if score} == {"expand", "huber_loss"}
    assert "The self-test passed." in container.said and "another user" not in container.said


@needs_root
@pytest.mark.slow
def test_links_in_a_submission_lead_nowhere(container):
    """They aren't followed, whether a notebook is one or a folder."""
    place = container.place / "submission"
    (place / "week1.ipynb").symlink_to(f"/autograder/source/{WEEK}/{WEEK}.ipynb")
    (place / "all").symlink_to("/autograder/source")
    (place / "results").symlink_to("/autograder/results")
    results = container.run()
    assert has_no_score(results) and "link" in results["output"], container.said


@needs_root
@pytest.mark.slow
def test_what_is_open_to_the_answers_stops_the_grading(container):
    """Where the machine isn't locked, here by a changed file, nothing is graded."""
    file = container.place / "source" / "utils" / "grading" / "gradescope" / "locked.py"
    file.write_text(file.read_text().replace("path.chmod(0o700)", "path.chmod(0o755)"))
    results = container.grade({"week1.ipynb": HALF})
    assert has_no_score(results) and results["output"] == on_submission.FAILED
    assert "Nothing is graded, because the user that answers run as could read" in container.said
