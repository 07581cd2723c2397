"""The gradebook as a page: each week in short, who misses what, and all learners."""

import os
from urllib.parse import quote

from ..marks.overrides import shown
from ..reports.page import framed, heading, joined, link, page, paragraph, plain, table


def book_page(book, place):
    """Return the page as HTML. book: book.Book; place: pathlib.Path of the folder it is for."""
    first, last = book.weeks[0], book.weeks[-1]
    title = f"Gradebook: week {first}" if first == last else f"Gradebook: weeks {first} to {last}"
    return page(
        title,
        paragraph(_in_short(book)),
        framed(*map(paragraph, book.sentences)) if book.sentences else "",
        heading("Each week"),
        _weeks(book, place),
        *_section("Waiting for a person", _open(book, place), ["who", "what waits"]),
        *_section("Not handed in", _missing(book), ["who", "weeks"]),
        heading("All learners"),
        _all(book, place),
        *map(paragraph, book.how()),
        paragraph(joined("The same as a table:", link("gradebook.csv", "gradebook.csv"))),
    )


def _in_short(book):
    count = len(book.lines)
    percents = sorted(line.percent for line in book.lines if line.percent is not None)
    words = f"{count} learner{'s' * (count != 1)}, {len(percents)} of them with a total."
    if not percents:
        return words
    middle = percents[len(percents) // 2]
    if len(percents) % 2 == 0:
        middle = (middle + percents[len(percents) // 2 - 1]) / 2
    return f"{words} The median of the totals is {shown(middle)} % of the points."


def _address(path, place):
    """Return a path as a page in a folder links it."""
    return quote(os.path.relpath(path.absolute(), place.absolute()).replace(os.sep, "/"))


def _week(report, place):
    return link(report.label, _address(report.folder / "index.html", place))


def _weeks(book, place):
    rows = []
    for report in book.reports:
        week = report.week
        waits = sum(week in line.rows and line.is_open(week) for line in book.lines)
        missing = sum(line.is_missing(week) for line in book.lines)
        scores = (len(book.scores(week)), waits, missing)
        rows.append([_week(report, place), *scores, *book.middle(week), report.of])
    head = ["week", "with a score", "waiting", "not handed in", "mean", "median", "of"]
    return table(head, rows, "Each week in short")


def _section(title, rows, head):
    return [heading(title), table(head, rows, title)] if rows else []


def _open(book, place):
    rows = []
    for line in book.lines:
        said = [
            joined(_week(report, place), ": ", _waits(line, report.week), between="")
            for report in book.reports
            if line.is_open(report.week) and report.week in line.rows
        ]
        if said:
            rows.append([plain(line.name), joined(*said, between="\n")])
    return rows


def _waits(line, week):
    return ", ".join(line.notes(week)) or line.words(week)


def _missing(book):
    rows = []
    for line in book.lines:
        weeks = [str(week) for week in book.weeks if line.is_missing(week)]
        if weeks:
            rows.append([plain(line.name), ", ".join(weeks)])
    return rows


def _all(book, place):
    """The total stands before the weeks, where narrow screens show it."""
    head = ["name", "total", *(f"week {week}" for week in book.weeks)]
    rows = []
    for line in book.lines:
        cells = [_cell(report, line, place) for report in book.reports]
        name = f"{line.name} ({line.number})" if line.number else line.name
        rows.append([plain(name), _total(line), *cells])
    return table(head, rows, "All learners")


def _total(line):
    """Return a total in lines that never break, so that a page of paper has room for six weeks."""
    if line.total is None:
        return ""
    percent = "" if line.percent is None else f"\n{shown(line.percent)} %"
    return f"{shown(line.total)} of {shown(line.of)}{percent}".replace(" ", "\u00a0")


def _cell(report, line, place):
    """Return a week's score, linked to the learner's feedback."""
    row, words = line.rows.get(report.week), line.words(report.week)
    path = row and report.page(row)
    said = words if isinstance(words, str) else shown(words)
    notes = [f"{row.late} late"] if row and row.late else []
    notes += ["left out"] if report.week in line.left_out else []
    return joined(link(said, _address(path, place)) if path else said, *notes, between="\n")
