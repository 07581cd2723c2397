"""On which inputs `network_backward` is tried."""

import numpy as np

from ..recorder import probe


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
