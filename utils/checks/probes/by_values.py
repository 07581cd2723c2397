"""A network that can't leave its box: it is known by what it computes, and by nothing else."""

import math

import numpy as np

MAX_WEIGHTS = 2_000


class NeedsStructure(BaseException):
    """A probe asked such a network for more than values. No Exception: the probe ends there."""


class Weight:
    """One weight of such a network. name: str; shape: tuple of int; assign: function of a value."""

    def __init__(self, assign, name, shape):
        self.assign, self.name = assign, str(name)[:200]
        self.shape = tuple(int(side) for side in shape)


class NetworkByValues:
    """Has the interface of a `keras.Model` as far as values go: its outputs, under weights given
    from outside. Anything else raises NeedsStructure, and so does what learns: the box would only
    say it.

    ask: function (what, *args) -> what `answer_for` returns beside the network; reason: str, why it
    can't leave.
    """

    def __init__(self, ask, reason):
        self._ask, self.reason = ask, reason
        about = ask("describe")
        self.input_shape, self.output_shape = about["input"], about["output"]
        self.weights = [
            Weight(lambda value, number=number: ask("assign", number, np.asarray(value)), *row)
            for number, row in enumerate(about["weights"][:MAX_WEIGHTS])
        ]

    def count_params(self):
        return sum(math.prod(weight.shape) for weight in self.weights)

    def set_weights(self, values):
        for weight, value in zip(self.weights, values, strict=True):
            weight.assign(value)

    def get_weights(self):
        return self._ask("weights")

    def __call__(self, *inputs, training=False):
        return self._ask("call", list(inputs), training)

    def __getattr__(self, name):
        raise NeedsStructure(self.reason)


def answer_for(network, what, *args):
    """Return what a `NetworkByValues` asks, beside the network itself."""
    if what == "assign":
        network.weights[args[0]].assign(args[1])
        return True
    if what == "weights":
        return network.get_weights()
    if what == "call":
        return network(*args[0], training=args[1])
    return {
        "input": getattr(network, "input_shape", None),
        "output": getattr(network, "output_shape", None),
        "weights": [[weight.name, list(weight.shape)] for weight in network.weights],
    }
