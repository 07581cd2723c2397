"""Reference solutions of week 2. Stuck? Open the hints in the notebook first."""

import keras
import numpy as np
import tensorflow as tf


def tf_mse(predictions, targets):
    """Return the mean squared error, computed by TensorFlow.

    predictions, targets: tensors or arrays of one shape, floats. Returns a scalar float tensor.
    """
    return tf.reduce_mean(tf.square(predictions - targets))


class Scalar:
    """A number that remembers how it was computed, so that it can be differentiated.

    data: a number. `.data` is its value, a float. After `result.backward()`, `.grad` of each
    Scalar that the result was computed from is d result / d that Scalar, a float.
    """

    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents  # pairs (Scalar, slope): what this was computed from

    def __add__(self, other):
        """Return self + other. other: a Scalar or a number."""
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        """Return self * other. other: a Scalar or a number."""
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])

    def __pow__(self, exponent):
        """Return self ** exponent. exponent: a number."""
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])

    def tanh(self):
        """Return the hyperbolic tangent of self."""
        value = np.tanh(self.data)
        return Scalar(value, [(self, 1 - value**2)])

    def backward(self):
        """Set `.grad` of self and of all Scalars that it was computed from, anew each time.

        Each is visited after all that were computed from it: reverse topological order.
        """
        order = _topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node._parents:
                parent.grad += slope * node.grad

    __radd__, __rmul__ = __add__, __mul__  # 2 + a and 2 * a


def _topological_order(result):
    """Return all Scalars that a result was computed from, each after its parents."""
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for parent, _ in node._parents:
                visit(parent)
            order.append(node)

    visit(result)
    return order


def relu_forward(x):
    """Return max(x, 0), element by element.

    x: array of floats of any shape. Returns a new array of that shape.
    """
    return np.maximum(x, 0)


def relu_backward(grad_output, x):
    """Return the gradient of the loss with respect to the input of `relu_forward`.

    grad_output: the gradient with respect to its output; x: its input; floats of one shape.
    Returns an array of that shape. At x = 0 the slope counts as 0.
    """
    return grad_output * (x > 0)


def dense_forward(x, W, b):
    """Return the outputs of a dense layer, for each row of x.

    x: (batch, inputs) float; W: (inputs, outputs) float; b: (outputs,) float.
    Returns (batch, outputs) float.
    """
    return x @ W + b


def dense_backward(grad_output, x, W):
    """Return the gradients of the loss with respect to x, W and b of `dense_forward`.

    grad_output: (batch, outputs) float, the gradient with respect to its output; x: (batch,
    inputs) float; W: (inputs, outputs) float.
    Returns (grad_x, grad_W, grad_b), shaped like x, W and b.
    """
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=0)


def softmax_cross_entropy(logits, labels):
    """Return the mean cross-entropy of softmax(logits), in nats, and its gradient.

    logits: (batch, classes) float, also ±1000; labels: (batch,) int, 0 to classes − 1.
    Returns (loss, grad_logits): a float, and an array shaped like logits.
    """
    rows = np.arange(len(labels))
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    grad = np.exp(log_probabilities)
    grad[rows, labels] -= 1
    return -log_probabilities[rows, labels].mean(), grad / len(labels)


def network_backward(layers, activations, grad):
    """Return the gradients of all layers' parameters, by the chain rule from last to first.

    layers: list; a dense layer is the pair (W, b), a ReLU layer is (). activations: list, one
    longer: activations[i] is the input of layers[i], the last one is the logits. grad: the
    gradient with respect to the logits. Returns a list like `layers`: (grad_W, grad_b) for a
    dense layer, () for a ReLU layer.
    """
    gradients = []
    for layer, x in zip(reversed(layers), reversed(activations[:-1])):
        if layer:
            grad, grad_W, grad_b = dense_backward(grad, x, layer[0])
            gradients.append((grad_W, grad_b))
        else:
            grad = relu_backward(grad, x)
            gradients.append(())
    return gradients[::-1]


def train_epoch(layers, x, y, batch_size, rate, rng):
    """Train by one pass over the data in mini-batches; return the losses of the batches.

    layers: list, as in `network_backward`; its parameters change by gradient descent. x: (n,
    inputs) float; y: (n,) int labels; batch_size: int, the last batch may be smaller; rate:
    float, the learning rate; rng: numpy Generator that shuffles: each sample is used
    once, in a new order in each call.
    Returns a list of floats: each batch's mean loss before its step.
    """
    order, losses = rng.permutation(len(x)), []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        activations = _network_forward(layers, x[rows])
        loss, grad = softmax_cross_entropy(activations[-1], y[rows])
        for layer, gradients in zip(layers, network_backward(layers, activations, grad)):
            for parameter, gradient in zip(layer, gradients):
                parameter -= rate * gradient
        losses.append(loss)
    return losses


