"""Checks of week 2: for every exercise its points, the mistakes people make, and sound variants."""

import keras
import numpy as np
import tensorflow as tf
from scipy.special import log_softmax, softmax

from .core import catalogue
from .probes import week2 as probes

check = catalogue(2, probes)


def numeric_gradient(loss, x, hair=1e-5):
    """Return the slope of loss(x) along each element of an array, by central differences."""
    slopes = np.zeros_like(x, dtype=float)
    for index in np.ndindex(*x.shape):
        nudge = np.zeros_like(slopes)
        nudge[index] = hair
        slopes[index] = (loss(x + nudge) - loss(x - nudge)) / (2 * hair)
    return slopes


# --- tf_mse

tf_mse = check("tf_mse", rtol=1e-4)


@tf_mse.mistake("You summed the squares; the error is their mean.")
def mse_summed(predictions, targets):
    return tf.reduce_sum(tf.square(predictions - targets))


@tf_mse.mistake("This is the root of the mean squared error; leave the root out.")
def mse_with_root(predictions, targets):
    return tf.sqrt(tf.reduce_mean(tf.square(predictions - targets)))


@tf_mse.mistake("This is the mean absolute error: square the differences.")
def absolute_error(predictions, targets):
    return tf.reduce_mean(tf.abs(predictions - targets))


@tf_mse.mistake("Square first, then take the mean: otherwise errors of both signs cancel.")
def mean_first(predictions, targets):
    return tf.square(tf.reduce_mean(predictions - targets))


@tf_mse.mistake(
    "You averaged over the last axis alone; a matrix gives one number as well. "
    "`tf.reduce_mean` without an axis averages over all."
)
def over_the_last_axis(predictions, targets):
    return tf.reduce_mean(tf.square(predictions - targets), axis=-1)


@tf_mse.mistake(
    "The value is right, but NumPy computed it, and TensorFlow can't differentiate that. Use "
    "`tf.square` and `tf.reduce_mean`."
)
def by_numpy(predictions, targets):
    return np.mean(np.square(np.asarray(predictions) - np.asarray(targets)))


@tf_mse.mistake("You divided by the number of rows; a matrix has rows × columns numbers.")
def divided_by_rows(predictions, targets):
    return tf.reduce_sum(tf.square(predictions - targets)) / len(predictions)


@tf_mse.mistake("You halved the mean; that factor belongs to other definitions.")
def halved(predictions, targets):
    return tf.reduce_mean(tf.square(predictions - targets)) / 2


@tf_mse.alternative
def mse_by_power(predictions, targets):
    return tf.reduce_mean((targets - predictions) ** 2)


@tf_mse.alternative
def mse_by_division(predictions, targets):
    difference = tf.subtract(predictions, targets)
    return tf.reduce_sum(difference * difference) / tf.cast(tf.size(difference), difference.dtype)


@tf_mse.witness("Keras")
def mse_by_keras(predictions, targets):
    return keras.losses.MeanSquaredError()(targets, predictions)


# --- Scalar

Scalar = check(
    "Scalar",
    points=3,
    seconds=5,
    slow="Do you walk along each path anew? There are 2 to the 40 of them in one case here. Visit "
    "each Scalar once: in topological order, all that use it come before it.",
)


