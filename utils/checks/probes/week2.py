"""Probes of week 2: on which inputs each exercise is tried."""

import keras
import numpy as np
import tensorflow as tf

from .core import probe
from .models import outputs, set_known_weights, train_on, weight_shapes


def _float32(array):
    return np.asarray(array, np.float32)


@probe
def tf_mse(call, rng):
    for case, shape in (("vectors of 7", (7,)), ("vectors of 1", (1,)), ("matrices", (4, 3))):
        call(case, *map(tf.constant, _float32(rng.normal(size=(2, *shape)))))
    call("NumPy arrays", *rng.normal(size=(2, 5)))
    call.observe(
        "its gradient by TensorFlow's tape",
        _tape_gradient,
        call.function,
        *_float32(rng.normal(size=(2, 5))),
    )


def _tape_gradient(function, variable, *others):
    """Return the gradient of a function's result (the first of several) by its first argument."""
    variable = tf.Variable(variable)
    with tf.GradientTape() as tape:
        result = function(variable, *map(tf.constant, others))
        first = result[0] if isinstance(result, (list, tuple)) else result
    if not tf.is_tensor(first):
        return "no TensorFlow tensor came"
    gradient = tape.gradient(first, variable)
    return "none: the tape lost track" if gradient is None else gradient


# Expressions of two Scalars: the case in words, and the function.
EXPRESSIONS = {
    "a + b": lambda a, b: a + b,
    "a + a": lambda a, b: a + a,
    "a + 3": lambda a, b: a + 3,
    "3 + a": lambda a, b: 3 + a,
    "a * b": lambda a, b: a * b,
    "a * a": lambda a, b: a * a,
    "2 * a + b * 0.5": lambda a, b: 2 * a + b * 0.5,
    "a ** 3": lambda a, b: a**3,
    "a ** -1": lambda a, b: a**-1,
    "b ** 2, where b is negative": lambda a, b: b**2,
    "b.tanh(), where b is negative": lambda a, b: b.tanh(),
    "a.tanh()": lambda a, b: a.tanh(),
    "(a * b + a).tanh() * b": lambda a, b: (a * b + a).tanh() * b,
}


def _gradients(scalar, expression, a, b):
    """Return the value of an expression and its derivatives with respect to a and b."""
    a, b = scalar(a), scalar(b)
    result = expression(a, b)
    result.backward()
    return {"value": result.data, "derivative by a": a.grad, "derivative by b": b.grad}


def _shared(scalar, a):
    """Differentiate c · tanh(c) + c · d, where c and d share a: the order of visits matters."""
    a = scalar(a)
    c = a * a
    d = c + a
    result = c * c.tanh() + c * d
    result.backward()
    nodes = {"a": a, "c": c, "d": d, "the result itself": result}
    return {f"derivative by {name}": node.grad for name, node in nodes.items()}


def _chain(scalar, a):
    """Differentiate a long chain that doubles back on itself at each step."""
    a = scalar(a)
    result = a
    for _ in range(40):
        result = result * 0.5 + result * 0.4
    result.backward()
    return {"derivative by a": a.grad}


def _twice(scalar, a, b):
    """Differentiate the same expression twice."""
    a, b = scalar(a), scalar(b)
    result = a * b + a
    result.backward()
    result.backward()
    return {"derivative by a": a.grad, "derivative by b": b.grad}


def _again(scalar, a, b):
    """Differentiate a result, then a second one that is made from it."""
    a, b = scalar(a), scalar(b)
    c = a * b
    c.backward()
    (c * a).backward()
    return {"derivative by a": a.grad, "derivative by b": b.grad, "derivative by c": c.grad}


def _equal(scalar, a):
    """Differentiate a product of two Scalars that happen to have one value."""
    return _gradients(scalar, lambda a, b: a + b * 1 + a * 1, a, a)


@probe
def Scalar(call, rng):
    a, b = rng.uniform(0.3, 0.9, size=2) * (1, -1)
    call("a number", a, then=lambda scalar: [scalar.data, scalar.grad])
    for case, expression in EXPRESSIONS.items():
        call.observe(case, _gradients, call.function, expression, a, b)
    call.observe("c = a · a; d = c + a; c · tanh(c) + c · d", _shared, call.function, a)
    call.observe("40 times r = r · 0.5 + r · 0.4", _chain, call.function, a)
    call.observe("backward() called twice on a · b + a", _twice, call.function, a, b)
    call.observe("a and b of the same value: a + b · 1 + a · 1", _equal, call.function, a)
    call.observe("c = a · b; c.backward(); then (c · a).backward()", _again, call.function, a, b)


