"""Answers to week 2, as students write them."""

import keras
import numpy as np
import tensorflow as tf


# %% wrong tf_mse: the sum, not the mean
def tf_mse(predictions, targets):
    return tf.reduce_sum(tf.square(predictions - targets))


# %% wrong tf_mse: Keras's function averages over the last axis only
def tf_mse(predictions, targets):
    return keras.losses.mean_squared_error(targets, predictions)


# %% wrong tf_mse: a mean along axis 0 only
def tf_mse(predictions, targets):
    return tf.reduce_mean(tf.square(predictions - targets), axis=0)


# %% wrong tf_mse: computed by NumPy, so there is no gradient
def tf_mse(predictions, targets):
    difference = np.asarray(predictions) - np.asarray(targets)
    return tf.constant(np.mean(difference**2))


# %% wrong tf_mse: the sum of squares is divided by the number of rows only
def tf_mse(predictions, targets):
    return tf.reduce_sum(tf.square(predictions - targets)) / predictions.shape[0]


# %% wrong tf_mse: the root of the mean
def tf_mse(predictions, targets):
    return tf.sqrt(tf.reduce_mean(tf.square(predictions - targets)))


# %% wrong tf_mse: absolute differences instead of squares
def tf_mse(predictions, targets):
    return tf.reduce_mean(tf.abs(predictions - targets))


# %% wrong tf_mse: the mean is squared, not the differences
def tf_mse(predictions, targets):
    return tf.square(tf.reduce_mean(predictions - targets))


# %% right tf_mse: squared_difference
def tf_mse(predictions, targets):
    return tf.reduce_mean(tf.math.squared_difference(predictions, targets))


# %% right tf_mse: a flat vector, its sum of squares and its size
def tf_mse(predictions, targets):
    flat = tf.reshape(tf.subtract(predictions, targets), [-1])
    return tf.reduce_sum(flat * flat) / tf.cast(tf.size(flat), flat.dtype)


# %% wrong Scalar: a parent's gradient is overwritten, not added to
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)
        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node._parents:
                parent.grad = node.grad * slope

    __radd__, __rmul__ = __add__, __mul__


# %% wrong Scalar: gradients aren't set to 0 before the walk, so a second backward adds up
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)
        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node._parents:
                parent.grad += node.grad * slope

    __radd__, __rmul__ = __add__, __mul__


# %% wrong Scalar: walks down at once, parents may have their turn before all that use them
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        self.grad = 1.0
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                order.append(node)
                for parent, _ in node._parents:
                    parent.grad = 0.0
                    visit(parent)
        visit(self)
        for node in order:
            for parent, slope in node._parents:
                parent.grad += slope * node.grad

    __radd__, __rmul__ = __add__, __mul__


# %% wrong Scalar: sums and products take Scalars only, a plain number fails
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)
        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node._parents:
                parent.grad += node.grad * slope

    __radd__, __rmul__ = __add__, __mul__


# %% wrong Scalar: the slope of a power keeps the full exponent
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** exponent)])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)
        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node._parents:
                parent.grad += node.grad * slope

    __radd__, __rmul__ = __add__, __mul__


# %% wrong Scalar: the slope of tanh from its input, 1 − x²
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - self.data**2)])
    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)
        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node._parents:
                parent.grad += node.grad * slope

    __radd__, __rmul__ = __add__, __mul__


# %% wrong Scalar: in a product each factor gets its own value as slope
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, self.data), (other, other.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)
        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node._parents:
                parent.grad += node.grad * slope

    __radd__, __rmul__ = __add__, __mul__


# %% wrong Scalar: a parent that stands there twice, as in a + a, counts once
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent, _ in node._parents:
                    visit(parent)
                order.append(node)
        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in set(node._parents):
                parent.grad += node.grad * slope

    __radd__, __rmul__ = __add__, __mul__


# %% right Scalar: an explicit stack instead of recursion
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        t = np.tanh(self.data)
        return Scalar(t, [(self, 1 - t**2)])
    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                node.grad = 0.0
                stack.append((node, True))
                stack.extend((parent, False) for parent, _ in node._parents)
        self.grad = 1.0
        for node in order[::-1]:
            for parent, slope in node._parents:
                parent.grad += slope * node.grad

    __radd__, __rmul__ = __add__, __mul__


