"""On which inputs `gan_compute_loss` is tried."""

import keras

from ..models import outputs, set_known_weights
from ..recorder import probe
from ._arrays import as_number, draw_images
from ._gan import Trained


@probe
def gan_compute_loss(call, rng):
    """One step of plain gradient descent shows each network's gradient in how its weights move."""
    for case, kind in (("two small networks", None), ("a discriminator with a state", "state")):
        generator, discriminator = _small_gan(rng, kind)
        noise = rng.normal(size=(4, 3)).astype("float32")
        real = draw_images(rng, n=4, side=4, channels=1)
        fake = outputs(generator, noise)
        call(f"{case}: the loss", discriminator, real, fake, then=as_number)
        call.observe(
            f"{case}: how one step moves the weights",
            _one_step, call.function, generator, discriminator, noise, real,
        )  # fmt: skip


def _small_gan(rng, kind):
    layers = keras.layers
    make = [keras.Input((3,)), layers.Dense(16, activation="tanh"), layers.Reshape((4, 4, 1))]
    judge = [keras.Input((4, 4, 1)), layers.Flatten(), layers.Dense(5, activation="tanh")]
    if kind == "state":
        judge.append(layers.BatchNormalization())  # its answer in training mode is another
    judge.append(layers.Dense(1))
    return tuple(set_known_weights(keras.Sequential(part), rng) for part in (make, judge))


def _one_step(loss, generator, discriminator, noise, real):
    parts = {"generator": generator, "discriminator": discriminator}
    before = {name: _values(part) for name, part in parts.items()}

    def both_losses(fake, real):
        return loss(discriminator, real, fake)

    model = Trained(generator, both_losses, 1.0, discriminator)
    model.train_on_batch(noise, real)
    return {
        name: [new - old for new, old in zip(_values(part), before[name])]
        for name, part in parts.items()
    }


def _values(model):
    return [
        keras.ops.convert_to_numpy(weight)
        for weight in model.weights
        if not weight.name.startswith("moving_")
    ]
