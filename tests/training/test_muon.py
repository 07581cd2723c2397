"""Muon: what an orthogonalized step is, and that training with it can be saved and loaded."""

import keras
import numpy as np
import pytest

from utils.training.muon import Muon, MuonWithAdam, orthogonalize

to_numpy = keras.ops.convert_to_numpy


@pytest.mark.parametrize("shape", [(27, 16), (16, 27), (12, 12)])
def test_orthogonalized_matrices_keep_their_directions_and_lose_their_sizes(shape):
    matrix = np.random.default_rng(0).normal(size=shape) * np.linspace(1, 20, shape[1])
    u, _, v = np.linalg.svd(matrix, full_matrices=False)
    result = to_numpy(orthogonalize(keras.ops.convert_to_tensor(matrix, "float32")))
    sizes = np.diag(u.T @ result @ v.T)
    assert sizes.min() > 0.6 and sizes.max() < 1.3
    np.testing.assert_allclose(u @ np.diag(sizes) @ v, result, atol=1e-3)


def network(optimizer=None):
    keras.utils.set_random_seed(0)
    layers = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(6, 3), layers.ReLU(),
                              layers.GlobalAveragePooling2D(), layers.Dense(2)])  # fmt: skip
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = optimizer or Muon(0.05, momentum=0.9, side_rate=2.0)
    model.compile(optimizer, loss, metrics=["accuracy"])
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


def test_without_norms_to_keep_every_matrix_is_orthogonalized_and_biases_take_adams_steps():
    model, (images, labels) = network(MuonWithAdam(0.01, side_rate=0.5)), stripes()
    before = model.get_weights()
    model.train_on_batch(images, labels)
    moved = [new - old for new, old in zip(model.get_weights(), before)]
    for step in (step for step in moved if step.ndim == 4):
        sizes = np.linalg.svd(step.reshape(-1, step.shape[-1]), compute_uv=False)
        assert sizes.max() < 2 * sizes.min()
        assert 0.1 * 0.01 < np.sqrt(np.mean(step**2)) < 0.3 * 0.01
    for step in (step for step in moved if step.ndim == 1):
        np.testing.assert_allclose(np.abs(step), 0.5 * 0.01, rtol=1e-3)


def test_without_norms_to_keep_it_trains():
    model, (images, labels) = network(MuonWithAdam(0.01)), stripes()
    history = model.fit(images, labels, epochs=12, batch_size=16, verbose=0).history
    assert history["accuracy"][-1] > 0.9 > history["accuracy"][0]


@pytest.mark.parametrize("kind", [Muon, MuonWithAdam])
def test_a_loaded_model_goes_on_as_if_nothing_had_happened(kind, tmp_path):
    images, labels = stripes()
    model = network(kind(0.02, side_rate=2.0))
    model.fit(images, labels, epochs=2, shuffle=False, verbose=0)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert isinstance(loaded.optimizer, kind) and loaded.optimizer.side_rate == 2.0
    for one in (model, loaded):
        one.fit(images, labels, epochs=1, shuffle=False, verbose=0)
    for ours, theirs in zip(model.get_weights(), loaded.get_weights()):
        np.testing.assert_array_equal(ours, theirs)
