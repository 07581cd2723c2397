"""On which inputs `build_classifier` is tried."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import keras
import numpy as np

from ..models import if_model, need_model, outputs, set_known_weights
from ..recorder import probe
from ._frozen_base import base_in

CHANNELS = 2048  # of InceptionV3's last feature map
BASE_PARAMETERS = 21_802_784  # of InceptionV3 without its top
BASE_LAYERS = 311


@probe
def build_classifier(call, rng):
    """Random weights, a file of weights, and one that doesn't exist."""
    num_classes, size = int(rng.integers(5, 120)), int(rng.integers(75, 130))
    lent = _draw_bases(rng)
    image = rng.uniform(-1, 1, size=(2, size, size, 3)).astype("float32")

    def parts(model):
        return _parts_of_classifier(model, lent)

    def classified(model):
        return _classified(model, image, rng)

    case = f"{num_classes} classes at {size}×{size}, random weights"
    model = call.inside(case, build_on_lent, num_classes, size, None, lent, then=if_model(parts))
    call.observe(f"{case}: two images", lambda: if_model(classified)(model))
    case, numbers = "the base's weights from a file", rng.normal(size=20).astype("float32")

    def loaded(found):
        return {"the base's weights are those of the file": np.array_equal(found, numbers)}

    call.inside(case, build_from_file, num_classes, size, numbers, lent, then=loaded)
    file = f"no-such-file-{rng.integers(1000)}.h5"
    case, facts = f"a file of weights that doesn't exist, {file}", {"raises": "ValueError"}
    call.inside(case, build_on_lent, 5, 75, file, lent, then=if_model(parts), facts=facts)


def build_on_lent(function, num_classes, image_size, weights, lent):
    """Call the function where small networks stand in the place of InceptionV3.

    lent: dict, what stands for it with weights=None and with "imagenet", as `_draw_bases` has it.
    """
    with _lent_base(lent):
        return function(num_classes, image_size, weights)


def build_from_file(function, num_classes, image_size, numbers, lent):
    """Call the function with a file of weights; return what the base's first kernel begins with.

    numbers: what it begins with once the file is loaded, by whatever way, into a base that is lent
    or a real one. The file itself is empty.
    """

    def load(model, filepath, *args, **options):
        if str(filepath) != file or base_in(model) is not None:
            raise ValueError(f"{filepath} has no weights of this network.")
        kernel = model.weights[0]
        kernel.assign(np.resize(numbers, kernel.shape))

    with TemporaryDirectory() as folder, _lent_base(lent):
        file = str(Path(folder) / "base.weights.h5")
        Path(file).touch()
        with mock.patch.object(keras.Model, "load_weights", load):
            base = base_in(need_model(function(num_classes, image_size, file)))
    if base is None:
        return None
    return keras.ops.convert_to_numpy(base.weights[0]).ravel()[: len(numbers)]


def _draw_bases(rng):
    """Return options of the first convolution of two lent networks; no two are the same."""
    filters = rng.permutation([3, 4, 5, 6])
    return {
        weights: {"filters": int(number), "kernel_size": int(rng.integers(6, 10)), "strides": 16}
        for weights, number in zip(("None", "imagenet"), filters)
    }


@contextmanager
def _lent_base(lent):
    """Put a small network in the place of InceptionV3, which takes seconds to build.

    It takes the same arguments, and has the same kind of output and batch norms. Its structure
    tells which weights were asked for. Where a learner has another name for the real one, the
    evidence is the same.
    """

    def lend(
        include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None,
        classes=1000, classifier_activation="softmax", name="inception_v3",
    ):  # fmt: skip
        if weights not in (None, "imagenet") and not Path(weights).exists():
            raise ValueError(f"There is no file of weights {weights}.")
        layers, average = keras.layers, keras.layers.GlobalAveragePooling2D
        side = 299 if include_top else None
        images = (
            keras.Input(input_shape or (side, side, 3)) if input_tensor is None else input_tensor
        )
        options = lent["imagenet" if weights == "imagenet" else "None"]
        grid = layers.Conv2D(padding="same", use_bias=False, **options)(images)
        grid = layers.Conv2D(CHANNELS, 1)(layers.BatchNormalization()(grid))
        if include_top:
            grid = layers.Dense(classes, activation=classifier_activation)(average()(grid))
        elif pooling:
            grid = {"avg": average, "max": layers.GlobalMaxPooling2D}[pooling]()(grid)
        network = keras.Model(images, grid, name=name)
        if weights not in (None, "imagenet"):
            network.load_weights(weights)
        return network

    with (
        mock.patch.object(keras.applications, "InceptionV3", lend),
        mock.patch.object(keras.applications.inception_v3, "InceptionV3", lend),
    ):
        yield


