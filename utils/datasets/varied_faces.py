"""Other faces, made of given ones: what a network sees again and again, it soon knows by heart."""

import numpy as np


def vary_faces(faces, rng):
    """Return other faces, made of these: with swapped sides, shifted, in another light.

    faces: (n, H, W, C) floats around zero; rng: numpy.random.Generator. Returns the same shape.
    """
    size = (len(faces), 1, 1, 1)
    mixed = swap_sides(faces, rng.permutation(faces), rng)
    faces = shift(np.where(rng.random(size) < 0.4, mixed, faces), rng)
    mean = faces.mean(axis=(1, 2), keepdims=True)
    contrast = np.exp(rng.normal(0, 0.1, size) + rng.normal(0, 0.03, mean.shape))
    light = rng.normal(0, 0.03, size) + rng.normal(0, 0.015, mean.shape)
    return ((faces - mean) * contrast + mean + light).astype("float32")


def swap_sides(faces, others, rng):
    """Return faces with one side from others: beyond a soft seam, each at its own place."""
    size, moments = (len(faces), 1, 1, 1), {"axis": (1, 2), "keepdims": True}
    others = others - others.mean(**moments) + faces.mean(**moments)
    sides = [np.linspace(-1, 1, length) for length in faces.shape[1:3]]
    rows, columns = np.meshgrid(*sides, indexing="ij")
    angle = rng.uniform(0, 2 * np.pi, size)
    beyond = np.cos(angle) * rows[..., None] + np.sin(angle) * columns[..., None]
    beyond = (beyond - rng.uniform(-0.5, 0.5, size)) / rng.uniform(0.05, 0.4, size)
    return faces + (others - faces) / (1 + np.exp(-beyond))


def shift(images, rng):
    """Return images shifted by a pixel, or not, each its own way."""
    wide = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
    rows, columns = (
        rng.integers(0, 3, (len(images), 1)) + np.arange(length) for length in images.shape[1:3]
    )  # (n, H) and (n, W)
    return wide[np.arange(len(images))[:, None, None], rows[:, :, None], columns[:, None]]
