"""What the overview of a large class takes: seconds to make it, and bytes.

    python -m tests.benchmarks.overview [LEARNERS]

Marks are made up, of week 1; the code is that of a class in which everybody writes differently, and
some copied. Nothing is graded. It prints a row for each of three seeds; the search for copies is
part of the page's seconds. They are the processor's, of the one process that works here, so that
what else runs doesn't count.
"""

import sys
import time

from tests.support import pretend_class
from tests.support.planted_class import planted_class
from utils.grading.copies.baseline import baseline
from utils.grading.copies.fingerprints import fingerprint
from utils.grading.copies.groups import groups
from utils.grading.reports.overview import overview_page

SEEDS = range(3)


def measure(count, seed):
    """Return (seconds for copies alone, seconds for the whole page, its bytes)."""
    marks, works, rules = pretend_class.make(count, seed)
    planted = planted_class(pretend_class.WEEK, seed, count)
    for mark, answers in zip(marks, planted.answers.values()):
        if mark.result.sources:
            mark.result.sources = answers
    start = time.process_time()
    groups({mark.folder: mark.result.sources for mark in marks}, baseline(pretend_class.WEEK))
    between = time.process_time()
    forget()
    again = time.process_time()
    page = overview_page(marks, works, rules)
    return between - start, time.process_time() - again, len(page.encode())


def forget():
    """Let nothing be known from before, as in a run of the command."""
    baseline.cache_clear()
    fingerprint.cache_clear()


def main(count=200):
    print("| learners | seed | copies, s | page, s | MB |\n| --- | --- | --- | --- | --- |")
    for seed in SEEDS:
        alone, whole, size = measure(count, seed)
        print(f"| {count} | {seed} | {alone:.2f} | {whole:.2f} | {size / 1e6:.2f} |")
        forget()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
