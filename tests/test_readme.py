"""A test runs every command of the README: here is which, and the README is held against it."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from utils import config

TESTS = Path(__file__).parent
NOTEBOOK = "week1_linear_models/week1_linear_models.ipynb"


@dataclass(frozen=True)
class Run:
    """How a command is run in a fresh clone. says: what it prints; writes: files that are there
    afterwards; changes: whether files in git change; instead: what is run in its place."""

    says: str = ""
    writes: tuple = ()
    changes: bool = False
    instead: str = ""


RUN = {  # in this order, by test_fresh_clone.py
    "make lint": Run("All checks passed!"),
    "make strip": Run(),
    "make report": Run(),
    "make slug REPO=owner/name": Run(changes=True),
    "make bench WEEK=3": Run("whole notebook, seconds", changes=True, instead="make bench WEEK=1"),
    "make grade-demo": Run(writes=("build/grade-demo/report/index.html",)),
    ".venv/bin/python -m utils.grading week1 submissions/ --out report/": Run(
        writes=("report/grades.csv", "report/grades-canvas.csv", "report/grades-moodle.csv",
                "report/index.html")
    ),
    f"python -m utils.grading --self {NOTEBOOK}": Run("compute_loss"),
    "COURSE_PROFILE=tiny COURSE_SOLUTIONS=1 pytest --nbval-lax --nbval-cell-timeout=300 "
    "week1_linear_models": Run(" passed"),
    ".venv/bin/python -m utils.doctor": Run("Python"),
    "python -m utils.doctor": Run("Python"),
    "python -m utils.progress": Run("week 6"),
    "make clean": Run(),
}  # fmt: skip
BY_COMMAND = ("test_download.py", "def test_the_command_lists_fetches_verifies_and_mirrors")
ELSEWHERE = {  # command: (file, what in it runs it)
    "make lab": ("test_fresh_clone.py", "def test_lab_serves_week_one"),
    "make run": ("test_fresh_clone.py", "def test_run_installs_once"),
    "make test": ("../.ci/run", "make test\n"),
    "make test-slow": ("../.ci/run", "make test-slow"),
    "pytest": ("../Makefile", "-m pytest"),
    "python -m venv .venv": ("../Makefile", "-m venv $(VENV)"),
    r".venv\Scripts\activate": ("../Makefile", "-m venv $(VENV)"),
    "pip install -r requirements.lock": (
        "../Makefile",
        "install -q --disable-pip-version-check -r",
    ),
    f"jupyter lab {NOTEBOOK}": ("../Makefile", NOTEBOOK),
    "sudo apt-get install bubblewrap": ("../.ci/run", "install bubblewrap"),
    "python -m utils.download": BY_COMMAND,
    "python -m utils.download week3": BY_COMMAND,
    "python -m utils.download --verify": BY_COMMAND,
    "python -m utils.download --mirror DIR": BY_COMMAND,
}


def readme_commands():
    """Return every command that the README names: lines of its blocks, and those in its tables."""
    text = (config.ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`((?:make|python -m) [^`]+)`", text)
    return sorted({line for line in [*lines, *inline] if line})


@pytest.mark.parametrize("command", readme_commands())
def test_a_test_runs_it(command):
    assert command in RUN or command in ELSEWHERE, "add it to RUN"
    if command in ELSEWHERE:
        file, text = ELSEWHERE[command]
        assert text in (TESTS / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [*RUN, *ELSEWHERE])
def test_the_readme_still_names_it(command):
    assert command in readme_commands()


def error_classes():
    """Return the names of the errors that a user can meet: those that derive from CourseError."""
    sources = [path.read_text(encoding="utf-8") for path in (config.ROOT / "utils").rglob("*.py")]
    found = re.findall(r"^class (\w+)\((?:\w+, )*CourseError", "\n".join(sources), re.MULTILINE)
    return sorted({"CourseError", *found})


@pytest.mark.parametrize("name", error_classes())
def test_troubleshooting_knows_every_error(name):
    text = (config.ROOT / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## When it goes wrong") : text.index("## Contribute")]
    assert f"`{name}`" in section


def test_every_picture_has_words_and_every_link_its_file():
    text = (config.ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[(.*?)\]\((\S+?)\)", text, re.DOTALL)
    assert pictures and all(words.strip() for words, _ in pictures)
    local = [link for link in re.findall(r"\]\((\S+?)\)", text) if "://" not in link]
    missing = [link for link in local if not (config.ROOT / link.split("#")[0]).exists()]
    assert not missing
