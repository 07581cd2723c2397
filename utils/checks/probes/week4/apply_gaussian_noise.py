"""On which inputs `apply_gaussian_noise` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import of_form


@probe
def apply_gaussian_noise(call, rng):
    seed = int(rng.integers(2**32))
    sigma = float(rng.uniform(0.08, 0.2))
    number, height, width = (int(n) for n in rng.integers((11, 32, 32), (15, 37, 37)))
    images = rng.uniform(-0.5, 0.5, size=(number, height, width, 3)).astype("float32")
    black = np.full_like(images, -0.5)

    def noise_on(some):
        return of_form(
            "an array of the images' shape",
            lambda noisy: isinstance(noisy, np.ndarray) and noisy.shape == some.shape,
            lambda noisy: {
                "noise": noisy - some,
                "dtype": str(noisy.dtype),
                "at its ends": [float(np.mean(noisy == f(noisy))) for f in (np.min, np.max)],
                "brightness": some,
            },
        )

    for case, some, spread in (
        (f"{number} images of {height}×{width}", images, sigma),
        ("black images", black, sigma),
        ("sigma 0", images, 0.0),
    ):
        generator = np.random.default_rng(seed)
        call(case, some, spread, generator, then=noise_on(some), facts={"sigma": spread})
    few = images[:1, :4, :5]
    drawn = [
        call(f"one image, {which} generator", few, sigma, generator, then=np.shape)
        for which, generator in (
            ("a", np.random.default_rng(seed)),
            ("the same", np.random.default_rng(seed)),
            ("another", np.random.default_rng(seed + 1)),
        )
    ]
    case = "the same generator twice, and another"
    call.observe(case, lambda: {"drawn": [np.asarray(one) for one in drawn]})
