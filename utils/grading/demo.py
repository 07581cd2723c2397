"""`make grade-demo`: grades a made-up cohort, so that an instructor sees all reports at once."""

import shutil
import sys

from .. import config
from . import __main__
from .canaries import notebook
from .sample_cohort import make_cohort
from .sandbox import box

COUNT = 8
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
    """Write the cohort: eight made-up learners, one copy, and three that are broken or hostile."""
    paths = make_cohort(folder, 1, COUNT, seed=4)
    copy = folder / "Quin Copy_1100_assignsubmission_file"
    shutil.copytree(paths[1].parent, copy)
    for name, data in BROKEN.items():
        (folder / name).mkdir()
        (folder / name / "week1.ipynb").write_bytes(data)


def main():
    folder = config.ROOT / "build" / "grade-demo"
    shutil.rmtree(folder, ignore_errors=True)
    make(folder / "submissions")
    command = ["week1", str(folder / "submissions"), "--out", str(folder / "report")]
    if box.why_not():
        print(box.why_not())
        command.append("--trusted")  # these are the course's own
    return __main__.main(command)


if __name__ == "__main__":
    sys.exit(main())