# %% right Scalar: counts how often each is used, and waits for all
class Scalar:
    def __init__(self, data, _parents=()):
        self.data, self.grad = float(data), 0.0
        self._parents = _parents
    def __add__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __mul__(self, other):
        other = other if isinstance(other, Scalar) else Scalar(other)
        return Scalar(self.data * other.data, [(self, other.data), (other, self.data)])
    def __pow__(self, exponent):
        return Scalar(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def tanh(self):
        return Scalar(np.tanh(self.data), [(self, 1 / np.cosh(self.data) ** 2)])
    def backward(self):
        uses, todo = {self: 0}, [self]
        for node in todo:  # grows while we walk
            node.grad = 0.0
            for parent, _ in node._parents:
                if parent not in uses:
                    uses[parent] = 0
                    todo.append(parent)
                uses[parent] += 1
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for parent, slope in node._parents:
                parent.grad += slope * node.grad
                uses[parent] -= 1
                if uses[parent] == 0:
                    ready.append(parent)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong relu_forward: in place, so the input changes
def relu_forward(x):
    x[x < 0] = 0
    return x


# %% wrong relu_forward: np.max reduces along axis 0
def relu_forward(x):
    return np.max(x, 0)


# %% wrong relu_forward: leaky, negative numbers keep a hundredth
def relu_forward(x):
    return np.where(x > 0, x, 0.01 * x)


# %% wrong relu_forward: the mask, 1 where positive
def relu_forward(x):
    return (x > 0).astype(x.dtype)


# %% wrong relu_forward: clipped at 1 from above
def relu_forward(x):
    return np.clip(x, 0, 1)


# %% wrong relu_forward: a flat array, the shape is lost
def relu_forward(x):
    return np.array([max(value, 0.0) for value in x.flatten()])


# %% wrong relu_forward: minimum, the positive numbers become zero
def relu_forward(x):
    return np.minimum(x, 0)


# %% wrong relu_forward: softplus, smooth at zero
def relu_forward(x):
    return np.logaddexp(0, x)


# %% right relu_forward: half of x + |x|
def relu_forward(x):
    return (x + np.abs(x)) / 2


# %% right relu_forward: a copy with the negative numbers overwritten
def relu_forward(x):
    result = np.array(x)
    result[result < 0] = 0
    return result


# %% wrong relu_backward: passes the gradient at x = 0 too
def relu_backward(grad_output, x):
    return grad_output * (x >= 0)


# %% wrong relu_backward: only the mask, grad_output is forgotten
def relu_backward(grad_output, x):
    return (x > 0).astype(float)


# %% wrong relu_backward: grad_output times the output, not times the slope
def relu_backward(grad_output, x):
    return grad_output * np.maximum(x, 0)


# %% wrong relu_backward: stops where the gradient is negative, x isn't used
def relu_backward(grad_output, x):
    return np.where(grad_output > 0, grad_output, 0)


# %% wrong relu_backward: the sign of x, so negative inputs turn the gradient around
def relu_backward(grad_output, x):
    return grad_output * np.sign(x)


# %% wrong relu_backward: divided by the batch
def relu_backward(grad_output, x):
    return grad_output * (x > 0) / len(x)


# %% wrong relu_backward: negative gradients are stopped as well
def relu_backward(grad_output, x):
    return np.maximum(grad_output, 0) * (x > 0)


# %% wrong relu_backward: 1 instead of 0 where the gradient should stop
def relu_backward(grad_output, x):
    return np.where(x > 0, grad_output, 1)


# %% right relu_backward: a copy, zero where the input isn't positive
def relu_backward(grad_output, x):
    grad = np.array(grad_output)
    grad[~(x > 0)] = 0
    return grad


# %% right relu_backward: heaviside with 0 at zero
def relu_backward(grad_output, x):
    return np.multiply(grad_output, np.heaviside(x, 0))


# %% wrong dense_forward: the bias is forgotten
def dense_forward(x, W, b):
    return x @ W


# %% wrong dense_forward: W is transposed
def dense_forward(x, W, b):
    return x @ W.T + b


# %% wrong dense_forward: a ReLU at the end
def dense_forward(x, W, b):
    return np.maximum(x @ W + b, 0)


# %% wrong dense_forward: the bias is added to the weights
def dense_forward(x, W, b):
    return x @ (W + b)


# %% wrong dense_forward: the bias as a column, one number for each row
def dense_forward(x, W, b):
    return x @ W + b[:, None]


# %% wrong dense_forward: only the first row gets the bias
def dense_forward(x, W, b):
    y = x @ W
    y[0] += b
    return y


# %% wrong dense_forward: the sum of all biases is added everywhere
def dense_forward(x, W, b):
    return x @ W + np.sum(b)


# %% wrong dense_forward: the mean over the inputs, not the sum
def dense_forward(x, W, b):
    return np.mean(x[:, :, None] * W[None], axis=1) + b


# %% right dense_forward: the bias as one more row of weights
def dense_forward(x, W, b):
    ones = np.ones((len(x), 1), dtype=x.dtype)
    return np.hstack([x, ones]) @ np.vstack([W, b])


# %% right dense_forward: einsum, row by row of W
def dense_forward(x, W, b):
    y = np.tile(b, (x.shape[0], 1))
    return y + np.einsum("ni,io->no", x, W)


# %% wrong dense_backward: the bias gets the mean over the batch, not the sum
def dense_backward(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.mean(axis=0)


# %% wrong dense_backward: the gradient of W is divided by the batch
def dense_backward(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output / len(x), grad_output.sum(axis=0)


# %% wrong dense_backward: returned as (grad_W, grad_b, grad_x)
def dense_backward(grad_output, x, W):
    return x.T @ grad_output, grad_output.sum(axis=0), grad_output @ W.T


# %% wrong dense_backward: the gradient of W is transposed
def dense_backward(grad_output, x, W):
    return grad_output @ W.T, grad_output.T @ x, grad_output.sum(axis=0)


# %% wrong dense_backward: the gradient of the bias isn't summed over the rows
def dense_backward(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output


# %% wrong dense_backward: keepdims, the gradient of the bias is (1, outputs)
def dense_backward(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=0, keepdims=True)


# %% wrong dense_backward: the bias sums over the outputs, axis 1
def dense_backward(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=1)


# %% wrong dense_backward: W is not transposed in the gradient of x
def dense_backward(grad_output, x, W):
    return grad_output @ W, x.T @ grad_output, grad_output.sum(axis=0)


# %% right dense_backward: einsum
def dense_backward(grad_output, x, W):
    grad_x = np.einsum("no,io->ni", grad_output, W)
    grad_W = np.einsum("ni,no->io", x, grad_output)
    return grad_x, grad_W, np.einsum("no->o", grad_output)


# %% right dense_backward: row by row, outer products
def dense_backward(grad_output, x, W):
    grad_x, grad_W, grad_b = np.zeros(x.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for n, g in enumerate(grad_output):
        grad_x[n] = W @ g
        grad_W += np.outer(x[n], g)
        grad_b += g
    return grad_x, grad_W, grad_b


# %% wrong softmax_cross_entropy: overflow, nothing is subtracted before exp
def softmax_cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    e = np.exp(logits)
    p = e / e.sum(axis=1, keepdims=True)
    loss = np.mean(np.log(e.sum(axis=1)) - logits[rows, labels])
    grad = p.copy()
    grad[rows, labels] -= 1
    return loss, grad / len(labels)


# %% wrong softmax_cross_entropy: logarithm of p itself, infinite where p is 0
def softmax_cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(p[rows, labels]))
    p[rows, labels] -= 1
    return loss, p / len(labels)


# %% wrong softmax_cross_entropy: p is clipped at 1e-12, so far logits cost 27.6 at most
def softmax_cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.mean(np.log(np.clip(p[rows, labels], 1e-12, 1)))
    p[rows, labels] -= 1
    return loss, p / len(labels)


# %% wrong softmax_cross_entropy: the gradient isn't divided by the batch
def softmax_cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    grad = np.exp(log_p)
    grad[rows, labels] -= 1
    return -log_p[rows, labels].mean(), grad


# %% wrong softmax_cross_entropy: 1 is subtracted in all rows at all labels
def softmax_cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    grad = np.exp(log_p)
    grad[:, labels] -= 1
    return -log_p[rows, labels].mean(), grad / len(labels)


# %% wrong softmax_cross_entropy: one maximum for the whole batch, other rows underflow
def softmax_cross_entropy(logits, labels):
    rows = np.arange(len(labels))
    z = logits - logits.max()
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    grad = np.exp(log_p)
    grad[rows, labels] -= 1
    return -log_p[rows, labels].mean(), grad / len(labels)


# %% wrong softmax_cross_entropy: the mean is over classes too, loss and gradient are too small
def softmax_cross_entropy(logits, labels):
    onehot = np.eye(logits.shape[1])[labels]
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.mean(onehot * log_p), (np.exp(log_p) - onehot) / onehot.size


# %% wrong softmax_cross_entropy: the loss is summed over the batch, not averaged
def softmax_cross_entropy(logits, labels):
    onehot = np.eye(logits.shape[1])[labels]
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -np.sum(onehot * log_p), (np.exp(log_p) - onehot) / len(labels)


# %% right softmax_cross_entropy: logaddexp.reduce and a one-hot comparison
def softmax_cross_entropy(logits, labels):
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    truth = np.arange(logits.shape[1]) == np.reshape(labels, (-1, 1))
    return float(-log_p[truth].mean()), (np.exp(log_p) - truth) / len(logits)


# %% right softmax_cross_entropy: row by row
def softmax_cross_entropy(logits, labels):
    n = len(labels)
    loss, grad = 0.0, np.zeros(logits.shape)
    for i, (z, label) in enumerate(zip(logits, labels)):
        top = np.max(z)
        e = np.exp(z - top)
        loss += (np.log(np.sum(e)) + top - z[label]) / n
        grad[i] = e / np.sum(e) / n
        grad[i, label] -= 1 / n
    return loss, grad


# %% wrong network_backward: the list is returned last layer first
def network_backward(layers, activations, grad):
    gradients = []
    for i in reversed(range(len(layers))):
        if layers[i]:
            grad, grad_W, grad_b = dense_backward(grad, activations[i], layers[i][0])
            gradients.append((grad_W, grad_b))
        else:
            grad = relu_backward(grad, activations[i])
            gradients.append(())
    return gradients


# %% wrong network_backward: ReLU layers are missing in the list
def network_backward(layers, activations, grad):
    gradients = []
    for i in reversed(range(len(layers))):
        if layers[i]:
            grad, grad_W, grad_b = dense_backward(grad, activations[i], layers[i][0])
            gradients.insert(0, (grad_W, grad_b))
        else:
            grad = relu_backward(grad, activations[i])
    return gradients


# %% wrong network_backward: the gradient passes a ReLU unchanged
def network_backward(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[-2::-1]):
        if layer:
            grad, grad_W, grad_b = dense_backward(grad, x, layer[0])
            gradients.append((grad_W, grad_b))
        else:
            gradients.append(())
    return gradients[::-1]


# %% wrong network_backward: the input of layer i is taken to be activations[i + 1]
def network_backward(layers, activations, grad):
    gradients = [()] * len(layers)
    for i in range(len(layers) - 1, -1, -1):
        if layers[i]:
            grad, grad_W, grad_b = dense_backward(grad, activations[i + 1], layers[i][0])
            gradients[i] = (grad_W, grad_b)
        else:
            grad = relu_backward(grad, activations[i + 1])
    return gradients


# %% wrong network_backward: range stops before layer 0
def network_backward(layers, activations, grad):
    gradients = [()] * len(layers)
    for i in range(len(layers) - 1, 0, -1):
        if layers[i]:
            grad, grad_W, grad_b = dense_backward(grad, activations[i], layers[i][0])
            gradients[i] = (grad_W, grad_b)
        else:
            grad = relu_backward(grad, activations[i])
    return gradients


# %% wrong network_backward: takes it that every second layer is a ReLU
def network_backward(layers, activations, grad):
    gradients = []
    for i in reversed(range(len(layers))):
        if i % 2 == 0:
            grad, grad_W, grad_b = dense_backward(grad, activations[i], layers[i][0])
            gradients.insert(0, (grad_W, grad_b))
        else:
            grad = relu_backward(grad, activations[i])
            gradients.insert(0, ())
    return gradients


# %% wrong network_backward: the gradients are divided by the batch once more
def network_backward(layers, activations, grad):
    n = len(grad)
    gradients = []
    for layer, x in zip(reversed(layers), reversed(activations[:-1])):
        if layer:
            grad, grad_W, grad_b = dense_backward(grad, x, layer[0])
            gradients.append((grad_W / n, grad_b / n))
        else:
            grad = relu_backward(grad, x)
            gradients.append(())
    return gradients[::-1]


# %% wrong network_backward: dense layers give all three, (grad_x, grad_W, grad_b)
def network_backward(layers, activations, grad):
    gradients = []
    for layer, x in zip(reversed(layers), reversed(activations[:-1])):
        if layer:
            result = dense_backward(grad, x, layer[0])
            grad = result[0]
            gradients.append(result)
        else:
            grad = relu_backward(grad, x)
            gradients.append(())
    return gradients[::-1]


# %% right network_backward: recursion on the last layer
def network_backward(layers, activations, grad):
    if not layers:
        return []
    *before, last = layers
    x, own = activations[len(before)], ()
    if len(last) == 2:
        grad, *own = dense_backward(grad, x, last[0])
    else:
        grad = relu_backward(grad, x)
    return network_backward(before, activations[:-1], grad) + [tuple(own)]


# %% right network_backward: filled in at its place, without the helper functions
def network_backward(layers, activations, grad):
    gradients = [() for _ in layers]
    for i in range(len(layers))[::-1]:
        x = activations[i]
        if layers[i] == ():
            grad = grad * (x > 0)
        else:
            W, _ = layers[i]
            gradients[i] = (x.T @ grad, np.sum(grad, axis=0))
            grad = grad @ W.T
    return gradients


# %% wrong softmax_regression: argmax along axis 0, its default
def softmax_regression(x, W, b):
    logits = tf.matmul(x, W) + b
    return logits, tf.nn.softmax(logits), tf.argmax(logits)


# %% wrong softmax_regression: exp without subtracting the maximum overflows
def softmax_regression(x, W, b):
    logits = tf.matmul(x, W) + b
    e = tf.exp(logits)
    probabilities = e / tf.reduce_sum(e, axis=1, keepdims=True)
    return logits, probabilities, tf.argmax(logits, axis=1)


# %% wrong softmax_regression: the bias is forgotten
def softmax_regression(x, W, b):
    logits = tf.matmul(x, W)
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


# %% wrong softmax_regression: probabilities come first
def softmax_regression(x, W, b):
    logits = tf.matmul(x, W) + b
    probabilities = tf.nn.softmax(logits)
    return probabilities, logits, tf.argmax(probabilities, axis=1)


# %% wrong softmax_regression: what is called logits has been through a softmax already
def softmax_regression(x, W, b):
    logits = tf.nn.softmax(tf.matmul(x, W) + b)
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


# %% wrong softmax_regression: sigmoid for each class instead of a softmax
def softmax_regression(x, W, b):
    logits = tf.matmul(x, W) + b
    return logits, tf.sigmoid(logits), tf.argmax(logits, axis=1)


# %% wrong softmax_regression: softmax over the batch, axis 0
def softmax_regression(x, W, b):
    logits = tf.matmul(x, W) + b
    return logits, tf.nn.softmax(logits, axis=0), tf.argmax(logits, axis=1)


# %% wrong softmax_regression: the logits are computed by NumPy, no gradient reaches W and b
def softmax_regression(x, W, b):
    logits = tf.constant(np.asarray(x) @ W.numpy() + b.numpy())
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


# %% right softmax_regression: softmax by logsumexp, the class by top_k
def softmax_regression(x, W, b):
    logits = tf.nn.bias_add(tf.matmul(x, W), b)
    probabilities = tf.exp(logits - tf.reduce_logsumexp(logits, axis=1, keepdims=True))
    return logits, probabilities, tf.math.top_k(logits).indices[:, 0]


# %% right softmax_regression: einsum and Keras's operations
def softmax_regression(x, W, b):
    logits = tf.einsum("ni,ic->nc", x, tf.convert_to_tensor(W)) + b
    return logits, keras.ops.softmax(logits), tf.cast(keras.ops.argmax(logits, axis=-1), tf.int32)


# %% wrong make_train_step: @tf.function is missing
def make_train_step(model, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y, logits=model(x, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss
    return step


# %% wrong make_train_step: Keras's loss isn't told that logits come
def make_train_step(model, optimizer):
    loss_function = keras.losses.SparseCategoricalCrossentropy()

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_function(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss
    return step


# %% wrong make_train_step: training=True is forgotten
def make_train_step(model, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y, logits=model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss
    return step


# %% wrong make_train_step: the mean is missing, losses per image come back and are summed
def make_train_step(model, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y, logits=model(x, training=True))
        gradients = tape.gradient(losses, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return losses
    return step


# %% wrong make_train_step: the mean is taken after the tape, so the gradient is that of the sum
def make_train_step(model, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y, logits=model(x, training=True))
        gradients = tape.gradient(losses, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return tf.reduce_mean(losses)
    return step


# %% wrong make_train_step: returns the loss after the change
def make_train_step(model, optimizer):
    def mean_loss(x, y):
        logits = model(x, training=True)
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=y, logits=logits))

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = mean_loss(x, y)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return mean_loss(x, y)
    return step


# %% wrong make_train_step: plain descent by hand, the optimizer only lends its learning rate
def make_train_step(model, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y, logits=model(x, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        for variable, gradient in zip(model.trainable_variables, gradients):
            variable.assign_sub(optimizer.learning_rate * gradient)
        return loss
    return step


# %% wrong make_train_step: only the last layer learns
def make_train_step(model, optimizer):
    @tf.function
    def step(x, y):
        variables = model.layers[-1].trainable_variables
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y, logits=model(x, training=True)))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss
    return step


# %% right make_train_step: Keras's loss from logits, tf.function called, optimizer.apply
def make_train_step(model, optimizer):
    entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def step(x, y):
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            loss = entropy(y, model(x, training=True))
        optimizer.apply(tape.gradient(loss, variables), variables)
        return loss
    return tf.function(step)


# %% right make_train_step: log-softmax at the labels by hand
def make_train_step(model, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            log_p = tf.nn.log_softmax(model(x, training=True))
            truth = tf.one_hot(y, log_p.shape[-1], dtype=log_p.dtype)
            loss = -tf.reduce_mean(tf.reduce_sum(truth * log_p, axis=-1))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(list(zip(gradients, model.trainable_variables)))
        return loss
    return step


# %% wrong build_mlp: a softmax at the end
def build_mlp():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])


# %% wrong build_mlp: no Input, so the model isn't built
def build_mlp():
    return keras.Sequential([
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10),
    ])


# %% wrong build_mlp: no activation after the hidden layers
def build_mlp():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(256),
        keras.layers.Dense(256),
        keras.layers.Dense(10),
    ])


# %% wrong build_mlp: ReLU on the logits too
def build_mlp():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()])
    for units in (256, 256, 10):
        model.add(keras.layers.Dense(units, activation="relu"))
    return model


# %% wrong build_mlp: takes flat vectors of 784, not images
def build_mlp():
    return keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10),
    ])


