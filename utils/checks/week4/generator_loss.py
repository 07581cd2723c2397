"""Check of `generator_loss`: the loss that doesn't saturate, and logits of ±1000."""

import keras
from keras import ops

from ..check import new_check
from ._gan_losses import LOG_OF_ZERO

generator_loss = new_check(__name__, rtol=1e-4, atol=1e-5)


def _loss(fake_logits, loss=lambda logits: ops.softplus(-logits), mean=ops.mean):
    return mean(loss(fake_logits))


generator_loss.add_mistakes(
    _loss,
    {
        "This is the saturating loss, log(1 − σ(logit)): its gradient vanishes just where the "
        "discriminator is sure. Minimise −log σ(logit).": {
            "loss": lambda logits: -ops.softplus(logits)
        },
        "This is the discriminator's term for fake images: they should be called real.": {
            "loss": ops.softplus
        },
        LOG_OF_ZERO: {"loss": lambda logits: -ops.log(ops.sigmoid(logits))},
        "A small number inside the logarithm hides the infinity, and loses the gradient.": {
            "loss": lambda logits: -ops.log(ops.sigmoid(logits) + 1e-7)
        },
        "You summed over the batch; the loss is a mean.": {"mean": ops.sum},
        "This is minus the mean logit, which nothing bounds; −log σ is asked for.": {
            "loss": lambda logits: -logits
        },
    },
)


@generator_loss.alternative
def generator_by_log_sigmoid(fake_logits):
    return ops.mean(-ops.log_sigmoid(fake_logits))


@generator_loss.alternative
def generator_by_cross_entropy(fake_logits):
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    return entropy(ops.ones_like(fake_logits), fake_logits)
