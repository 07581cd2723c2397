"""On which inputs `build_classifier` is tried."""

from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import keras
import numpy as np

from ..models import outputs
from ..recorder import probe
from ._frozen_base import are_same, base_in, moving_weights

CHANNELS = 2048  # of InceptionV3's last feature map
BASE_PARAMETERS = 21_802_784  # of InceptionV3 without its top


@probe
def build_classifier(call, rng):
    """Random weights, and a file of weights that doesn't exist."""
    num_classes, size = int(rng.integers(5, 120)), int(rng.integers(75, 130))
    case = f"{num_classes} classes at {size}×{size}, random weights"
    with _lent_base() as asked:
        model = call(case, num_classes, size, None, then=_kind)
    call.observe(f"{case}: its parts", _parts_of_classifier, model, asked)
    image = rng.uniform(-1, 1, size=(2, size, size, 3)).astype("float32")
    call.observe(f"{case}: two images", _classified, model, image)
    with _lent_base() as asked:
        case, facts = "a file of weights that doesn't exist", {"raises": "ValueError"}
        call(case, 5, 75, "no-such-file.h5", then=_kind, facts=facts)
        call.observe("a file of weights: what was loaded", lambda: asked)


def _kind(value):
    return "model" if isinstance(value, keras.Model) else type(value).__name__


@contextmanager
def _lent_base():
    """Put a small network in the place of InceptionV3, which takes seconds to build.

    It takes the same arguments, and has the same kind of output and batch norms. Where a learner
    has another name for the real one, the evidence is the same. Yields a dict, what was asked for.
    """
    asked = {"ImageNet's weights": False, "with its top": False}

    def lend(
        include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None,
        classes=1000, classifier_activation="softmax", name="inception_v3",
    ):  # fmt: skip
        if weights not in (None, "imagenet") and not Path(weights).exists():
            raise ValueError(f"There is no file of weights {weights}.")
        asked["ImageNet's weights"] |= weights == "imagenet"
        asked["with its top"] |= bool(include_top)
        layers, average = keras.layers, keras.layers.GlobalAveragePooling2D
        images = keras.Input(input_shape or (299, 299, 3)) if input_tensor is None else input_tensor
        grid = layers.Conv2D(4, 9, strides=16, padding="same", use_bias=False)(images)
        grid = layers.Conv2D(CHANNELS, 1)(layers.BatchNormalization()(grid))
        if include_top:
            grid = layers.Dense(classes, activation=classifier_activation)(average()(grid))
        elif pooling:
            grid = {"avg": average, "max": layers.GlobalMaxPooling2D}[pooling]()(grid)
        model = keras.Model(images, grid, name=name)
        model.is_lent = True
        return model

    with (
        mock.patch.object(keras.applications, "InceptionV3", lend),
        mock.patch.object(keras.applications.inception_v3, "InceptionV3", lend),
    ):
        yield asked


def _parts_of_classifier(model, asked):
    base = base_in(model)
    inside = {id(weight) for weight in base.weights} if base else set()
    head = [list(weight.shape) for weight in model.weights if id(weight) not in inside]
    return {
        "input": list(model.input_shape[1:]),
        "output": list(model.output_shape[1:]),
        "the base is one layer": base is not None,
        "the base is InceptionV3": base is not None
        and (hasattr(base, "is_lent") or base.count_params() == BASE_PARAMETERS),
        "shapes of the head's weights": head if base else None,
        **asked,
    }


def _classified(model, images):
    plain, grid = outputs(model, images), outputs(base_in(model), images)
    averaged = grid.mean(axis=(1, 2)) if grid.ndim == 4 else grid
    logits = averaged @ keras.ops.convert_to_numpy(model.layers[-1].kernel)
    moving = moving_weights(model)
    trained = outputs(model, images, training=True)
    return {
        "training mode changes the outputs": not np.allclose(plain, trained, rtol=1e-3, atol=1e-4),
        "training mode moves the batch norms": not are_same(moving, moving_weights(model)),
        "they are probabilities": bool(np.allclose(plain.sum(axis=1), 1, atol=1e-4)),
        "they are the dense layer of the averaged feature map": bool(
            np.allclose(plain, logits, rtol=1e-2, atol=1e-3)
        ),
    }
