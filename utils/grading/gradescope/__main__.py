"""Write the zip of a week's autograder for Gradescope; this folder's README.md says more.

python -m utils.grading.gradescope week1 --out week1_autograder.zip
"""

import argparse
import sys
from pathlib import Path

from ... import config
from ...errors import CourseError
from ..__main__ import Parser, a_number, a_week
from ..marks.overrides import shown
from .zipped import points, write_zip


def _parser():
    parser = Parser(
        prog="python -m utils.grading.gradescope",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("week", type=a_week, help="the week: week3, or 3")
    add("--out", type=Path, required=True, metavar="ZIP", help="the zip file to write")
    add("--rules", type=Path, metavar="FILE", help="grading.toml: weights, partial, cap, pick")
    add(
        "--minutes",
        type=_minutes,
        default="10",
        metavar="N",
        help="the time limit of the assignment on Gradescope (%(default)s)",
    )
    return parser


def _minutes(text):
    return int(a_number(text, 6, 40, "minutes", whole=True))


def main(arguments=None):
    """Run the command; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        config.need_solutions("An autograder")
        most = points(options.rules, options.week)
        size = write_zip(options.out, options.week, options.minutes, options.rules)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"{options.out}: the autograder of week {options.week}, {shown(most)} points, "
        f"{size / 1e6:.1f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