# %% wrong build_mlp: a single hidden layer
def build_mlp():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10),
    ])


# %% wrong build_mlp: Flatten is missing, dense layers work on the last axis
def build_mlp():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10),
    ])


# %% wrong build_mlp: the second hidden layer has no ReLU
def build_mlp():
    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Flatten()(inputs)
    x = keras.layers.Dense(256, activation="relu")(x)
    x = keras.layers.Dense(256)(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% right build_mlp: functional, ReLU as layers of their own
def build_mlp():
    inputs = keras.Input(shape=(28, 28, 1))
    x = keras.layers.Flatten()(inputs)
    for _ in range(2):
        x = keras.layers.ReLU()(keras.layers.Dense(256)(x))
    outputs = keras.layers.Dense(10, activation="linear")(x)
    return keras.Model(inputs=inputs, outputs=outputs)


# %% right build_mlp: a nested Sequential, He's first weights, compiled
def build_mlp():
    hidden = keras.Sequential([
        keras.layers.Dense(256, activation=keras.activations.relu,
                           kernel_initializer="he_normal")
        for _ in range(2)
    ])
    model = keras.Sequential([keras.layers.Flatten(), hidden, keras.layers.Dense(10)])
    model.build((None, 28, 28, 1))
    model.compile(optimizer="adam", metrics=["accuracy"],
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% wrong evaluate_in_batches: the mean of the batches' means
def evaluate_in_batches(model, x, y, batch_size):
    losses, accuracies = [], []
    for start in range(0, len(x), batch_size):
        labels = y[start:start + batch_size]
        logits = model(x[start:start + batch_size], training=False)
        losses.append(np.mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=labels, logits=logits)))
        accuracies.append(np.mean(np.argmax(logits, axis=1) == labels))
    return float(np.mean(losses)), float(np.mean(accuracies))


