"""On which inputs `make_model` is tried."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import if_model, outputs, set_known_weights
from ..recorder import probe
from ._images import draw_images


def _dropouts(model):
    """Return rate and shape of what each dropout of a model sees, in order, in words."""
    found = [
        f"{_kind(layer)} of {layer.rate:.4g} on {tuple(layer.output.shape[1:])}"
        for layer in _all_layers(model)
        if isinstance(layer, keras.layers.Dropout)
    ]
    return "; ".join(found) or "none"


def _kind(layer):
    """Name those that drop more than single numbers."""
    names = (name for name in ("SpatialDropout2D", "SpatialDropout1D") if _is(layer, name))
    return next(
        names, "dropout of whole rows" if getattr(layer, "noise_shape", None) else "dropout"
    )


def _is(layer, name):
    return isinstance(layer, getattr(keras.layers, name))


def _all_layers(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _all_layers(layer)
        else:
            yield layer


@probe
def make_model(call, rng):
    images = draw_images(rng, n=int(rng.integers(2, 5)))
    seed = int(rng.integers(2**32))

    def answers(model):
        set_known_weights(model, np.random.default_rng(seed))
        return {"what it answers to a few images": outputs(model, images)}

    def look(model):
        return {"its dropouts": _dropouts(model), "number of weights": model.count_params()}

    model = call("a new network", then=if_model(look))
    if is_network(model):  # what it answers takes longer than what it is made of
        call.observe("the network with given weights", lambda: answers(model))
