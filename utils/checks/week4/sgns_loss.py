"""Check of `sgns_loss`: signs, sums and means, and scores of ±1000."""

import keras
import numpy as np
from keras import ops

from ..check import new_check

sgns_loss = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


def _scores(center, context, negative):
    """Return the scores of the true pairs, (B,), and of the negatives, (B, K)."""
    return ops.sum(center * context, -1), ops.sum(center[:, None] * negative, -1)


@sgns_loss.witness("Keras's binary cross-entropy")
def binary_cross_entropy(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    scores = ops.concatenate([true[:, None], false], axis=1)
    labels = ops.concatenate([ops.ones_like(true)[:, None], ops.zeros_like(false)], axis=1)
    means = keras.losses.binary_crossentropy(labels, scores, from_logits=True)
    return ops.mean(means) * scores.shape[1]


def _loss(
    center_vectors, context_vectors, negative_vectors, softplus=ops.softplus, signs=(-1, 1),
    sum_negatives=lambda losses: ops.sum(losses, -1), mean=ops.mean,
):  # fmt: skip
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    return mean(softplus(signs[0] * true) + sum_negatives(softplus(signs[1] * false)))


sgns_loss.add_mistakes(
    _loss,
    {
        "The log of a sigmoid that is 0 is −∞: use a function that computes both at once.": {
            "softplus": lambda x: -ops.log(ops.sigmoid(-x))
        },
        "A small number inside the log hides the problem, and makes large losses too small: "
        "use a function that computes log and sigmoid at once.": {
            "softplus": lambda x: -ops.log(ops.sigmoid(-x) + 1e-7)
        },
        "The negatives' scores need a minus: they should become small.": {"signs": (-1, -1)},
        "All signs are reversed: true pairs should get large scores, negatives small ones.": {
            "signs": (1, -1)
        },
        "The minus before the logarithms is missing: a loss should become small.": {
            "mean": lambda losses: -ops.mean(losses)
        },
        "You summed over the batch; the loss is a mean over its pairs.": {"mean": ops.sum},
        "You took the mean over the negatives; the loss of a pair is a sum over them.": {
            "sum_negatives": lambda losses: ops.mean(losses, -1)
        },
        "You returned one loss per pair; return their mean, one number.": {
            "mean": lambda losses: losses
        },
        "The negatives are missing: without them, all scores could simply grow.": {
            "sum_negatives": lambda losses: 0
        },
    },
)


@sgns_loss.mistake(
    "You took one mean over all scores; sum those of a pair, then take the mean over pairs."
)
def mean_over_all(center_vectors, context_vectors, negative_vectors):
    loss = _loss(center_vectors, context_vectors, negative_vectors)
    return loss / (negative_vectors.shape[1] + 1)


@sgns_loss.mistake(
    "You compared the negatives with the context; they take its place, beside the centre."
)
def negatives_beside_context(center_vectors, context_vectors, negative_vectors):
    true, _ = _scores(center_vectors, context_vectors, negative_vectors)
    _, false = _scores(context_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true) + ops.sum(ops.softplus(false), -1))


@sgns_loss.mistake(
    "You summed the negatives' scores before the logarithm: each negative has a loss of its own."
)
def scores_summed_first(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    return ops.mean(ops.softplus(-true) + ops.softplus(ops.sum(false, -1)))


@sgns_loss.mistake(
    "NumPy computes the value, but no gradient gets through it: use `keras.ops` throughout."
)
def by_numpy(center_vectors, context_vectors, negative_vectors):
    center, context, negative = map(
        ops.convert_to_numpy, (center_vectors, context_vectors, negative_vectors)
    )
    true, false = (center * context).sum(-1), (center[:, None] * negative).sum(-1)
    return np.mean(np.logaddexp(0, -true) + np.logaddexp(0, false).sum(-1))


@sgns_loss.alternative
def by_log_sigmoids(center_vectors, context_vectors, negative_vectors):
    true = ops.einsum("bd,bd->b", center_vectors, context_vectors)
    false = ops.einsum("bd,bkd->bk", center_vectors, negative_vectors)
    losses = ops.log_sigmoid(true) + ops.sum(ops.log_sigmoid(-false), axis=1)
    return -ops.mean(losses)


@sgns_loss.alternative
def by_matrix_products(center_vectors, context_vectors, negative_vectors):
    others = ops.concatenate([-context_vectors[:, None], negative_vectors], axis=1)
    scores = ops.matmul(others, center_vectors[:, :, None])[..., 0]  # (B, 1 + K)
    return ops.sum(ops.mean(ops.softplus(scores), axis=0))


@sgns_loss.alternative
def by_max_and_log1p(center_vectors, context_vectors, negative_vectors):
    true, false = _scores(center_vectors, context_vectors, negative_vectors)
    scores = ops.concatenate([-true[:, None], false], axis=1)
    losses = ops.relu(scores) + ops.log1p(ops.exp(-ops.abs(scores)))
    return ops.sum(losses) / scores.shape[0]
