"""Check of `build_classifier`: points, the mistakes people make, sound variants."""

import keras

from ..check import new_check
from ._frozen_base import is_norm

build_classifier = new_check(__name__, points=2)


def _borrowed(image_size, weights, **options):
    shape = (image_size, image_size, 3)
    options = {"include_top": False, "input_shape": shape, "weights": weights, **options}
    return keras.applications.InceptionV3(**options)


def _classifier(base, head, frozen=True):
    if frozen:
        for layer in base.layers:
            layer.trainable = not is_norm(layer)
    images = keras.Input(base.input_shape[1:])
    x = base(images)
    for layer in head:
        x = layer(x)
    return keras.Model(images, x)


@build_classifier.mistake("The last layer has a softmax; return logits, without an activation.")
def with_softmax(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D()]
    head += [keras.layers.Dense(num_classes, activation="softmax")]
    return _classifier(_borrowed(image_size, weights), head)


TRAINING_MODE = (
    "The batch norms run in training mode while `fit` trains. Freeze them: `training=False` in the "
    "call of the base doesn't help, as Keras 3 overrides it with what `fit` says."
)


@build_classifier.mistake(TRAINING_MODE)
def norms_not_frozen(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, weights), head, frozen=False)


@build_classifier.mistake(TRAINING_MODE)
def called_with_training_false(num_classes, image_size, weights):
    base = _borrowed(image_size, weights)
    images = keras.Input((image_size, image_size, 3))
    features = keras.layers.GlobalAveragePooling2D()(base(images, training=False))
    return keras.Model(images, keras.layers.Dense(num_classes)(features))


@build_classifier.mistake("You flattened the grid; average it over its places.")
def flattened(num_classes, image_size, weights):
    head = [keras.layers.Flatten(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, weights), head)


@build_classifier.mistake("You took the largest value of each channel; the average is asked for.")
def head_of_maxima(num_classes, image_size, weights):
    head = [keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, weights), head)


@build_classifier.mistake("You didn't pass `weights` on; the base then has random weights always.")
def always_random(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, None), head)


@build_classifier.mistake("You fetch ImageNet's weights always; pass on the argument `weights`.")
def always_imagenet(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, "imagenet"), head)


@build_classifier.mistake("You kept ImageNet's own top of 1,000 classes: `include_top=False`.")
def with_the_top(num_classes, image_size, weights):
    base = _borrowed(image_size, weights, include_top=True, classifier_activation=None)
    return _classifier(base, [keras.layers.Dense(num_classes)])


@build_classifier.mistake("The base's layers lie open in the model; call the base as one layer.")
def all_layers_open(num_classes, image_size, weights):
    base = _borrowed(image_size, weights)
    for layer in base.layers:
        layer.trainable = not is_norm(layer)
    features = keras.layers.GlobalAveragePooling2D()(base.output)
    return keras.Model(base.input, keras.layers.Dense(num_classes)(features))


@build_classifier.alternative
def pooled_by_the_base(num_classes, image_size, weights):
    base = _borrowed(image_size, weights, pooling="avg")
    return _classifier(base, [keras.layers.Dense(num_classes)])


@build_classifier.alternative
def averaged_by_ops(num_classes, image_size, weights):
    base = keras.applications.inception_v3.InceptionV3(
        weights=weights, include_top=False, input_tensor=keras.Input((image_size, image_size, 3))
    )
    base.trainable = False
    images = keras.Input((image_size, image_size, 3))
    features = keras.ops.mean(base(images, training=False), axis=(1, 2))
    return keras.Model(inputs=images, outputs=keras.layers.Dense(num_classes)(features))


@build_classifier.alternative
def as_a_sequence(num_classes, image_size, weights):
    base = _borrowed(image_size, weights)
    for layer in base.layers:
        if "BatchNorm" in type(layer).__name__:
            layer.trainable = False
    parts = [keras.Input((image_size, image_size, 3)), base]
    parts += [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return keras.Sequential(parts)
