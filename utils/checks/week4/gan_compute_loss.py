"""Check of `gan_compute_loss`: points, the mistakes people make, sound variants."""

import keras
from keras import ops

from ..check import new_check

gan_compute_loss = new_check(__name__, points=3, rtol=1e-3, atol=1e-5)


def _d_loss(real, fake):
    return ops.mean(ops.softplus(-real)) + ops.mean(ops.softplus(fake))


def _g_loss(fake):
    return ops.mean(ops.softplus(-fake))


def _constant(discriminator, images, training=True, stop=True):
    """Return what a discriminator says, whose weights are constants."""
    weights = [weight.value for weight in discriminator.trainable_variables]
    if stop:
        weights = [ops.stop_gradient(weight) for weight in weights]
    states = discriminator.non_trainable_variables
    return discriminator.stateless_call(weights, states, images, training=training)[0]


@gan_compute_loss.mistake(
    "The generator's loss moves the discriminator too, towards calling fake images real: there its "
    "weights must be constants."
)
def both_move_the_discriminator(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(real, fake) + _g_loss(discriminator(fake_images, training=True))


@gan_compute_loss.mistake(
    "The discriminator's loss moves the generator too, the wrong way: there the fake images must "
    "be constants."
)
def both_move_the_generator(discriminator, real_images, fake_images):
    fake = discriminator(fake_images, training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(real, fake) + _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake(
    "Each loss moves both networks: stop the fake images in the discriminator's loss and the "
    "weights in the generator's."
)
def nothing_is_stopped(discriminator, real_images, fake_images):
    fake = discriminator(fake_images, training=True)
    return _d_loss(discriminator(real_images, training=True), fake) + _g_loss(fake)


@gan_compute_loss.mistake(
    "The generator never moves: in its own loss the fake images must not be constants."
)
def generator_is_cut_off(discriminator, real_images, fake_images):
    fake_images = ops.stop_gradient(fake_images)
    fake = discriminator(fake_images, training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(real, fake) + _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake(
    "`trainable = False` freezes the discriminator in both losses, so it never moves; use its "
    "weights as constants in the generator's loss only."
)
def frozen_for_good(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    loss = _d_loss(discriminator(real_images, training=True), fake)
    discriminator.trainable = False
    return loss + _g_loss(discriminator(fake_images, training=True))


@gan_compute_loss.mistake("The generator's loss is missing from the sum.")
def discriminators_loss_only(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    return _d_loss(discriminator(real_images, training=True), fake)


@gan_compute_loss.mistake("The discriminator's loss is missing from the sum.")
def generators_loss_only(discriminator, real_images, fake_images):
    return _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake("Real and fake images are swapped in the discriminator's loss.")
def real_and_fake_swapped(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    return _d_loss(fake, real) + _g_loss(_constant(discriminator, fake_images))


@gan_compute_loss.mistake(
    "The generator's loss is the saturating one, whose gradient vanishes where the discriminator "
    "is sure."
)
def saturating_step(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images), training=True)
    real = discriminator(real_images, training=True)
    judged = _constant(discriminator, fake_images)
    return _d_loss(real, fake) - ops.mean(ops.softplus(judged))


@gan_compute_loss.mistake("Call the discriminator with `training=True`: this is a training step.")
def in_inference_mode(discriminator, real_images, fake_images):
    fake = discriminator(ops.stop_gradient(fake_images))
    real = discriminator(real_images)
    return _d_loss(real, fake) + _g_loss(_constant(discriminator, fake_images, training=False))


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