def _signs(rng, shape):
    """Return floats of both signs, none near zero, where slopes jump."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.2, 2, size=shape)


@probe
def relu_forward(call, rng):
    call("a batch of five", _signs(rng, (5, 4)))
    call("images", _signs(rng, (2, 3, 3, 1)))
    call("zeros", np.zeros((2, 2)))
    call("the kind of result", _signs(rng, (2, 2)), then=_kind_of_array)


def _kind_of_array(value):
    return "a NumPy array" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"


@probe
def relu_backward(call, rng):
    call("a batch of five", rng.normal(size=(5, 4)), _signs(rng, (5, 4)))
    call("images", rng.normal(size=(2, 3, 3, 1)), _signs(rng, (2, 3, 3, 1)))
    call("inputs of exactly 0", rng.normal(size=(2, 3)), np.zeros((2, 3)))


@probe
def dense_forward(call, rng):
    W, b = rng.normal(size=(4, 3)), rng.normal(size=3)
    call("a batch of five", rng.normal(size=(5, 4)), W, b)
    call("a batch of one", rng.normal(size=(1, 4)), W, b)
    call("a square W, and as many rows", *rng.normal(size=(2, 4, 4)), rng.normal(size=4))
    call("the kind of result", rng.normal(size=(2, 4)), W, b, then=_kind_of_array)


@probe
def dense_backward(call, rng):
    W = rng.normal(size=(4, 3))
    call("a batch of five", rng.normal(size=(5, 3)), rng.normal(size=(5, 4)), W)
    call("a batch of one", rng.normal(size=(1, 3)), rng.normal(size=(1, 4)), W)
    call("a square W", *rng.normal(size=(2, 5, 4)), rng.normal(size=(4, 4)))


@probe
def softmax_cross_entropy(call, rng):
    labels = rng.permutation(6) % 4
    call("a batch of six", rng.normal(size=(6, 4)), labels)
    call("a batch of one", rng.normal(size=(1, 4)), labels[:1])
    extreme = 1000 * np.eye(4)[[0, 1, 2]]
    call("logits of 1000 and 0", extreme, np.array([0, 1, 3]))
    call("logits of −1000", np.full((2, 4), -1000.0), labels[:2])
    call(
        "one row near 1000, one near −1000",
        np.array([[1000.0, 999], [-999, -1000]]),
        labels[:2] % 2,
    )
    call("labels without the last class", rng.normal(size=(3, 4)), np.array([0, 1, 1]))


def _network(rng):
    """Return layers, the activations of a batch of six, and the gradient at the logits."""
    layers = [
        (rng.normal(size=(5, 4)), rng.normal(size=4)),
        (),
        (rng.normal(size=(4, 4)), rng.normal(size=4)),
        (),
        (rng.normal(size=(4, 3)), rng.normal(size=3)),
    ]
    activations = [rng.normal(size=(6, 5))]
    for layer in layers:
        x = activations[-1]
        activations.append(x @ layer[0] + layer[1] if layer else np.maximum(x, 0))
    return layers, activations, rng.normal(size=(6, 3))


@probe
def network_backward(call, rng):
    layers, activations, grad = _network(rng)
    call("dense, ReLU, dense, ReLU, dense", layers, activations, grad)
    call("one dense layer", layers[:1], activations[:2], rng.normal(size=(6, 4)))
    call("dense, ReLU", layers[:2], activations[:3], rng.normal(size=(6, 4)))


@probe
def softmax_regression(call, rng):
    x, W, b = (_float32(rng.normal(size=shape)) for shape in ((6, 5), (5, 4), (4,)))
    call("a batch of six", tf.constant(x), tf.Variable(W), tf.Variable(b))
    call("a batch of one", tf.constant(x[:1]), tf.Variable(W), tf.Variable(b))
    call("logits near 1000", tf.constant(x), tf.Variable(W), tf.Variable(b + 1000))
    call.observe(
        "the gradient of its logits by W",
        _tape_gradient,
        lambda W: call.function(tf.constant(x), W, tf.constant(b)),
        W,
    )


def _normalizing_model(rng):
    """Return a model whose batch norm shows whether the step told it that it trains."""
    normalize = keras.layers.BatchNormalization(momentum=0.5)
    layers = [keras.Input((4,)), normalize, keras.layers.Dense(3)]
    return set_known_weights(keras.Sequential(layers), rng)


def _take_steps(model, step, x, y):
    """Do three steps; return the losses and the weights at the end."""
    losses = [float(step(x, y)) for _ in range(3)]
    return {"losses": losses, "weights after three steps": [np.array(w) for w in model.weights]}


def _kind(step):
    return "a tf.function" if hasattr(step, "get_concrete_function") else "another kind of function"


@probe
def make_train_step(call, rng):
    x, y = tf.constant(_float32(rng.normal(size=(6, 4)))), tf.constant(rng.permutation(6) % 3)
    model = _normalizing_model(rng)
    step = call("a network with batch norm, Adam", model, keras.optimizers.Adam(0.01), then=_kind)
    call.observe("three steps of Adam", _take_steps, model, step, x, y)
    model, momentum = _normalizing_model(rng), keras.optimizers.SGD(0.3, momentum=0.9)
    step = call("a second model, momentum", model, momentum, then=_kind)
    x, y = tf.constant(_float32(rng.normal(size=(5, 4)))), tf.constant(rng.permutation(5) % 3)
    call.observe("three steps of momentum", _take_steps, model, step, x, y)


def _images(rng, count):
    return _float32(rng.uniform(size=(count, 28, 28, 1)))


@probe
def build_mlp(call, rng):
    x = _images(rng, 3)
    model = call("the shapes of its weights", then=weight_shapes)
    call.observe("its outputs, with weights of known values", _known_outputs, model, x, rng)


def _known_outputs(model, x, rng):
    if not model.weights:
        raise ValueError("The model has no weights yet.")
    return outputs(set_known_weights(model, rng), x)


def _textures(rng):
    """Return 16 noisy images of four textures, (16, 28, 28, 1), and their labels."""
    rows, columns = np.mgrid[:28, :28]
    patterns = np.stack([rows % 4 < 2, columns % 4 < 2, (rows + columns) % 6 < 3, rows < 0])
    labels = rng.permutation(16) % 4
    return patterns[labels][..., None] * np.float32(0.8) + 0.2 * _images(rng, 16), labels


@probe
def build_convnet(call, rng):
    x = _images(rng, 3)
    model = call("the model itself", then=_count_parameters)
    call.observe("its outputs on three images", lambda: outputs(model, 5 * x))
    call.observe("the sizes of its convolutions' kernels", _kernel_sizes, model)
    call.observe("twenty steps of training on four textures", _train_if_sound, model, rng)


def _count_parameters(model):
    """Return a model's number of parameters; None for no model, a word for one without weights."""
    if model is None:
        return None
    return model.count_params() if model.weights else "no weights yet"


