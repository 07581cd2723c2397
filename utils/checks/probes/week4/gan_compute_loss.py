"""On which inputs `gan_compute_loss` is tried."""

import keras

from ..models import outputs, set_known_weights
from ..recorder import probe
from ._arrays import as_number, draw_images
from ._gan import Trained

NEARLY_ALL = 1 - 1e-9  # in single precision no random number is as large


@probe
def gan_compute_loss(call, rng):
    """One step of plain gradient descent shows each network's gradient in how its weights move."""
    for case, kind in (("two small networks", None), ("a discriminator with a state", "state")):
        generator, discriminator = _small_gan(rng, kind)
        number, others = (int(n) for n in rng.integers(3, 6, size=2))
        noise = rng.normal(size=(others, generator.input_shape[1])).astype("float32")
        real = draw_images(rng, number, side=4, channels=1)
        fake = outputs(generator, noise)
        call(f"{case}: the loss", discriminator, real, fake, then=as_number)
        before = _values(generator), _values(discriminator)
        call.inside(
            f"{case}: how one step moves the weights",
            one_step, generator, discriminator, noise, real, then=_moves_from(before),
        )  # fmt: skip


def _small_gan(rng, kind):
    layers = keras.layers
    noise_size, hidden = (int(n) for n in rng.integers((2, 4), (6, 8)))
    make = [keras.Input((noise_size,)), layers.Dense(16, activation="tanh")]
    make.append(layers.Reshape((4, 4, 1)))
    make = set_known_weights(keras.Sequential(make), rng)
    return make, set_known_weights(_small_judge(hidden, kind == "state"), rng)


def _small_judge(hidden, has_state):
    """Return a discriminator. has_state: whether its answer in training is another: then it leaves
    out some features, always the same, so that no answer depends on another image or on chance."""
    layers = keras.layers
    images = keras.Input((4, 4, 1))
    flat = layers.Flatten()(images)
    features = layers.Dense(hidden, activation="tanh")(flat)
    if has_state:
        others = layers.Dropout(NEARLY_ALL)(layers.Dense(5, activation="tanh")(flat))
        features = layers.Concatenate()([features, others])
    return keras.Model(images, layers.Dense(1)(features))


def one_step(loss, generator, discriminator, noise, real):
    """Return the weights of both networks, two lists of arrays, after one step on their loss."""

    def both_losses(fake, real):
        return loss(discriminator, real, fake)

    model = Trained(generator, both_losses, 1.0, discriminator)
    model.train_on_batch(noise, real)
    return _values(generator), _values(discriminator)


def _moves_from(before):
    def look(after):
        names = ("generator", "discriminator")
        return {
            name: [new - old for new, old in zip(*part, strict=True)]
            for name, *part in zip(names, after, before)
        }

    return look


def _values(model):
    return [
        keras.ops.convert_to_numpy(weight)
        for weight in model.weights
        if weight.dtype.startswith("float")  # and no state of a generator
    ]
