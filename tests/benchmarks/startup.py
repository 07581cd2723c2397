"""What a learner waits for before the first exercise: imports, and week 1 from end to end.

    python -m tests.benchmarks.startup

Prints medians of fresh processes that take turns, so that a busy machine slows all alike.
"""

import statistics
import subprocess
import sys
import time

from tests.support.helpers import environment
from utils import config

ROUNDS = 15
STATEMENTS = ("pass", "import utils", "import utils.course", "import numpy", "import keras")


def seconds(*command, **changes):
    """Return the seconds that a fresh process takes."""
    start = time.perf_counter()
    subprocess.run(
        command, cwd=config.ROOT, env=environment(**changes), check=True, capture_output=True
    )
    return time.perf_counter() - start


def main():
    """Run all rounds and print a table."""
    rounds = [[seconds(sys.executable, "-c", s) for s in STATEMENTS] for _ in range(ROUNDS)]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    print(f"{config.describe_machine()}\nmedian of {ROUNDS} rounds, seconds over an empty Python")
    for statement, median in zip(STATEMENTS, medians, strict=True):
        print(f"{statement:22} {median - medians[0]:7.3f}")
    for profile in ("tiny", "cpu"):
        command = (sys.executable, "-m", "utils.run", "--out", "build/benchmark", "1")
        print(f"week 1, {profile:4} {seconds(*command, COURSE_PROFILE=profile):17.1f} (with HTML)")


if __name__ == "__main__":
    main()