class _Tape:
    """A right Scalar, written so that each part can be replaced: the base of the wrong ones."""

    def __init__(self, data, _parents=()):
        self.data, self.grad, self.parents = float(data), 0.0, list(_parents)

    def lift(self, other):
        return other if isinstance(other, _Tape) else type(self)(other)

    def __add__(self, other):
        other = self.lift(other)
        return type(self)(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __radd__(self, other):
        return self + other

    def product_slopes(self, other):
        return other.data, self.data

    def __mul__(self, other):
        other = self.lift(other)
        slopes = self.product_slopes(other)
        return type(self)(self.data * other.data, zip((self, other), slopes))

    def __rmul__(self, other):
        return self * other

    def power_slope(self, n):
        return n * self.data ** (n - 1)

    def __pow__(self, n):
        return type(self)(self.data**n, [(self, self.power_slope(n))])

    def tanh_slope(self, value):
        return 1 - value * value

    def tanh(self):
        value = np.tanh(self.data)
        return type(self)(value, [(self, self.tanh_slope(value))])

    def order(self):
        """Return this Scalar and all it was computed from, each before its parents."""
        found, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node.parents:
                    visit(parent)
                found.insert(0, node)

        visit(self)
        return found

    def reset(self, order):
        for node in order:
            node.grad = 0.0

    def start(self):
        self.grad = 1.0

    def pass_on(self):
        for parent, slope in self.parents:
            parent.grad += slope * self.grad

    def backward(self):
        order = self.order()
        self.reset(order)
        self.start()
        for node in order:
            node.pass_on()


@Scalar.alternative
class ScalarByParts(_Tape):
    pass


@Scalar.alternative
class ScalarByClosures:
    def __init__(self, data):
        self.data, self.grad = data, 0.0
        self._push, self._from = lambda: None, ()

    def _make(self, data, push, *parents):
        result = ScalarByClosures(data)
        result._push, result._from = lambda: push(result.grad), parents
        return result

    def __add__(self, other):
        other = other if isinstance(other, ScalarByClosures) else ScalarByClosures(other)

        def push(grad):
            self.grad += grad
            other.grad += grad

        return self._make(self.data + other.data, push, self, other)

    def __mul__(self, other):
        other = other if isinstance(other, ScalarByClosures) else ScalarByClosures(other)

        def push(grad):
            self.grad += other.data * grad
            other.grad += self.data * grad

        return self._make(self.data * other.data, push, self, other)

    __radd__ = __add__
    __rmul__ = __mul__

    def __pow__(self, n):
        def push(grad):
            self.grad += n * self.data ** (n - 1) * grad

        return self._make(self.data**n, push, self)

    def tanh(self):
        value = (np.exp(2 * self.data) - 1) / (np.exp(2 * self.data) + 1)

        def push(grad):
            self.grad += (1 - value**2) * grad

        return self._make(value, push, self)

    def _sorted(self, seen):
        if self in seen:
            return []
        seen.add(self)
        return [node for parent in self._from for node in parent._sorted(seen)] + [self]

    def backward(self):
        nodes = self._sorted(set())
        for node in nodes:
            node.grad = 0.0
        self.grad = 1.0
        while nodes:
            nodes.pop()._push()


@Scalar.mistake(
    "A Scalar that is used twice gets a share of the gradient from each use: add the shares up "
    "with `+=`. In a + a the derivative by a is 2."
)
class Overwrites(_Tape):
    def pass_on(self):
        for parent, slope in self.parents:
            parent.grad = slope * self.grad


@Scalar.mistake("The slopes of a product are swapped: d(a·b)/da is b.")
class SwapsFactors(_Tape):
    def product_slopes(self, other):
        return self.data, other.data


@Scalar.mistake("The slope of a power is n·aⁿ⁻¹: the exponent falls by one.")
class KeepsExponent(_Tape):
    def power_slope(self, n):
        return n * self.data**n


@Scalar.mistake("The slope of a power is n·aⁿ⁻¹: the factor n is missing.")
class ForgetsFactor(_Tape):
    def power_slope(self, n):
        return self.data ** (n - 1)


@Scalar.mistake("The slope of tanh is 1 − tanh²(a): you squared a itself, not its tanh.")
class SquaresInput(_Tape):
    def tanh_slope(self, value):
        return 1 - self.data**2


@Scalar.mistake("The slope of tanh is 1 − tanh²(a): you left out the square.")
class ForgetsSquare(_Tape):
    def tanh_slope(self, value):
        return 1 - value


@Scalar.mistake(
    "All gradients stay zero: a result's derivative with respect to itself is 1. Start there."
)
class NeverStarts(_Tape):
    def start(self):
        pass


@Scalar.mistake(
    "This isn't the chain rule yet: multiply the slope of each step by the gradient that arrived."
)
class ForgetsChain(_Tape):
    def pass_on(self):
        for parent, slope in self.parents:
            parent.grad += slope


@Scalar.mistake(
    "A Scalar passed its gradient on before all of it had arrived. Go in topological order: a "
    "Scalar's turn comes after all that were computed from it."
)
class WalksInBreadth(_Tape):
    def order(self):
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop(0)
            if node not in found:
                found.append(node)
                waiting += [parent for parent, _ in node.parents]
        return found


@Scalar.mistake(
    "A second backward() adds to what the first one left. Set all gradients to zero at its start."
)
class NeverResets(_Tape):
    def reset(self, order):
        for node in order:
            if not hasattr(node, "visited"):
                node.visited, node.grad = True, 0.0


@Scalar.mistake("Plain numbers must work too, as in a + 3: make a Scalar of them first.")
class TakesNoNumbers(_Tape):
    def lift(self, other):
        return other


@Scalar.mistake(
    "An operation made a Scalar without its parents: backward can't reach what it came from."
)
class ForgetsParents(_Tape):
    def tanh(self):
        return type(self)(np.tanh(self.data))


@Scalar.mistake("tanh returned a number; it must return a Scalar that knows its parent.")
class LeavesTheTape(_Tape):
    def tanh(self):
        return float(np.tanh(self.data))


@Scalar.mistake(
    "A Scalar passed its gradient on before any had arrived: append each to the list after its "
    "parents, and walk the list from its end."
)
class WalksFromTheStart(_Tape):
    def order(self):
        return super().order()[::-1]


@Scalar.mistake(
    "In a + a both parents are the same Scalar: a dict keeps one of them. Use a list of pairs."
)
class KeepsParentsInADict(_Tape):
    def __init__(self, data, _parents=()):
        super().__init__(data, dict(_parents).items())


@Scalar.mistake(
    "Set the gradients of the results in between to zero as well, not the leaves' alone."
)
class ResetsLeavesAlone(_Tape):
    def reset(self, order):
        for node in order:
            if not node.parents:
                node.grad = 0.0


@Scalar.witness("numeric differentiation")
class NumericScalar:
    def __init__(self, data, compute=None, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents
        self.compute = compute

    def _lift(self, other):
        return other if isinstance(other, NumericScalar) else NumericScalar(other)

    def _of(self, compute, *parents):
        return NumericScalar(compute(*(p.data for p in parents)), compute, parents)

    def __add__(self, other):
        return self._of(lambda a, b: a + b, self, self._lift(other))

    def __mul__(self, other):
        return self._of(lambda a, b: a * b, self, self._lift(other))

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, n):
        return self._of(lambda a: a**n, self)

    def tanh(self):
        return self._of(np.tanh, self)

    def _nodes(self, found):
        for parent in self.parents:
            if parent not in found:
                parent._nodes(found)
        found[self] = True
        return found

    def _value(self, nodes, nudged, hair):
        values = {}
        for node in nodes:
            known = [values[parent] for parent in node.parents]
            values[node] = node.compute(*known) if known else node.data
            values[node] += hair * (node is nudged)
        return values[self]

    def backward(self):
        nodes, hair = list(self._nodes({})), 1e-6
        for leaf in nodes:
            up, down = self._value(nodes, leaf, hair), self._value(nodes, leaf, -hair)
            leaf.grad = (up - down) / (2 * hair)


# --- relu_forward

relu_forward = check("relu_forward")


@relu_forward.mistake("Negative numbers become 0; you took their absolute value.")
def absolute_values(x):
    return np.abs(x)


@relu_forward.mistake("You kept the smaller of x and 0; ReLU keeps the larger.")
def smaller(x):
    return np.minimum(x, 0)


@relu_forward.mistake("Positive numbers keep their value; you returned where they are.")
def where_positive(x):
    return (x > 0).astype(float)


@relu_forward.mistake("Nothing is cut off above: only negative numbers change.")
def cut_at_one(x):
    return np.clip(x, 0, 1)


@relu_forward.mistake("You wrote into the caller's array; make a new one, as `np.maximum` does.")
def relu_in_place(x):
    x[x < 0] = 0
    return x


@relu_forward.mistake(
    "Python's `max` and `if` decide once for all; `np.maximum` does it element by element."
)
def by_pythons_max(x):
    return max(x, 0)


@relu_forward.mistake(
    "`np.max` looks for the largest element along an axis; `np.maximum` compares each with zero."
)
def by_np_max(x):
    return np.max(x, 0)


@relu_forward.mistake(
    "You kept only the positive elements; the others become 0 and stay in their places."
)
def positive_alone(x):
    return x[x > 0]


@relu_forward.alternative
def relu_by_where(x):
    return np.where(x > 0, x, 0.0)


@relu_forward.alternative
def relu_by_mask(x):
    return x * (x > 0)


@relu_forward.witness("TensorFlow")
def relu_by_tensorflow(x):
    return tf.nn.relu(x).numpy()


# --- relu_backward

relu_backward = check("relu_backward")


@relu_backward.mistake("You returned the slope alone; multiply it by the gradient that arrives.")
def slope_alone(grad_output, x):
    return (x > 0).astype(float)


@relu_backward.mistake(
    "The gradient passes where the *input* was positive; you looked at the sign of the gradient."
)
def sign_of_gradient(grad_output, x):
    return grad_output * (grad_output > 0)


@relu_backward.mistake("The slope is 1 where the input was positive, not the input itself.")
def times_the_output(grad_output, x):
    return grad_output * np.maximum(x, 0)


@relu_backward.mistake("You let the gradient through where the input was negative: reversed.")
def reversed_mask(grad_output, x):
    return grad_output * (x <= 0)


@relu_backward.mistake("Where the input was negative, the output is constant: the slope is 0.")
def lets_all_through(grad_output, x):
    return grad_output.copy()


@relu_backward.mistake("You wrote into the caller's gradient; make a new array.")
def backward_in_place(grad_output, x):
    grad_output[x <= 0] = 0
    return grad_output


@relu_backward.mistake("The slope for negative inputs is 0, not −1.")
def by_sign(grad_output, x):
    return grad_output * np.sign(x)


@relu_backward.mistake("The slope is 1 or 0; you multiplied by the input.")
def times_the_input(grad_output, x):
    return grad_output * x


@relu_backward.mistake("At an input of exactly 0 the slope counts as 0 here: compare with `>`.")
def slope_at_zero(grad_output, x):
    return grad_output * (x >= 0)


@relu_backward.alternative
def backward_by_where(grad_output, x):
    return np.where(x > 0, grad_output, 0.0)


@relu_backward.alternative
def backward_by_copy(grad_output, x):
    result = grad_output.copy()
    result[x <= 0] = 0
    return result


@relu_backward.witness("TensorFlow")
def relu_by_tape(grad_output, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.nn.relu(x)
    return tape.gradient(y, x, output_gradients=tf.constant(grad_output)).numpy()


# --- dense_forward

dense_forward = check("dense_forward")


@dense_forward.mistake("The bias is missing: add b to every row.")
def without_bias(x, W, b):
    return x @ W


@dense_forward.mistake("W is (inputs, outputs) already: don't transpose it.")
def weights_transposed(x, W, b):
    return x @ W.T + b


@dense_forward.mistake("The rows of x are the samples, so x stands on the left: x @ W.")
def weights_first(x, W, b):
    return W @ x + b


@dense_forward.mistake("`*` multiplies element by element; a matrix product is `@`.")
def element_by_element(x, W, b):
    return x * W + b


@dense_forward.mistake("You subtracted the bias; add it.")
def minus_bias(x, W, b):
    return x @ W - b


@dense_forward.mistake(
    "b belongs to the outputs, the columns: leave its shape, and NumPy adds it to each row."
)
def bias_as_a_column(x, W, b):
    return x @ W + b.reshape(-1, 1)


@dense_forward.mistake("The result is transposed: samples are the rows.")
def result_transposed(x, W, b):
    return (x @ W + b).T


@dense_forward.alternative
def dense_by_dot(x, W, b):
    return np.dot(x, W) + b[np.newaxis, :]


@dense_forward.alternative
def dense_by_einsum(x, W, b):
    return np.einsum("ni,io->no", x, W) + b


@dense_forward.witness("Keras")
def dense_by_keras(x, W, b):
    layer = keras.layers.Dense(len(b))
    layer.build(x.shape)
    layer.set_weights([W, b])
    return layer(x).numpy().astype(float)


# --- dense_backward

dense_backward = check("dense_backward", points=2)


@dense_backward.mistake(
    "The bias gradient isn't summed over the batch: b is added to every row, so each row "
    "contributes."
)
def bias_not_summed(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output


@dense_backward.mistake(
    "The bias gradient is missing: it is the sum over the rows of the gradient that arrives."
)
def no_bias_gradient(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, np.zeros(W.shape[1])


@dense_backward.mistake("Sum the bias gradient over the batch (axis 0), not over the outputs.")
def bias_over_outputs(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=1)


@dense_backward.mistake(
    "You averaged over the batch; a sum belongs here. The loss is a mean already, and its own "
    "gradient holds that 1/n."
)
def averaged(grad_output, x, W):
    n = len(x)
    return grad_output @ W.T, x.T @ grad_output / n, grad_output.mean(axis=0)


@dense_backward.mistake("Only the bias gradient is averaged: sum it, as the product sums grad_W.")
def bias_averaged(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.mean(axis=0)


@dense_backward.mistake("grad_W is transposed: it has W's shape, so x comes first: x.T @ …")
def grad_w_transposed(grad_output, x, W):
    return grad_output @ W.T, grad_output.T @ x, grad_output.sum(axis=0)


@dense_backward.mistake(
    "In grad_x the weights are transposed: each input gathers from its outputs."
)
def weights_not_transposed(grad_output, x, W):
    return grad_output @ W, x.T @ grad_output, grad_output.sum(axis=0)


@dense_backward.mistake("The order of the results is (grad_x, grad_W, grad_b).")
def other_order(grad_output, x, W):
    return x.T @ grad_output, grad_output.sum(axis=0), grad_output @ W.T


@dense_backward.mistake("grad_b has b's shape, (outputs,): leave out keepdims.")
def bias_keeps_its_axis(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=0, keepdims=True)


@dense_backward.mistake(
    "You divided grad_W by the batch size; the gradient of the loss holds that 1/n already."
)
def weights_averaged(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output / len(x), grad_output.sum(axis=0)


@dense_backward.mistake("grad_x is transposed: it has the shape of x.")
def grad_x_transposed(grad_output, x, W):
    return W @ grad_output.T, x.T @ grad_output, grad_output.sum(axis=0)


@dense_backward.mistake(
    "The order of the results is (grad_x, grad_W, grad_b); yours begins with W."
)
def weights_before_input(grad_output, x, W):
    return x.T @ grad_output, grad_output @ W.T, grad_output.sum(axis=0)


@dense_backward.alternative
def backward_by_einsum(grad_output, x, W):
    return (
        np.einsum("no,io->ni", grad_output, W),
        np.einsum("ni,no->io", x, grad_output),
        np.einsum("no->o", grad_output),
    )


@dense_backward.alternative
def backward_row_by_row(grad_output, x, W):
    grad_W = sum(np.outer(row, grad) for row, grad in zip(x, grad_output))
    return (W @ grad_output.T).T, grad_W, np.ones(len(x)) @ grad_output


@dense_backward.witness("numeric differentiation")
def dense_numerically(grad_output, x, W):
    def loss(x, W, b):
        return np.sum(grad_output * (x @ W + b))

    b = np.zeros(W.shape[1])
    return (
        numeric_gradient(lambda x: loss(x, W, b), x),
        numeric_gradient(lambda W: loss(x, W, b), W),
        numeric_gradient(lambda b: loss(x, W, b), b),
    )


# --- softmax_cross_entropy

softmax_cross_entropy = check("softmax_cross_entropy", points=2)


def _one_hot(labels, classes):
    return np.eye(classes)[labels]


def _picked(array, labels):
    return array[np.arange(len(labels)), labels]


@softmax_cross_entropy.mistake(
    "You summed over the batch; the loss is a mean, and so is its gradient."
)
def entropy_summed(logits, labels):
    grad = softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])
    return -_picked(log_softmax(logits, axis=1), labels).sum(), grad


@softmax_cross_entropy.mistake(
    "The loss is a mean over the batch, so its gradient is divided by the batch size too."
)
def gradient_summed(logits, labels):
    grad = softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])
    return -_picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "The softmax runs over the wrong axis: each row's probabilities sum to 1, so axis=1."
)
def softmax_over_batch(logits, labels):
    grad = (softmax(logits, axis=0) - _one_hot(labels, logits.shape[1])) / len(labels)
    return -_picked(log_softmax(logits, axis=0), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "log(0) is −inf: a probability can round to 0. Take the logarithm of the softmax by hand: "
    "z − log Σ eᶻ, with the row's largest logit subtracted first."
)
def log_of_zero(logits, labels):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = shifted / shifted.sum(axis=1, keepdims=True)
    return -np.log(_picked(p, labels)).mean(), (p - _one_hot(labels, p.shape[1])) / len(labels)


@softmax_cross_entropy.mistake(
    "e^1000 overflows. Subtract each row's largest logit first: the softmax stays the same."
)
def entropy_overflows(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(_picked(p, labels)).mean(), (p - _one_hot(labels, p.shape[1])) / len(labels)


def _kept_from_zero(small):
    def kept_from_zero(logits, labels):
        p = softmax(logits, axis=1)
        loss = -np.log(_picked(p, labels) + small).mean()
        return loss, (p - _one_hot(labels, p.shape[1])) / len(labels)

    return softmax_cross_entropy.mistake(
        "You kept the logarithm away from zero by a small number, so a confident wrong answer "
        "costs too little: at a logit of 1000 the loss of one sample is 1000. Use the logits."
    )(kept_from_zero)


for exponent in (6, 7, 8, 9, 10, 12, 15):
    _kept_from_zero(10.0**-exponent)


@softmax_cross_entropy.mistake("The sign of the gradient is wrong: it is p − one-hot, over n.")
def gradient_sign(logits, labels):
    grad = (_one_hot(labels, logits.shape[1]) - softmax(logits, axis=1)) / len(labels)
    return -_picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "The gradient holds p alone: subtract 1 at each row's label. That is what pulls it up."
)
def gradient_without_label(logits, labels):
    grad = softmax(logits, axis=1) / len(labels)
    return -_picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "The sign of the loss is wrong: it is minus the logarithm of a probability, never negative."
)
def loss_sign(logits, labels):
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / len(labels)
    return _picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake("You wrote into the caller's logits; make a new array.")
