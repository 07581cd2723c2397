"""Check of `generator_loss`: the loss that doesn't saturate, and logits of ±1000."""

import keras
import numpy as np
from keras import ops

from ..check import new_check
from ..probes.week4._gan import SURE
from ._gan_losses import (
    AS_PROBABILITIES,
    BY_NUMPY,
    NOT_FINITE,
    SIGMOID_FIRST,
    of_sure_ones,
    softplus_of_array,
)

generator_loss = new_check(__name__, rtol=1e-4, atol=1e-5, sentences={SURE: of_sure_ones})


def _loss(fake_logits, loss=lambda logits: ops.softplus(-logits), mean=ops.mean):
    return mean(loss(fake_logits))


def _by_logarithm(fake_logits, keep=lambda p: p):
    return -ops.mean(ops.log(keep(ops.sigmoid(fake_logits))))


def _by_entropy(fake_logits, given=lambda logits: logits, **options):
    logits = given(fake_logits)
    return keras.losses.BinaryCrossentropy(**options)(ops.ones_like(logits), logits)


SATURATING = (
    "This is the saturating loss, log(1 − σ(logit)): its gradient vanishes just where the "
    "discriminator is sure. Minimise −log σ(logit)."
)
NO_MEAN = "You returned one loss per image; return their mean, one number."
generator_loss.add_mistakes(
    _loss,
    [
        (SATURATING, {"loss": lambda logits: -ops.softplus(logits)}),
        (SATURATING, {"loss": lambda logits: ops.log(1 - ops.sigmoid(logits))}),
        (SATURATING, {"loss": lambda logits: ops.log(1 - ops.sigmoid(logits) + 1e-7)}),
        (SATURATING, {"loss": lambda logits: ops.log(1 - ops.sigmoid(logits) + 1e-8)}),
        (
            "This is the discriminator's term for fake images: they should be called real.",
            {"loss": ops.softplus},
        ),
        (
            "The minus before the logarithm is missing: a loss should become small.",
            {"loss": lambda logits: -ops.softplus(-logits)},
        ),
        ("You summed over the batch; the loss is a mean.", {"mean": ops.sum}),
        (
            "This is minus the mean logit, which nothing bounds; −log σ is asked for.",
            {"loss": lambda logits: -logits},
        ),
        (
            "This is the mean logit itself, and grows as images are called real; the mean of "
            "−log σ is asked for.",
            {"loss": lambda logits: logits},
        ),
        (NO_MEAN, {"mean": lambda losses: losses}),
        (NO_MEAN, {"mean": lambda losses: losses[:, 0]}),
        (
            "Your result has shape (1,): take the mean over all axes, so that one number is left.",
            {"mean": lambda losses: ops.mean(losses, axis=0)},
        ),
        (
            "The logarithm is missing: this is minus the mean probability, −log σ is asked for.",
            {"loss": lambda logits: -ops.sigmoid(logits)},
        ),
        (
            "The logarithm is missing: this is the mean of 1 − σ, −log σ is asked for.",
            {"loss": lambda logits: 1 - ops.sigmoid(logits)},
        ),
        (SIGMOID_FIRST, {"loss": lambda logits: ops.softplus(-ops.sigmoid(logits))}),
        (
            "You squared the distance to the label (least squares); −log σ is asked for.",
            {"loss": lambda logits: ops.square(1 - ops.sigmoid(logits))},
        ),
        (
            "You squared the distance of the logit from 1 (least squares); −log σ is asked for.",
            {"loss": lambda logits: ops.square(1 - logits)},
        ),
        (
            "The loss is halved: the mean of −log σ has no factor.",
            {"loss": lambda logits: 0.5 * ops.softplus(-logits)},
        ),
    ],
)
generator_loss.add_mistakes(_by_logarithm, [(NOT_FINITE, {"keep": lambda p: p})])
generator_loss.add_mistakes(
    _by_entropy,
    [
        (AS_PROBABILITIES, {}),
    ],
)


@generator_loss.mistake(BY_NUMPY)
def generator_by_numpy(fake_logits):
    return np.mean(softplus_of_array(ops.convert_to_numpy(-fake_logits)))


@generator_loss.alternative
def generator_by_log_sigmoid(fake_logits):
    return ops.mean(-ops.log_sigmoid(fake_logits))


@generator_loss.alternative
def generator_by_cross_entropy(fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return entropy(ops.ones_like(fake_logits), fake_logits)