# %% wrong evaluate_in_batches: the smaller last batch is left out
def evaluate_in_batches(model, x, y, batch_size):
    loss, right, count = 0.0, 0, 0
    for i in range(len(x) // batch_size):
        rows = slice(i * batch_size, (i + 1) * batch_size)
        logits = model(x[rows], training=False)
        loss += np.sum(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=y[rows], logits=logits))
        right += np.sum(np.argmax(logits, axis=1) == y[rows])
        count += batch_size
    return loss / count, right / count


# %% wrong evaluate_in_batches: all of the data at once
def evaluate_in_batches(model, x, y, batch_size):
    logits = model(x, training=False)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
    return float(np.mean(losses)), float(np.mean(np.argmax(logits, axis=1) == y))


# %% wrong evaluate_in_batches: training=True
def evaluate_in_batches(model, x, y, batch_size):
    loss, right = 0.0, 0
    for start in range(0, len(x), batch_size):
        labels = y[start:start + batch_size]
        logits = model(x[start:start + batch_size], training=True)
        loss += np.sum(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=labels, logits=logits))
        right += np.sum(np.argmax(logits, axis=1) == labels)
    return loss / len(x), right / len(x)


# %% wrong evaluate_in_batches: Keras's loss takes the logits for probabilities
def evaluate_in_batches(model, x, y, batch_size):
    loss, right = 0.0, 0
    for start in range(0, len(x), batch_size):
        labels = y[start:start + batch_size]
        logits = model(x[start:start + batch_size], training=False)
        loss += np.sum(keras.losses.sparse_categorical_crossentropy(labels, logits))
        right += np.sum(np.argmax(logits, axis=1) == labels)
    return loss / len(x), right / len(x)