def entropy_in_place(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / len(labels)
    return -_picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "`array[:, labels]` takes whole columns; pick one entry of each row: index rows and columns "
    "together, `array[rows, labels]`."
)
def picks_columns(logits, labels):
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / len(labels)
    return -log_softmax(logits, axis=1)[:, labels].mean(), grad


@softmax_cross_entropy.mistake(
    "Divide by the number of samples: you averaged over the classes as well."
)
def averaged_over_classes(logits, labels):
    grad = softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])
    loss = -_picked(log_softmax(logits, axis=1), labels).sum() / logits.size
    return loss, grad / logits.size


@softmax_cross_entropy.mistake("The order of the results is (loss, gradient).")
def gradient_first(logits, labels):
    return entropy_by_scipy(logits, labels)[::-1]


@softmax_cross_entropy.alternative
def entropy_by_scipy(logits, labels):
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / logits.shape[0]
    return float(np.mean(-_picked(log_softmax(logits, axis=1), labels))), grad


@softmax_cross_entropy.alternative
def entropy_by_logaddexp(logits, labels):
    total = np.logaddexp.reduce(logits, axis=1)
    loss = np.mean(total - _picked(logits, labels))
    grad = np.exp(logits - total[:, None])
    np.subtract.at(grad, (range(len(labels)), labels), 1)
    return loss, grad * (1 / len(labels))


