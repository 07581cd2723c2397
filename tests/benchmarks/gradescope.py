"""What a submission takes in the imitated container of Gradescope: seconds, and memory.

    python -m tests.benchmarks.gradescope 1 3

The references are handed in; all processes of the container are added up, each page once. It prints
a table; copy it to utils/grading/gradescope/README.md.
"""

import json
import os
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.support.gradescope_container import Container
from utils.grading.gradescope.zipped import write_zip
from utils.grading.sample_cohort import submission

MINUTES, LOOK_SECONDS = 40, 0.2


def _taken():
    """Return the bytes of all processes that this one started, and that those started."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                text = Path(f"/proc/{name}/stat").read_text(errors="replace")
            except OSError:
                continue
            parents[int(name)] = int(text.rpartition(")")[2].split()[1])
    return sum(map(_of_one, _below(os.getpid(), parents)))


def _below(pid, parents):
    children = [child for child, parent in parents.items() if parent == pid]
    return [*children, *(other for child in children for other in _below(child, parents))]


def _of_one(pid):
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return 1024 * sum(map(int, re.findall(r"^Pss: +(\d+)", text, re.MULTILINE)))


def measure(week, folder):
    """Print what a week's submission takes."""
    write_zip(folder / "week.zip", week, MINUTES)
    place = folder / "autograder"
    place.mkdir()
    container, most, is_over = Container(folder / "week.zip", place, 60 * MINUTES), [0], []

    def watch():
        while not is_over:
            most.append(_taken())
            time.sleep(LOOK_SECONDS)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        results = container.grade({"week.ipynb": json.dumps(submission(week)).encode()})
    finally:
        is_over.append(True)
        watcher.join()
    seconds = time.perf_counter() - start
    score = results.get("score", results["output"])
    print(f"| week {week} | {seconds:.0f} | {max(most) / 2**30:.1f} | {score} |", flush=True)


def main(weeks):
    print("| | seconds | memory, GB | score |\n| --- | --- | --- | --- |")
    for week in weeks:
        with tempfile.TemporaryDirectory() as folder:
            measure(week, Path(folder))


if __name__ == "__main__":
    main([int(week) for week in sys.argv[1:]] or range(1, 7))