# %% wrong evaluate_in_batches: divided by batches × batch_size, as if the last one were full
def evaluate_in_batches(model, x, y, batch_size):
    loss, right, count = 0.0, 0, 0
    for start in range(0, len(x), batch_size):
        labels = y[start:start + batch_size]
        logits = model(x[start:start + batch_size], training=False)
        loss += np.sum(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=labels, logits=logits))
        right += np.sum(np.argmax(logits, axis=1) == labels)
        count += batch_size
    return loss / count, right / count


# %% wrong evaluate_in_batches: returned as (accuracy, loss)
def evaluate_in_batches(model, x, y, batch_size):
    loss, right = 0.0, 0
    for start in range(0, len(x), batch_size):
        labels = y[start:start + batch_size]
        logits = model(x[start:start + batch_size], training=False)
        loss += np.sum(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=labels, logits=logits))
        right += np.sum(np.argmax(logits, axis=1) == labels)
    return right / len(x), loss / len(x)


# %% wrong evaluate_in_batches: the loss is a sum, never divided
def evaluate_in_batches(model, x, y, batch_size):
    loss, right = 0.0, 0
    for start in range(0, len(x), batch_size):
        labels = y[start:start + batch_size]
        logits = model(x[start:start + batch_size], training=False)
        loss += float(tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=labels, logits=logits)))
        right += np.sum(np.argmax(logits, axis=1) == labels)
    return loss, right / len(x)