@softmax_cross_entropy.witness("TensorFlow")
def entropy_by_tensorflow(logits, labels):
    logits = tf.convert_to_tensor(logits)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
    return loss.numpy(), tape.gradient(loss, logits).numpy()


# --- network_backward

network_backward = check("network_backward", points=2)


def _dense(grad, x, W):
    return grad @ W.T, (x.T @ grad, grad.sum(axis=0))


@network_backward.mistake("The list is in the order of your walk; it belongs in the layers' order.")
def in_order_of_walk(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[-2::-1]):
        if layer:
            grad, parameters = _dense(grad, x, layer[0])
            gradients.append(parameters)
        else:
            grad = grad * (x > 0)
            gradients.append(())
    return gradients


@network_backward.mistake(
    "You gave each layer its output; its backward step needs its input, activations[i]."
)
def with_outputs(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[::-1]):
        if layer:
            grad, parameters = _dense(grad, x, layer[0])
            gradients.insert(0, parameters)
        else:
            grad = grad * (x > 0)
            gradients.insert(0, ())
    return gradients


@network_backward.mistake(
    "The gradient doesn't travel: each layer gets what the layer after it passed on, not the "
    "gradient at the logits."
)
def gradient_stays(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[-2::-1]):
        if layer:
            gradients.insert(0, _dense(grad, x, layer[0])[1])
        else:
            gradients.insert(0, ())
    return gradients


