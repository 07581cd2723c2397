"""On which inputs `make_model` is tried."""

import keras

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
    images = draw_images(rng, n=3)

    def look(model):
        set_known_weights(model, rng)
        return {
            "what it answers to three images": outputs(model, images),
            "its dropouts (rate and shape)": _dropouts(model),
        }

    call("the network with given weights", then=if_model(look))