def _network_forward(layers, x):
    """Return the activations: x, then the output of each layer; the notebook has it too."""
    activations = [x]
    for layer in layers:
        x = dense_forward(x, *layer) if layer else relu_forward(x)
        activations.append(x)
    return activations


def dropout_forward(x, rate, rng, training):
    """Return (output, mask) of a dropout layer; its output is x times the mask.

    x: array of floats; rate: float from 0 to below 1, the probability with which each number is
    dropped, independently of all others; rng: numpy Generator; training: bool.
    In training the mask, shaped like x, is 0 where a number is dropped and 1 / (1 − rate)
    elsewhere. Otherwise it is 1 everywhere: nothing is dropped.
    """
    if not training:
        return x, np.ones_like(x)
    mask = (rng.random(x.shape) >= rate) / (1 - rate)
    return x * mask, mask


def dropout_backward(grad_output, mask):
    """Return the gradient of the loss with respect to the input of `dropout_forward`.

    grad_output: the gradient with respect to its output; mask: the mask that it returned;
    floats of one shape. Returns a new array of that shape.
    """
    return grad_output * mask


def softmax_regression(x, W, b):
    """Return what a one-layer network says about each row of x.

    x: (batch, inputs) float tensor; W: (inputs, classes) and b: (classes,), float variables.
    Returns (logits, probabilities, classes): two (batch, classes) float tensors, and one
    (batch,) tensor of ints. Logits near 1000 give no overflow.
    """
    logits = tf.matmul(x, W) + b
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


def train_epoch_with_tape(predict, variables, x, y, batch_size, rate, rng):
    """Train by one pass over the data in mini-batches; return the losses of the batches.

    predict: function from a batch of x to its (batch, classes) logits; variables: list of
    tf.Variable, which change by gradient descent; a tape finds the gradients. The other
    parameters are as in `train_epoch`, x and y arrays. Returns a list of floats or scalar
    tensors: each batch's mean loss before its step, in nats, finite also for logits of ±1000.
    """
    order, losses = rng.permutation(len(x)), []
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        with tf.GradientTape() as tape:
            entropies = tf.nn.sparse_softmax_cross_entropy_with_logits(y[rows], predict(x[rows]))
            loss = tf.reduce_mean(entropies)
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(rate * gradient)
        losses.append(loss)
    return losses


def make_train_step(model, optimizer):
    """Return a compiled function that does one training step of a model that gives logits.

    model: keras.Model with logits (batch, classes); optimizer: a Keras optimizer.
    Returns step(x, y) -> loss, a `tf.function`; x is one batch, y its (batch,) int labels. It
    changes the model's trainable variables, and returns the mean cross-entropy before that,
    which is finite also for logits of ±1000.
    """
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_function(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step


def build_mlp():
    """Return a built Keras model: flatten, dense 256, dense 256 (both ReLU), dense 10.

    Its input is (batch, 28, 28, 1) float, its output (batch, 10) logits. 269,322 parameters.
    """
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


def evaluate_in_batches(model, x, y, batch_size):
    """Return the mean loss and the accuracy of a model that gives logits, over all of the data.

    model: keras.Model with logits (batch, classes); x: (n, …) array, perhaps too large for
    the model to take at once; y: (n,) int labels; batch_size: int, the last batch may be
    smaller. Returns (loss, accuracy), floats: the mean cross-entropy in nats, finite also for
    logits of ±1000, and the share of samples that are classified correctly.
    """
    loss, right = 0.0, 0
    for start in range(0, len(x), batch_size):
        labels = y[start : start + batch_size]
        logits = model(x[start : start + batch_size], training=False)
        losses = keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True)
        loss += float(tf.reduce_sum(losses))
        right += int(np.sum(np.argmax(logits, axis=1) == labels))
    return loss / len(x), right / len(x)


def build_convnet():
    """Return a built convolutional Keras model of fewer than 50,000 parameters.

    Its input is (batch, 28, 28, 1) float, its output (batch, 10) logits; it has activations.
    """
    layers = [keras.Input((28, 28, 1))]
    for filters in (16, 32, 64):
        layers += [
            keras.layers.Conv2D(filters, 3, padding="same", use_bias=False),
            keras.layers.BatchNormalization(momentum=0.9),
            keras.layers.ReLU(),
            keras.layers.MaxPooling2D(),
        ]
    layers += [keras.layers.Flatten(), keras.layers.Dropout(0.3), keras.layers.Dense(10)]
    return keras.Sequential(layers)
