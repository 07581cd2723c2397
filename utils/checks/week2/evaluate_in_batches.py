"""Check of `evaluate_in_batches`: the means over all samples, though the last batch is smaller."""

import numpy as np

from ..check import new_check
from ._cross_entropy import cross_entropy
from ._mixed_evaluations import MIXED, _mixed
from ._wrong_evaluations import ROWS, _batch_logits, _evaluate, _losses, _right

evaluate_in_batches = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)

evaluate_in_batches.add_mistakes(_evaluate, ROWS)
evaluate_in_batches.add_mistakes(_mixed, MIXED)


@evaluate_in_batches.mistake("All rows went through the model at once: take batch_size at a time.")
def all_at_once(model, x, y, batch_size):
    return _evaluate(model, x, y, len(x))


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