# %% right evaluate_in_batches: lists of losses and hits, per image
def evaluate_in_batches(model, x, y, batch_size):
    entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction=None)
    losses, hits = [], []
    for start in range(0, len(y), batch_size):
        labels = y[start:start + batch_size]
        logits = model(x[start:start + batch_size], training=False)
        losses.extend(entropy(labels, logits).numpy())
        hits.extend(logits.numpy().argmax(axis=-1) == labels)
    return float(np.mean(losses)), float(np.mean(hits))


# %% right evaluate_in_batches: predict_on_batch, means weighted by the size of the batch
def evaluate_in_batches(model, x, y, batch_size):
    sizes, losses, accuracies = [], [], []
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        z = model.predict_on_batch(x[rows]).astype(float)
        truth = z[np.arange(len(z)), y[rows]]
        sizes.append(len(z))
        losses.append(np.mean(np.logaddexp.reduce(z, axis=1) - truth))
        accuracies.append(np.mean(z.argmax(axis=1) == y[rows]))
    return np.average(losses, weights=sizes), np.average(accuracies, weights=sizes)


# %% wrong build_convnet: a softmax at the end
def build_convnet():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10, activation="softmax"),
    ])


# %% wrong build_convnet: a dense layer of 64 units makes it 121,930 parameters
def build_convnet():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ])


