"""Week 3 trains on flowers for as many steps with any archive, and says "round"."""

import re
from types import SimpleNamespace

import keras
import numpy as np
import pytest

from utils import notebooks
from utils.checks.exercise import load_solutions
from utils.display import LiveCurves
from utils.training import Batches, fit

STEPS, HEAD_ROUNDS, TUNE_ROUNDS, CHANNELS, SPECIES = 3, 4, 2, 5, 6
LENGTHS = {"HEAD_ROUNDS": HEAD_ROUNDS, "TUNE_ROUNDS": TUNE_ROUNDS}
SIZES = re.compile(r"^(HEAD_ROUNDS|TUNE_ROUNDS) = .*$", re.MULTILINE)


@pytest.fixture
def week3():
    """The notebook's cells that train on flowers, with small networks of one dense layer each."""
    layers = keras.layers
    labels = {f"y_{part}": np.arange(7) % SPECIES for part in ("train", "val", "test")}
    top = keras.Sequential([keras.Input((1, 1, CHANNELS)), layers.Conv2D(CHANNELS, 1)])
    dense = layers.Dense(SPECIES)
    upper = [keras.Input((1, 1, CHANNELS)), top, layers.GlobalAveragePooling2D(), dense]
    two_views = np.random.default_rng(0).normal(size=(2, 40, 1, 1, CHANNELS)).astype("float16")
    space = {
        "np": np, "keras": keras, "layers": layers, "Batches": Batches, "fit": fit,
        "LiveCurves": LiveCurves, "one_hot": load_solutions(3).one_hot,
        "pick": lambda tiny, **_: tiny, "train_classifier": load_solutions(3).train_classifier,
        "flowers": SimpleNamespace(**labels), "num_flowers": SPECIES, "CHECKPOINTS": "",
        "SEED": 1, "BATCH_SIZE": 4, "ROUND_STEPS": STEPS, "top": top, "kept": top.get_weights(),
        "dense": dense, "upper": keras.Sequential(upper),
        "views_train": [view[:7] for view in two_views],
    }  # fmt: skip
    for cell in notebooks.read(3).cells:
        if cell.id in ("train-head", "stream", "tune-define"):
            exec(SIZES.sub(lambda found: f"{found[1]} = {LENGTHS[found[1]]}", cell.source), space)
    return SimpleNamespace(**space, two_views=two_views)


@pytest.mark.parametrize("n", [5, 12, 40])  # less than a round, just one, more
def test_heads_and_fine_tuning_take_as_many_steps_with_any_number_of_photos(week3, n, capsys):
    y = week3.one_hot(np.arange(n) % SPECIES, SPECIES)
    head = week3.train_head(week3.two_views[0, :n, 0, 0].astype("float32"), y)
    assert int(head.optimizer.iterations) == HEAD_ROUNDS * STEPS
    views = [view[:n] for view in week3.two_views]
    upper = week3.fine_tune("test", views, y, head, week3.grid_batches(views[:1], y))
    assert int(upper.optimizer.iterations) == TUNE_ROUNDS * STEPS
    said = capsys.readouterr().out
    assert f"round {HEAD_ROUNDS} of {HEAD_ROUNDS}" in said and "epoch" not in said


def test_a_batch_holds_each_image_in_a_view_drawn_at_random(week3):
    numbers = np.arange(40)
    batches = week3.grid_batches(week3.two_views, numbers, seed=3, steps=10)
    seen, drawn = [], []
    for number in range(len(batches)):
        grids, labels = batches[number]
        again, _ = batches[number]
        np.testing.assert_array_equal(grids, again)
        assert grids.dtype == np.float32
        for grid, label in zip(grids, labels):
            (view,) = [v for v in range(2) if np.array_equal(grid, week3.two_views[v, label])]
            seen.append(int(label))
            drawn.append(view)
    assert sorted(seen) == numbers.tolist() and 10 < sum(drawn) < 30
    in_order = week3.grid_batches(week3.two_views[:1], numbers)
    found = np.concatenate([in_order[number][0] for number in range(len(in_order))])
    np.testing.assert_array_equal(found, week3.two_views[0])
