"""Run notebooks on synthetic data with the reference solutions, and write each as HTML.

    python -m utils.run [--out build] [WEEK ...]

A week is named by its number; without one, all weeks run, and the page that shows the synthetic
data is written too. The notebooks themselves aren't changed.
"""

import argparse
import os
import sys
import time
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from . import config, notebooks, pages, places
from .errors import CourseError
from .files import not_written, write_whole

CELL_TIMEOUT = 3600  # seconds; the longest training on real data takes a quarter of it
KERNEL_ARGUMENTS = ["--log-level=ERROR"]  # its warnings aren't about the lesson


def execute(week, on_cell=lambda done, total: None, env=None, notebook=None):
    """Run a week's notebook in its own folder; return (notebook, error).

    on_cell: called with the number of cells done and the number of all cells. env: dict, the
    environment to run it in, or None for that of this process. notebook: a changed copy to run
    instead. The notebook has its outputs even if a cell failed; error is then the error's text,
    otherwise None.
    """
    notebook, folder = notebook or notebooks.read(week), config.notebook_path(week).parent
    total = len(notebook.cells)
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        extra_arguments=KERNEL_ARGUMENTS,
        resources={"metadata": {"path": str(folder)}},
        on_cell_executed=lambda cell, cell_index, **_: on_cell(cell_index + 1, total),
    )
    try:
        client.execute(env=env or dict(os.environ))
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return notebook, str(error)
    return notebook, None


def render(notebook, path):
    """Write an executed notebook as one HTML file that needs no network. path: pathlib.Path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, pages.page(notebook, path.stem))


def run_week(week, folder):
    """Run and render one week, with a line that counts its cells; return whether it worked."""
    start, name = time.monotonic(), config.WEEKS[week]

    def progress(done, total):
        if sys.stdout.isatty():
            print(
                f"\r{name}: cell {done} of {total}, {time.monotonic() - start:.0f} s",
                end="",
                flush=True,
            )

    notebook, error = execute(week, progress)
    path = folder / f"{name}.html"
    render(notebook, path)
    end = "failed" if error else "done"
    print(f"\r{name}: {end} in {time.monotonic() - start:.0f} s, {path}", flush=True)
    if error:
        print(error, file=sys.stderr)
    return error is None


def write_sheets(folder):
    """Write the page that shows the synthetic data sets."""
    from .datasets import preview  # needs scikit-learn and Matplotlib: only here

    start, path = time.monotonic(), folder / "data.html"
    write_whole(path, preview.page())
    print(f"data: done in {time.monotonic() - start:.0f} s, {path}", flush=True)


def main(arguments=None):
    """Run the weeks named on the command line, or all; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m utils.run", description=__doc__.split("\n")[0])
    parser.add_argument(
        "weeks", nargs="*", type=int, metavar="WEEK", choices=[[], *config.available_weeks()]
    )
    parser.add_argument("--out", type=Path, default=config.ROOT / "build")
    options = parser.parse_args(arguments)
    os.environ.setdefault("COURSE_PROFILE", "tiny")
    os.environ["COURSE_SOLUTIONS"] = "1"
    try:
        out = places.keep(places.named(options.out, "--out"), "", lambda found: found, own="build")
        if not options.weeks:
            write_sheets(out)
        results = [run_week(week, out) for week in options.weeks or config.available_weeks()]
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(not_written(out, error), file=sys.stderr)
        return 1
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
