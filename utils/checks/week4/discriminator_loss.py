"""Check of `discriminator_loss`: points, the mistakes people make, sound variants."""

import keras
from keras import ops

from ..check import new_check
from ._gan_losses import LOG_OF_ZERO

discriminator_loss = new_check(__name__, rtol=1e-4, atol=1e-5)


@discriminator_loss.mistake("The labels are swapped: real ones should get high logits.")
def labels_swapped(real_logits, fake_logits):
    return ops.mean(ops.softplus(real_logits)) + ops.mean(ops.softplus(-fake_logits))


@discriminator_loss.mistake("The half of the fake images is missing.")
def real_half_only(real_logits, fake_logits):
    return ops.mean(ops.softplus(-real_logits))


@discriminator_loss.mistake("The half of the real images is missing.")
def fake_half_only(real_logits, fake_logits):
    return ops.mean(ops.softplus(fake_logits))


@discriminator_loss.mistake(LOG_OF_ZERO)
def logarithms_of_probabilities(real_logits, fake_logits):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(real)) - ops.mean(ops.log(1 - fake))


@discriminator_loss.mistake(
    "A small number inside the logarithm hides the infinity: the loss of a sure mistake is cut off."
)
def with_epsilon(real_logits, fake_logits):
    real, fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(real + 1e-7)) - ops.mean(ops.log(1 - fake + 1e-7))


@discriminator_loss.mistake("You summed over the batch; both halves are means.")
def summed_losses(real_logits, fake_logits):
    return ops.sum(ops.softplus(-real_logits)) + ops.sum(ops.softplus(fake_logits))


@discriminator_loss.mistake("You halved the sum of both means; the loss is the sum.")
def halved(real_logits, fake_logits):
    return (ops.mean(ops.softplus(-real_logits)) + ops.mean(ops.softplus(fake_logits))) / 2


@discriminator_loss.mistake("The sign is wrong: this falls as the discriminator gets worse.")
def maximised(real_logits, fake_logits):
    return -ops.mean(ops.softplus(-real_logits)) - ops.mean(ops.softplus(fake_logits))


@discriminator_loss.alternative
def by_log_sigmoid(real_logits, fake_logits):
    sigma = ops.log_sigmoid
    return -ops.mean(sigma(real_logits)) - ops.mean(sigma(-fake_logits))


@discriminator_loss.alternative
def by_cross_entropy(real_logits, fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    real = entropy(ops.ones_like(real_logits), real_logits)
    return real + entropy(ops.zeros_like(fake_logits), fake_logits)