PARTS = (
    "the base is one layer",
    "the base is InceptionV3",
    "with its top",
    "ImageNet's weights",
    "the images",
    "weights of the head",
    "the output",
)


def _parts_of_classifier(model, lent):
    base = base_in(model)
    if base is None:
        return dict.fromkeys(PARTS) | {PARTS[0]: False}
    inside = {id(weight) for weight in base.weights}
    facts = {
        "the base is one layer": True,
        "the images": str(tuple(model.input_shape[1:])),
        "the output": str(tuple(model.output_shape[1:])),
        "the base is InceptionV3": _is_real(base) or any(_is(base, lent[key]) for key in lent),
        "ImageNet's weights": _is(base, lent["imagenet"]),
        "with its top": isinstance(base.layers[-1], keras.layers.Dense),
        "weights of the head": "; ".join(
            f"{weight.name} {tuple(weight.shape)}"
            for weight in model.weights
            if id(weight) not in inside
        ),
    }
    return {key: facts[key] for key in PARTS}


def _is(base, options):
    """Whether a base is the lent network with these options of its first convolution."""
    kinds = [type(layer).__name__ for layer in base.layers[:4]]
    if kinds != ["InputLayer", "Conv2D", "BatchNormalization", "Conv2D"]:
        return False
    first, last = (base.layers[number].get_config() for number in (1, 3))
    found = first["filters"], first["kernel_size"], first["strides"], last["filters"]
    size, strides = options["kernel_size"], options["strides"]
    return found == (options["filters"], (size, size), (strides, strides), CHANNELS)


def _is_real(base):
    """Whether a base is InceptionV3 itself, without its top, pooled or not."""
    counts = len(base.layers), base.count_params()
    return counts in {(BASE_LAYERS, BASE_PARAMETERS), (BASE_LAYERS + 1, BASE_PARAMETERS)}


def _classified(model, images, rng):
    """Return how the answers to images, with given weights, follow from the base's output."""
    base = base_in(model)
    if base is None:
        return None
    set_known_weights(model, rng)
    inside = {id(weight) for weight in base.weights}
    head = [weight for weight in model.weights if id(weight) not in inside]
    kernel, bias = (next((w for w in head if len(w.shape) == n), 0) for n in (2, 1))
    plain, grid = outputs(model, images), outputs(base, images)
    kernel, bias = (keras.ops.convert_to_numpy(weight) for weight in (kernel, bias))
    rescaled = outputs(base, images / 127.5 - 1)
    what = _what_they_are(plain, grid, rescaled, lambda channels: channels @ kernel + bias)
    moving = _moving_weights(model)
    trained = outputs(model, images, training=True)
    return {
        "training mode changes the outputs": not np.allclose(plain, trained, rtol=1e-3, atol=1e-4),
        "training mode moves the batch norms": not _are_same(moving, _moving_weights(model)),
        "they are probabilities": bool(np.allclose(plain.sum(axis=1), 1, atol=1e-4)),
        "what the answers are": what,
    }


def _what_they_are(answers, grid, rescaled, dense):
    """Say what answers are, given the base's output for the images and for rescaled ones."""
    if grid.ndim != 4:
        grid, rescaled = grid[:, None, None], rescaled[:, None, None]
    logits = dense(grid.mean(axis=(1, 2)))
    candidates = {
        LOGITS: logits,
        "of the largest value of each channel": dense(grid.max(axis=(1, 2))),
        "of the sum of each channel": dense(grid.sum(axis=(1, 2))),
        "of rescaled images": dense(rescaled.mean(axis=(1, 2))),
        "behind a relu": np.maximum(logits, 0),
        "behind a tanh": np.tanh(logits),
        "behind a sigmoid": 1 / (1 + np.exp(-logits)),
    }
    same = (key for key, value in candidates.items() if _are_close(answers, value))
    return next(same, "something else")


def _are_close(one, other):
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-2, atol=1e-3)


LOGITS = "a dense layer of each channel's average"


def _moving_weights(model):
    return [
        keras.ops.convert_to_numpy(weight)
        for weight in model.weights
        if weight.name.startswith("moving_")
    ]


def _are_same(before, after):
    return all(np.array_equal(a, b) for a, b in zip(before, after))
