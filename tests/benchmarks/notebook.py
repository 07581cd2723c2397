"""What a whole notebook costs: its seconds and memory, section by section.

    COURSE_MIRROR=... python -m tests.benchmarks.notebook 3 [--profile cpu]
    COURSE_MIRROR=... python -m tests.benchmarks.notebook 3 --profile gpu --set LONG_EPOCHS=1

Runs the notebook itself with the reference solutions, as `make run` does, and writes it as HTML to
build/benchmark. Trainings begin anew; features that COURSE_DATA keeps from an earlier run are used.
Memory is the resident set of the kernel, looked at five times a second. All goes to
results/week3-notebook-cpu.json. With constants of its own, a run tells its memory alone, in
results/week3-memory-gpu.json: so the sizes of `gpu` can be looked at without a GPU. All that one
would hold then lies in the machine's memory.
"""

import argparse
import os
import re
import tempfile
import threading
import time

import psutil

from tests.benchmarks.figures import PEAK, WHOLE, Figure, store
from tests.support.helpers import environment
from utils import config, notebooks, run

PAUSE = 0.2  # seconds between two looks at the memory
LONG = 15  # seconds; cells that take longer are named
MEMORY = 4  # GB that no week should pass
COLAB = 12  # GB of a free session there
SECONDS = {  # goals
    "tiny": {2: 75, 3: 100, 4: 90, 5: 75, 6: 90},
    "cpu": {2: 720, 3: 1200, 4: 1200, 5: 720},
}
KEPT = ("COURSE_MIRROR", "COURSE_DATA", "COURSE_SYNTHETIC")  # of this process's settings


class Watch:
    """Notes the seconds of each cell and the most memory, in bytes, that the kernel held in it."""

    def __init__(self):
        self.cells, self.peak = {}, 0
        self.start = time.monotonic()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self):
        me = psutil.Process()
        while True:
            sizes = []
            for process in me.children(recursive=True):
                try:
                    sizes.append(process.memory_info().rss)
                except psutil.Error:  # it has just ended
                    continue
            self.peak = max(self.peak, *sizes, 0)
            time.sleep(PAUSE)

    def __call__(self, done, total):
        """Take the time of the code cell that has just ended; done: its number, from 1."""
        now = time.monotonic()
        self.cells[done - 1] = (now - self.start, self.peak)
        self.start, self.peak = now, 0


def title(cell):
    """Return the heading of a section that begins with this cell, or None."""
    is_heading = cell.cell_type == "markdown" and cell.source.startswith(("# ", "## "))
    return cell.source.split("\n")[0].lstrip("# ") if is_heading else None


def by_section(notebook, cells):
    """Return {heading: {"seconds", "gb"}} and {id: seconds} of the long cells."""
    sections, long, here = {}, {}, "start"
    for number, cell in enumerate(notebook.cells):
        here = title(cell) or here
        seconds, peak = cells.get(number, (0.0, 0))
        row = sections.setdefault(here, {"seconds": 0.0, "gb": 0.0})
        row["seconds"] += seconds
        row["gb"] = max(row["gb"], peak / 1e9)
        if seconds > LONG:
            long[cell.id] = seconds
    return sections, long


def with_constants(week, constants):
    """Return a week's notebook with other values in its cell of constants. constants: dict."""
    notebook = notebooks.read(week)
    cell = next(cell for cell in notebook.cells if cell.id == "constants")
    for name, value in constants.items():
        line = re.compile(rf"^{name} = .*$(\n +.*$)*", re.MULTILINE)
        cell.source, found = line.subn(f"{name} = {value}", cell.source)
        if not found:
            raise ValueError(f"Week {week} has no constant {name}.")
    return notebook


def watched(week, profile, constants):
    """Run a week's notebook; return what `by_section` finds."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    with tempfile.TemporaryDirectory() as fresh:  # nothing that was trained before is taken up
        settings = {"COURSE_PROFILE": profile, "COURSE_SOLUTIONS": "1", "COURSE_CHECKPOINTS": fresh}
        watch, notebook = Watch(), with_constants(week, constants)
        notebook, error = run.execute(week, watch, environment(**settings, **kept), notebook)
    if error:
        raise RuntimeError(f"Week {week}'s notebook failed:\n{error}")
    run.render(notebook, config.ROOT / "build" / "benchmark" / f"{config.WEEKS[week]}.html")
    return by_section(notebook, watch.cells)


def measure(week, profile, constants):
    """Run a week's notebook in a profile; print and store what it cost."""
    sections, long = watched(week, profile, constants)
    seconds = sum(row["seconds"] for row in sections.values())
    gb = max(row["gb"] for row in sections.values())
    print(f"week {week}, {profile}:")
    for name, row in sections.items():
        print(f"  {row['seconds']:6.0f} s  {row['gb']:.2f} GB  {name}")
    print("  long cells: ", ", ".join(f"{name} {value:.0f} s" for name, value in long.items()))
    if constants:
        figures = [Figure(PEAK, [gb], f"≤ {COLAB if profile == 'gpu' else MEMORY}")]
        store(f"week{week}-memory-{profile}", figures, sections=sections, constants=constants)
        return
    goal = SECONDS[profile].get(week)
    figures = [
        Figure(WHOLE, [seconds], f"≤ {goal}" if goal else ""),
        Figure(PEAK, [gb], f"≤ {MEMORY}"),
    ]
    store(f"week{week}-notebook-{profile}", figures, sections=sections, long_cells=long)


def main():
    """Measure the weeks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weeks", nargs="+", type=int, metavar="WEEK")
    parser.add_argument("--profile", default="cpu")
    parser.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE", dest="constants")
    options = parser.parse_args()
    print(config.describe_machine())
    for week in options.weeks:
        measure(week, options.profile, dict(pair.split("=") for pair in options.constants))


if __name__ == "__main__":
    main()
