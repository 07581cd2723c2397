"""`make grade-demo`: grades a made-up cohort, so that an instructor sees all reports at once."""

import json
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta

from .. import config
from . import __main__
from .canaries import notebook
from .sample_cohort import make_cohort, submission
from .sandbox import box

COUNT = 8
DUE = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
LATE = timedelta(days=1, hours=5)  # of the first learner; each other one was hours early
OVERRIDES = "learner,exercise,points,comment\n1001,*,12,shown in the exercise class\n"
REFERENCE = "Rosa Reference_1104_assignsubmission_file"
BROKEN = {
    "Nils Cut_1101_assignsubmission_file": b'{"nbformat": 4, "cells": [',
    "Olga Rlang_1102_assignsubmission_file": b'{"nbformat": 4, "metadata": {"kernelspec": '
    b'{"language": "R", "name": "ir"}}, "cells": []}',
    "Pia Attack_1103_assignsubmission_file": notebook(
        "import numpy as np, os",
        "def expand(X):\n    os._exit(0)",
        "def probability(X, w):\n    while True: print('x' * 1000)",
        "def sgd_step(w, grad, eta):\n    return w - eta * grad",
    ),
}


def make(folder):
    """Write the cohort: eight made-up learners, one who copied, one who handed in the course's
    reference, and three that are broken or hostile; one is late, and one has points by hand."""
    paths = make_cohort(folder, 1, COUNT, seed=4)
    copy = folder / "Quin Copy_1100_assignsubmission_file"
    shutil.copytree(paths[1].parent, copy)
    reference = json.dumps(submission(1), ensure_ascii=False).encode()
    for name, data in {REFERENCE: reference, **BROKEN}.items():
        (folder / name).mkdir()
        (folder / name / "week1.ipynb").write_bytes(data)
    for number, path in enumerate(sorted(folder.rglob("*.ipynb"))):
        when = (DUE - timedelta(hours=3 * number + 1)).timestamp()
        os.utime(path, (when, when))
    when = (DUE + LATE).timestamp()
    os.utime(paths[0], (when, when))
    (folder.parent / "overrides.csv").write_text(OVERRIDES, encoding="utf-8")


def main():
    folder = config.ROOT / "build" / "grade-demo"
    shutil.rmtree(folder, ignore_errors=True)
    make(folder / "submissions")
    command = ["week1", str(folder / "submissions"), "--out", str(folder / "report")]
    command += ["--due", DUE.isoformat(), "--late", "10% a day, at most 3"]
    if box.why_not():
        print(box.why_not())
        command.append("--trusted")  # these are the course's own
    return __main__.main(command)


if __name__ == "__main__":
    sys.exit(main())
