"""Build the course's site: executed notebooks and the Markdown files that are there, by Sphinx.

    python -m utils.site [--out build/site] [--linkcheck] [WEEK ...]

Each notebook is run on synthetic data with the reference solutions, unless it was before, and
neither it nor the course's code has changed since. The pages need no network.
"""

import argparse
import copy
import os
import sys
import time
from pathlib import Path

import nbformat

from .. import config, notebooks, pages, run
from ..errors import CourseError
from ..files import write_whole
from . import outline, page_sources

HERE = Path(__file__).resolve().parent
EXECUTED = config.ROOT / "build" / "executed"
# Outputs depend on everything else in utils
NOT_RUN = ("utils/grading/", "utils/student/", "utils/site/", "utils/pages.py")
KEY = "course_key"


def key_of(week):
    """Return a hash of all that a week's outputs depend on. week: int."""
    paths = [config.notebook_path(week), config.solutions_path(week)]
    for path in [*(config.ROOT / "utils").rglob("*.py"), *(config.ROOT / "utils").rglob("*.npz")]:
        if not path.relative_to(config.ROOT).as_posix().startswith(NOT_RUN):
            paths.append(path)
    return page_sources.hash_of_files([*paths, config.ROOT / "requirements.lock"])


def executed(week, folder=EXECUTED):
    """Return a week's notebook with its outputs: from a folder, or run now and kept there.

    Raises CourseError if a cell fails.
    """
    path, key = folder / f"{config.WEEKS[week]}.ipynb", key_of(week)
    if path.is_file():
        notebook = nbformat.read(path, as_version=4)
        if notebook.metadata.get(KEY) == key:
            return notebook
    start = time.monotonic()
    os.environ.setdefault("COURSE_PROFILE", "tiny")
    notebook, error = run.execute(week, env={**os.environ, "COURSE_SOLUTIONS": "1"})
    if error:
        raise CourseError(f"{config.WEEKS[week]} failed:\n{error}")
    print(f"{config.WEEKS[week]}: run in {time.monotonic() - start:.0f} s", flush=True)
    notebook.metadata[KEY] = key
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, nbformat.writes(notebook))
    return notebook


def as_source(week, notebook):
    """Return an executed notebook as Sphinx gets it: a copy whose pictures say what they show."""
    notebook = pages.as_read(copy.deepcopy(notebook))
    for cell, words in pages.words_of_pictures(notebook):
        cell.metadata = nbformat.from_dict({"mystnb": {"image": {"alt": words}}})
        if cell.id == "setup":
            cell.metadata.tags = ["hide-input"]
    title = notebook.cells[0]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = pages.with_mathml_in_html(cell.source)
            if cell is not title:
                cell.source = f"({outline.anchor(week, cell.id)})=\n{cell.source}"
    heading, _, rest = pages.without_badge(title.source).partition("\n")
    name = config.WEEKS[week]
    links = f'<a href="notebooks/{name}.ipynb" download>Download the notebook</a>'
    if notebooks.has_slug():
        links = f"[![Open in Colab](_static/colab.svg)]({notebooks.badge_link(week)}) {links}"
    title.source = f"{heading}\n\n{links}\n\n{rest.strip()}"
    return notebook


def write_sources(folder, found):
    """Write what Sphinx reads. folder: pathlib.Path; found: dict, week → executed notebook."""
    texts, extra, pictures = {}, {}, set()
    for page in page_sources.PAGES:
        texts[f"{page.name}.md"] = (
            page.made(found) if page.made else page_sources.markdown(page, list(found), pictures)
        )
    texts["index.md"] += page_sources.toctree(list(found))
    for week, notebook in found.items():
        name = f"{config.WEEKS[week]}.ipynb"
        texts[name] = nbformat.writes(as_source(week, notebook))
        extra[name] = config.notebook_path(week).read_text(encoding="utf-8")
    files = {f"pictures/{Path(path).name}": config.ROOT / path for path in pictures}
    files["_static/colab.svg"] = pages.BADGE
    _keep(folder / "source", texts, files)
    _keep(folder / "extra" / "notebooks", extra, {})


def _keep(folder, texts, files):
    """Make a folder hold these and nothing else; what hasn't changed keeps its date."""
    for path in list(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).as_posix() not in {*texts, *files}:
            path.unlink()
    contents = {name: text.encode() for name, text in texts.items()}
    contents |= {name: path.read_bytes() for name, path in files.items()}
    for name, content in contents.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def build(out, found, work, builder="html", strict=False):
    """Build the site from executed notebooks; return Sphinx's exit status.

    out, work: pathlib.Path, where the site goes, and what it is made from; found: dict, week →
    executed notebook; builder: str, one of Sphinx's; strict: bool, whether a warning is a failure.
    """
    from sphinx.cmd.build import main as sphinx  # only here: requirements-site.txt

    write_sources(work, found)
    arguments = ["-q", "-b", builder, "-c", HERE, "-d", work / "doctrees"]
    arguments += ["-W", "--keep-going"] * strict
    arguments += ["-D", f"html_extra_path={work / 'extra'}", work / "source", out]
    return sphinx([str(argument) for argument in arguments])


def main(arguments=None):
    """Build the site; return the exit status."""
    parser = argparse.ArgumentParser("python -m utils.site", description=__doc__.split("\n")[0])
    parser.add_argument(
        "weeks", nargs="*", type=int, metavar="WEEK", choices=[[], *config.available_weeks()]
    )
    parser.add_argument("--out", type=Path, default=config.ROOT / "build" / "site")
    parser.add_argument("--linkcheck", action="store_true", help="ask each link, build no pages")
    options = parser.parse_args(arguments)
    try:
        weeks = options.weeks or config.available_weeks()
        found = {week: executed(week) for week in weeks}
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    start, work = time.monotonic(), config.ROOT / "build" / "site-work"
    if options.linkcheck:
        return build(work / "links", found, work, "linkcheck")
    status = build(options.out.resolve(), found, work)
    if not status:
        print(f"site: built in {time.monotonic() - start:.0f} s, {options.out / 'index.html'}")
    return status
