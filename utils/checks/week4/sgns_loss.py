"""Check of `sgns_loss`: signs, sums and means, and scores of ±1000."""

import keras
import numpy as np
from keras import ops

from ..check import new_check
from ..probes.week4._gan import SURE
from ._gan_losses import CUT_OFF, NOT_FINITE, of_sure_ones
from ._sgns import WRONG, loss_of_pairs
from ._sgns import scores as scores_of

# a step by large vectors leaves small differences of large numbers, in single precision
sgns_loss = new_check(__name__, points=2, rtol=1e-4, atol=5e-4, sentences={SURE: of_sure_ones})


@sgns_loss.witness("Keras's binary cross-entropy")
def binary_cross_entropy(center_vectors, context_vectors, negative_vectors):
    true, false = scores_of(center_vectors, context_vectors, negative_vectors)
    scores = ops.concatenate([true[:, None], false], axis=1)
    labels = ops.concatenate([ops.ones_like(true)[:, None], ops.zeros_like(false)], axis=1)
    means = keras.losses.binary_crossentropy(labels, scores, from_logits=True)
    return ops.mean(means) * scores.shape[1]


sgns_loss.add_mistakes(
    loss_of_pairs,
    [
        (NOT_FINITE, {"softplus": lambda x: -ops.log(ops.sigmoid(-x))}),
        (CUT_OFF, {"softplus": lambda x: -ops.log(ops.sigmoid(-x) + 1e-7)}),
        (CUT_OFF, {"softplus": lambda x: -ops.log(ops.sigmoid(-x) + 1e-8)}),
        (CUT_OFF, {"softplus": lambda x: -ops.log(ops.sigmoid(-x) + 1e-10)}),
        (
            "The negatives' scores need a minus: they should become small.",
            {"signs": (-1, -1)},
        ),
        (
            "The true pairs' scores have the wrong sign: they should become large.",
            {"signs": (1, 1)},
        ),
        (
            "All signs are reversed: true pairs should get large scores, negatives small ones.",
            {"signs": (1, -1)},
        ),
        (
            "The minus before the logarithms is missing: a loss should become small.",
            {"mean": lambda losses: -ops.mean(losses)},
        ),
        (
            "The negatives' part is subtracted: both parts are added, as both logarithms have a "
            "minus.",
            {"factors": (1, -1)},
        ),
        ("You summed over the batch; the loss is a mean over its pairs.", {"mean": ops.sum}),
        (
            "You took the mean over the negatives; the loss of a pair is a sum over them.",
            {"sum_negatives": lambda losses: ops.mean(losses, -1)},
        ),
        (
            "You took the mean over the negatives, and a sum over the pairs: it is the other way "
            "round.",
            {"sum_negatives": lambda losses: ops.mean(losses, -1), "mean": ops.sum},
        ),
        (
            "You returned one loss per pair; return their mean, one number.",
            {"mean": lambda losses: losses},
        ),
        (
            "The negatives are missing: without them, all scores could simply grow.",
            {"factors": (1, 0)},
        ),
        (
            "The true pairs are missing: without them, all scores could simply fall.",
            {"factors": (0, 1)},
        ),
        (
            "Only the first negative counts: sum over all of them.",
            {"sum_negatives": lambda losses: losses[:, 0]},
        ),
        ("The loss is halved: it is a plain sum of both parts.", {"factors": (0.5, 0.5)}),
        (
            "The logarithm is missing: the loss is −log σ of the scores, this is made of "
            "probabilities.",
            {"softplus": ops.sigmoid},
        ),
        (
            "The logarithm of the sigmoid is missing: these are the scores themselves, which "
            "nothing bounds.",
            {"softplus": lambda x: x},
        ),
        (
            "You took a sigmoid of the scores, and then a softplus of that: one of them is too "
            "many.",
            {"scored": ops.sigmoid},
        ),
        (
            "This is the hinge loss; −log σ of the scores is asked for.",
            {"softplus": lambda x: ops.relu(1 + x)},
        ),
        (
            "The logarithm is to the base 2; the natural one is asked for.",
            {"softplus": lambda x: ops.softplus(x) / np.log(2)},
        ),
    ],
)


for _explanation, _function in WRONG:
    sgns_loss.mistake(_explanation)(_function)


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
    true, false = scores_of(center_vectors, context_vectors, negative_vectors)
    scores = ops.concatenate([-true[:, None], false], axis=1)
    losses = ops.relu(scores) + ops.log1p(ops.exp(-ops.abs(scores)))
    return ops.sum(losses) / scores.shape[0]
