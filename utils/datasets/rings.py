"""Points in the plane: a blob with a tilted, elliptical ring around it."""

import numpy as np

STRETCH = np.array([[1.3, 0.45], [0.45, 0.9]])  # what makes a circle a tilted ellipse


def make_rings(n_samples, rng, noise=0.18):
    """Draw points of two classes that no straight line separates.

    Class 1 fills a blob around the origin, class 0 a ring around it; a linear map then tilts both.

    n_samples: int. rng: numpy.random.Generator. noise: float, the standard deviation of the
    radius, where the ring's radius is 1; at 0.18 about one point in twelve is on the wrong side.
    Returns X of shape (n_samples, 2), float64, about −3 to 3, and y of shape (n_samples,), int64,
    0 or 1, about six in ten of class 1. The rows are in random order.
    """
    y = (rng.random(n_samples) < 0.6).astype(np.int64)
    angle = rng.uniform(0, 2 * np.pi, n_samples)
    inner = 0.65 * np.sqrt(rng.random(n_samples))
    radius = np.where(y == 1, inner, 1.0) + rng.normal(scale=noise, size=n_samples)
    circle = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return circle @ STRETCH * 1.5, y
