"""Week 3 holds no more than it says: CIFAR-10 leaves memory, and views of flowers stay on disk."""

import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell

from tests.benchmarks.notebook import with_constants
from tests.support.helpers import cell_text, environment
from utils import config, run

SHORT = {  # as little training as runs all cells
    "TRICK_IMAGES": 64,
    "TRICK_EPOCHS": 1,
    "LONG_IMAGES": 64,
    "LONG_EPOCHS": 1,
    "STIMULUS_STEPS": 4,
}
WATCH = """
import weakref
watched = {
    "pixels": data.x_train if data.x_train.base is None else data.x_train.base,
    "data.x_train": data.x_train, "data.x_val": data.x_val, "data.x_test": data.x_test,
    "x_train": x_train, "x_val": x_val, "x_test": x_test,
}
watched = {name: weakref.ref(array) for name, array in watched.items()}
"""
ASK = """
import gc
gc.collect()
print("still held:", [name for name, array in watched.items() if array() is not None])
"""


@pytest.mark.slow
def test_cifar_leaves_memory_where_the_text_says_so():
    """All of its arrays, whatever a learner's cells, the checks, Keras or the guard have held."""
    notebook, cells = with_constants(3, SHORT), []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append(cell)
        if cell.id == "prepare":
            cells.append(new_code_cell(WATCH))
        if cell.id == "flowers":
            break
    notebook.cells = [*cells, new_code_cell(ASK)]
    settings = environment(COURSE_PROFILE="tiny", COURSE_SOLUTIONS="1")
    _, error = run.execute(3, env=settings, notebook=notebook)
    assert error is None
    freed, answer = map(cell_text, notebook.cells[-2:])
    assert "⚠" not in freed, freed
    assert answer.strip() == "still held: []"


READ = """
import os, sys
import numpy as np
from tests.weeks.test_week3_memory import held
from utils import notebooks
from utils.training import Batches

grids = [np.lib.format.open_memmap(f"{sys.argv[1]}/{n}.npy", "w+", "float16", (1024, 6, 6, 1280))
         for n in range(2)]  # 94 MB each
space = {"np": np, "Batches": Batches, "BATCH_SIZE": 32, "SEED": 42, "views_train": grids,
         "targets": {"train": np.zeros((1024, 4), "float32")}}
cell = next(cell for cell in notebooks.read(3).cells if cell.id == "stream")
exec(cell.source, space)
batches = space["grid_batches"](grids, space["targets"]["train"], seed=1, steps=64)
before, most = held(), 0
for number in range(len(batches)):
    batches[number]
    most = max(most, held() - before)
print(most)
"""


def held():
    """Return the bytes that this process holds, without what lies in files."""
    with open("/proc/self/status", encoding="ascii") as file:
        rows = dict(line.split(":", 1) for line in file)
    return 1024 * int(rows["RssAnon"].split()[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_views_are_read_a_batch_at_a_time(tmp_path):
    """Two views of 1,024 images: 190 MB on disk, and a batch is 6 MB."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path)],
        cwd=config.ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.splitlines()[-1]) < 60e6
