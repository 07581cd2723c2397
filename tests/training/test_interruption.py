"""Notebooks' own trainings, killed at random epochs, end with the weights of an undisturbed run."""

import random
import signal
import subprocess
import sys
import time

import pytest

from tests.support.helpers import environment
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
        ("data", "split-use", "vocabulary-use", "indices-use", "encoder", "extract", "ngrams",
         "bleu-use", "baselines", "views", "build-use", "loss-use", "stream", "schedule",
         "train-define", "train"),
    ),
}  # fmt: skip


class Run:
    """A week's cells in a process of their own, with a folder for checkpoints."""

    def __init__(self, week, folder, log):
        name, model, cells = CUTS[week]
        self.saved, self.log = folder / f"{name}.npz", log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SCRIPT, str(week), str(folder), model, *cells],
                cwd=config.ROOT,
                env=environment(COURSE_PROFILE="tiny", MPLBACKEND="Agg", PYTHONUNBUFFERED="1"),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until(self, happens):
        """Wait until happens() is true; the process must still run then."""
        while not happens():
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.02)

    def until_saved(self):
        """Wait until a checkpoint is written anew."""
        before = self._when_saved()
        self.wait_until(lambda: self._when_saved() != before)

    def _when_saved(self):
        return self.saved.stat().st_mtime_ns if self.saved.exists() else None

    def until_taken_up(self):
        """Wait until the training says that it continues where it was."""
        self.wait_until(lambda: f"Found {self.saved.name} with " in self.log.read_text())

    def kill(self):
        """End it as the loss of a session does."""
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL

    def weights(self):
        """Return the line that it ends with."""
        assert self.process.wait() == 0, self.log.read_text()
        return self.log.read_text().splitlines()[-1]


@pytest.mark.parametrize("week", CUTS)
def test_killed_three_times_it_ends_with_the_same_weights(week, tmp_path):
    chance, folder = random.Random(week), tmp_path / "killed"
    whole = Run(week, tmp_path / "whole", tmp_path / "whole.log").weights()
    assert whole.startswith("weights ")
    for number, moment in enumerate((Run.until_saved, Run.until_taken_up, Run.until_saved)):
        run = Run(week, folder, tmp_path / f"killed-{number}.log")
        moment(run)
        time.sleep(chance.uniform(0, 0.5))
        run.kill()
    assert Run(week, folder, tmp_path / "killed.log").weights() == whole
