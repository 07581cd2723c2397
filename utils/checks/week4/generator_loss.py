"""Check of `generator_loss`: points, the mistakes people make, sound variants."""

import keras
from keras import ops

from ..check import new_check
from ._gan_losses import LOG_OF_ZERO

generator_loss = new_check(__name__, rtol=1e-4, atol=1e-5)


@generator_loss.mistake(
    "This is the saturating loss, log(1 − σ(logit)): its gradient vanishes just where the "
    "discriminator is sure. Minimise −log σ(logit)."
)
def saturating(fake_logits):
    return -ops.mean(ops.softplus(fake_logits))


@generator_loss.mistake(
    "This is the discriminator's half: the generator wants its images to be called real."
)
def discriminators_half(fake_logits):
    return ops.mean(ops.softplus(fake_logits))


@generator_loss.mistake(LOG_OF_ZERO)
def logarithm_of_probability(fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(fake_logits)))


@generator_loss.mistake(
    "A small number inside the logarithm hides the infinity, and the gradient is lost with it."
)
def generator_with_epsilon(fake_logits):
    return -ops.mean(ops.log(ops.sigmoid(fake_logits) + 1e-7))


@generator_loss.mistake("You summed over the batch; the loss is a mean.")
def summed_loss(fake_logits):
    return ops.sum(ops.softplus(-fake_logits))


@generator_loss.mistake("This is minus the mean logit, which nothing bounds; −log σ is asked for.")
def mean_logit(fake_logits):
    return -ops.mean(fake_logits)


@generator_loss.alternative
def generator_by_log_sigmoid(fake_logits):
    return ops.mean(-ops.log_sigmoid(fake_logits))


@generator_loss.alternative
def generator_by_cross_entropy(fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return entropy(ops.ones_like(fake_logits), fake_logits)
