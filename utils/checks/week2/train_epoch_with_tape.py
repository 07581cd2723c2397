"""Check of `train_epoch_with_tape`: the loop of `train_epoch`, with gradients from a tape."""

import numpy as np
import tensorflow as tf

from ..check import new_check
from ._cross_entropy import cross_entropy
from ._epoch_facts import SENTENCES, epoch_facts
from ._epoch_rows import SHARED
from ._wrong_tape_epochs import (
    _assigned,
    _clipped,
    _last_alone,
    _of_probabilities,
    _rebound,
    _softmax_twice,
    _tape_epoch,
    _uphill,
    _without_rate,
)

train_epoch_with_tape = new_check(
    __name__, points=2, rtol=1e-4, atol=1e-5, properties=epoch_facts, sentences=SENTENCES
)

NO_RECORD = (
    "The tape has no record of how the loss was computed from the variables: `predict` must run "
    "inside the tape's `with` block, and the tape is asked for `variables` themselves."
)
UNSTABLE = (
    "The loss comes from probabilities, and one of them may round to 0: take a loss that expects "
    "logits, as `tf.nn.sparse_softmax_cross_entropy_with_logits`."
)
SUMMED = (
    "The gradient is that of the sum of the losses, or of each sample's: take their mean inside "
    "the tape's block."
)


def _each(y, logits):
    return cross_entropy(reduction=None)(y, logits)


train_epoch_with_tape.add_mistakes(
    _tape_epoch,
    [
        *SHARED,
        (NO_RECORD, {"inside": False}),
        (NO_RECORD, {"copies": True}),
        (
            "The loss expects probabilities, but `predict` returns logits: tell the loss, or take "
            "one that expects logits.",
            {"loss": cross_entropy(from_logits=False)},
        ),
        (
            "The softmax comes twice: the loss takes logits, and makes probabilities by itself.",
            {"loss": _softmax_twice},
        ),
        (UNSTABLE, {"loss": _clipped}),
        *((UNSTABLE, {"loss": _of_probabilities(10.0**-n)}) for n in (7, 8, 9, 12)),
        (UNSTABLE, {"loss": _of_probabilities(0.0)}),
        (SUMMED, {"loss": _each, "of_loss": lambda loss, rows: tf.reduce_mean(loss)}),
        (
            "You summed the losses of the batch; the loss is their mean.",
            {"loss": cross_entropy(reduction="sum")},
        ),
        (
            "You divided by the number of samples again; the loss is a mean already.",
            {"change": lambda gradient, rows: gradient / len(rows)},
        ),
        (
            "You went uphill: subtract rate times the gradient from each variable.",
            {"update": _uphill},
        ),
        (
            "The variables became the step itself: `assign` replaces, `assign_sub` subtracts.",
            {"update": _assigned},
        ),
        (
            "The variables stayed as they were: `variable = variable - …` only gives a name to a "
            "new tensor; assign_sub changes the variable.",
            {"update": _rebound},
        ),
        ("The steps aren't multiplied by the rate.", {"update": _without_rate}),
        ("Only the last variable was changed: change all of them.", {"update": _last_alone}),
    ],
)


@train_epoch_with_tape.alternative
def by_optimizer(predict, variables, x, y, batch_size, rate, rng):
    order = np.arange(len(x))
    rng.shuffle(order)
    found = []
    for rows in np.split(order, range(batch_size, len(order), batch_size)):
        with tf.GradientTape() as tape:
            loss = cross_entropy()(tf.constant(y[rows]), predict(tf.constant(x[rows])))
        for gradient, variable in zip(tape.gradient(loss, variables), variables):
            variable.assign(variable - rate * gradient)
        found.append(loss)
    return found


@train_epoch_with_tape.alternative
def by_one_hot(predict, variables, x, y, batch_size, rate, rng):
    order, found = rng.permutation(len(x)), np.empty(0)
    x, y = x[order], y[order]
    for start in range(0, len(x), batch_size):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            for variable in variables:
                tape.watch(variable)
            logits = predict(x[start : start + batch_size])
            labels = tf.one_hot(y[start : start + batch_size], logits.shape[-1])
            loss = -tf.reduce_mean(tf.reduce_sum(labels * tf.nn.log_softmax(logits), axis=1))
        for gradient, variable in zip(tape.gradient(loss, variables), variables):
            variable.assign_sub(gradient * rate)
        found = np.append(found, loss.numpy())
    return found
