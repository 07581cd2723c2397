"""On which inputs `build_mlp` is tried."""

import numpy as np

from ..models import outputs, set_known_weights, weight_shapes
from ..recorder import probe
from ._arrays import draw_images


@probe
def build_mlp(call, rng):
    x = draw_images(rng, 3)
    seed = int(rng.integers(2**32))
    call("the model", then=lambda model: _facts(model, x, np.random.default_rng(seed)))


def _facts(model, x, rng):
    """Return what there is to see of a model, a dict. Nothing of an answer that is no model."""
    if model is None or not hasattr(model, "weights"):
        return model
    shapes = weight_shapes(model)
    facts = {"the shapes of its weights": shapes}
    if not shapes:
        return facts
    batch = (getattr(model, "input_shape", None) or (None,))[0]
    facts["images at once"] = "any number" if batch is None else f"always {batch}"
    set_known_weights(model, rng)
    facts["its outputs, with weights of known values"] = outputs(model, x)
    facts["the same while it trains"] = outputs(model, x, training=True)
    return facts
