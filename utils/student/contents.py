"""What of the course goes into a copy for learners, and what it gets in place of the answers."""

import re
import shutil

import nbformat

from .. import config, notebooks
from ..checks.course_names import OF_THE_COURSE
from ..errors import CourseError
from . import reworded
from .pruned import pruned_checks

AS_THEY_ARE = (
    *(".gitattributes", ".gitignore", "LICENSE", "requirements.txt", "requirements.lock"),
    *("requirements-week1.txt", ".github/weeks.png"),
)
FOLDERS = ("data", "utils")
KINDS = {".py", ".json", ".toml", ".txt", ".npz"}
OF_INSTRUCTORS = re.compile(  # with what holds answers, or makes attacks of them
    r"data/cache/|utils/(student/|site/|(run|pages)\.py|checks/(week\d/|new_exercise\.py|_[a-z]\w*\.py)"
    r"|grading/(gradescope/|(canaries|command|demo|sample_cohort)\.py))"
)
WORKFLOW = ".github/workflows/grade.yml"
NOWHERE = "YOUR_GITHUB_NAME/intro-to-deep-learning"


def copy_course(folder, weeks, count):
    """Write all of a copy but the evidence of its checks.

    folder: pathlib.Path; weeks: list of int; count: int, sets of inputs that checks know.
    """
    for path in AS_THEY_ARE:
        _copy(path, folder)
    for source in FOLDERS:
        for path in sorted((config.ROOT / source).rglob("*")):
            name = path.relative_to(config.ROOT).as_posix()
            if _goes_along(path) and not OF_INSTRUCTORS.match(name):
                _copy(name, folder)
    _copy("data/README.md", folder)
    _reword("utils/README.md", folder, lambda text: reworded.page(text, folder, folder / "utils"))
    _reword("utils/setup_cell.py", folder, leading_nowhere)
    for week in weeks:
        _write(folder, config.notebook_path(week), _notebook(week))
        for name, text in pruned_checks(week).items():
            _write(folder, config.ROOT / name, text)
    _reword("Makefile", folder, reworded.makefile)
    _reword(WORKFLOW, folder, reworded.workflow)
    _reword("README.md", folder, lambda text: reworded.readme(leading_nowhere(text), folder, count))


def _goes_along(path):
    is_hidden = any(part.startswith((".", "__py")) for part in path.relative_to(config.ROOT).parts)
    return path.is_file() and path.suffix in KINDS and not is_hidden


def _reword(name, folder, change):
    path = config.ROOT / name
    _write(folder, path, change(path.read_text(encoding="utf-8")))


def leading_nowhere(text):
    """Return a text whose links and setup cell don't fetch the whole course, answers and all."""
    repository, revision = notebooks.slug()
    text = notebooks.SLUG.sub(f'REPOSITORY, REVISION = "{NOWHERE}", "main"', text)
    return text.replace(f"github/{repository}/blob/{revision}/", f"github/{NOWHERE}/blob/main/")


def _copy(name, folder):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(config.ROOT / name, folder / name)


def _write(folder, path, text):
    path = folder / path.relative_to(config.ROOT)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _notebook(week):
    """Return a week's notebook as text, without outputs.

    Raises CourseError where an exercise is solved in it, or a cell isn't the course's.
    """
    notebook = notebooks.strip(notebooks.read(week))
    for cell in notebook.cells:
        is_stub = "raise NotImplementedError" in cell.source
        is_solved = cell.id.startswith("exercise-") and not is_stub
        is_ours = cell.id.startswith(("exercise-", "check-")) or OF_THE_COURSE.fullmatch(cell.id)
        if is_solved or not is_ours:
            what = "holds an answer" if is_solved else "isn't the course's"
            line = cell.source.strip().partition("\n")[0][:60]
            raise CourseError(
                f"In {config.notebook_path(week).name} a cell {what} (`{line}`): restore the "
                "notebook, as `git checkout` does."
            )
        cell.source = leading_nowhere(cell.source)
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"
