"""What holds for every network that solves `build_convnet`."""

import numpy as np


def _facts_of_convnet(evidence):
    """Return what holds for every network that solves the exercise.

    After the first fact that doesn't hold, the others count as if they did: what follows may hang
    on it.
    """
    model, shape, *before, training = evidence
    if model["error"] or shape["error"]:
        return [model if model["error"] else shape]
    facts, holds = {}, True
    for name, of, expected in FACTS:
        if holds and name == OUTPUTS and (raised := [seen for seen in before if seen["error"]]):
            return [raised[0]]
        facts[name] = of(*evidence) if holds else expected
        holds = holds and facts[name] == expected
    return [{**(training if holds else model), "case": "the model", "value": facts}]


def _first_shape(count, shape, *_):
    return "images of another shape" if _no_image(shape["value"]) else "images"


def _no_image(shape):
    if shape is None:
        return False
    sides = zip(shape[1:], (28, 28, 1))
    return len(shape) != 4 or any(side not in (None, right) for side, right in sides)


def _batch(count, shape, *_):
    return shape["value"][0] if shape["value"] else None


def _end(count, shape, images, large, *_):
    """Return in a word what the outputs look like: "logits" if nothing holds them back."""
    z, far = np.asarray(images["value"]), np.asarray(large["value"])
    if np.allclose(z.sum(axis=1), 1, atol=1e-3) and z.min() >= 0:
        return "probabilities that sum to 1"
    if np.allclose(np.exp(z).sum(axis=1), 1, atol=1e-3):
        return "logarithms of probabilities"
    if min(z.min(), far.min()) >= 0:
        return "numbers from 0 to 1" if max(z.max(), far.max()) <= 1 else "never negative"
    return "numbers from −1 to 1" if np.abs(far).max() <= 1 else "logits"


LINEAR = (
    "Conv2D SeparableConv2D DepthwiseConv2D BatchNormalization LayerNormalization Dropout Flatten "
    "SpatialDropout2D MaxPooling2D AveragePooling2D GlobalAveragePooling2D GlobalMaxPooling2D "
    "Dense Reshape ZeroPadding2D Rescaling"
)


def _has_activations(count, *_):
    """Whether anything stands among the layers but these; unknown ones count as if."""
    rows = count["layers"]
    return rows is None or any(row["kind"] not in LINEAR.split() for row in rows)


def _stayed(*evidence):
    return (evidence[-1]["value"] or {"weights that stayed": []})["weights that stayed"]


def _learns(*evidence):
    losses = (evidence[-1]["value"] or {"losses": [1, 0]})["losses"]  # its error is told
    return bool(min(losses[-3:]) < 0.85 * losses[0])


OUTPUTS = "the shape of its outputs for three images"
FACTS = [  # name, function of the observations, what should be
    ("a model is returned", lambda count, *_: count["value"] is not None, True),
    ("its weights exist from the start", lambda count, *_: isinstance(count["value"], int), True),
    ("what it takes", _first_shape, "images"),
    ("the number of images that its input fixes", _batch, None),
    (OUTPUTS, lambda *seen: list(np.shape(seen[2]["value"])), [3, 10]),
    ("it has fewer than 50,000 parameters", lambda count, *_: count["value"] < 50_000, True),
    ("it has a convolutional layer", lambda *seen: len(seen[4]["value"]) > 0, True),
    ("a convolution looks at more than one pixel", lambda *seen: max(seen[4]["value"]) > 1, True),
    ("its layers have activations", _has_activations, True),
    ("its outputs look like", _end, "logits"),
    ("weights that training does not reach", _stayed, []),
    ("it learns to tell four textures apart", _learns, True),
]
