"""On which inputs `build_stimulus_model` is tried."""

import keras
import numpy as np

from ..models import need_model, outputs, set_known_weights
from ..recorder import probe


def _little_networks(rng):
    """Return a network with a feature map inside, dropout and batch norm, and one up to the map.

    Both have given weights.
    """
    layers, (filters, units) = keras.layers, rng.integers(3, 6, size=2)
    inputs = keras.Input((*(int(side) for side in rng.permutation([5, 6, 7])[:2]), 2))
    maps = layers.BatchNormalization()(layers.Conv2D(int(filters), 3)(inputs))
    result = layers.Dense(int(units))(layers.Dropout(0.5)(layers.Flatten()(layers.ReLU()(maps))))
    model = set_known_weights(keras.Model(inputs, result), rng)
    return model, keras.Model(inputs, maps)


@probe
def build_stimulus_model(call, rng):
    networks = _little_networks(rng)
    image = rng.normal(size=networks[0].input_shape[1:]).astype("float32")
    units = rng.permutation(3)  # two that differ: no fixed unit is right for both
    rate, steps, rows = rng.uniform(0.1, 0.3), int(rng.integers(2, 5)), int(rng.integers(2, 4))
    cases = "a unit of the last layer", "a filter of a convolution"
    for case, network, unit in zip(cases, networks, units):
        case = f"{case}, and {steps} steps of `fit`"
        call.inside(case, climb, network, int(unit), image, rate, steps, rows)


def climb(build, network, unit, image, rate, steps, rows):
    """Put a given image into what a function builds; return its answers, and what training does.

    rate: float, of gradient ascent; steps: int; rows: int, how many ones each step gets.
    """
    stimulus = need_model(build(network, unit))
    again = need_model(build(network, unit))
    pixels = stimulus.trainable_weights[0]
    pixels.assign(image.reshape(pixels.shape))
    ones = np.ones((rows, 1), "float32")
    answers = outputs(stimulus, ones), outputs(stimulus, ones, training=True)
    again.trainable_weights[0].assign(image.reshape(pixels.shape))
    twice = outputs(stimulus, ones), outputs(again, ones)
    stimulus.compile(
        optimizer=keras.optimizers.SGD(rate), loss=lambda true, answer: -keras.ops.mean(answer)
    )
    for _ in range(steps):
        stimulus.train_on_batch(ones, ones[:, 0])
    trained = [keras.ops.convert_to_numpy(weight) for weight in stimulus.trainable_weights]
    return {
        "answers": answers[0],
        "answers when asked again": twice[0],
        "answers of a second one": twice[1],
        "answers inside `fit`": answers[1],
        "trained weights": [np.ravel(values) for values in trained],
        "weights of the network": network.get_weights(),
    }
