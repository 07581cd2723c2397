"""On which inputs `sgns_loss` is tried."""

from functools import cache

import keras
import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._arrays import as_array
from ._gan import loss_of_sure_ones


@probe
def sgns_loss(call, rng):
    """Values, a step of training on them, and scores that are very large."""

    def vectors(pairs, negatives, size):
        shapes = ((pairs, size), (pairs, size), (pairs, negatives, size))
        return [rng.normal(size=shape).astype("float32") for shape in shapes]

    size = sizes_from(rng)

    def try_on(case, *parts):
        call(case, *parts, then=as_array)

    pairs, negatives, width, same = size(5, 7), size(2, 4), size(4, 6), size(3, 5)
    few = vectors(pairs, negatives, width)
    try_on(f"{pairs} pairs, {negatives} negatives, vectors of {width}", *few)
    case = f"{same} pairs, {same} negatives, vectors of {same}"
    try_on(case, *vectors(same, same, same))
    try_on("one pair, one negative", *vectors(1, 1, size(5, 7)))
    try_on("all vectors zero", *[0 * part for part in few])
    large = [
        np.array([[1000, 0], [1000, 0]], "float32"),
        np.array([[1, 0], [-1, 0]], "float32"),
        np.array([[[1, 0], [-1, 0], [-1, 1]], [[-1, 1], [-1, 0], [1, 1]]], "float32"),
    ]
    call("scores of +1000 and -1000", *large, then=loss_of_sure_ones)
    few[0][0] *= 300
    case = f"a step of SGD on {pairs} pairs, one of which has large scores: the new vectors"
    call.inside(case, step_of_vectors, *few)


@cache
def _vectors_to_train(size):
    """Return a compiled model whose output, for a one, is its own weights, and its loss's place."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(size, use_bias=False)])
    place = {}
    model.compile(
        keras.optimizers.SGD(1.0), loss=lambda _, flat: place["loss"](flat[0]), run_eagerly=True
    )
    return model, place


def step_of_vectors(function, *parts):
    """Return three arrays after one step of SGD on a loss of them, as one flat array."""
    ends = np.cumsum([part.size for part in parts])
    model, place = _vectors_to_train(int(ends[-1]))
    model.set_weights([np.concatenate([part.ravel() for part in parts])[None]])

    def loss(flat):
        return function(
            *(
                keras.ops.reshape(flat[end - part.size : end], part.shape)
                for end, part in zip(ends, parts)
            )
        )

    # a NumPy number fails in other ways, with messages that don't say that the tape is lost
    place["loss"] = lambda flat: keras.ops.convert_to_tensor(loss(flat))
    model.train_on_batch(np.ones((1, 1), "float32"), np.zeros((1, int(ends[-1])), "float32"))
    return keras.ops.convert_to_numpy(model.weights[0]).ravel()
