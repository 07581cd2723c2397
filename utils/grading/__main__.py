"""Grade a cohort's notebooks, each in a sandbox, and write reports on each and on all of them.

python -m utils.grading week1 SUBMISSIONS --out report
python -m utils.grading --self week1_linear_models/week1_linear_models.ipynb
"""

import argparse
import math
import os
import re
import sys
import time
from pathlib import Path

from .. import config
from ..errors import CourseError
from .sandbox.box import Box

# jsonschema would spend two seconds on a grammar of web addresses, which no notebook's schema uses.
sys.modules.setdefault("rfc3987_syntax", None)
os.environ.setdefault("OMP_NUM_THREADS", "1")  # several workers share the cores


def a_week(text):
    """Return the number of a week as the command line names it."""
    found = re.fullmatch(r"(?:week)?(\d)(?:_\w+)?/?", text)
    week = int(found[1]) if found else None
    if week not in config.available_weeks():
        names = ", ".join(f"week{week}" for week in config.available_weeks())
        raise argparse.ArgumentTypeError(f"there is no {text} here; there are: {names}")
    return week


def a_number(text, least, most, unit, whole=False):
    """Return a number of the command line: from `least` to `most`, and `whole` where it must be."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most or (whole and number % 1):  # NaN is in no range
        kind = "whole number" if whole else "number"
        raise argparse.ArgumentTypeError(f"{text} isn't a {kind} of {unit} from {least} to {most}")
    return number


def _memory(text):
    """Return gigabytes as bytes: TensorFlow takes nearly one before a learner's code begins."""
    return int(a_number(text, 1, 1024, "gigabytes") * 2**30)


def _seconds(text):
    return a_number(text, 60, 86_400, "seconds")


def _jobs(text):
    return int(a_number(text, 1, 1024, "submissions at a time", whole=True))


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what is wrong."""

    def error(self, message):
        """End with that line: the usage, above it, would hide it."""
        self.exit(2, f"{message[:1].upper()}{message[1:]}. --help lists all options.\n")


def _parser():
    parser = Parser(
        prog="python -m utils.grading",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("week", nargs="?", type=a_week, help="the week: week3, or 3")
    add("submissions", nargs="?", type=Path, help="a folder or zip file of notebooks")
    add("--out", type=Path, help="the folder for the reports")
    add("--resume", action="store_true", help="continue a run that was stopped")
    add(
        "--regrade",
        nargs="*",
        metavar="EXERCISE",
        help="grade again what a change of the course concerns, or only these exercises",
    )
    _add_rules(parser)
    _add_tables(parser)
    jobs = str(os.cpu_count() or 1)
    add("--jobs", type=_jobs, default=jobs, metavar="N", help="submissions at a time (%(default)s)")
    add(
        "--memory", type=_memory, default="4", metavar="GB", help="memory of each box (%(default)s)"
    )
    add(
        "--seconds",
        type=_seconds,
        default="1200",
        metavar="N",
        help="time of each submission (%(default)s)",
    )
    add("--seed", type=int, help="repeat the run that had this seed")
    add("--trusted", action="store_true", help="no sandbox: for your own notebooks only")
    add(
        "--self",
        nargs="+",
        type=Path,
        metavar="NOTEBOOK",
        help="grade your own notebooks here, trusted; the week before it where no name says it",
    )
    add(
        "--json",
        type=Path,
        metavar="FILE",
        help="with --self: write what is printed in Gradescope's results.json format",
    )
    add("--scheduler", metavar="ADDRESS", help="distribute the work over a Dask cluster")
    return parser


def _add_tables(parser):
    """Add what an LMS gets back: its own table, filled."""
    add = parser.add_argument_group("what Moodle or Canvas import").add_argument
    add("--moodle", type=Path, metavar="WORKSHEET", help="fill Moodle's grading worksheet (CSV)")
    add("--canvas", type=Path, metavar="EXPORT", help="fill Canvas's export of a gradebook (CSV)")
    add("--column", metavar="TITLE", help="its column for the scores, where that isn't clear")


def _add_rules(parser):
    """Add what decides about marks; without these options, files beside the submissions do."""
    group = parser.add_argument_group("marks and people")
    add = group.add_argument
    beside = "beside the submissions unless named"
    add("--overrides", type=Path, metavar="FILE", help=f"overrides.csv, {beside}")
    add("--rules", type=Path, metavar="FILE", help=f"grading.toml, {beside}")
    add("--roster", type=Path, metavar="FILE", help=f"roster.csv, {beside}")
    add("--extensions", type=Path, metavar="FILE", help=f"extensions.csv, {beside}")
    add("--due", metavar="TIME", help="when work is due: 2026-11-30T23:59")
    add("--late", metavar="RULE", help='what lateness costs: "10%% a day, at most 3"')
    add(
        "--pick",
        choices=("latest", "best"),
        help="which of a learner's several files counts (latest)",
    )
    add(
        "--anonymous",
        action=argparse.BooleanOptionalAction,
        help="show codes instead of names to whoever marks; --no-anonymous shows names again",
    )


def _check(parser, options):
    """End with one line where options don't fit together."""
    tables = [name for name in ("moodle", "canvas") if getattr(options, name)]
    of_a_class = [*tables, *(name for name in ("column", "anonymous") if getattr(options, name))]
    if options.self and of_a_class:
        parser.error(f"--{of_a_class[0]} is for a class, and --self grades your own work")
    if options.json and not options.self:
        parser.error("--json goes with --self NOTEBOOK; for a class, --out has all results")
    if options.column and len(tables) != 1:
        parser.error(
            "--column names the column of one table: add it to --moodle WORKSHEET or to --canvas "
            "EXPORT" + ", and give one of them at a time" * bool(tables)
        )


def main(arguments=None, new_box=Box):
    """Run the command; return the exit status. new_box: see `sandbox.forkserver.ForkServer`."""
    parser = _parser()
    options = parser.parse_args(arguments)
    _check(parser, options)
    try:
        if options.self:
            from .self_grading import grade_own

            return grade_own(options.self, options.week, options.json)
        if options.week is None or options.submissions is None or options.out is None:
            parser.error(
                "name a week, the submissions, and --out FOLDER"
                + ", all before --regrade" * bool(options.regrade)
            )
        config.need_solutions("Grading a class")
        from .command import grade_cohort

        start = time.monotonic()
        status = grade_cohort(options, new_box)
        print(f"done in {time.monotonic() - start:.0f} s")
        return status
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        if options.self:
            print("\nStopped.")
            return 130
        more = "" if options.regrade is not None else " with --resume"
        print(f"\nStopped. What has been graded is kept: the same command{more} continues.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
