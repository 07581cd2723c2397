"""Notebooks' own trainings, killed at random epochs, end with the weights of an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.helpers import environment
from utils import config

pytestmark = [pytest.mark.slow, pytest.mark.long]
SCRIPT = """
import hashlib, sys
from tests.benchmarks.cells import run_cells

week, folder, model, *cells = sys.argv[1:]
model = run_cells(int(week), cells, 42, folder)[model]
print("weights", hashlib.sha256(b"".join(w.tobytes() for w in model.get_weights())).hexdigest())
"""
CUTS = {  # week: (checkpoint, variable that holds the model, cells)
    3: (
        "week3-long",
        "model",
        ("data", "prepare", "run-define", "cycle-class", "optimizers", "mirror", "long"),
    ),
    4: (
        "week4-gan",
        "gan",
        ("data", "pca", "train-pair", "curve", "similar-define", "gan-build", "frechet",
         "gan-class", "gan-callback", "gan-train"),
    ),
    6: (
        "week6-decoder",
        "decoder",
        ("data", "split-use", "vocabulary-use", "indices-use", "eyes-define", "encoder", "extract",
         "ngrams", "bleu-use", "baselines", "views", "build-use", "loss-use", "stream", "schedule",
         "train-define", "train"),
    ),
}  # fmt: skip


def start(week, folder, log):
    """Run a week's cells in a process of its own, with a folder for checkpoints."""
    _, model, cells = CUTS[week]
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(week), str(folder), model, *cells],
        cwd=config.ROOT,
        env=environment(COURSE_PROFILE="tiny", MPLBACKEND="Agg", PYTHONUNBUFFERED="1"),
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def weights(log):
    """Return the line that a run ends with."""
    log.seek(0)
    lines = [line for line in log.read().splitlines() if line.startswith("weights ")]
    assert lines, "the run didn't reach its end"
    return lines[-1]


def when_saved(path, run, log):
    """Wait until a checkpoint is written anew."""
    before = path.stat().st_mtime_ns if path.exists() else None
    while not path.exists() or path.stat().st_mtime_ns == before:
        assert run.poll() is None, "the training was over before it could be killed"
        time.sleep(0.02)


def when_taken_up(path, run, log):
    """Wait until a training says that it goes on where it was."""
    while f"Found {path.name} with " not in log.read():
        assert run.poll() is None, "the training was over before it could be killed"
        time.sleep(0.02)


@pytest.mark.parametrize("week", CUTS)
def test_killed_three_times_it_ends_with_the_same_weights(week, tmp_path):
    chance, path = random.Random(week), tmp_path / "killed" / f"{CUTS[week][0]}.npz"
    with (tmp_path / "whole.log").open("w+") as whole, (tmp_path / "killed.log").open("w+") as log:
        assert start(week, tmp_path / "whole", whole).wait() == 0
        for moment in (when_saved, when_taken_up, when_saved):
            log.seek(0, os.SEEK_END)
            run = start(week, tmp_path / "killed", log)
            moment(path, run, log)
            time.sleep(chance.uniform(0, 0.5))
            os.kill(run.pid, signal.SIGKILL)
            assert run.wait() == -signal.SIGKILL
        assert start(week, tmp_path / "killed", log).wait() == 0
        assert weights(log) == weights(whole)
