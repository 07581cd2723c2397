"""On which inputs `build_stimulus_model` is tried."""

import keras
import numpy as np

from ..models import if_model, outputs, set_known_weights
from ..recorder import probe


def _little_network(rng):
    """Return a network with a feature map inside, dropout and batch norm, with given weights."""
    layers = keras.layers
    inputs = keras.Input((6, 5, 2))
    maps = layers.BatchNormalization()(layers.Conv2D(3, 3)(inputs))
    result = layers.Dense(4)(layers.Dropout(0.5)(layers.Flatten()(layers.ReLU()(maps))))
    model = set_known_weights(keras.Model(inputs, result), rng)
    return model, keras.Model(inputs, maps)


@probe
def build_stimulus_model(call, rng):
    image = rng.normal(size=(1, 6, 5, 2)).astype("float32")
    units = rng.permutation(3)  # two that differ: no fixed unit is right for both
    for case, part in (("a unit of the last layer", 0), ("a filter of a convolution", 1)):
        _try_stimulus(call, case, _little_network(rng)[part], int(units[part]), image)


def _try_stimulus(call, case, model, unit, image):
    ones = np.ones((2, 1), "float32")

    def look(stimulus):
        stimulus.trainable_weights[0].assign(image.reshape(stimulus.trainable_weights[0].shape))
        return {
            "sizes of the weights that are trained": [
                int(np.prod(weight.shape)) for weight in stimulus.trainable_weights
            ],
            "what it answers to a given image": outputs(stimulus, ones),
            "it answers the same inside `fit`": bool(
                np.allclose(outputs(stimulus, ones), outputs(stimulus, ones, training=True))
            ),
        }

    stimulus = call(case, model, unit, then=if_model(look))
    if isinstance(stimulus, keras.Model):
        call.observe(f"{case}, after three steps of `fit`", _climb, stimulus, model, ones)


def _climb(stimulus, model, ones):
    """Return whether a few steps upwards raise the answer and leave the network as it was."""
    before, answer = model.get_weights(), outputs(stimulus, ones).mean()
    stimulus.compile(
        optimizer=keras.optimizers.SGD(0.1), loss=lambda true, answer: -keras.ops.mean(answer)
    )
    for _ in range(3):
        stimulus.train_on_batch(ones, ones[:, 0])
    stayed = all(np.array_equal(a, b) for a, b in zip(before, model.get_weights()))
    return {
        "the unit answers more strongly": bool(outputs(stimulus, ones).mean() > answer),
        "the network stayed as it was": stayed,
    }
