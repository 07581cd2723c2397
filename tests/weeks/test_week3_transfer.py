"""Week 3: the encoder of drawn flowers, and what it gains where labels are few."""

import os

import keras
import numpy as np
import pytest

from utils.datasets.synthetic_flowers import SPECIES
from utils.encoders import flower_encoder, load_weights, save_weights, stored
from utils.encoders.make_flowers import NUM_SPECIES, SEED, invent_species, is_like
from utils.errors import CourseError

SEEDS = (0, 1, 2)


def test_no_invented_species_is_one_of_the_tiny_profiles():
    invented = invent_species(NUM_SPECIES, np.random.default_rng(SEED))
    assert len(invented) == NUM_SPECIES and not set(invented) & set(SPECIES)
    for species in invented.values():
        assert not any(is_like(species, known) for known in SPECIES.values())


def test_the_file_is_small_and_the_grid_is_as_said():
    encoder = flower_encoder()
    assert encoder.weights.stat().st_size < 1_000_000
    images = np.random.default_rng(0).integers(0, 256, size=(2, 96, 96, 3)).astype("float32")
    grid = encoder.model.predict(encoder.preprocess(images), verbose=0)
    assert grid.shape[:3] == (2, 6, 6) and np.isfinite(grid).all()


@pytest.fixture
def network():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])


def test_weights_come_back_from_a_file(network, tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "FOLDER", tmp_path)
    path = save_weights(network, "little")
    kept = [weight.astype("float16") for weight in network.get_weights()]
    first = path.read_bytes()
    network.set_weights([weight + 1 for weight in network.get_weights()])
    for weight, same in zip(load_weights(network, "little").get_weights(), kept):
        np.testing.assert_array_equal(weight, same.astype("float32"))
    assert save_weights(network, "little").read_bytes() == first


@pytest.mark.parametrize("content", [None, b"", b"no archive", "cut off", "another"])
def test_a_file_that_cannot_be_used_says_what_to_do(network, content, tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "FOLDER", tmp_path)
    path = tmp_path / "little.npz"
    if content == "another":
        save_weights(keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]), "little")
    elif content == "cut off":
        path.write_bytes(save_weights(network, "little").read_bytes()[:-40])
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(CourseError, match=r"little\.npz.*python -m utils\.encoders\.make_little"):
        load_weights(network, "little")


@pytest.mark.slow
def test_a_borrowed_base_wins_with_few_labels_and_fine_tuning_with_more(monkeypatch, capsys):
    """What the notebook's cells print, as means of three seeds on 800 held-out flowers each."""
    from tests.benchmarks.cells import run_cells  # sets the profile: not before it is wanted

    for name in ("COURSE_PROFILE", "COURSE_SOLUTIONS", "COURSE_CHECKPOINTS"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # as it was, when the test is over
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    found = []
    for seed in SEEDS:
        week3 = run_cells(3, ("few-define", "few", "many"), seed)
        assert week3["DRAWN_TEST"] >= 800
        few, many = week3["few"], week3["many"]
        found.append([*few.values(), *many[5], *many[40]])
    nothing, frozen, few_frozen, few_tuned, many_frozen, many_tuned = np.mean(found, axis=0)
    with capsys.disabled():
        print("\n", np.round(found, 3), np.mean(found, axis=0).round(3))
    assert frozen >= nothing + 0.20
    assert few_tuned >= few_frozen - 0.01
    assert many_tuned > many_frozen
