"""The map of the course: which exercise uses which, and what each becomes later; a page.

The lines come from the notebooks and the references (`outline.py`), the threads through the weeks
from `threads.toml`.
"""

import re
import tomllib
from functools import cache
from html import escape
from pathlib import Path

from .. import config
from . import outline
from .lanes import picture

THREADS = Path(__file__).with_name("threads.toml")
HEAD = """\
# A map of the course

Two views of the exercises. First the **threads**: how an idea comes back from week to week, and
what a function becomes. Then each **week**: which of its exercises use which. Each name leads to
the place in the week's page.

"""
KEY = """\
A solid line leads from an exercise to one whose solution calls it. A dashed line leads to one that
cells use together with it: a value goes from one into the other. Ways that lead through a third
exercise are left out. Below a name stands what it becomes in a later week.
"""
CODE = re.compile(r"`([^`]+)`")


@cache
def threads():
    """Return the threads, list of dict: title, about, stops (each [week, exercise, words]), and
    becomes, False where no stop becomes the next."""
    return tomllib.loads(THREADS.read_text(encoding="utf-8"))["thread"]


def becomes(week, name):
    """Return what an exercise becomes: the next stops of its threads in a later week, (week, name)
    pairs without doubles, in the threads' order."""
    found = {}
    for thread in threads():
        stops = [tuple(stop[:2]) for stop in thread["stops"]]
        if thread.get("becomes", True) and (week, name) in stops:
            later = [stop for stop in stops[stops.index((week, name)) :] if stop[0] > week]
            found.update(dict.fromkeys(later[:1]))
    return list(found)


class Addresses:
    """Where exercises stand in the site. found: dict, week → notebook, those that the site has."""

    def __init__(self, found):
        self.exercises = {week: outline.read(week) for week in config.available_weeks()}
        self.cells = {week: {cell.id for cell in found[week].cells} for week in found}
        self.cell_of = {
            (one.week, one.name): one.cell for each in self.exercises.values() for one in each
        }

    def __call__(self, week, name):
        """Return the address of an exercise, or None where the site hasn't got it."""
        cell = self.cell_of[week, name]
        if cell not in self.cells.get(week, ()):
            return None
        return f"{config.WEEKS[week]}.html#{outline.anchor(week, cell)}"

    def link(self, week, name):
        """Return the exercise's name as HTML, with a link where there is a place."""
        words, address = f"<code>{escape(name)}</code>", self(week, name)
        return f'<a href="{escape(address)}">{words}</a>' if address else words


def _note(one):
    return ", ".join(f"week {week}: {name}" for week, name in becomes(one.week, one.name)[:1])


def _thread(thread, addresses):
    title, about = escape(thread["title"]), escape(thread["about"])
    lines = [f'<section class="thread"><h3>{title}</h3><p>{about}</p><ol>']
    for week, name, words in thread["stops"]:
        words = CODE.sub(r"<code>\1</code>", escape(words))
        link = addresses.link(week, name)
        lines.append(f'<li><span class="week">Week {week}</span> {link}<br>{words}</li>')
    return "".join([*lines, "</ol></section>"])


def _listed(exercises, addresses):
    """Return what the picture shows as a list in HTML."""
    items = []
    for one in exercises:
        sentences = [f"{addresses.link(one.week, one.name)}: {escape(one.title)}."]
        for words, names in (("Calls", one.calls), ("Used with", one.beside)):
            if names:
                links = (addresses.link(one.week, name) for name in names)
                sentences.append(f"{words} {', '.join(links)}.")
        later = [f"{addresses.link(week, name)} in week {week}"
                 for week, name in becomes(one.week, one.name)]  # fmt: skip
        if later:
            sentences.append(f"Becomes {', '.join(later)}.")
        items.append(f"<li>{' '.join(sentences)}</li>")
    return f"<ul>{''.join(items)}</ul>"


def _week(week, exercises, addresses):
    label = (
        f"The exercises of week {week} in their order, with lines to those that use them; "
        "the list after it says the same."
    )
    drawn = picture(exercises, lambda one: addresses(one.week, one.name), _note, label)
    listed = _listed(exercises, addresses)
    return f'## Week {week}\n\n<div class="map-of-week">{drawn}<div>{listed}</div></div>\n'


def markdown(found):
    """Return the page as Markdown. found: dict, week → notebook, those that the site has."""
    addresses = Addresses(found)
    parts = [HEAD, "## Threads\n\n", '<div class="threads">']
    parts += [_thread(one, addresses) for one in threads()]
    parts += ["</div>\n\n", KEY, "\n"]
    weeks = [_week(week, each, addresses) for week, each in addresses.exercises.items()]
    return "".join(parts) + "\n".join(weeks)
