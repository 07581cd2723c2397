"""Muon: what a straightened step is, and that training with it can be stopped, saved and loaded."""

import keras
import numpy as np
import pytest

from utils.muon import Muon, straighten

to_numpy = keras.ops.convert_to_numpy


@pytest.mark.parametrize("shape", [(27, 16), (16, 27), (12, 12)])
def test_straightened_matrices_keep_their_directions_and_lose_their_sizes(shape):
    matrix = np.random.default_rng(0).normal(size=shape) * np.linspace(1, 20, shape[1])
    u, _, v = np.linalg.svd(matrix, full_matrices=False)
    result = to_numpy(straighten(keras.ops.convert_to_tensor(matrix, "float32")))
    sizes = np.diag(u.T @ result @ v.T)
    assert sizes.min() > 0.6 and sizes.max() < 1.3
    np.testing.assert_allclose(u @ np.diag(sizes) @ v, result, atol=1e-3)


def network():
    keras.utils.set_random_seed(0)
    layers = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(6, 3), layers.ReLU(),
                              layers.GlobalAveragePooling2D(), layers.Dense(2)])  # fmt: skip
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(Muon(0.05, momentum=0.9, side_rate=2.0), loss, metrics=["accuracy"])
    return model


def stripes():
    """Return images whose stripes run down or across, and which of the two."""
    rng = np.random.default_rng(1)
    labels = rng.integers(2, size=64)
    down = np.sign(np.sin(np.arange(8) * 2 + rng.uniform(0, 6, (64, 1))))[:, None, :, None]
    down = np.broadcast_to(down, (64, 8, 8, 3)) + rng.normal(size=(64, 8, 8, 3)) / 2
    images = np.where(labels[:, None, None, None] == 1, down.swapaxes(1, 2), down)
    return images.astype("float32"), labels


def test_it_trains_and_a_kernel_keeps_its_norm():
    model, (images, labels) = network(), stripes()
    before = model.layers[0].get_weights()[0]
    history = model.fit(images, labels, epochs=12, batch_size=16, verbose=0).history
    after = model.layers[0].get_weights()[0]
    assert history["accuracy"][-1] > 0.9 > history["accuracy"][0]
    assert np.linalg.norm(after) == pytest.approx(np.linalg.norm(before), rel=1e-4)
    assert np.linalg.norm(after - before) > 0.1


def test_one_step_has_the_size_that_the_rate_says():
    model, (images, labels) = network(), stripes()
    before = model.layers[0].get_weights()[0]
    model.train_on_batch(images, labels)
    moved = np.linalg.norm(model.layers[0].get_weights()[0] - before) / np.linalg.norm(before)
    assert 0.035 < moved < 0.06


def test_a_loaded_model_goes_on_as_if_nothing_had_happened(tmp_path):
    images, labels = stripes()
    model = network()
    model.fit(images, labels, epochs=2, shuffle=False, verbose=0)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert isinstance(loaded.optimizer, Muon) and loaded.optimizer.side_rate == 2.0
    for one in (model, loaded):
        one.fit(images, labels, epochs=1, shuffle=False, verbose=0)
    for ours, theirs in zip(model.get_weights(), loaded.get_weights()):
        np.testing.assert_array_equal(ours, theirs)
