"""Check of `discriminator_loss`: labels, both terms, means, and logits of ±1000."""

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

discriminator_loss = new_check(__name__, rtol=1e-4, atol=1e-5, sentences={SURE: of_sure_ones})


def _loss(
    real_logits, fake_logits, signs=(-1, 1), factors=(1, 1), mean=ops.mean, softplus=ops.softplus,
    given=lambda logits: logits,
):  # fmt: skip
    real, fake = softplus(signs[0] * given(real_logits)), softplus(signs[1] * given(fake_logits))
    return factors[0] * mean(real) + factors[1] * mean(fake)


def _by_logarithms(real_logits, fake_logits, keep=lambda p: p):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(keep(real))) - ops.mean(ops.log(keep(1 - fake)))


def _by_entropy(real_logits, fake_logits, smooth=1.0, given=lambda logits: logits, **options):
    entropy = keras.losses.BinaryCrossentropy(**options)
    real, fake = given(real_logits), given(fake_logits)
    return entropy(smooth * ops.ones_like(real), real) + entropy(ops.zeros_like(fake), fake)


SWAPPED = "The labels are swapped: real ones should get high logits."
SUMS = "You summed over the batch; both terms are means."
NO_MEAN = "You returned one loss per image; take the mean of both terms, one number."
discriminator_loss.add_mistakes(
    _loss,
    [
        (SWAPPED, {"signs": (1, -1)}),
        ("The term for the fake images is missing.", {"factors": (1, 0)}),
        ("The term for the real images is missing.", {"factors": (0, 1)}),
        (SUMS, {"mean": ops.sum}),
        ("You halved the sum of both means; the loss is the sum.", {"factors": (0.5, 0.5)}),
        ("The term for the fake images is subtracted; add both terms.", {"factors": (1, -1)}),
        ("The term for the real images is subtracted; add both terms.", {"factors": (-1, 1)}),
        ("The sign is wrong: this falls as the discriminator gets worse.", {"factors": (-1, -1)}),
        (
            "Both terms have the sign of the real one: the fake ones should get low logits.",
            {"signs": (-1, -1)},
        ),
        (
            "Both terms have the sign of the fake one: the real ones should get high logits.",
            {"signs": (1, 1)},
        ),
        (NO_MEAN, {"mean": lambda losses: losses}),
        (NO_MEAN, {"mean": lambda losses: losses[:, 0]}),
        (
            "Your result has shape (1,): take the mean over all axes, so that one number is left.",
            {"mean": lambda losses: ops.mean(losses, axis=0)},
        ),
        (SIGMOID_FIRST, {"given": ops.sigmoid}),
        (
            "The logarithm is missing: −log σ of the logits is asked for, this is a sum of "
            "probabilities.",
            {"softplus": ops.sigmoid},
        ),
        (
            "The sigmoid's logarithm is missing: these are means of the logits themselves, which "
            "nothing bounds.",
            {"softplus": lambda x: x},
        ),
        (
            "You squared the distance to the labels (least squares); cross-entropy is asked for.",
            {"softplus": lambda x: ops.square(ops.sigmoid(x))},
        ),
        (
            "This is the hinge loss; cross-entropy, softplus of the logits, is asked for.",
            {"softplus": lambda x: ops.relu(1 + x)},
        ),
        (
            "The logarithm is to the base 2; the natural one is asked for.",
            {"softplus": lambda x: ops.softplus(x) / np.log(2)},
        ),
    ],
)
discriminator_loss.add_mistakes(_by_logarithms, [(NOT_FINITE, {"keep": lambda p: p})])
discriminator_loss.add_mistakes(
    _by_entropy,
    [
        (AS_PROBABILITIES, {}),
        (
            "You smoothed the label of real images; it is 1.",
            {"smooth": 0.9, "from_logits": True},
        ),
    ],
)


@discriminator_loss.mistake(
    "You took one mean over real and fake ones together; each has a mean of its own, and the loss "
    "is their sum."
)
def one_mean(real_logits, fake_logits):
    losses = [ops.softplus(-real_logits), ops.softplus(fake_logits)]
    return ops.mean(ops.concatenate(losses, axis=0))


@discriminator_loss.mistake(SUMS)
def one_sum_divided(real_logits, fake_logits):
    losses = [ops.softplus(-real_logits), ops.softplus(fake_logits)]
    return sum(map(ops.sum, losses)) / real_logits.shape[0]


ADDED_FIRST = (
    "You add the losses of real and fake ones before the mean, which takes as many of both: take "
    "the mean of each first."
)


@discriminator_loss.mistake(ADDED_FIRST)
def added_before_mean(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits) + ops.softplus(fake_logits))


@discriminator_loss.mistake(ADDED_FIRST)
def flat_added_before_mean(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits[:, 0]) + ops.softplus(fake_logits[:, 0]))


@discriminator_loss.mistake(BY_NUMPY)
def by_numpy(real_logits, fake_logits):
    real, fake = map(ops.convert_to_numpy, (-real_logits, fake_logits))
    return np.mean(softplus_of_array(real)) + np.mean(softplus_of_array(fake))


@discriminator_loss.mistake("You return both terms; return their sum, one number.")
def both_terms(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits)), ops.mean(ops.softplus(fake_logits))


@discriminator_loss.alternative
def by_log_sigmoid(real_logits, fake_logits):
    sigma = ops.log_sigmoid
    return -ops.mean(sigma(real_logits)) - ops.mean(sigma(-fake_logits))


@discriminator_loss.alternative
def by_cross_entropy(real_logits, fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    real = entropy(ops.ones_like(real_logits), real_logits)
    return real + entropy(ops.zeros_like(fake_logits), fake_logits)
