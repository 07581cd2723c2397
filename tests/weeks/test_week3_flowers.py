"""Week 3, flowers: facts of the real InceptionV3, for which the checks lend a small network."""

import keras
import numpy as np
import pytest

from utils.checks import week3
from utils.checks.exercise import load_solutions
from utils.checks.week3.build_classifier import TRAINING_MODE

solutions = load_solutions(3)
RealInception = keras.applications.InceptionV3  # a name of one's own: the checks can't lend theirs


@pytest.fixture(scope="module")
def classifier():
    return solutions.build_classifier(102, 75, None)


def build_with_own_name(num_classes, image_size, weights, frozen=True):
    shape = (image_size, image_size, 3)
    base = RealInception(include_top=False, weights=weights, input_shape=shape)
    base.trainable = not frozen
    images = keras.Input(shape)
    features = keras.layers.GlobalAveragePooling2D()(base(images))
    return keras.Model(images, keras.layers.Dense(num_classes)(features))


def test_the_classifier_has_as_many_weights_as_the_original(classifier):
    assert classifier.count_params() == 22_011_782


def test_freezing_and_unfreezing_the_real_one(classifier):
    base = classifier.layers[1]
    solutions.freeze_for_head(classifier)
    assert [tuple(weight.shape) for weight in classifier.trainable_weights] == [(2048, 102), (102,)]
    number = len(base.layers) - 1 - base.layers.index(base.get_layer("mixed8"))
    solutions.unfreeze_top(classifier, number)
    assert number == 62
    names = [weight.path for weight in classifier.trainable_weights]
    assert len(names) == 18 + 2 and not any("batch_normalization" in name for name in names)


def test_a_real_inception_is_judged_as_the_lent_one_is():
    def build_classifier(num_classes, image_size, weights):
        return build_with_own_name(num_classes, image_size, weights)

    assert week3.build_classifier.examine(build_classifier, 0).ok


def test_a_real_one_in_training_mode_is_named():
    def build_classifier(num_classes, image_size, weights):
        return build_with_own_name(num_classes, image_size, weights, frozen=False)

    verdict = week3.build_classifier.examine(build_classifier, 0)
    assert verdict.text.startswith(TRAINING_MODE)


def test_training_false_does_not_hold_in_fit():
    """The notebook says so; should Keras change it, the text has to change too."""
    norm = keras.Sequential([keras.Input((3,)), keras.layers.BatchNormalization()])
    inputs = keras.Input((3,))
    model = keras.Model(inputs, norm(inputs, training=False))
    before = model.get_weights()
    model(np.full((4, 3), 7.0, "float32"), training=True)
    after = model.get_weights()
    assert not all(np.array_equal(a, b) for a, b in zip(before, after))
