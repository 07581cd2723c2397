"""What memory the grader takes while it is attacked: each of its processes, and the boxes.

    python -m tests.benchmarks.hostile FOLDER     a cohort of week 1, one attack a submission

It prints, for each process of the grader, how far it grew above what it held when the self-test was
over, and what the largest box held. FOLDER is for the cohort and the report.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.grading.test_attacks import ATTACKS, _when_called
from tests.support.grading_room import GOOD, IMPORTS
from utils import config
from utils.grading.canaries import notebook

MIB = 1 << 20
AFTER_SELF_TEST = " of "  # stands in each line of progress, and in none before


def memory_of(pid):
    """Return (command line, bytes resident) of a process; None where it is gone."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    lines = [line.split() for line in status.splitlines()]
    held = sum(int(line[1]) for line in lines if line[:1] in (["RssAnon:"], ["RssShmem:"]))
    return words, held * 1024


def descendants(pid):
    """Return the pids of a process and of all that it started."""
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                waiting += [int(number) for number in path.read_text(encoding="ascii").split()]
            except OSError:
                continue
    return found


class Watch(threading.Thread):
    """Notes the least and the most that each process holds, from `started` on."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.seen, self.started = pid, {}, False

    def run(self):
        while True:
            for pid in descendants(self.pid) if self.started else ():
                found = memory_of(pid)
                if found:
                    words, held = found
                    first, most = self.seen.get((pid, words), (held, held))
                    self.seen[pid, words] = first, max(most, held)
            time.sleep(0.02)


def main():
    folder = Path(sys.argv[1])
    cohort = folder / "cohort"
    cohort.mkdir(parents=True, exist_ok=True)
    for number, (name, code) in enumerate(ATTACKS.items()):
        data = notebook(IMPORTS, GOOD, _when_called(code))
        (cohort / f"{number:02} {name}.ipynb").write_bytes(data)
    command = [sys.executable, "-u", "-m", "utils.grading", "week1", cohort]
    command += ["--out", folder / "report", "--jobs", "2"]
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=config.ROOT,
        env={**os.environ, "COURSE_PROFILE": "tiny"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        for line in process.stdout:
            print(line, end="", flush=True)
            watch.started = watch.started or AFTER_SELF_TEST in line
    for (pid, words), (first, most) in sorted(watch.seen.items(), key=lambda row: -row[1][1])[:12]:
        print(f"{pid:7} {first / MIB:6.0f} MB at first, {most / MIB:6.0f} MB at most  {words[:60]}")


if __name__ == "__main__":
    main()