@network_backward.mistake("The gradient goes through the ReLU layers unchanged: send it through.")
def relu_skipped(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[-2::-1]):
        if layer:
            grad, parameters = _dense(grad, x, layer[0])
            gradients.insert(0, parameters)
        else:
            gradients.insert(0, ())
    return gradients


@network_backward.mistake("A ReLU layer has a place in the list too: its gradients are ().")
def without_relu_entries(layers, activations, grad):
    return [item for item in _right_way(layers, activations, grad) if item]


@network_backward.mistake(
    "grad_x is no parameter's gradient: a dense layer's are (grad_W, grad_b)."
)
def with_grad_x(layers, activations, grad):
    gradients = []
    for i in reversed(range(len(layers))):
        if layers[i]:
            travelled, parameters = _dense(grad, activations[i], layers[i][0])
            gradients.insert(0, (travelled, *parameters))
            grad = travelled
        else:
            grad = grad * (activations[i] > 0)
            gradients.insert(0, ())
    return gradients


@network_backward.mistake("A ReLU layer's gradients are an empty tuple, (), not None.")
def none_for_relu(layers, activations, grad):
    return [item or None for item in _right_way(layers, activations, grad)]


@network_backward.mistake("The order of a dense layer's gradients is (grad_W, grad_b).")
def bias_gradient_first(layers, activations, grad):
    return [item[::-1] for item in _right_way(layers, activations, grad)]


@network_backward.alternative
def _right_way(layers, activations, grad):
    gradients = [()] * len(layers)
    for i in reversed(range(len(layers))):
        if len(layers[i]) == 0:
            grad = grad * (activations[i] > 0)
        else:
            grad, gradients[i] = _dense(grad, activations[i], layers[i][0])
    return gradients


@network_backward.alternative
def by_recursion(layers, activations, grad):
    if not layers:
        return []
    *before, last = layers
    x = activations[-2]
    if last:
        grad, mine = _dense(grad, x, last[0])
    else:
        grad, mine = np.where(x > 0, grad, 0), ()
    return [*by_recursion(before, activations[:-1], grad), mine]


@network_backward.witness("numeric differentiation")
def network_numerically(layers, activations, grad):
    def loss_with(number, place, value):
        x = activations[0]
        for i, layer in enumerate(layers):
            layer = [value if (i, k) == (number, place) else p for k, p in enumerate(layer)]
            x = x @ layer[0] + layer[1] if layer else np.maximum(x, 0)
        return np.sum(grad * x)

    return [
        tuple(
            numeric_gradient(lambda value, i=i, k=k: loss_with(i, k, value), parameter)
            for k, parameter in enumerate(layer)
        )
        for i, layer in enumerate(layers)
    ]


# --- softmax_regression

softmax_regression = check("softmax_regression")


@softmax_regression.mistake("The bias is missing: add b to every row of the logits.")
def regression_without_bias(x, W, b):
    logits = tf.matmul(x, W)
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


@softmax_regression.mistake(
    "The softmax runs over the wrong axis: the probabilities of a row sum to 1. The last axis is "
    "the default."
)
def regression_over_batch(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits, axis=0), tf.argmax(logits, axis=1)


@softmax_regression.mistake("The classes come from the wrong axis: take the argmax of each row.")
def classes_over_batch(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits), tf.argmax(logits)


@softmax_regression.mistake("The first result is the logits, before the softmax.")
def probabilities_twice(x, W, b):
    probabilities = tf.nn.softmax(x @ W + b)
    return probabilities, probabilities, tf.argmax(probabilities, axis=1)


@softmax_regression.mistake(
    "The sigmoid treats each class alone; with the softmax the probabilities sum to 1."
)
def by_sigmoid(x, W, b):
    logits = x @ W + b
    return logits, tf.sigmoid(logits), tf.argmax(logits, axis=1)


@softmax_regression.mistake("e^1000 overflows; `tf.nn.softmax` subtracts the largest logit first.")
def regression_overflows(x, W, b):
    logits = x @ W + b
    exponentials = tf.exp(logits)
    probabilities = exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)
    return logits, probabilities, tf.argmax(logits, axis=1)


@softmax_regression.mistake("The third result is one class a row, an integer: use `tf.argmax`.")
def one_hot_classes(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits), tf.one_hot(tf.argmax(logits, axis=1), logits.shape[1])


@softmax_regression.mistake("The order of the results is (logits, probabilities, classes).")
def probabilities_first(x, W, b):
    logits = x @ W + b
    return tf.nn.softmax(logits), logits, tf.argmax(logits, axis=1)


@softmax_regression.mistake(
    "That is the largest value of each row; its place is the class: `tf.argmax`."
)
def largest_values(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits), tf.reduce_max(logits, axis=1)


@softmax_regression.mistake("The second result is made of logarithms; probabilities are asked for.")
def log_probabilities(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.log_softmax(logits), tf.argmax(logits, axis=1)


@softmax_regression.mistake(
    "The values are right, but the tape lost track of them: compute with the tensors themselves, "
    "not with NumPy copies of them."
)
def off_the_tape(x, W, b):
    logits = tf.constant(np.asarray(x) @ np.asarray(W) + np.asarray(b))
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


@softmax_regression.alternative
def regression_by_hand(x, W, b):
    logits = tf.linalg.matmul(x, W) + b[tf.newaxis]
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    probabilities = exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)
    return logits, probabilities, tf.argmax(probabilities, axis=1, output_type=tf.int32)


