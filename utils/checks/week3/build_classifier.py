"""Check of `build_classifier`: the base it borrows, its frozen batch norms, and the head."""

from pathlib import Path

import keras
from keras import layers

from ..check import new_check
from ._frozen_base import is_norm

SENTENCES = {
    "the base is one layer": (
        "No layer of the model is itself a network: call the base as a single layer."
    ),
    "the base is InceptionV3": (
        "The base is another network than keras.applications.InceptionV3 without its top."
    ),
    "with its top": "The base has its original top: use `include_top=False`.",
    "ImageNet's weights": "The base's weights are ImageNet's: pass the argument `weights` on.",
    "the images": lambda ours, theirs: (
        f"The model takes images of shape {ours}; it should be {theirs}, with image_size pixels "
        "both ways."
    ),
    "weights of the head": (
        "The head has other weights than those of one dense layer for num_classes classes, behind "
        "the average of each channel: nothing else that learns comes between or behind."
    ),
    "training mode changes the outputs": (
        "In training mode other answers come out: there is a dropout, or a batch norm that isn't "
        "frozen."
    ),
    "training mode moves the batch norms": (
        "In training mode the batch norms move their means: freeze each of them."
    ),
    "what the answers are": lambda ours, theirs: (
        f"The answers should be {theirs} over all places; yours are "
        + (f"those {ours}." if ours != "something else" else "something else.")
    ),
    "the base's weights are those of the file": (
        "The base's weights aren't those of the file: pass the argument `weights` on."
    ),
}

build_classifier = new_check(__name__, points=2, sentences=SENTENCES)

TRAINING_MODE = (
    "The batch norms run in training mode while `fit` trains. Freeze them: `training=False` in the "
    "call of the base doesn't help, as Keras 3 overrides it with what `fit` says."
)


def _borrowed(image_size, weights, **options):
    shape = (image_size, image_size, 3)
    options = {"include_top": False, "input_shape": shape, "weights": weights, **options}
    return keras.applications.InceptionV3(**options)


def _classifier(
    num_classes, image_size, weights, used_weights="given", norms_frozen=True, training=None,
    pool=layers.GlobalAveragePooling2D, activation=None, one_layer=True, takes_files=True,
    size=None, hidden=0, dropout=0, rescales=None, more=0, head_norm=False,
    **options,
):  # fmt: skip
    """used_weights: what the base loads, "given" for `weights`. options: InceptionV3's."""
    if not (takes_files or weights in (None, "imagenet")):
        raise ValueError("weights must be None or 'imagenet'.")
    used_weights = weights if used_weights == "given" else used_weights
    base = _borrowed(size or image_size, used_weights, **options)
    if norms_frozen:
        for layer in base.layers:
            layer.trainable = not is_norm(layer)
    images, x = base.input, base.output
    if one_layer:
        images = keras.Input(base.input_shape[1:])
        x = base(rescales(images) if rescales else images, training=training)
    x = pool()(x) if pool else x
    x = layers.Dense(hidden, activation="relu")(x) if hidden else x
    x = layers.BatchNormalization()(x) if head_norm else x
    x = layers.Dropout(dropout)(x) if dropout else x
    return keras.Model(images, layers.Dense(num_classes + more, activation=activation)(x))


build_classifier.add_mistakes(
    _classifier,
    [
        (
            "The last layer has a softmax; return logits, without an activation.",
            {"activation": "softmax"},
        ),
        (TRAINING_MODE, {"norms_frozen": False}),
        (
            "The last layer has a ReLU, which cuts off what is below zero; return logits, without "
            "an activation.",
            {"activation": "relu"},
        ),
        (
            "The last layer has a tanh; return logits, without an activation.",
            {"activation": "tanh"},
        ),
        (
            "The last layer has a sigmoid; return logits, without an activation.",
            {"activation": "sigmoid"},
        ),
        (
            "There is a dropout in the head; only pooling and a dense layer are asked for.",
            {"dropout": 0.3},
        ),
        (
            "You rescale the images; they come as −1 to 1 already.",
            {"rescales": layers.Rescaling(1 / 127.5, -1)},
        ),
        ("The images have image_size pixels both ways; yours always have 299.", {"size": 299}),
        ("There is a class too many: num_classes units.", {"more": 1}),
        (
            "There is a hidden dense layer in the head; only pooling and one dense layer for the "
            "classes are asked for.",
            {"hidden": 256},
        ),
        (TRAINING_MODE, {"norms_frozen": False, "training": False}),
        (
            "You flattened the feature map; average each channel over all positions.",
            {"pool": layers.Flatten},
        ),
        (
            "You took the largest value of each channel; the average is asked for.",
            {"pool": layers.GlobalMaxPooling2D},
        ),
        (
            "You didn't pass `weights` on, so the base always has random weights.",
            {"used_weights": None},
        ),
        (
            "You always load ImageNet's weights; pass the argument `weights` on.",
            {"used_weights": "imagenet"},
        ),
        (
            "You refuse every file of weights: pass its path on to InceptionV3, which says itself "
            "whether there is such a file.",
            {"takes_files": False},
        ),
        (
            "You kept the original top for ImageNet's 1,000 classes: use `include_top=False`.",
            {"pool": None, "include_top": True, "classifier_activation": None},
        ),
        (
            "The base's layers are spread out in the model; call the base as a single layer.",
            {"one_layer": False},
        ),
    ],
)


@build_classifier.alternative
def pooled_by_the_base(num_classes, image_size, weights):
    return _classifier(num_classes, image_size, weights, pool=None, pooling="avg")


@build_classifier.alternative
def averaged_by_ops(num_classes, image_size, weights):
    base = keras.applications.inception_v3.InceptionV3(
        weights=weights, include_top=False, input_tensor=keras.Input((image_size, image_size, 3))
    )
    base.trainable = False
    images = keras.Input((image_size, image_size, 3))
    features = keras.ops.mean(base(images, training=False), axis=(1, 2))
    return keras.Model(inputs=images, outputs=layers.Dense(num_classes)(features))


@build_classifier.alternative
def loaded_afterwards(num_classes, image_size, weights):
    model = _classifier(num_classes, image_size, None)
    base = model.layers[1]
    if weights is not None:
        if not Path(weights).exists():
            raise ValueError(f"no file {weights}")
        base.load_weights(weights)
    return model


@build_classifier.alternative
def as_a_sequence(num_classes, image_size, weights):
    base = _borrowed(image_size, weights)
    for layer in base.layers:
        if "BatchNorm" in type(layer).__name__:
            layer.trainable = False
    head = [layers.GlobalAveragePooling2D(), layers.Dense(num_classes)]
    return keras.Sequential([keras.Input((image_size, image_size, 3)), base, *head])