def _kernel_sizes(model):
    """Return the larger side of each two-dimensional convolution's kernel, in layers of layers."""
    found = []
    for layer in model._flatten_layers():
        if isinstance(layer, (keras.layers.Conv2D, keras.layers.SeparableConv2D)):
            found.append(max(layer.kernel_size))
    return found


def _train_if_sound(model, rng):
    """Train a model that can be trained in a moment; None for one that is wrong anyway."""
    if model.count_params() >= 50_000 or model.output_shape != (None, 10):
        return None
    return train_on(model, *_textures(rng), steps=20, rate=0.01)


class LimitedModel(keras.Model):
    """A dense layer that refuses more rows than a limit, and is worse while it trains."""

    def __init__(self, most_rows):
        super().__init__()
        self.dense, self.most_rows = keras.layers.Dense(3), most_rows

    def call(self, x, training=False):
        if x.shape[0] is not None and x.shape[0] > self.most_rows:
            raise ValueError(f"{x.shape[0]} rows came at once; {self.most_rows} fit into memory.")
        return self.dense(x) * (-1.0 if training else 1.0)


@probe
def evaluate_in_batches(call, rng):
    x, y = _float32(rng.normal(size=(23, 4))), rng.permutation(23) % 3
    model = LimitedModel(most_rows=8)
    model(x[:1])
    set_known_weights(model, rng)
    model.dense.kernel.assign(3 * model.dense.kernel)  # sure of itself, so that losses differ
    call("23 rows in batches of 8", model, x, y, 8)
    call("23 rows in batches of 5", model, x, y, 5)
    call("six rows in batches of 8", model, x[:6], y[:6], 8)
    call("16 rows in batches of 8", model, x[:16], y[:16], 8)