# %% wrong build_convnet: no pooling, so the last dense layer is too large
def build_convnet():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ])


# %% wrong build_convnet: no Input, so the model isn't built
def build_convnet():
    model = keras.Sequential()
    for filters in (16, 32, 64):
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    return model


# %% wrong build_convnet: Flatten is missing, the output is an image
def build_convnet():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Dense(10),
    ])


# %% wrong build_convnet: ReLU on the logits
def build_convnet():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32, 64):
        model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="relu"))
    return model


# %% wrong build_convnet: three colour channels in the input
def build_convnet():
    return keras.Sequential([
        keras.Input((28, 28, 3)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ])


# %% wrong build_convnet: no convolution, a small dense network
def build_convnet():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ])


# %% right build_convnet: functional, strides instead of pooling, a mean over places
def build_convnet():
    inputs = keras.Input((28, 28, 1))
    x = inputs
    for filters in (16, 32, 64):
        x = keras.layers.Conv2D(filters, 3, strides=2, padding="same", use_bias=False)(x)
        x = keras.layers.ReLU()(keras.layers.BatchNormalization()(x))
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# %% right build_convnet: a helper makes nested blocks, no padding, compiled
def build_convnet():
    def block(filters):
        return keras.Sequential([
            keras.layers.Conv2D(filters, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
        ])

    model = keras.Sequential([keras.Input((28, 28, 1)), block(12), block(24)])
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(32, activation="relu"))
    model.add(keras.layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return model


# %% wrong train_epoch: the new W and b are only names, the layers keep the old ones
def train_epoch(layers, x, y, batch_size, rate, rng):
    losses = []
    indices = rng.permutation(len(x))
    for i in range(0, len(x), batch_size):
        batch = indices[i:i + batch_size]
        activations = [x[batch]]
        for layer in layers:
            if layer:
                activations.append(dense_forward(activations[-1], layer[0], layer[1]))
            else:
                activations.append(relu_forward(activations[-1]))
        loss, grad = softmax_cross_entropy(activations[-1], y[batch])
        grads = network_backward(layers, activations, grad)
        for layer, g in zip(layers, grads):
            if layer:
                W, b = layer
                W = W - rate * g[0]
                b = b - rate * g[1]
        losses.append(loss)
    return losses


# %% wrong train_epoch: x and y are shuffled apart
def train_epoch(layers, x, y, batch_size, rate, rng):
    x, y = rng.permutation(x), rng.permutation(y)
    losses = []
    for i in range(0, len(x), batch_size):
        a = [x[i:i + batch_size]]
        for layer in layers:
            a.append(dense_forward(a[-1], *layer) if layer else relu_forward(a[-1]))
        loss, grad = softmax_cross_entropy(a[-1], y[i:i + batch_size])
        for layer, g in zip(layers, network_backward(layers, a, grad)):
            for p, dp in zip(layer, g):
                p -= rate * dp
        losses.append(loss)
    return losses


# %% wrong train_epoch: as many batches as fit, so the rest is never seen
def train_epoch(layers, x, y, batch_size, rate, rng):
    order = rng.permutation(len(x))
    losses = []
    for k in range(len(x) // batch_size):
        rows = order[k * batch_size:(k + 1) * batch_size]
        a = [x[rows]]
        for layer in layers:
            a.append(dense_forward(a[-1], *layer) if layer else relu_forward(a[-1]))
        loss, grad = softmax_cross_entropy(a[-1], y[rows])
        for layer, g in zip(layers, network_backward(layers, a, grad)):
            for p, dp in zip(layer, g):
                p -= rate * dp
        losses.append(loss)
    return losses


# %% right train_epoch: out= and a while loop
def train_epoch(layers, x, y, batch_size, rate, rng):
    left, losses = list(rng.permutation(len(x))), []
    while left:
        rows, left = left[:batch_size], left[batch_size:]
        a = [x[rows]]
        for layer in layers:
            a.append(dense_forward(a[-1], *layer) if layer else relu_forward(a[-1]))
        loss, grad = softmax_cross_entropy(a[-1], y[rows])
        gradients = network_backward(layers, a, grad)
        for i in range(len(layers)):
            for j in range(len(layers[i])):
                np.subtract(layers[i][j], rate * gradients[i][j], out=layers[i][j])
        losses += [float(loss)]
    return losses


# %% right train_epoch: shuffled copies, array_split at the multiples
def train_epoch(layers, x, y, batch_size, rate, rng):
    order = np.arange(x.shape[0])
    rng.shuffle(order)
    cuts = np.arange(batch_size, len(x), batch_size)
    losses = np.zeros(len(cuts) + 1)
    for k, (xb, yb) in enumerate(zip(np.array_split(x[order], cuts), np.array_split(y[order], cuts))):
        a = [xb]
        for layer in layers:
            a.append(dense_forward(a[-1], *layer) if layer else relu_forward(a[-1]))
        losses[k], grad = softmax_cross_entropy(a[-1], yb)
        for layer, g in zip(layers, network_backward(layers, a, grad)):
            if len(layer):
                layer[0][...] = layer[0] - rate * g[0]
                layer[1][...] = layer[1] - rate * g[1]
    return losses


# %% wrong train_epoch_with_tape: the logits are computed before the tape begins
def train_epoch_with_tape(predict, variables, x, y, batch_size, rate, rng):
    order, losses = rng.permutation(len(x)), []
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        logits = predict(x[rows])
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y[rows], logits))
        for v, g in zip(variables, tape.gradient(loss, variables)):
            v.assign_sub(rate * g)
        losses.append(loss)
    return losses


