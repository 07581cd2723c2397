"""Check of `softmax_cross_entropy`: mean loss and gradient, also for logits of ±1000."""

import numpy as np
import tensorflow as tf
from scipy.special import log_softmax, softmax

from ..check import new_check
from ._cross_entropy import picked
from ._wrong_entropies import ROWS, _entropy
from ._wrong_entropy_parts import PARTS, _finished

softmax_cross_entropy = new_check(__name__, points=2)

softmax_cross_entropy.add_mistakes(_entropy, ROWS)
softmax_cross_entropy.add_mistakes(_finished, PARTS)


@softmax_cross_entropy.mistake("You wrote into the caller's logits; make a new array.")
def entropy_in_place(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    return _entropy(logits, labels)


@softmax_cross_entropy.alternative
def entropy_by_scipy(logits, labels):
    grad = (softmax(logits, axis=1) - np.eye(logits.shape[1])[labels]) / logits.shape[0]
    return float(np.mean(-picked(log_softmax(logits, axis=1), labels))), grad


@softmax_cross_entropy.alternative
def entropy_by_logaddexp(logits, labels):
    total = np.logaddexp.reduce(logits, axis=1)
    loss = np.mean(total - picked(logits, labels))
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