@softmax_regression.alternative
def regression_by_exp_of_log(x, W, b):
    logits = tf.nn.bias_add(x @ W, b)
    return [logits, tf.exp(tf.nn.log_softmax(logits)), tf.math.argmax(logits, -1)]


@softmax_regression.witness("Keras")
def regression_by_keras(x, W, b):
    logits = keras.ops.add(keras.ops.matmul(x, W), b)
    probabilities = keras.layers.Softmax()(logits)
    return logits, probabilities, keras.ops.argmax(probabilities, axis=1)


# --- make_train_step

make_train_step = check("make_train_step", points=2, rtol=1e-4, atol=1e-5)
NO_RECORD = (
    "The tape has no record of how the loss came from the weights. The model must run inside the "
    "tape's `with` block; and the tape watches variables by itself, but tensors, like copies of "
    "variables, only after `tape.watch`."
)


def _entropy(**options):
    return keras.losses.SparseCategoricalCrossentropy(**{"from_logits": True, **options})


def _train_step(model, optimizer, loss=None, training=True, update=None):
    """Return a step of which single parts can be replaced."""
    loss = loss or _entropy()
    update = update or (lambda gradients, weights: optimizer.apply(gradients, weights))

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            value = loss(y, model(x, training=training))
        update(tape.gradient(value, model.trainable_variables), model.trainable_variables)
        return value

    return step


@make_train_step.mistake(
    "The loss was told that it gets probabilities, but the model gives logits: from_logits=True."
)
def logits_as_probabilities(model, optimizer):
    return _train_step(model, optimizer, loss=_entropy(from_logits=False))


@make_train_step.mistake(NO_RECORD)
def outside_the_tape(model, optimizer):
    @tf.function
    def step(x, y):
        logits = model(x, training=True)
        with tf.GradientTape() as tape:
            loss = _entropy()(y, logits)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step


@make_train_step.mistake(NO_RECORD)
def copies_not_watched(model, optimizer):
    @tf.function
    def step(x, y):
        copies = [tf.convert_to_tensor(weight) for weight in model.trainable_variables]
        with tf.GradientTape() as tape:
            loss = _entropy()(y, model(x, training=True))
        gradients = tape.gradient(loss, copies)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step


@make_train_step.mistake(
    "The model runs as if it were being tested: call it with training=True, so that batch norm "
    "and dropout do their training work."
)
def runs_as_in_a_test(model, optimizer):
    return _train_step(model, optimizer, training=False)


@make_train_step.mistake("You summed the losses of the batch; the loss is their mean.")
def loss_summed(model, optimizer):
    return _train_step(model, optimizer, loss=_entropy(reduction="sum"))


@make_train_step.mistake("The step is right, but not compiled: put `@tf.function` above it.")
def not_compiled(model, optimizer):
    return _train_step(model, optimizer).python_function


@make_train_step.mistake("The weights never move: hand the gradients to the optimizer.")
def never_applied(model, optimizer):
    return _train_step(model, optimizer, update=lambda gradients, weights: None)


@make_train_step.mistake(
    "You moved the weights yourself; the optimizer does it, in its own way: apply_gradients."
)
def moved_by_hand(model, optimizer):
    def update(gradients, weights):
        for gradient, weight in zip(gradients, weights):
            weight.assign_sub(optimizer.learning_rate * gradient)

    return _train_step(model, optimizer, update=update)


@make_train_step.mistake("The step returns nothing: return the loss.")
def returns_nothing(model, optimizer):
    step = _train_step(model, optimizer)
    return tf.function(lambda x, y: None if step(x, y) is None else None)


@make_train_step.mistake("Return the inner function itself, `step`; nothing is called yet.")
def returns_no_function(model, optimizer):
    _train_step(model, optimizer)


@make_train_step.mistake("apply_gradients wants pairs: zip the gradients with the variables.")
def without_pairs(model, optimizer):
    return _train_step(
        model, optimizer, update=lambda gradients, weights: optimizer.apply_gradients(gradients)
    )


@make_train_step.mistake("A Keras loss takes the labels first, then the predictions.")
def predictions_first(model, optimizer):
    return _train_step(model, optimizer, loss=lambda y, logits: _entropy()(logits, y))


@make_train_step.mistake("Each sample has a loss of its own: return their mean.")
def a_loss_a_sample(model, optimizer):
    return _train_step(model, optimizer, loss=_entropy(reduction=None))


@make_train_step.mistake(
    "You made an optimizer of your own; use the one that was given, whatever it is."
)
def own_optimizer(model, optimizer):
    return _train_step(model, keras.optimizers.Adam(0.01))


@make_train_step.alternative
def with_low_level_loss(model, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
            loss = tf.reduce_mean(losses)
        weights = model.trainable_weights
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return tf.function(step)


@make_train_step.alternative
def with_keras_ops(model, optimizer):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(images, labels):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(
                keras.losses.sparse_categorical_crossentropy(
                    labels, model(images, training=True), from_logits=True
                )
            )
        weights = model.trainable_variables
        optimizer.apply_gradients(list(zip(tape.gradient(loss, weights), weights)))
        return loss

    return step


@make_train_step.witness("Keras's own training")
def by_keras_training(model, optimizer):
    model.compile(optimizer=optimizer, loss=_entropy())

    def step(x, y):
        model.reset_metrics()  # older Keras tells the mean of all batches so far
        return model.train_on_batch(x, y)

    step.get_concrete_function = None  # Keras compiles it inside
    return step


# --- build_mlp

build_mlp = check("build_mlp")


def _mlp(units=(256, 256), activation="relu", end=None):
    hidden = [keras.layers.Dense(n, activation=activation) for n in units]
    return keras.Sequential(
        [keras.Input((28, 28, 1)), keras.layers.Flatten()]
        + [*hidden, keras.layers.Dense(10, activation=end)]
    )


@build_mlp.mistake(
    "It ends in a softmax; the classifiers of this course give logits, and the loss is told so."
)
def mlp_with_softmax():
    return _mlp(end="softmax")


@build_mlp.mistake(
    "The hidden layers have no activation: without one, three linear layers are one linear layer."
)
def mlp_without_activation():
    return _mlp(activation=None)


@build_mlp.mistake("The hidden layers have a sigmoid; use ReLU.")
def mlp_with_sigmoid():
    return _mlp(activation="sigmoid")


@build_mlp.mistake("The last layer has a ReLU, so no logit can be negative: leave it out there.")
def mlp_with_relu_at_the_end():
    return _mlp(end="relu")


@build_mlp.mistake("There is one hidden layer; two of 256 are asked for.")
def mlp_with_one_layer():
    return _mlp(units=(256,))


@build_mlp.mistake(
    "The images aren't flattened: a dense layer works on the last axis, which has one channel."
)
def mlp_without_flatten():
    layers = [keras.layers.Dense(256, activation="relu") for _ in range(2)]
    return keras.Sequential([keras.Input((28, 28, 1)), *layers, keras.layers.Dense(10)])


@build_mlp.mistake(
    "The model has no weights yet, because it doesn't know its input: begin with "
    "`keras.Input((28, 28, 1))`."
)
def mlp_without_input():
    return keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10)])


