"""Check of `gan_compute_loss`: which loss moves which network, and in training mode."""

import keras
import numpy as np
from keras import ops

from ..check import new_check


def _of_generator(ours, theirs):
    if not np.any(ours):
        return (
            "No gradient reaches the generator: in its own loss the fake images must be what it "
            "made, not constants."
        )
    if np.allclose(ours, -theirs, rtol=1e-3, atol=1e-6):
        return "The generator moves the wrong way: its loss has the wrong sign in the sum."
    return (
        "The generator isn't moved by its own loss alone: that is −log σ of what this "
        "discriminator, with its own weights as constants, says of the fake images in training."
    )


def _of_discriminator(ours, theirs):
    if not np.any(ours):
        return "No gradient reaches the discriminator: in its own loss its weights must move."
    if np.allclose(ours, -theirs, rtol=1e-3, atol=1e-6):
        return "The discriminator moves the wrong way: its loss has the wrong sign in the sum."
    return (
        "The discriminator isn't moved by its own loss alone: that sees real and fake images, the "
        "fake ones as constants, and in the generator's loss its weights are constants."
    )


gan_compute_loss = new_check(
    __name__,
    points=3,
    rtol=1e-3,
    atol=1e-5,
    sentences={"generator": _of_generator, "discriminator": _of_discriminator},
)


def _d_loss(real, fake):
    return ops.mean(ops.softplus(-real)) + ops.mean(ops.softplus(fake))


def _g_loss(fake):
    return ops.mean(ops.softplus(-fake))


def _judged_by_constants(discriminator, images, training):
    """Return the logits of a discriminator whose weights are constants."""
    weights = [ops.stop_gradient(weight.value) for weight in discriminator.trainable_variables]
    states = discriminator.non_trainable_variables
    return discriminator.stateless_call(weights, states, images, training=training)[0]


def _judged(discriminator, images, training):
    return discriminator(images, training=training)


def _loss(
    discriminator, real_images, fake_images, fake_of_d=ops.stop_gradient,
    fake_of_g=lambda images: images, judged=_judged_by_constants, d_loss=_d_loss, g_loss=_g_loss,
    training=True, judges=True, logits_of_d=lambda logits: logits, total=lambda d, g: d + g,
):  # fmt: skip
    """Return the sum of both losses.

    fake_of_d, fake_of_g: how the discriminator's and the generator's loss see the fake images;
    judged: how the generator's loss sees the discriminator, in training mode if `judges`.
    """
    fake = logits_of_d(discriminator(fake_of_d(fake_images), training=training))
    real = discriminator(real_images, training=training)
    answers = judged(discriminator, fake_of_g(fake_images), judges)
    return total(d_loss(real, fake), g_loss(answers))


gan_compute_loss.add_mistakes(
    _loss,
    {
        "The generator's loss moves the discriminator too, towards calling fake images real: "
        "there its weights must be constants.": {"judged": _judged},
        "The discriminator's loss moves the generator too, the wrong way: there the fake "
        "images must be constants.": {"fake_of_d": lambda images: images},
        "Each loss moves both networks: stop the fake images in the discriminator's loss and "
        "the weights in the generator's.": {"judged": _judged, "fake_of_d": lambda images: images},
        "The generator never moves: in its own loss the fake images must not be constants.": {
            "fake_of_g": ops.stop_gradient
        },
        "The generator's loss is missing from the sum.": {"g_loss": lambda fake: 0},
        "The discriminator's loss is missing from the sum.": {"d_loss": lambda real, fake: 0},
        "Real and fake images are swapped in the discriminator's loss.": {
            "d_loss": lambda real, fake: _d_loss(fake, real)
        },
        "The generator's loss is the saturating one, whose gradient vanishes where the "
        "discriminator is sure.": {"g_loss": lambda fake: -ops.mean(ops.softplus(fake))},
        "Call the discriminator with `training=True`: this is a training step.": {
            "training": False,
            "judges": False,
        },
        "Call the discriminator with `training=True` in the generator's loss too.": {
            "judges": False
        },
        "Call the discriminator with `training=True` in its own loss too.": {"training": False},
        "You stopped the gradient at the discriminator's answers to fake images, so it learns "
        "nothing of them: stop it at the images themselves.": {
            "fake_of_d": lambda images: images,
            "logits_of_d": ops.stop_gradient,
        },
        "You return both losses; return their sum.": {"total": lambda d, g: (d, g)},
        "You took the mean of both losses; their sum is asked for.": {
            "total": lambda d, g: (d + g) / 2
        },
        "The generator's loss is subtracted: add both losses.": {"total": lambda d, g: d - g},
        "The discriminator's loss is subtracted: add both losses.": {"total": lambda d, g: g - d},
        "The generator wants its images called real; yours is rewarded for being unmasked.": {
            "g_loss": lambda fake: ops.mean(ops.softplus(fake))
        },
        "The term of the real images is missing from the discriminator's loss.": {
            "d_loss": lambda real, fake: ops.mean(ops.softplus(fake))
        },
        "The term of the fake images is missing from the discriminator's loss.": {
            "d_loss": lambda real, fake: ops.mean(ops.softplus(-real))
        },
        "The discriminator's loss is halved: it is the sum of both terms.": {
            "d_loss": lambda real, fake: _d_loss(real, fake) / 2
        },
    },
)


@gan_compute_loss.mistake(
    "`trainable = False` freezes the discriminator in both losses, so it never moves; use its "
    "weights as constants in the generator's loss only."
)
def frozen_for_good(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    loss = _d_loss(discriminator(real_images, training=True), fake)
    discriminator.trainable = False
    return loss + _g_loss(discriminator(fake_images, training=True))


@gan_compute_loss.mistake(
    "The generator's loss must see the fake images; yours judges the real ones."
)
def real_for_generator(discriminator, real_images, fake_images):
    return _loss(discriminator, real_images, fake_images, fake_of_g=lambda _: real_images)


@gan_compute_loss.alternative
def both_at_once(discriminator, real_images, fake_images):
    images = ops.concatenate([real_images, ops.stop_gradient(fake_images)], axis=0)
    answers = discriminator(images, training=True)
    number = real_images.shape[0]
    judged = _judged_by_constants(discriminator, fake_images, training=True)
    return _d_loss(answers[:number], answers[number:]) + _g_loss(judged)


@gan_compute_loss.alternative
def by_cancelling(discriminator, real_images, fake_images):
    """The same logits with constant images take the gradient of the weights away again."""
    real = discriminator(real_images, training=True)
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    judged = discriminator(fake_images, training=True)
    for_generator = _g_loss(judged) - _g_loss(fake) + ops.stop_gradient(_g_loss(fake))
    return for_generator + _d_loss(real, fake)


@gan_compute_loss.alternative
def generator_first(discriminator, real_images, fake_images):
    trainable = [ops.stop_gradient(w.value) for w in discriminator.trainable_variables]
    others = [v.value for v in discriminator.non_trainable_variables]
    judged, _ = discriminator.stateless_call(trainable, others, fake_images, training=True)
    entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    loss = entropy(ops.ones_like(judged), judged)
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    loss = loss + entropy(ops.ones_like(real), real)
    return loss + entropy(ops.zeros_like(fake), fake)
