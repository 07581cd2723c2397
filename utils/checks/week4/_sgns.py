"""Wrong versions of `sgns_loss` that aren't switches of a right one, with what they do."""

import keras
import numpy as np
from keras import ops

from ._gan_losses import BY_NUMPY

WRONG = []  # pairs (explanation, function)


def _wrong(explanation):
    def add(function):
        WRONG.append((explanation, function))
        return function

    return add


def scores(center, context, negative):
    """Return the scores of the true pairs, (B,), and of the negatives, (B, K)."""
    return ops.sum(center * context, -1), ops.sum(center[:, None] * negative, -1)


def loss_of_pairs(
    center_vectors, context_vectors, negative_vectors, softplus=ops.softplus, signs=(-1, 1),
    sum_negatives=lambda losses: ops.sum(losses, -1), mean=ops.mean, factors=(1, 1),
    scored=lambda scores: scores,
):  # fmt: skip
    both = scores(center_vectors, context_vectors, negative_vectors)
    true, false = map(scored, both)
    negatives = sum_negatives(softplus(signs[1] * false))
    return mean(factors[0] * softplus(signs[0] * true) + factors[1] * negatives)


def _of_scores(of_scores):
    """Return a loss from a function (true scores, those of the negatives) -> number."""

    def loss(center_vectors, context_vectors, negative_vectors):
        return of_scores(*scores(center_vectors, context_vectors, negative_vectors))

    return loss


def _softmax_loss(true, false):
    together = ops.concatenate([true[:, None], false], axis=1)
    return -ops.mean(ops.log_softmax(together, axis=1)[:, 0])


def _entropy_of_scores(true, false):
    entropy = keras.losses.BinaryCrossentropy()
    together = ops.concatenate([true[:, None], false], axis=1)
    labels = ops.concatenate([ops.ones_like(true)[:, None], ops.zeros_like(false)], axis=1)
    return entropy(labels, together) * together.shape[1]


for _explanation, _function in (
    (
        "You took a softmax over the context and its negatives; each score has a sigmoid of its "
        "own.",
        _softmax_loss,
    ),
    (
        "The cross-entropy took your scores for probabilities: tell it `from_logits=True`.",
        _entropy_of_scores,
    ),
    (
        "You summed over all negatives of the batch for each pair: sum over each pair's own, along "
        "the last axis.",
        lambda true, false: ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false))),
    ),
    (
        "You summed the negatives' losses over the pairs, axis 0: sum over each pair's negatives, "
        "the last axis.",
        lambda true, false: (
            ops.mean(ops.softplus(-true)) + ops.mean(ops.sum(ops.softplus(false), axis=0))
        ),
    ),
    (
        "The loss of a pair is added once for each of its negatives: sum over these first, then "
        "add it once.",
        lambda true, false: ops.mean(
            ops.sum(ops.softplus(-true)[:, None] + ops.softplus(false), axis=1)
        ),
    ),
):
    _wrong(_explanation)(_of_scores(_function))


@_wrong("The dot products are divided by the vectors' size, as for a mean: sum over them.")
def means_for_products(center_vectors, context_vectors, negative_vectors):
    size = center_vectors.shape[-1]
    return loss_of_pairs(center_vectors / size, context_vectors, negative_vectors)


@_wrong(
    "A product of matrices gives the scores of every centre with every context: each pair has one "
    "score, the sum of products along the last axis."
)
def all_with_all(center_vectors, context_vectors, negative_vectors):
    _, false = scores(center_vectors, context_vectors, negative_vectors)
    true = ops.matmul(center_vectors, ops.transpose(context_vectors))
    return ops.mean(ops.softplus(-true)) + ops.mean(ops.sum(ops.softplus(false), axis=-1))


@_wrong(
    "A product of matrices gives the scores of every centre with every context: each pair has one "
    "score, the sum of products along the last axis."
)
def all_with_all_added(center_vectors, context_vectors, negative_vectors):
    _, false = scores(center_vectors, context_vectors, negative_vectors)
    true = ops.matmul(center_vectors, ops.transpose(context_vectors))
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false), axis=-1))


NO_AXIS = (
    "The centres, (B, D), don't fit their negatives, (B, K, D), or meet those of other pairs: give "
    "them an axis in the middle, `center_vectors[:, None]`."
)


@_wrong(NO_AXIS)
def no_axis(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(center_vectors * negative_vectors, axis=-1)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false), axis=-1))


@_wrong(NO_AXIS)
def axis_in_front(center_vectors, context_vectors, negative_vectors):
    true = ops.sum(center_vectors * context_vectors, axis=-1)
    false = ops.sum(center_vectors[None] * negative_vectors, axis=-1)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false), axis=-1))


@_wrong("You took one mean over all scores; sum those of a pair, then take the mean over pairs.")
def mean_over_all(center_vectors, context_vectors, negative_vectors):
    loss = loss_of_pairs(center_vectors, context_vectors, negative_vectors)
    return loss / (negative_vectors.shape[1] + 1)


@_wrong("You compared the negatives with the context; they take its place, beside the centre.")
def negatives_beside_context(center_vectors, context_vectors, negative_vectors):
    true, _ = scores(center_vectors, context_vectors, negative_vectors)
    _, false = scores(context_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false), -1))


@_wrong(
    "You summed the negatives' scores before the logarithm: each negative has a loss of its own."
)
def scores_summed_first(center_vectors, context_vectors, negative_vectors):
    true, false = scores(center_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true) + ops.softplus(ops.sum(false, -1)))


@_wrong(BY_NUMPY)
def by_numpy(center_vectors, context_vectors, negative_vectors):
    center, context, negative = map(
        ops.convert_to_numpy, (center_vectors, context_vectors, negative_vectors)
    )
    true, false = (center * context).sum(-1), (center[:, None] * negative).sum(-1)
    return np.mean(np.logaddexp(0, -true) + np.logaddexp(0, false).sum(-1))