# %% wrong train_epoch_with_tape: tape.gradient once per variable
def train_epoch_with_tape(predict, variables, x, y, batch_size, rate, rng):
    order, losses = rng.permutation(len(x)), []
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y[rows], logits=predict(x[rows])))
        for v in variables:
            v.assign_sub(rate * tape.gradient(loss, v))
        losses.append(loss)
    return losses


# %% wrong train_epoch_with_tape: one loss for the epoch
def train_epoch_with_tape(predict, variables, x, y, batch_size, rate, rng):
    order, total = rng.permutation(len(x)), 0.0
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=y[rows], logits=predict(x[rows])))
        for v, g in zip(variables, tape.gradient(loss, variables)):
            v.assign_sub(rate * g)
        total += float(loss)
    return total / len(range(0, len(x), batch_size))


# %% right train_epoch_with_tape: a Keras loss and Keras's SGD
def train_epoch_with_tape(predict, variables, x, y, batch_size, rate, rng):
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    order, losses = rng.permutation(len(x)), []
    sgd = keras.optimizers.SGD(rate)
    for i in range(0, len(x), batch_size):
        rows = order[i:i + batch_size]
        with tf.GradientTape() as tape:
            loss = loss_function(y[rows], predict(x[rows]))
        gradients = tape.gradient(loss, variables)
        sgd.apply_gradients(zip(gradients, variables))
        losses.append(loss.numpy())
    return losses


# %% right train_epoch_with_tape: a data set of TensorFlow in the order of rng
def train_epoch_with_tape(predict, variables, x, y, batch_size, rate, rng):
    order, losses = rng.permutation(len(x)), []
    for xb, yb in tf.data.Dataset.from_tensor_slices((x[order], y[order])).batch(batch_size):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                labels=yb, logits=predict(xb)))
        for v, g in zip(variables, tape.gradient(loss, variables)):
            v.assign(v - rate * g)
        losses.append(float(loss))
    return losses


# %% wrong dropout_forward: what stays isn't scaled
def dropout_forward(x, rate, rng, training):
    if training:
        mask = (rng.random(x.shape) > rate).astype(float)
    else:
        mask = np.ones(x.shape)
    return x * mask, mask


# %% wrong dropout_forward: the rate is taken as the share that stays
def dropout_forward(x, rate, rng, training):
    mask = np.ones(x.shape)
    if training:
        mask = (rng.random(x.shape) < rate) / (1 - rate)
    return x * mask, mask


# %% wrong dropout_forward: training is ignored
def dropout_forward(x, rate, rng, training):
    mask = rng.binomial(1, 1 - rate, x.shape) / (1 - rate)
    return x * mask, mask


# %% wrong dropout_forward: without training everything is multiplied by what stays
def dropout_forward(x, rate, rng, training):
    if not training:
        return x * (1 - rate), np.ones(x.shape)
    mask = (rng.random(x.shape) >= rate).astype(float)
    return x * mask / (1 - rate), mask / (1 - rate)


# %% right dropout_forward: by where
def dropout_forward(x, rate, rng, training):
    p = rate if training else 0.0
    mask = np.where(rng.uniform(0, 1, np.shape(x)) < p, 0.0, 1 / (1 - p))
    return x * mask, mask


# %% right dropout_forward: float32, in place on its own mask
def dropout_forward(x, rate, rng, training):
    mask = np.ones(x.shape, dtype=np.float32)
    if training:
        mask[rng.random(x.shape) < rate] = 0
        mask /= 1 - rate
    return np.multiply(mask, x), mask


# %% wrong dropout_backward: only whether it stayed
def dropout_backward(grad_output, mask):
    return np.where(mask > 0, grad_output, 0)


# %% wrong dropout_backward: a ReLU's
def dropout_backward(grad_output, mask):
    return grad_output * mask * (grad_output > 0)


# %% wrong dropout_backward: the gradient of what was dropped
def dropout_backward(grad_output, mask):
    return grad_output * (1 - mask)


# %% wrong dropout_backward: divided by the mask
def dropout_backward(grad_output, mask):
    return grad_output / mask


# %% right dropout_backward: np.multiply
def dropout_backward(grad_output, mask):
    return np.multiply(grad_output, mask)


# %% right dropout_backward: einsum-free, by a copy
def dropout_backward(grad_output, mask):
    grad = np.array(grad_output, copy=True)
    grad *= mask
    return grad
