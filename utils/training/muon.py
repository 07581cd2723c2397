"""Muon: momentum steps that are orthogonalized before they are taken. Jordan et al. (2024)."""

import math

import keras
from keras import ops

COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # Jordan's: singular values end between 0.7 and 1.2
ITERATIONS = 5


def orthogonalize(matrix):
    """Return a matrix with the same singular vectors, and singular values near 1.

    matrix: float tensor (rows, columns). Newton-Schulz iterations need nothing but matrix products:
    each multiplies x by a polynomial in x·xᵀ. The polynomials are multiplied first, as they are
    small and square, and only their product by x, whose other side may be many times as long.
    """
    wide = matrix.shape[0] <= matrix.shape[1]
    x = matrix if wide else ops.transpose(matrix)
    x = x / (_norm(x) + 1e-7)  # so no singular value is above 1
    a, b, c = COEFFICIENTS
    square, one = x @ ops.transpose(x), ops.eye(x.shape[0], dtype=x.dtype)
    product = one
    for _ in range(ITERATIONS):
        factor = a * one + b * square + c * square @ square
        product = factor @ product
        square = factor @ square @ factor
    x = product @ x
    return x if wide else ops.transpose(x)


def _norm(x):
    return ops.sqrt(ops.sum(ops.square(x)))


class _Orthogonalizing(keras.optimizers.Optimizer):
    """What both optimizers share: a momentum for each variable, and named settings."""

    SETTINGS = ("momentum", "side_rate")

    def build(self, variables):
        """Create a momentum for each variable."""
        if not self.built:
            super().build(variables)
            self.momentums = self._add_like(variables, "momentum")

    def _add_like(self, variables, name):
        return [self.add_variable_from_reference(variable, name=name) for variable in variables]

    def _step(self, gradient, kept, momentum):
        """Update the momentum; return Nesterov's step, which looks one step ahead."""
        velocity = momentum * kept + gradient
        self.assign(kept, velocity)
        return gradient + momentum * velocity

    def get_config(self):
        """Return the settings in the form that Keras saves."""
        return {**super().get_config(), **{name: getattr(self, name) for name in self.SETTINGS}}


def _as_matrix(step):
    return ops.reshape(step, (math.prod(step.shape[:-1]), step.shape[-1]))


@keras.saving.register_keras_serializable("course")
class Muon(_Orthogonalizing):
    """SGD with Nesterov momentum that orthogonalizes the steps of convolution kernels.

    Seen as a matrix, (numbers in a window, filters), a kernel's gradient has a few large singular
    values: plain steps follow these and hardly learn the rest. An orthogonalized step moves
    equally in all directions. A kernel keeps its norm, and the learning rate is the step's size
    relative to it; the batch normalization that should follow makes the norm irrelevant anyway. All
    other weights take plain steps, with the rate times `side_rate`. Keras's own `Muon` leaves
    kernels to Adam.

    learning_rate: float or LearningRateSchedule; momentum: float, for the kernels; side_rate,
    side_momentum: float, for all other weights.
    """

    SETTINGS = ("momentum", "side_rate", "side_momentum")

    def __init__(self, learning_rate=0.1, momentum=0.6, side_rate=1.0, side_momentum=0.85,
                 name="muon", **options):  # fmt: skip
        super().__init__(learning_rate=learning_rate, name=name, **options)
        self.momentum, self.side_rate, self.side_momentum = momentum, side_rate, side_momentum

    def update_step(self, gradient, variable, learning_rate):
        """Change one variable by its gradient."""
        kept = self.momentums[self._get_variable_index(variable)]
        rate = ops.cast(learning_rate, variable.dtype)
        gradient = ops.cast(gradient, variable.dtype)
        if len(variable.shape) == 4:
            step = self._step(gradient, kept, self.momentum)
            self.assign(variable, _turn(variable, step, rate))
        else:
            step = self._step(gradient, kept, self.side_momentum)
            self.assign_sub(variable, self.side_rate * rate * step)


def _turn(kernel, step, rate):
    """Return a kernel after an orthogonalized step, with its norm unchanged."""
    matrix = _as_matrix(step)
    norm = _norm(kernel)
    unit = ops.reshape(orthogonalize(matrix), kernel.shape) / math.sqrt(min(matrix.shape))
    moved = kernel / norm - rate * unit
    return moved * (norm / _norm(moved))


@keras.saving.register_keras_serializable("course")
class MuonWithAdam(_Orthogonalizing):
    """Muon for networks without batch normalization: norms may change, and biases use Adam.

    Every weight with two or more axes is a matrix, (all other axes, last axis). It takes
    orthogonalized steps about as large as Adam's are in practice, a fifth of the rate for each
    number (Liu et al. 2025); biases take Adam's steps, with the rate times `side_rate`.

    learning_rate: float or LearningRateSchedule; momentum: float, for both; side_rate: float.
    """

    def __init__(self, learning_rate=0.005, momentum=0.9, side_rate=0.1, name="muon_with_adam",
                 **options):  # fmt: skip
        super().__init__(learning_rate=learning_rate, name=name, **options)
        self.momentum, self.side_rate = momentum, side_rate

    def build(self, variables):
        """Create a momentum for each variable, and a mean of squares for each bias."""
        if not self.built:
            super().build(variables)
            places = [i for i, variable in enumerate(variables) if len(variable.shape) < 2]
            biases = [variables[place] for place in places]
            self.squares = dict(zip(places, self._add_like(biases, "squares")))

    def update_step(self, gradient, variable, learning_rate):
        """Change one variable by its gradient."""
        place = self._get_variable_index(variable)
        kept, rate = self.momentums[place], ops.cast(learning_rate, variable.dtype)
        if place in self.squares:
            step = self._adam(gradient, kept, self.squares[place])
            self.assign_sub(variable, self.side_rate * rate * step)
            return
        matrix = _as_matrix(self._step(gradient, kept, self.momentum))
        size = 0.2 * math.sqrt(max(matrix.shape))  # 0.2: about the size of Adam's steps
        step = ops.reshape(orthogonalize(matrix), variable.shape)
        self.assign_sub(variable, rate * size * step)

    def _adam(self, gradient, mean, square, decay=0.99):
        steps = ops.cast(self.iterations + 1, gradient.dtype)
        self.assign(mean, self.momentum * mean + (1 - self.momentum) * gradient)
        self.assign(square, decay * square + (1 - decay) * ops.square(gradient))
        root = ops.sqrt(square / (1 - decay**steps))
        return mean / (1 - self.momentum**steps) / (root + 1e-9)
