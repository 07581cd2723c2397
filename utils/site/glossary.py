"""The glossary: the course's terms, and where the notebooks first explain them; a page.

The sentences are in `glossary.toml`; the places are found, so links stay right when cells move.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import config, notebooks, pages
from ..errors import CourseError
from . import outline

TERMS = Path(__file__).with_suffix(".toml")
AROUND = {"title", "how-it-works", "learned", "further"}  # cells that explain nothing
MARKS = re.compile(r"\*+|`")
HEAD = """\
# Glossary

A sentence for each term. The link leads to where the course first explains it.

"""


@dataclass(frozen=True)
class Term:
    """An entry. find: str, a regular expression, or empty for the term itself; week: int, the only
    one to look in, or None; exercise: str, the one of that week whose text explains it, or empty.
    """

    term: str
    means: str
    find: str = ""
    week: int | None = None
    exercise: str = ""

    @property
    def fragment(self):
        """The fragment by which the entry is reached, str."""
        plain = unicodedata.normalize("NFKD", self.term).encode("ascii", "ignore").decode()
        return "term-" + re.sub(r"\W+", "-", plain.lower()).strip("-")

    @property
    def pattern(self):
        """What the text says, a compiled regular expression."""
        find = self.find or f"{re.escape(self.term)}(?:e?s)?"
        return re.compile(rf"(?<!\w)(?:{find})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a term is explained: a text cell, and the heading that it stands under."""

    week: int
    cell: str
    heading: str


@cache
def terms():
    """Return the entries in alphabetical order, tuple of Term."""
    found = [Term(**each) for each in tomllib.loads(TERMS.read_text(encoding="utf-8"))["term"]]
    return tuple(sorted(found, key=lambda one: one.fragment))


@cache
def _texts():
    """Return (place, text) of all text cells that explain something, without hints and answers."""
    found = []
    for week in config.available_weeks():
        for cell, _, heading in outline.headings(notebooks.read(week)):
            if cell.cell_type == "markdown" and cell.id not in AROUND:
                text = " ".join(pages.FOLDED.sub("", cell.source).split())
                place = Place(week, cell.id, heading.removeprefix(outline.EXERCISE))
                found.append((place, text))
    return found


def place_of(term):
    """Return where a term is first explained, a Place: the text of the exercise that it names; else
    the first text that has it in bold or italics; else the first that has it at all.

    Raises CourseError if there is none.
    """
    marked = re.compile(rf"(\*\*?){term.pattern.pattern}\1", re.IGNORECASE)
    texts = [each for each in _texts() if term.week in (None, each[0].week)]
    has_marked = (place for place, text in texts if marked.search(text))
    has_it = (place for place, text in texts if term.pattern.search(MARKS.sub("", text)))
    if term.exercise:
        asked = {one.name: one.cell for one in outline.read(term.week)}.get(term.exercise)
        found = next((place for place, _ in texts if place.cell == asked), None)
    else:
        found = next(has_marked, None) or next(has_it, None)
    if found is None:
        asked = term.exercise or term.find or term.term
        raise CourseError(f"No text has `{asked}`: see {TERMS.name}.")
    return found


def _entry(term, cells):
    """Return an entry in Markdown. cells: {week: set of ids}, those that the site has."""
    place = place_of(term)
    where = f"Week {place.week}, “{place.heading}”".replace("[", r"\[").replace("]", r"\]")
    if place.cell in cells.get(place.week, ()):
        target = outline.anchor(place.week, place.cell)
        where = f"[{where}]({config.WEEKS[place.week]}.ipynb#{target})"
    return f"({term.fragment})=\n**{term.term}**\n: {term.means} {where}\n"


def markdown(found):
    """Return the page as Markdown. found: dict, week → notebook, those that the site has."""
    cells = {week: {cell.id for cell in notebook.cells} for week, notebook in found.items()}
    parts, letter = [HEAD], None
    for term in terms():
        first = term.fragment.removeprefix("term-")[0].upper()
        if first != letter:
            letter = first
            parts.append(f"## {letter}\n")
        parts.append(_entry(term, cells))
    return "\n".join(parts)
