"""On which inputs `apply_gaussian_noise` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_images


@probe
def apply_gaussian_noise(call, rng):
    seed = int(rng.integers(2**32))
    sigma = float(rng.uniform(0.08, 0.2))
    images = draw_images(rng, n=12)
    black = np.full_like(images, -0.5)

    def noise_on(some):
        def look(noisy):
            if not (isinstance(noisy, np.ndarray) and noisy.shape == some.shape):
                return noisy
            return {"noise": noisy - some, "dtype": str(noisy.dtype)}

        return look

    def generator():
        return np.random.default_rng(seed)

    for case, some, spread in (
        ("twelve images", images, sigma),
        ("black images", black, sigma),
        ("sigma 0", images, 0.0),
    ):
        call(case, some, spread, generator(), then=noise_on(some), facts={"sigma": spread})
    few = images[:1, :4, :4]
    call.observe(
        "the same generator twice, and another",
        lambda: {
            "drawn": [
                np.asarray(call.function(few, sigma, np.random.default_rng(number)))
                for number in (seed, seed, seed + 1)
            ]
        },
    )
