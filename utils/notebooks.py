"""Keeps the notebooks' common parts the same: setup cell, badge, and no outputs in git.

python -m utils.notebooks sync      write setup cell and badge into all notebooks
python -m utils.notebooks slug [OWNER/NAME [REVISION]]   point all of them at a fork: this one's
                                    home on GitHub, as git knows it, unless you name another
python -m utils.notebooks strip     remove outputs, counts and widget state; fold the setup cell
python -m utils.notebooks new-exercise week1 "elastic_net_penalty(w, l1, l2)"
                                    make its cells, stub of the reference, probe and check
"""

import re
import subprocess
import sys

import nbformat

from . import config
from .errors import CourseError
from .files import not_written, write_whole

SETUP_FILE = config.ROOT / "utils" / "setup_cell.py"
SLUG = re.compile(r'^REPOSITORY, REVISION = "([^"]+)", "([^"]+)"$', re.MULTILINE)
WEEK = re.compile(r"# Week (\d+): ")
ON_GITHUB = re.compile(r"github\.com[:/]([\w.-]+/[\w.-]+?)(?:\.git)?/?\s*$")
BADGE_LINK = re.compile(r"https://colab\.research\.google\.com/github/[^)\s]+/(\w+)/\w+\.ipynb")
SETUP_METADATA = {"cellView": "form", "jupyter": {"source_hidden": True}}  # both fold its code
NO_NAME = "YOUR_GITHUB_NAME/"
ON_A_GPU = {3, 4, 6}  # weeks that Colab opens with a GPU
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def setup_text():
    """Return the text of the setup cell, which every notebook contains unchanged."""
    return SETUP_FILE.read_text(encoding="utf-8").rstrip("\n")


def slug():
    """Return the repository, 'owner/name', and the revision that the setup cell fetches."""
    return SLUG.search(setup_text()).groups()


def has_slug():
    """Return whether somebody has said under which name this repository is published."""
    return not slug()[0].startswith(NO_NAME)


def badge_link(week):
    """Return the address that opens a week's notebook on Colab. week: int."""
    repository, revision = slug()
    path = config.notebook_path(week).relative_to(config.ROOT).as_posix()
    return f"https://colab.research.google.com/github/{repository}/blob/{revision}/{path}"


def read(week):
    """Return a week's notebook as a NotebookNode."""
    return nbformat.read(config.notebook_path(week), as_version=4)


def write(week, notebook):
    """Write a week's notebook in the form that is kept in git."""
    text = nbformat.writes(notebook, version=4)
    write_whole(config.notebook_path(week), text.rstrip("\n") + "\n")


def metadata(week):
    """Return the metadata of a week's notebook. week: int."""
    return {**({"accelerator": "GPU"} if week in ON_A_GPU else {}), **METADATA}


def week_of(notebook):
    """Return the week of a notebook, int, as its title cell says, or None."""
    found = WEEK.match(notebook.cells[0].source) if notebook.cells else None
    return int(found[1]) if found else None


def strip(notebook):
    """Remove outputs, counts, widget state, and cell metadata but what folds the setup cell.

    Returns the notebook, whose metadata are those of its week.
    """
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict(SETUP_METADATA if cell.id == "setup" else {})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata = nbformat.from_dict(metadata(week_of(notebook)))
    return notebook


def sync():
    """Write setup cell and badge into every notebook, and the badges' links into the README."""
    for week in config.available_weeks():
        notebook = strip(read(week))
        cells = {cell.id: cell for cell in notebook.cells}
        cells["setup"].source = setup_text()
        cells["title"].source = _renew_links(cells["title"].source)
        write(week, notebook)
    readme = config.ROOT / "README.md"
    write_whole(readme, _renew_links(readme.read_text(encoding="utf-8")))


def _renew_links(text):
    weeks = {folder: week for week, folder in config.WEEKS.items()}
    return BADGE_LINK.sub(lambda match: badge_link(weeks[match[1]]), text)


def remote_slug():
    """Return the repository, 'owner/name', that git calls `origin`; raise CourseError if none."""
    command = ["git", "-C", str(config.ROOT), "remote", "get-url", "origin"]
    try:
        address = subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:  # there is no git
        address = ""
    found = ON_GITHUB.search(address)
    if not found:
        raise CourseError(
            "git knows no remote `origin` on GitHub here. Name the repository: "
            "make slug REPO=owner/name"
        )
    return found[1]


def set_slug(repository, revision="main"):
    """Point setup cell, badges and README at 'owner/name' and a branch or tag."""
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise CourseError(f"A repository must be named owner/name, not '{repository}'.")
    line = f'REPOSITORY, REVISION = "{repository}", "{revision}"'
    write_whole(SETUP_FILE, SLUG.sub(line, SETUP_FILE.read_text(encoding="utf-8")))
    sync()


def add_exercise(week, signature):
    """Make the files of a new exercise, and say what to do next. week: str, as "week1"."""
    config.need_solutions("new-exercise")
    from .checks.new_exercise import new_exercise, taken_apart  # these import what checks need

    found = re.fullmatch(r"(?:week)?(\d)", week)
    if not found or int(found[1]) not in config.available_weeks():
        raise CourseError(f"Name a week, such as week1, not '{week}'.")
    week = int(found[1])
    notebook = read(week)
    texts = new_exercise(week, signature, notebook)
    for path, text in texts.items():
        write_whole(path, text)
    write(week, notebook)
    files = [path for path in [*texts, config.notebook_path(week)] if path.name != "__init__.py"]
    print("Fill these in, starting with the reference, and move the cells to their place:")
    print(*(f"  {path.relative_to(config.ROOT).as_posix()}" for path in files), sep="\n")
    name, _ = taken_apart(signature)
    print(f"Then try it: .venv/bin/python -m pytest tests/checks/test_checks.py -k {name}")


def main(arguments):
    """Run one of the commands; return the exit status."""
    command, *rest = arguments or [""]
    try:
        if command == "sync" and not rest:
            sync()
        elif command == "strip" and not rest:
            for week in config.available_weeks():
                write(week, strip(read(week)))
        elif command == "slug" and len(rest) <= 2:
            set_slug(*rest or [remote_slug()])
        elif command == "new-exercise" and len(rest) == 2:
            add_exercise(*rest)
        else:
            print(__doc__)
            return 2
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(not_written(error.filename, error), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
