"""What the README and the pages beside it say: commands, errors, pictures and links."""

import re
from dataclasses import dataclass

import pytest

from utils import config

README, HELP = config.ROOT / "README.md", config.ROOT / "utils" / "README.md"
PAGES = (README, HELP, config.ROOT / "TEACHING.md", config.ROOT / "utils/grading/README.md")
NOTEBOOK = "week1_linear_models/week1_linear_models.ipynb"


@dataclass(frozen=True)
class Run:
    """How a command is run in a fresh clone. says: what it prints; writes: files that are there
    afterwards; changes: whether files in git change; instead: what is run in its place; status:
    its exit status."""

    says: str = ""
    writes: tuple = ()
    changes: bool = False
    instead: str = ""
    status: int = 0


RUN = {  # in this order, by test_fresh_clone.py
    "make lint": Run("All checks passed!"),
    "make strip": Run(),
    "make site": Run(writes=("build/site/index.html",), instead="make site ARGS=1"),
    "make report": Run(),
    "make slug REPO=owner/name": Run(changes=True),
    "make bench WEEK=3": Run("whole notebook, seconds", changes=True, instead="make bench WEEK=1"),
    "make student DIR=../for-learners": Run(  # all weeks take minutes
        "no reference solutions", instead="make student DIR=../for-learners WEEKS=1"
    ),
    "make grade-demo": Run(writes=("build/grade-demo/report/index.html",)),
    ".venv/bin/python -m utils.grading week1 submissions/ --out report/": Run(
        writes=("report/grades.csv", "report/index.html")
    ),
    "python -m utils.grading.gradebook week1/report week2/report --out gradebook": Run(
        instead="python -m utils.grading.gradebook report --out gradebook",
        writes=("gradebook/gradebook.csv", "gradebook/index.html"),
    ),
    "python -m utils.grading.gradescope week1 --out week1_autograder.zip": Run(
        writes=("week1_autograder.zip",)
    ),
    f"python -m utils.grading --self {NOTEBOOK}": Run("compute_loss", status=1),  # not yet right
    "COURSE_PROFILE=tiny COURSE_SOLUTIONS=1 .venv/bin/python -m pytest --nbval-lax "
    "week1_linear_models": Run(" passed"),
    ".venv/bin/python -m utils.doctor": Run("Python"),
    "python -m utils.doctor": Run("Python"),
    "python -m utils.progress": Run("week 6"),
    "python -m utils.download": Run("not here"),
    "python -m utils.download week3": Run("mnist.npz", instead="python -m utils.download week2"),
    "python -m utils.download --verify": Run("mnist.npz: right"),
    "python -m utils.download --mirror DIR": Run("1 files in DIR", writes=("DIR/mnist.npz",)),
    "make clean": Run(),
}  # fmt: skip
# Each has a test of its own in test_fresh_clone.py.
LAB, RUN_ALL = "make lab", "make run"
LIGHT = "pip install -r requirements-week1.txt -c requirements.lock"
NOT_RUN = {  # command: why no test runs it
    "make test": "it runs this test; CI runs it",
    "make test-slow": "it runs test_fresh_clone.py; CI runs it",
    "make notebooks": "CI runs the same command, week by week",
    "pytest": "a part of `make test`",
    "python -m venv .venv": "make does it in the fresh clone",
    r".venv\Scripts\activate": "Windows",
    "pip install -r requirements.lock": "make does it in the fresh clone",
    f"jupyter lab {NOTEBOOK}": "`make lab` does it",
    "sudo apt-get install bubblewrap": "CI does it where bubblewrap is missing",
    "make slug": "a clone of a folder has no remote on GitHub; the next one is run",
    "python -m utils.grading --self week*/week*.ipynb --json results.json": "grade.yml runs it",
    "python -m utils.download week2 week3 week4 week5 week6": "2 GB, which no test downloads",
    "pip download -r requirements.lock -d wheels": "2 GB of packages",
    "pip install --no-index --find-links wheels -r requirements.lock": "the same packages",
}


def readme_commands():
    """Return every command that these pages name: lines of their blocks, and those in sentences."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`((?:make|python -m) [^`]+)`", text)
    return sorted({line for line in [*lines, *inline] if line})


def test_every_command_is_run_or_says_why_not():
    assert set(readme_commands()) == {*RUN, LAB, RUN_ALL, LIGHT, *NOT_RUN}


def error_classes():
    """Return the names of the errors that a user can meet: those that derive from CourseError."""
    sources = [path.read_text(encoding="utf-8") for path in (config.ROOT / "utils").rglob("*.py")]
    found = re.findall(r"^class (\w+)\((?:\w+, )*CourseError", "\n".join(sources), re.MULTILINE)
    return sorted({"CourseError", *found})


@pytest.mark.parametrize("name", error_classes())
def test_troubleshooting_knows_every_error(name):
    text = HELP.read_text(encoding="utf-8")
    assert f"`{name}`" in text[text.index("## When it goes wrong") :]


def test_the_readme_is_short_and_begins_with_what_a_learner_needs():
    text = README.read_text(encoding="utf-8")
    assert len(text.encode()) < 9500
    order = ["![", "## Start", "make lab", "## The weeks", "## Teach and grade", "## Contribute"]
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name + page.name)
def test_every_picture_has_words_and_every_link_its_file(page):
    text = page.read_text(encoding="utf-8")
    pictures = re.findall(r"!\[(.*?)\]\((\S+?)\)", text, re.DOTALL)
    assert all(words.strip() for words, _ in pictures) and (pictures or page != README)
    local = [link for link in re.findall(r"\]\((\S+?)\)", text) if "://" not in link]
    missing = [link for link in local if not (page.parent / link.split("#")[0]).exists()]
    assert not missing
