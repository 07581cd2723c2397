"""Mistakes of `evaluate_in_batches`, where loss and accuracy each have faults of their own."""

import numpy as np

from ._wrong_evaluations import (
    PAIRS,
    _all_batches,
    _evaluate,
    _every_pair,
    _number_of_pairs,
    _only_whole,
)


def _mixed(model, x, y, batch_size, of_loss=(), of_accuracy=(), scale=(1, 1)):
    """Return loss and accuracy, of which each has its own faults. scale: two functions or numbers,
    of the number of rows and of the batch size."""
    results = [
        _evaluate(model, x, y, batch_size, **dict(options))[number]
        for number, options in enumerate((of_loss, of_accuracy))
    ]
    factors = [each(len(x), batch_size) if callable(each) else each for each in scale]
    return tuple(result * factor for result, factor in zip(results, factors))


MEAN_OF_MEANS = (("of_batch", np.mean), ("divide_by", _all_batches))


def _mean_times_size(n, batch_size):
    return batch_size / n * -(-n // batch_size)


TOO_MUCH = (
    "The last batch counts too much: you took its mean times batch_size, but it has fewer "
    "samples. Add up the losses themselves, or take the mean times len(labels)."
)

MIXED = [
    (
        "The loss is a mean of the batches' means, so a sample in the smaller last batch "
        "counts more. The accuracy is right.",
        {"of_loss": MEAN_OF_MEANS},
    ),
    (
        "The accuracy is a mean of the batches' means, so a sample in the smaller last batch "
        "counts more. The loss is right.",
        {"of_accuracy": MEAN_OF_MEANS},
    ),
    (PAIRS, {"of_accuracy": (("right", _every_pair), ("divide_by", _number_of_pairs))}),
    (TOO_MUCH, {"of_loss": MEAN_OF_MEANS, "scale": (_mean_times_size, 1)}),
    (
        TOO_MUCH,
        {
            "of_loss": MEAN_OF_MEANS,
            "of_accuracy": MEAN_OF_MEANS,
            "scale": (_mean_times_size, _mean_times_size),
        },
    ),
    (
        "The loss is a sum: divide it by the number of samples, as the accuracy.",
        {"scale": (lambda n, _: n, 1)},
    ),
    (
        "You returned how many answers are right; accuracy is their share: divide by the "
        "number of samples.",
        {"scale": (1, lambda n, _: n)},
    ),
    ("Accuracy is a fraction from 0 to 1; you returned a percentage.", {"scale": (1, 100)}),
    (
        "You added up the batches' means of the loss, and divided by the number of samples: "
        "add up the samples' losses.",
        {"of_loss": (("of_batch", np.mean),)},
    ),
    (
        "You added up the batches' mean losses; divide by how many samples there are, and add "
        "up sums.",
        {"of_loss": (("of_batch", np.mean), ("divide_by", lambda x, found: 1))},
    ),
    (
        "The accuracy leaves out the last batch, which is smaller; its samples count too.",
        {"of_accuracy": (("keep", _only_whole),)},
    ),
    (
        "The loss is divided by batch_size: divide it by the number of all samples.",
        {"scale": (lambda n, batch_size: n / batch_size, 1)},
    ),
    (
        "You divided by batch_size: divide by the number of all samples.",
        {"scale": (lambda n, batch_size: n / batch_size,) * 2},
    ),
]
