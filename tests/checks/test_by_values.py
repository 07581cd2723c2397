"""Networks with classes of their own: outside of their box they are known by their outputs."""

import importlib
import inspect

import keras
import numpy as np
import pytest

from tests.support.apart import apart
from utils import config
from utils.checks.probes.by_values import NeedsStructure, NetworkByValues

pytestmark = pytest.mark.skipif(2 not in config.available_weeks(), reason="week 2 isn't here")


def of_a_lambda(units=3):
    inputs = keras.Input((4,))
    doubled = keras.layers.Lambda(lambda x: 2 * x)(inputs)
    return keras.Model(inputs, keras.layers.Dense(units)(doubled))


def test_its_outputs_are_those_of_weights_from_outside():
    kernel, bias, x = np.eye(4)[:, :3], np.arange(3.0), np.ones((2, 4), "float32")
    with apart(of_a_lambda) as build:
        network = build()
        assert isinstance(network, NetworkByValues) and "Lambda" in network.reason
        assert (network.input_shape, network.output_shape) == ((None, 4), (None, 3))
        network.set_weights([kernel, bias])
        outputs = keras.ops.convert_to_numpy(network(x))
        np.testing.assert_allclose(outputs, 2 * x @ kernel + bias)
        assert network.count_params() == 15
        np.testing.assert_allclose(network.get_weights()[1], bias)


@pytest.mark.parametrize("name", ["layers", "trainable_weights", "_flatten_layers", "compile"])
def test_nothing_else_is_believed(name):
    with apart(of_a_lambda) as build:
        network = build()
        with pytest.raises(NeedsStructure, match="Lambda"):
            getattr(network, name)


def test_several_cross_in_one_answer_beside_one_that_can_leave():
    def build():
        first, plain = of_a_lambda(), keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        return [first, plain, of_a_lambda(5), first]

    with apart(build) as remote:
        first, plain, other, again = remote()
        assert isinstance(plain, keras.Sequential) and again is first
        assert (first.output_shape, other.output_shape) == ((None, 3), (None, 5))


def test_the_notebooks_check_says_that_a_person_will_look(capsys):
    from utils.checks import week2

    class Own(keras.layers.Dense):
        pass

    def build_convnet():
        layers = [keras.Input((28, 28, 1)), keras.layers.Conv2D(8, 3, 2, activation="relu")]
        layers += [keras.layers.MaxPooling2D(), keras.layers.Flatten(), Own(10)]
        return keras.Sequential(layers)

    week2.build_convnet(build_convnet)
    said = capsys.readouterr().out
    assert said.startswith("✓") and "a person will look at it" in said and "`Own`" in said


class InAClass(keras.Model):
    """A network of a class of a learner's own, which has seen one batch."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        self(np.zeros([2 if side is None else side for side in network.input_shape]))

    def call(self, inputs, training=False):
        return self.network(inputs, training=training)


@pytest.mark.parametrize(
    "week, name",
    [
        (2, "build_mlp"), (2, "build_convnet"), (3, "make_model"), (3, "make_modern_model"),
        (4, "build_generator"), (4, "build_discriminator"), (4, "build_deep_autoencoder"),
        (5, "build_classifier"), (5, "build_language_model"), (5, "build_tagger"),
    ],
)  # fmt: skip
def test_networks_of_own_classes_are_right_where_they_can_be_called(week, name):
    if week not in config.available_weeks():
        pytest.skip(f"week {week} isn't here")
    check = getattr(importlib.import_module(f"utils.checks.week{week}"), name)

    def build(*args):
        made = check.reference(*args)
        return tuple(map(InAClass, made)) if isinstance(made, tuple) else InAClass(made)

    build.__signature__ = inspect.signature(check.reference)
    verdict = check.examine(build, 0)
    assert verdict.ok, verdict.text
