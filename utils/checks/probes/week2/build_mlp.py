"""On which inputs `build_mlp` is tried."""

from ..models import outputs, set_known_weights, weight_shapes
from ..recorder import probe
from ._arrays import draw_images


@probe
def build_mlp(call, rng):
    x = draw_images(rng, 3)
    model = call("the shapes of its weights", then=weight_shapes)
    call.observe("its outputs, with weights of known values", _known_outputs, model, x, rng)


def _known_outputs(model, x, rng):
    if not model.weights:
        raise ValueError("The model has no weights yet.")
    return outputs(set_known_weights(model, rng), x)
