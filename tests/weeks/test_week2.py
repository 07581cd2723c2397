"""Week 2 beyond its checks: known counts, agreement with Keras, and what a slow answer hears."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from sklearn.metrics import mean_squared_error

from utils.checks import week2
from utils.checks.exercise import Exercise, load_solutions
from utils.checks.week2._tape import Tape
from utils.checks.week2.dropout_forward import SWAPPED
from utils.errors import Unsolved

reference = load_solutions(2)


@pytest.mark.parametrize("size", [1, 5, 10, 1000])
def test_mse_is_scikit_learns(size):
    a, b = np.random.default_rng(size).normal(size=(2, size))
    found = reference.tf_mse(tf.constant(a), tf.constant(b))
    assert float(found) == pytest.approx(mean_squared_error(a, b), rel=1e-12)


def test_parameter_counts():
    assert reference.build_mlp().count_params() == 269_322
    assert reference.build_convnet().count_params() < 50_000


@pytest.fixture
def network():
    """The same network twice: as layers of NumPy arrays, and as a Keras model."""
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(5, activation="relu"),
            keras.layers.Dense(4, activation="relu"),
            keras.layers.Dense(3),
        ]
    )
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=w.shape) for w in model.weights])
    pairs = [tuple(w.numpy() for w in layer.weights) for layer in model.layers]
    return [pairs[0], (), pairs[1], (), pairs[2]], model


def test_the_numpy_network_is_the_keras_network(network):
    layers, model = network
    x = np.random.default_rng(1).normal(size=(8, 6)).astype(np.float32)
    y = np.arange(8) % 3
    activations = [x]
    for layer in layers:
        last = activations[-1]
        activations.append(
            reference.dense_forward(last, *layer) if layer else reference.relu_forward(last)
        )
    loss, grad = reference.softmax_cross_entropy(activations[-1], y)
    with tf.GradientTape() as tape:
        entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        expected = entropy(y, model(x))
    assert loss == pytest.approx(float(expected), rel=1e-5)
    ours = [g for pair in reference.network_backward(layers, activations, grad) for g in pair]
    for mine, theirs in zip(ours, tape.gradient(expected, model.weights), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-4, atol=1e-5)


def test_a_tape_that_walks_each_path_anew_is_stopped_and_told_why():
    class Scalar(Tape):
        def backward(self):
            for node in self.order():
                node.grad = 0.0
            self.walk(1.0)

        def walk(self, grad):
            self.grad += grad
            for parent, slope in self.parents:
                parent.walk(slope * grad)

    verdict = week2.Scalar.examine(Scalar, 0)
    assert not verdict.ok
    assert "still running after 5 seconds. Do you walk along each path anew?" in verdict.text


def test_checks_leave_the_randomness_of_the_notebook_alone():
    def first_weights(*answers):
        keras.utils.set_random_seed(42)
        for answer in answers:
            week2.dense_forward.examine(answer)
        return keras.layers.Dense(3, kernel_initializer="he_normal"), np.random.random()

    def weights_of(layer):
        layer.build((None, 4))
        return layer.kernel.numpy()

    wrong = week2.dense_forward.mistakes[0].function
    (plain, a), (checked, b) = first_weights(), first_weights(wrong, reference.dense_forward)
    np.testing.assert_array_equal(weights_of(plain), weights_of(checked))
    assert a == b


def test_a_learners_own_error_is_told_not_named_after_another():
    def build_convnet():
        return keras.Sequential(
            [keras.Input((28, 28, 1)), keras.layers.AveragePooling2D(2, 3, 4, 5)]
        )

    text = week2.build_convnet.examine(build_convnet, 0).text
    assert "it raised" in text and "AveragePooling2D" in text and "Return the model" not in text


def test_half_a_scalar_hears_what_is_wrong_and_which_part_waits():
    decorate = Exercise(2)

    class Scalar(Tape):
        def tanh(self):
            raise NotImplementedError

    with pytest.raises(Unsolved, match="`Scalar.tanh` waits"):
        week2.Scalar.examine(decorate(Scalar), 0)
    Scalar.__add__ = lambda self, other: self * 2
    assert "Tried on: a + b" in week2.Scalar.examine(Scalar, 0).text


def test_inputs_in_lists_are_copied_and_compared():
    def network_backward(layers, activations, grad):
        result = reference.network_backward(layers, activations, grad)
        layers[0][0][:] = 0
        return result

    assert "it modified its input `layers`" in week2.network_backward.examine(network_backward).text


def test_the_cross_entropy_of_float32_stays_float32():
    logits = np.ones((2, 3), np.float32)
    assert reference.softmax_cross_entropy(logits, np.array([0, 1]))[1].dtype == np.float32


def test_a_step_for_each_model_and_optimizer():
    x, y = tf.zeros((4, 2)), tf.constant([0, 1, 0, 1])
    for optimizer in (keras.optimizers.Adam(), keras.optimizers.Adam(), keras.optimizers.SGD()):
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
        step = reference.make_train_step(model, optimizer)
        step(x, y)
        traces = step.experimental_get_tracing_count()
        step(x + 1, y)
        assert step.experimental_get_tracing_count() == traces


def test_a_layer_that_is_not_asked_for_is_named():
    def build_mlp():
        layers = [keras.Input((28, 28, 1)), keras.layers.Flatten()]
        for _ in range(2):
            layers += [keras.layers.Dense(256, activation="relu"), keras.layers.Dropout(0.3)]
        return keras.Sequential([*layers, keras.layers.Dense(10)])

    assert "a Dropout after ReLU" in week2.build_mlp.examine(build_mlp, 0).mistake


@pytest.fixture(scope="module")
def small_digits():
    """Handwritten digits of 64 pixels from 0 to 1, and their labels."""
    from sklearn.datasets import load_digits

    pixels, labels = load_digits(return_X_y=True)
    return (pixels[:600] / 16).astype(np.float32), labels[:600]


def _layers(draw, *widths):
    """Return dense layers with a ReLU between them; draw: function from a shape to weights."""
    layers = []
    for pair in zip(widths, widths[1:]):
        layers += [(draw(pair).astype(np.float32), np.zeros(pair[1], np.float32)), ()]
    return layers[:-1]


@pytest.mark.parametrize("seed", range(3))
def test_an_epoch_learns_in_numpy_and_from_equal_weights_hardly(small_digits, seed):
    rng = np.random.default_rng(seed)
    drawn = _layers(lambda shape: rng.normal(size=shape) * np.sqrt(2 / shape[0]), 64, 50, 10)
    alike = _layers(lambda shape: np.full(shape, 0.01), 64, 50, 10)
    for _ in range(3):
        for layers in (drawn, alike):
            reference.train_epoch(layers, *small_digits, 16, 0.1, rng)
    accuracies = []
    for layers in (drawn, alike):
        logits = reference._network_forward(layers, small_digits[0])[-1]
        accuracies.append(np.mean(logits.argmax(axis=1) == small_digits[1]))
    assert np.ptp(alike[0][0], axis=1).max() < 1e-3
    assert accuracies[0] > 0.7 and accuracies[1] < 0.4


def test_both_loops_do_the_same(small_digits):
    x, y = small_digits[0][:50], small_digits[1][:50]
    layers = _layers(np.zeros, 64, 10)
    ours = reference.train_epoch(layers, x, y, 8, 0.2, np.random.default_rng(0))
    W, b = tf.Variable(tf.zeros((64, 10))), tf.Variable(tf.zeros(10))

    def predict(x):
        return x @ W + b

    generator = np.random.default_rng(0)
    theirs = reference.train_epoch_with_tape(predict, [W, b], x, y, 8, 0.2, generator)
    np.testing.assert_allclose(ours, theirs, rtol=1e-4)
    np.testing.assert_allclose(layers[0][0], W.numpy(), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_the_loss_is_larger_while_dropout_is_at_work(small_digits, seed):
    rng = np.random.default_rng(seed)
    (x, y), layers = small_digits, _layers(lambda shape: rng.normal(size=shape) / 8, 64, 80, 10)
    hidden, (W, b) = layers[:2], layers[2]
    for start in 10 * list(range(0, len(x), 16)):
        activations = reference._network_forward(hidden, x[start : start + 16])
        kept, mask = reference.dropout_forward(activations[-1], 0.5, rng, training=True)
        _, grad = reference.softmax_cross_entropy(kept @ W + b, y[start : start + 16])
        grad, *of_last = reference.dense_backward(grad, kept, W)
        grad = reference.dropout_backward(grad, mask)
        of_hidden, _ = reference.network_backward(hidden, activations, grad)
        for parameter, slope in zip((W, b, *hidden[0]), (*of_last, *of_hidden)):
            parameter -= 0.1 * slope
    last = reference._network_forward(hidden, x)[-1]
    losses = []
    for training in (True, False):
        kept, _ = reference.dropout_forward(last, 0.5, rng, training)
        losses.append(reference.softmax_cross_entropy(kept @ W + b, y)[0])
    assert losses[0] > 1.2 * losses[1]


def test_a_mask_of_one_row_hears_of_its_shape():
    def dropout_forward(x, rate, rng, training):
        mask = (rng.random(x.shape[-1]) > rate) / (1 - rate) if training else 1
        return x * mask, mask

    verdict = week2.dropout_forward.examine(dropout_forward, 0)
    assert "The output and the mask have x's shape" in verdict.text


@pytest.mark.parametrize(
    "dropped, swapped", [(lambda rate: 1 - rate, True), (lambda rate: 0.5, False)]
)
def test_only_who_drops_what_should_stay_hears_so(dropped, swapped):
    def dropout_forward(x, rate, rng, training):
        stays = rng.random(x.shape) > dropped(rate)
        mask = np.where(stays, 1 / (1 - rate), 0) if training else np.ones_like(x)
        return np.where(mask > 0, x * mask, 0), mask

    for seed in range(3):
        verdict = week2.dropout_forward.examine(dropout_forward, seed)
        assert not verdict.ok and (SWAPPED in verdict.text) == swapped, verdict.text


def test_an_epoch_without_a_step_hears_that_nothing_changed():
    def train_epoch(layers, x, y, batch_size, rate, rng):
        rng.shuffle(x)  # and so other arrays than those of the mistakes that are known
        return [1.0] * -(-len(x) // batch_size)

    verdict = week2.train_epoch.examine(train_epoch, 0)
    assert not verdict.ok and "never had their turn" not in verdict.text
