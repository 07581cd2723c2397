"""Check of `discriminator_loss`: labels, both terms, means, and logits of ±1000."""

import keras
from keras import ops

from ..check import new_check
from ._gan_losses import LOG_OF_ZERO

discriminator_loss = new_check(__name__, rtol=1e-4, atol=1e-5)


def _loss(real_logits, fake_logits, signs=(-1, 1), factors=(1, 1), mean=ops.mean):
    real, fake = ops.softplus(signs[0] * real_logits), ops.softplus(signs[1] * fake_logits)
    return factors[0] * mean(real) + factors[1] * mean(fake)


def _by_logarithms(real_logits, fake_logits, added=0.0):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(real + added)) - ops.mean(ops.log(1 - fake + added))


discriminator_loss.add_mistakes(
    _loss,
    {
        "The labels are swapped: real ones should get high logits.": {"signs": (1, -1)},
        "The term for the fake images is missing.": {"factors": (1, 0)},
        "The term for the real images is missing.": {"factors": (0, 1)},
        "You summed over the batch; both terms are means.": {"mean": ops.sum},
        "You halved the sum of both means; the loss is the sum.": {"factors": (0.5, 0.5)},
        "The sign is wrong: this falls as the discriminator gets worse.": {"factors": (-1, -1)},
    },
)
discriminator_loss.add_mistakes(
    _by_logarithms,
    {
        LOG_OF_ZERO: {"added": 0.0},
        "A small number inside the logarithm hides the infinity: the loss of a sure mistake "
        "is cut off.": {"added": 1e-7},
    },
)


@discriminator_loss.alternative
def by_log_sigmoid(real_logits, fake_logits):
    sigma = ops.log_sigmoid
    return -ops.mean(sigma(real_logits)) - ops.mean(sigma(-fake_logits))


@discriminator_loss.alternative
def by_cross_entropy(real_logits, fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    real = entropy(ops.ones_like(real_logits), real_logits)
    return real + entropy(ops.zeros_like(fake_logits), fake_logits)