@build_mlp.mistake("The hidden layers have a tanh; use ReLU.")
def mlp_with_tanh():
    return _mlp(activation="tanh")


@build_mlp.mistake("The hidden layers have 256 units each.")
def mlp_with_128_units():
    return _mlp(units=(128, 128))


@build_mlp.mistake("Two hidden layers are asked for; there are three.")
def mlp_with_three_layers():
    return _mlp(units=(256, 256, 256))


@build_mlp.alternative
def mlp_functional():
    images = keras.Input(shape=(28, 28, 1))
    hidden = keras.layers.Flatten()(images)
    for _ in range(2):
        hidden = keras.layers.Dense(256, "relu")(hidden)
    return keras.Model(images, keras.layers.Dense(10)(hidden))


@build_mlp.alternative
def mlp_step_by_step():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(keras.layers.Reshape((784,)))
    for units in (256, 256):
        model.add(keras.layers.Dense(units))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Dense(10, activation="linear"))
    return model


# --- evaluate_in_batches

evaluate_in_batches = check("evaluate_in_batches", points=2, rtol=1e-4, atol=1e-5)


def _batch_logits(model, x, y, batch_size, training=False):
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        yield model(x[rows], training=training).numpy(), y[rows]


def _losses(logits, labels):
    return -_picked(log_softmax(logits, axis=1), labels)


def _right(logits, labels):
    return logits.argmax(axis=1) == labels


def _sums(found, number):
    """Return loss and accuracy of batches of (logits, labels), added up and divided by a number."""
    loss, right = 0.0, 0
    for logits, labels in found:
        loss, right = loss + _losses(logits, labels).sum(), right + _right(logits, labels).sum()
    return loss / number, right / number


@evaluate_in_batches.mistake("The last batch is dropped: it is smaller, and counts all the same.")
def drops_the_last(model, x, y, batch_size):
    whole = len(x) // batch_size * batch_size
    return _sums(_batch_logits(model, x[:whole], y[:whole], batch_size), max(whole, 1))


@evaluate_in_batches.mistake("The last batch is dropped: it is smaller, and counts all the same.")
def drops_the_last_but_divides_by_all(model, x, y, batch_size):
    whole = len(x) // batch_size * batch_size
    return _sums(_batch_logits(model, x[:whole], y[:whole], batch_size), len(x))


@evaluate_in_batches.mistake(
    "You averaged the batches' means: a sample of the smaller last batch then counts more than "
    "the others. Add up, and divide once by the number of samples."
)
def mean_of_means(model, x, y, batch_size):
    found = list(_batch_logits(model, x, y, batch_size))
    return (
        np.mean([_losses(*item).mean() for item in found]),
        np.mean([_right(*item).mean() for item in found]),
    )


@evaluate_in_batches.mistake("The model runs as if it trained: call it with training=False.")
def evaluates_in_training(model, x, y, batch_size):
    return _sums(_batch_logits(model, x, y, batch_size, training=True), len(x))


@evaluate_in_batches.mistake("All rows went through the model at once: take batch_size at a time.")
def all_at_once(model, x, y, batch_size):
    logits = model(x, training=False).numpy()
    return _losses(logits, y).mean(), _right(logits, y).mean()


@evaluate_in_batches.mistake(
    "The loss was told that it gets probabilities, but the model gives logits: from_logits=True."
)
def evaluates_probabilities(model, x, y, batch_size):
    loss, right = 0.0, 0
    for logits, labels in _batch_logits(model, x, y, batch_size):
        losses = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=False)
        loss, right = loss + float(tf.reduce_sum(losses)), right + _right(logits, labels).sum()
    return loss / len(x), right / len(x)


@evaluate_in_batches.mistake("You returned sums; divide both by the number of samples.")
def sums(model, x, y, batch_size):
    return _sums(_batch_logits(model, x, y, batch_size), 1)


@evaluate_in_batches.mistake("The order of the results is (loss, accuracy).")
def accuracy_first(model, x, y, batch_size):
    return by_collecting(model, x, y, batch_size)[::-1]


@evaluate_in_batches.mistake(
    "You added up the batches' means and divided by the number of samples: add up sums."
)
def means_over_samples(model, x, y, batch_size):
    found = list(_batch_logits(model, x, y, batch_size))
    loss = sum(_losses(*item).mean() for item in found)
    return loss / len(x), sum(_right(*item).mean() for item in found) / len(x)


@evaluate_in_batches.mistake(
    "The loss is a mean of the batches' means: a sample of the smaller last batch counts more "
    "there. The accuracy is right."
)
def mean_of_means_in_the_loss(model, x, y, batch_size):
    found = list(_batch_logits(model, x, y, batch_size))
    return np.mean([_losses(*item).mean() for item in found]), _sums(found, len(x))[1]


@evaluate_in_batches.mistake("Accuracy is a share, from 0 to 1; yours is in per cent.")
def in_per_cent(model, x, y, batch_size):
    loss, accuracy = by_collecting(model, x, y, batch_size)
    return loss, 100 * accuracy


