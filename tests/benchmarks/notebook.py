"""What a whole notebook costs: its seconds and memory, section by section.

    COURSE_MIRROR=... python -m tests.benchmarks.notebook 3 [--profile cpu]
    COURSE_MIRROR=... python -m tests.benchmarks.notebook 3 --profile gpu --set LONG_EPOCHS=1
    COURSE_MIRROR=... python -m tests.benchmarks.notebook 3 --whole

Runs the notebook itself with the reference solutions, as `make run` does, and writes it as HTML to
build/benchmark. Trainings begin anew. With a mirror so do features and unpacked archives, in a data
folder of the run's own; without one, what COURSE_DATA keeps is used, not downloaded again.

Memory is the resident set of the kernel less its file-backed pages, looked at five times a second:
the system takes those back when others need them, so mapped features are no burden. The resident
set as a whole is told beside it. All goes to results/week3-notebook-cpu.json.

With `--whole`, the mirror's archives are as large as the publishers', though their content may be
made up: then seconds and memory alone are true, and they go to results/week3-whole-cpu.json. With
constants of its own, a run tells its memory alone, in results/week3-memory-gpu.json: so the sizes
of `gpu` can be looked at without a GPU. All that one would hold then lies in the machine's memory.
"""

import argparse
import os
import re
import tempfile
import threading
import time
from pathlib import Path

import psutil

from tests.benchmarks.figures import PEAK, RESIDENT, WHOLE, Figure, store
from tests.support.helpers import environment
from utils import config, notebooks, run

PAUSE = 0.2  # seconds between two looks at the memory
LONG = 15  # seconds; cells that take longer are named
MEMORY = {"tiny": 4, "cpu": 4, "gpu": 10}  # GB that no week should pass
SECONDS = {  # goals
    "tiny": {2: 75, 3: 100, 4: 90, 5: 75, 6: 90},
    "cpu": {2: 720, 3: 1500, 4: 1200, 5: 1200, 6: 1200},
}
KEPT = ("COURSE_MIRROR", "COURSE_DATA", "COURSE_SYNTHETIC")  # of this process's settings


def memory_of(pid):
    """Return (resident set less file-backed pages, resident set) of a process, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    held = {name: int(kb) * 1024 for name, kb in re.findall(r"^(\w+):\s+(\d+) kB", status, re.M)}
    return held["VmRSS"] - held["RssFile"], held["VmRSS"]


class Watch:
    """Notes the seconds of each cell and the most memory that the kernel held in it.

    cells: {number: (seconds, bytes without file-backed pages, bytes)}.
    """

    def __init__(self):
        self.cells, self.peaks = {}, (0, 0)
        self.start = time.monotonic()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self):
        me = psutil.Process()
        while True:
            for process in me.children(recursive=True):
                try:
                    held = memory_of(process.pid)
                except (OSError, KeyError):  # it has just ended
                    continue
                self.peaks = tuple(map(max, self.peaks, held))
            time.sleep(PAUSE)

    def __call__(self, done, total):
        """Take the time of the code cell that has just ended; done: its number, from 1."""
        now = time.monotonic()
        self.cells[done - 1] = (now - self.start, *self.peaks)
        self.start, self.peaks = now, (0, 0)


def title(cell):
    """Return the heading of a section that begins with this cell, or None."""
    is_heading = cell.cell_type == "markdown" and cell.source.startswith(("# ", "## "))
    return cell.source.split("\n")[0].lstrip("# ") if is_heading else None


def by_section(notebook, cells):
    """Return {heading: {"seconds", "gb", "resident_gb"}} and {id: seconds} of the long cells."""
    sections, long, here = {}, {}, "start"
    for number, cell in enumerate(notebook.cells):
        here = title(cell) or here
        seconds, peak, resident = cells.get(number, (0.0, 0, 0))
        row = sections.setdefault(here, {"seconds": 0.0, "gb": 0.0, "resident_gb": 0.0})
        row["seconds"] += seconds
        row["gb"] = max(row["gb"], peak / 1e9)
        row["resident_gb"] = max(row["resident_gb"], resident / 1e9)
        if seconds > LONG:
            long[cell.id] = seconds
    return sections, long


def with_constants(week, constants):
    """Return a week's notebook with other values of its constants, wherever they are set: a dict.

    Raises ValueError for a name that no cell sets.
    """
    notebook = notebooks.read(week)
    for name, value in constants.items():
        line, found = re.compile(rf"^{name} = .*$(\n +.*$)*", re.MULTILINE), 0
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source, times = line.subn(f"{name} = {value}", cell.source)
                found += times
        if not found:
            raise ValueError(f"Week {week} has no constant {name}.")
    return notebook


def watched(week, profile, constants):
    """Run a week's notebook; return what `by_section` finds."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    settings = {"COURSE_PROFILE": profile, "COURSE_SOLUTIONS": "1"} | kept
    with tempfile.TemporaryDirectory() as fresh:  # nothing that was made before is taken up
        settings |= {"COURSE_CHECKPOINTS": f"{fresh}/checkpoints"}
        if "COURSE_MIRROR" in kept:
            settings["COURSE_DATA"] = f"{fresh}/data"
        watch, notebook = Watch(), with_constants(week, constants)
        notebook, error = run.execute(week, watch, environment(**settings), notebook)
    if error:
        raise RuntimeError(f"Week {week}'s notebook failed:\n{error}")
    run.render(notebook, config.ROOT / "build" / "benchmark" / f"{config.WEEKS[week]}.html")
    return by_section(notebook, watch.cells)


def measure(week, profile, constants, whole):
    """Run a week's notebook in a profile; print and store what it cost."""
    sections, long = watched(week, profile, constants)
    print(f"week {week}, {profile}:")
    for name, row in sections.items():
        print(f"  {row['seconds']:6.0f} s  {row['gb']:.2f} GB ({row['resident_gb']:.2f})  {name}")
    print("  long cells: ", ", ".join(f"{name} {value:.0f} s" for name, value in long.items()))
    memory = [
        Figure(PEAK, [max(row["gb"] for row in sections.values())], f"≤ {MEMORY[profile]}"),
        Figure(RESIDENT, [max(row["resident_gb"] for row in sections.values())]),
    ]
    if constants:
        store(f"week{week}-memory-{profile}", memory, sections=sections, constants=constants)
        return
    goal = SECONDS[profile].get(week)
    seconds = sum(row["seconds"] for row in sections.values())
    figures = [Figure(WHOLE, [seconds], f"≤ {goal}" if goal else ""), *memory]
    kind = "whole" if whole else "notebook"
    store(f"week{week}-{kind}-{profile}", figures, sections=sections, long_cells=long)


def main():
    """Measure the weeks named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weeks", nargs="+", type=int, metavar="WEEK")
    parser.add_argument("--profile", default="cpu")
    parser.add_argument("--set", nargs="+", default=[], metavar="NAME=VALUE", dest="constants")
    parser.add_argument("--whole", action="store_true", help="archives of the publishers' sizes")
    options = parser.parse_args()
    print(config.describe_machine())
    for week in options.weeks:
        constants = dict(pair.split("=") for pair in options.constants)
        measure(week, options.profile, constants, options.whole)


if __name__ == "__main__":
    main()
