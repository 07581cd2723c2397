"""Make one gradebook of the reports of several weeks.

python -m utils.grading.gradebook week1/report week2/report week3/report --out gradebook
"""

import argparse
import math
import sys
from pathlib import Path

from ...errors import CourseError
from ...files import building, not_written, write_whole
from .. import report_folder
from ..__main__ import Parser
from ..intake import participants
from ..intake.learner_names import printable
from ..reports.gradebooks import write_table
from .book import Book
from .book_page import book_page
from .kept_reports import read_all

TABLE, PAGE = "gradebook.csv", "index.html"


def _parser():
    parser = Parser(
        prog="python -m utils.grading.gradebook",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("reports", nargs="+", type=Path, help="folders that the grading command wrote, one a week")
    add("--out", type=Path, required=True, help="the folder for the gradebook")
    add("--roster", type=Path, metavar="FILE", help="the list of the class: all have a line")
    add(
        "--weight",
        action="append",
        default=[],
        metavar="WEEK=N",
        help="what a week's points count: 3=2 counts week 3 twice, 6=0 not at all",
    )
    add("--drop", type=int, default=0, metavar="N", help="leave out each learner's N lowest weeks")
    return parser


def _weights(texts, weeks):
    """Return {week: weight}. texts: list of str, as "3=2"; weeks: list of int, that there are."""
    found = {}
    for text in texts:
        week, _, weight = text.lower().removeprefix("week").partition("=")
        try:
            week, weight = int(week), float(weight)
        except ValueError:
            week = None
        if week is None or not (0 <= weight <= 10_000 and math.isfinite(weight)):
            raise CourseError(f"--weight {text} isn't understood: write 3=2 to count week 3 twice.")
        if week not in weeks:
            raise CourseError(f"--weight {text}: no report of week {week} is among these.")
        found[week] = weight
    return found


def _check_out(folder):
    """Raise CourseError where the gradebook can't be written, or would replace another page."""
    report_folder.check_place(folder)
    if report_folder.read_state(folder) or (
        (folder / PAGE).exists() and not (folder / TABLE).exists()
    ):
        raise CourseError(f"{folder} holds another page {PAGE}: name another folder with --out.")


def make(options):
    """Write the gradebook that the command line asks for; return sentences on it.

    Raises CourseError, and then nothing was written.
    """
    _check_out(options.out)
    reports = read_all(options.reports)
    if not 0 <= options.drop < len(reports):
        raise CourseError(
            f"--drop {options.drop}: with {len(reports)} weeks, it is a number from 0 to "
            f"{len(reports) - 1}."
        )
    weights = _weights(options.weight, [report.week for report in reports])
    people = participants.read(options.roster) if options.roster else None
    book = Book(reports, people, weights, options.drop)
    page = book_page(book, options.out)
    made = report_folder.make(options.out)
    try:
        with building(options.out / TABLE) as unfinished:
            write_table(unfinished, book.table())
            write_whole(options.out / PAGE, page)  # without it, no table either
    except OSError as error:
        report_folder.remove(options.out, made, [])
        raise CourseError(not_written(options.out, error)) from None
    return book.sentences


def main(arguments=None):
    """Run the command; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        for sentence in make(options):
            print(printable(sentence))
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Gradebook: {options.out / PAGE}, {options.out / TABLE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