@evaluate_in_batches.alternative
def by_collecting(model, x, y, batch_size):
    found = [(_losses(*item), _right(*item)) for item in _batch_logits(model, x, y, batch_size)]
    losses, right = (np.concatenate(column) for column in zip(*found))
    return losses.mean(), right.mean()


@evaluate_in_batches.alternative
def by_weights(model, x, y, batch_size):
    loss = accuracy = 0.0
    for logits, labels in _batch_logits(model, x, y, batch_size):
        share = len(labels) / len(x)
        loss += share * float(_entropy()(labels, logits))
        accuracy += share * _right(logits, labels).mean()
    return loss, accuracy


@evaluate_in_batches.witness("Keras's own evaluation")
def by_keras_evaluation(model, x, y, batch_size):
    model.compile(loss=_entropy(), metrics=["accuracy"])
    return model.evaluate(x, y, batch_size=batch_size, verbose=0)


# --- build_convnet


def _facts_of_convnet(evidence):
    """Return what holds for every network that solves the exercise, up to the first that fails."""
    *before, training = evidence
    for seen in before:
        if seen["error"]:
            return [seen]
    facts = {}
    for name, fact, expected in _convnet_facts(*evidence):
        facts[name] = fact
        if fact != expected:
            return [{**evidence[0], "case": "the model", "value": facts}]
    return [{**training, "case": "the model", "value": facts}]


def _convnet_facts(count, images, sizes, training):
    """Yield (fact in words, what is so, what should be)."""
    yield "a model is returned", count["value"] is not None, True
    yield "its weights exist from the start", isinstance(count["value"], int), True
    logits = images["value"]
    yield "the shape of its outputs for three images", list(np.shape(logits)), [3, 10]
    yield "it has fewer than 50,000 parameters", count["value"] < 50_000, True
    kernels = sizes["value"]
    yield "it has a convolutional layer", len(kernels) > 0, True
    yield "a convolution looks at more than one pixel", max(kernels) > 1, True
    sums_to_one = bool(np.allclose(np.sum(logits, axis=1), 1, atol=1e-3))
    yield "each row of outputs sums to 1, as probabilities do", sums_to_one, False
    yield "no output is ever negative", bool(np.min(logits) >= 0), False
    seen = training["value"] or {"weights that stayed": [], "losses": [1, 0]}  # its error is told
    yield "weights that training does not reach", seen["weights that stayed"], []
    losses = seen["losses"]
    yield "it learns to tell four textures apart", bool(min(losses[-3:]) < 0.85 * losses[0]), True


build_convnet = check("build_convnet", points=2, properties=_facts_of_convnet)


def _convnet(head, filters=(8, 16), pool=True):
    layers = [keras.Input((28, 28, 1))]
    for n in filters:
        layers.append(keras.layers.Conv2D(n, 3, padding="same", activation="relu"))
        layers += [keras.layers.MaxPooling2D()] * pool
    return keras.Sequential([*layers, *head])


@build_convnet.mistake(
    "It ends in a softmax; the classifiers of this course give logits, and the loss is told so."
)
def convnet_with_softmax():
    return _convnet([keras.layers.Flatten(), keras.layers.Dense(10, activation="softmax")])


@build_convnet.mistake(
    "The last layer has a ReLU, so no logit can be negative: leave it out there."
)
def convnet_with_relu():
    return _convnet([keras.layers.Flatten(), keras.layers.Dense(10, activation="relu")])


@build_convnet.mistake(
    "It has 50,000 parameters or more. Most sit where the image is flattened: pool it smaller "
    "first."
)
def convnet_too_large():
    return _convnet([keras.layers.Flatten(), keras.layers.Dense(10)], pool=False)


@build_convnet.mistake("There is no convolution in it: begin with `keras.layers.Conv2D`.")
def dense_network():
    return _convnet([keras.layers.Flatten(), keras.layers.Dense(10)], filters=())


@build_convnet.mistake(
    "The image is never flattened, so each place gets outputs of its own: use Flatten, or "
    "GlobalAveragePooling2D, before the last layer."
)
def convnet_without_flatten():
    return _convnet([keras.layers.Dense(10)])


@build_convnet.mistake("Return the model: nothing came back.")
def no_convnet():
    convnet_averaging()


@build_convnet.mistake(
    "The model has no weights yet: begin with `keras.Input((28, 28, 1))`, so that it knows its "
    "input."
)
def convnet_without_input():
    layers = [keras.layers.Conv2D(16, 3, strides=2), keras.layers.Flatten(), keras.layers.Dense(10)]
    return keras.Sequential(layers)


@build_convnet.mistake("It gives another number of outputs than ten: there are ten digits.")
def convnet_with_nine_outputs():
    return _convnet([keras.layers.Flatten(), keras.layers.Dense(9)])


@build_convnet.mistake(
    "Every kernel is one pixel wide, so no unit sees a stroke: use kernels of 3×3."
)
def convnet_of_single_pixels():
    layers = [keras.Input((28, 28, 1)), keras.layers.Conv2D(4, 1, activation="relu")]
    layers += [keras.layers.Flatten(), keras.layers.Dense(10)]
    return keras.Sequential(layers)


@build_convnet.alternative
def convnet_averaging():
    return _convnet(
        [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10)], filters=(16, 32, 64)
    )


@build_convnet.alternative
def convnet_functional():
    images = keras.Input((28, 28, 1))
    x = keras.layers.Conv2D(12, 5, strides=2, activation="relu")(images)
    x = keras.layers.SeparableConv2D(24, 3, strides=2, activation="gelu")(x)
    x = keras.layers.Dropout(0.2)(keras.layers.Flatten()(x))
    return keras.Model(images, keras.layers.Dense(10)(x))


@build_convnet.alternative
def convnet_with_batch_norm():
    layers = [keras.Input((28, 28, 1))]
    for filters in (16, 24, 32):
        layers += [keras.layers.Conv2D(filters, 3, strides=2, use_bias=False)]
        layers += [keras.layers.BatchNormalization(), keras.layers.Activation("relu")]
    return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(10)])
