"""On which inputs `make_model` is tried."""

import keras
import numpy as np

from ..models import if_model, outputs, set_known_weights
from ..recorder import probe
from ._images import draw_images


def _dropouts(model):
    """Return rate and shape of what each dropout of a model sees, in order."""
    return [
        [layer.rate, *layer.output.shape[1:]]
        for layer in model.layers
        if isinstance(layer, keras.layers.Dropout)
    ]


@probe
def make_model(call, rng):
    images = draw_images(rng, n=int(rng.integers(2, 5)))
    seed = int(rng.integers(2**32))

    def look(model):
        set_known_weights(model, np.random.default_rng(seed))
        return {
            "what it answers to a few images": outputs(model, images),
            "its dropouts (rate and shape)": _dropouts(model),
        }

    call("the network with given weights", then=if_model(look))
