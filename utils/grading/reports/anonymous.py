"""What lies in a report for those who mark anonymously: pages under codes, and the key to them."""

import shutil
from dataclasses import replace

from ...files import building, write_whole
from .feedback import feedback_page
from .gradebooks import write_table
from .masked import masked

MARKING, KEY = "marking", "names.csv"
HEAD = ["code", "name", "number", "folder"]


def without_names(marks, rules, mask):
    """Return (marks, submissions, rules) as the overview may show them. marks: list of final.Mark
    with codes; rules: Rules; mask: masked.Mask."""
    shown = [masked(mark, mask) for mark in marks]
    return shown, [mark.submission for mark in shown], replace(rules, overrides=[], extensions=[])


def write_marking(folder, marks, submissions):
    """Write each learner's page under the code, and the key; remove pages of other reports.

    folder: pathlib.Path of the report; marks: list of masked Marks; submissions: list of Submission
    with names.
    """
    place, pages = folder / MARKING, {mark.code: mark for mark in marks if mark.page}
    place.mkdir(exist_ok=True)
    for path in place.glob("*.html"):
        if path.stem not in pages:
            path.unlink()
    for code, mark in pages.items():
        write_whole(place / f"{code}.html", feedback_page(mark))
    people = sorted(submissions, key=lambda item: item.code)
    rows = [[item.code, item.name, item.number, item.folder] for item in people]
    with building(folder / KEY) as unfinished:
        write_table(unfinished, [HEAD, *rows])


def remove_marking(folder):
    """Remove what an anonymous report left, where names are shown again."""
    shutil.rmtree(folder / MARKING, ignore_errors=True)
    (folder / KEY).unlink(missing_ok=True)
