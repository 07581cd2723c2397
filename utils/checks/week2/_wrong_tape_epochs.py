"""Epochs with TensorFlow's tape, in parts that can be replaced by wrong ones."""

import tensorflow as tf

from ._cross_entropy import cross_entropy
from ._epoch_rows import _slices
from ._wrong_epochs import _permutation


def _subtract(variables, gradients, rate):
    for variable, gradient in zip(variables, gradients):
        variable.assign_sub(rate * gradient)


def _tape_epoch(
    predict, variables, x, y, batch_size, rate, rng, order=_permutation, cut=_slices,
    labels=lambda y, rows, order: y[rows], loss=None, update=_subtract, inside=True, most=None,
    change=lambda gradient, rows: gradient, of_loss=lambda loss, rows: loss, after=False,
    result=lambda losses: losses, copies=False,
):  # fmt: skip
    """Return the losses of an epoch with faults.

    loss: function of labels and logits; inside: whether the logits are computed under the tape;
    copies: whether copies of the variables are what the tape is asked for; the others are as in
    `_wrong_epochs._epoch`.
    """
    loss, losses = loss or cross_entropy(), []
    in_order = order(len(x), rng)
    for rows in cut(in_order, batch_size)[:most]:
        mine = labels(y, rows, in_order)
        sources = [tf.convert_to_tensor(v) for v in variables] if copies else variables
        logits = None if inside else predict(x[rows])
        with tf.GradientTape() as tape:
            value = loss(mine, predict(x[rows]) if inside else logits)
        gradients = [change(each, rows) for each in tape.gradient(value, sources)]
        update(variables, gradients, rate)
        found = loss(mine, predict(x[rows])) if after else value
        losses.append(float(of_loss(found, rows)))
    return result(losses)


def _uphill(variables, gradients, rate):
    _subtract(variables, gradients, -rate)


def _assigned(variables, gradients, rate):
    for variable, gradient in zip(variables, gradients):
        variable.assign(-rate * gradient)


def _rebound(variables, gradients, rate):
    for variable, gradient in zip(variables, gradients):
        variable = variable - rate * gradient


def _without_rate(variables, gradients, rate):
    _subtract(variables, gradients, 1.0)


def _last_alone(variables, gradients, rate):
    _subtract(variables[-1:], gradients[-1:], rate)


def _of_probabilities(small):
    """Return a loss from probabilities, to whose logarithms' arguments `small` is added."""

    def loss(y, logits):
        p = tf.gather(tf.nn.softmax(logits), y, axis=1, batch_dims=1)
        return -tf.reduce_mean(tf.math.log(p + small))

    return loss


def _softmax_twice(y, logits):
    return cross_entropy()(y, tf.nn.softmax(logits))


def _clipped(y, logits):
    return cross_entropy(from_logits=False)(y, tf.nn.softmax(logits))
