"""Check of `evaluate_in_batches`: points, the mistakes people make, sound variants."""

import keras
import numpy as np
import tensorflow as tf
from scipy.special import log_softmax

from ..check import new_check
from ._cross_entropy import cross_entropy, picked

evaluate_in_batches = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


def _batch_logits(model, x, y, batch_size, training=False):
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        yield model(x[rows], training=training).numpy(), y[rows]


def _losses(logits, labels):
    return -picked(log_softmax(logits, axis=1), labels)


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
        loss += share * float(cross_entropy()(labels, logits))
        accuracy += share * _right(logits, labels).mean()
    return loss, accuracy


@evaluate_in_batches.witness("Keras's own evaluation")
def by_keras_evaluation(model, x, y, batch_size):
    model.compile(loss=cross_entropy(), metrics=["accuracy"])
    return model.evaluate(x, y, batch_size=batch_size, verbose=0)
