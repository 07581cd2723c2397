"""Write a copy of the course for learners: no reference solutions, but checks that answer.

    python -m utils.student DIR [--weeks 1 2] [--inputs 5]

The checks of the copy know what is right, and what catalogued mistakes give, on a few sets of
inputs that are drawn now; each check takes one of them.
"""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from .. import config
from ..display import quiet
from ..errors import CourseError
from ..files import building, not_written

INPUTS = 5
FEW = "The checks need at least one set of inputs: --inputs 1."


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m utils.student", description=__doc__.partition("\n")[0]
    )
    add = parser.add_argument
    add("folder", type=Path, nargs="?", help="where to: a new or empty folder")
    add("--weeks", type=int, nargs="+", metavar="WEEK", help="these alone")
    add("--inputs", type=int, default=INPUTS, metavar="N", help="sets of inputs (%(default)s)")
    return parser


def check_place(folder):
    """Raise CourseError for a folder that a copy can't be written to. folder: path or None."""
    if folder is None or not str(folder).strip(" ."):
        raise CourseError("Name a new folder for the copy: make student DIR=../for-learners.")
    folder = folder.resolve()
    if folder.is_relative_to(config.ROOT) or config.ROOT.is_relative_to(folder):
        raise CourseError(f"{folder} is in the course, or around it: name a folder beside it.")
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise CourseError(f"{folder} is there already: name a new folder, or an empty one.")
    if not folder.parent.is_dir():
        raise CourseError(f"There is no folder {folder.parent} to put the copy in: make it first.")


def write_copy(folder, weeks, count):
    """Write the copy; it is there as a whole or not at all. Returns its size in bytes.

    folder: pathlib.Path; weeks: list of int; count: int, sets of inputs.
    """
    from .beforehand import draw_seeds, write_week  # these import what all weeks need
    from .contents import copy_course

    with building(folder.resolve()) as unfinished:
        unfinished.mkdir()
        copy_course(unfinished, weeks, count)
        places = [unfinished / "utils" / "checks" / f"week{week}" for week in weeks]
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as workers:
            work = workers.map(write_week, weeks, [draw_seeds(count) for _ in weeks], places)
            for week, (size, seconds) in zip(weeks, work):
                about = f"{size / 1e6:.1f} MB, {seconds:.0f} s"
                print(f"week {week}: {count} sets of inputs, {about}", flush=True)
        if folder.is_dir():
            folder.rmdir()  # it is empty
        return sum(path.stat().st_size for path in unfinished.rglob("*") if path.is_file())


def main(arguments=None):
    """Run the command; return the exit status."""
    options = _parser().parse_args(arguments)
    quiet.hush()
    os.environ.update(COURSE_PROFILE="tiny", COURSE_SOLUTIONS="")
    try:
        config.need_solutions("make student")
        check_place(options.folder)
        missing = set(options.weeks or ()) - set(config.available_weeks())
        if missing or options.inputs < 1:
            sentence = f"There is no week {missing.pop()} here." if missing else FEW
            raise CourseError(sentence)
        weeks = options.weeks or config.available_weeks()
        size = write_copy(options.folder, sorted(set(weeks)), options.inputs)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(not_written(options.folder, error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. Nothing is left of the copy.")
        return 130
    print(f"{options.folder}: {size / 1e6:.1f} MB, no reference solutions. Next, in it: make lab")
    return 0


if __name__ == "__main__":
    sys.exit(main())
