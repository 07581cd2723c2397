"""Whose marks differ from those of the last report in a folder, whatever the reason.

`marks.json` keeps the last report's marks, `changes.csv` all changes so far.
"""

import csv
import json

from ...files import write_whole
from ..intake.learner_names import clean_name
from ..marks.overrides import shown
from .gradebooks import cell, write_table

LAST, CHANGES = "marks.json", "changes.csv"
HEAD = ["report", "name", "number", "folder", "before", "after", "what"]
MOST = 20  # changes that are printed


def kept(mark):
    """Return what a report keeps of a Mark, as plain values."""
    return {
        "name": mark.name,
        "number": mark.number,
        "person": mark.person,
        "score": mark.score if mark.is_graded else None,
        "max_score": mark.max_score,
        "most": mark.most,
        "late": round(mark.off, 2) if mark.is_graded else 0,
        "whole": mark.whole.points if mark.whole else None,
        "status": mark.status,
        "held": mark.held,
        "late_count": mark.late.count,
        "address": mark.submission.address,
        "exercises": {
            item.exercise: "held" if item.earned is None else item.earned for item in mark.items
        },
    }


def note_changes(folder, marks, last):
    """Compare with the last report, keep the changes and these marks; return sentences.

    folder: pathlib.Path of the reports; marks: list of final.Mark; last: what `last_report` gave
    before any table was written.
    """
    now = {mark.folder: kept(mark) for mark in marks}
    (number, before, sentences), rows, said = last, [], []
    if before is not None:
        for old, new, where in _pairs(before, now):
            change = _change(old, new)
            if change:
                rows.append(_row(number + 1, old, new, where, change))
                said.append(f"{(new or old)['person']}: {change[0]} → {change[1]}{_why(change)}")
        sentences += _of_the_whole(before, now) + _at_most(said)
    if rows or not (folder / CHANGES).exists():
        is_new = not (folder / CHANGES).exists()
        write_table(folder / CHANGES, [HEAD, *rows] if is_new else rows, "w" if is_new else "a")
    text = json.dumps({"report": number + 1, "marks": now}, indent=1, ensure_ascii=False)
    write_whole(folder / LAST, text + "\n")
    return sentences


def last_report(folder):
    """Return (number of the last report, its marks or None, sentences)."""
    try:
        found = json.loads((folder / LAST).read_text(encoding="utf-8"))
        marks = {name: _checked(each) for name, each in found["marks"].items()}
        return int(found["report"]), marks, []
    except FileNotFoundError:
        return 0, _from_table(folder), []
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        said = f"{folder / LAST} is damaged, so whose marks changed is told by grades.csv."
        return 0, _from_table(folder), [said]


def _checked(each):
    """Return what a report kept of a learner. Raises KeyError or TypeError if that is damaged."""
    keys = ("name", "number", "person", "score", "max_score", "late", "whole")
    return {**{key: each[key] for key in keys}, "exercises": {**each["exercises"]}}


def _from_table(folder):
    """Return the marks of a report from before there was marks.json, or None without a report."""
    try:
        with open(folder / "grades.csv", encoding="utf-8-sig", newline="") as file:
            return {_plain(row["folder"]): _of_row(row) for row in csv.DictReader(file)}
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        return None


def _plain(text):
    """Return what stood in a cell before it was kept from being a formula."""
    return text[1:] if text[:1] == "'" and cell(text[1:]) == text else text


def _of_row(row):
    names = [*row][[*row].index("status") + 1 :]
    names = names[: names.index("late" if "late" in names else "reason")]
    values = {name: row[name] if row[name] == "held" else float(row[name]) for name in names}
    name = _plain(row["name"] if "name" in row else row["submission"])
    return {
        "name": name,
        "number": row.get("number", ""),
        "person": name,
        "score": float(row["score"]) if row["status"].startswith("graded") else None,
        "max_score": float(row["max_score"]),
        "exercises": values,  # a table tells neither what lateness cost nor who decided
    }


def _pairs(before, now):
    """Yield (old or None, new or None, folder) of each learner. A new upload may have another
    folder's name, where number and name are still the same."""
    gone = {name: each for name, each in before.items() if name not in now}
    by_learner = {}
    for name, each in gone.items():
        by_learner.setdefault((each["name"], each["number"]), []).append(name)
    for folder, new in now.items():
        old = before.get(folder)
        same = by_learner.get((new["name"], new["number"]), [])
        if old is None and len(same) == 1:
            old = gone.pop(same.pop())
        yield old, new, folder
    for folder, old in gone.items():
        yield old, None, folder


def _change(old, new):
    """Return (before, after, what differs) in words, or None where nothing does."""
    if old is None:
        return "new", _score(new), ""
    if new is None:
        return _score(old), "no longer handed in", ""
    parts = [
        f"{name} {_points(old['exercises'].get(name, 0))} → {_points(points)}"
        for name, points in new["exercises"].items()
        if points != old["exercises"].get(name, 0)
    ]
    for key, words in (("late", "taken off for lateness"), ("whole", "points of the whole")):
        if key in old and old[key] != new[key]:
            parts.append(f"{words} {_points(old[key])} → {_points(new[key])}")
    if old["score"] == new["score"] and not parts:
        return None
    return _score(old), _score(new), ", ".join(parts) or "weights or the cap"


def _score(each):
    return "no score" if each["score"] is None else shown(each["score"])


def _points(value):
    if value is None:
        return "none"
    return value if value == "held" else shown(value)


def _why(change):
    return f" ({change[2]})" if change[2] else ""


def _row(report, old, new, where, change):
    about = new or old
    return [report, about["name"], about["number"], where, *change]


def _of_the_whole(before, now):
    """Say what holds for all: the maximum."""
    old = {each["max_score"] for each in before.values()}
    new = {each["max_score"] for each in now.values()}
    if old == new or not old:
        return []
    shown_old = " and ".join(shown(each) for each in sorted(old))
    return [f"The maximum is {' and '.join(map(shown, sorted(new)))} now, was {shown_old}."]


def _at_most(said):
    if not said:
        return []
    who = "one learner" if len(said) == 1 else f"{len(said)} learners"
    count = f"Since the last report, the marks of {who} changed:"
    more = len(said) - MOST
    rest = [f"  and {more} more, in {CHANGES}."] if more > 0 else []
    return [count, *(f"  {clean_name(each)}" for each in said[:MOST]), *rest]
