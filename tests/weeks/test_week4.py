"""Week 4: what the notebook says of its networks and of GANs."""

import keras
import numpy as np
import pytest

from utils.checks import week4
from utils.checks.exercise import load_solutions

solutions = load_solutions(4)
STEPS = 3
NOISE = 5
IMAGE = (8, 8, 1)


def test_the_deep_autoencoder_has_as_many_weights_as_the_original():
    encoder, decoder = solutions.build_deep_autoencoder((32, 32, 3), 32)
    assert (encoder.count_params(), decoder.count_params()) == (421_216, 421_955)


def test_a_way_between_two_equal_codes_is_asked_for():
    """A unit vector from one code to the other is not a number there."""

    def morph(encoder, decoder, image_a, image_b, steps):
        a, b = encoder(np.stack([image_a, image_b]), training=False)
        length = keras.ops.norm(b - a)
        shares = np.linspace(0, 1, steps, dtype="float32")[:, None]
        codes = a + shares * length * ((b - a) / length)
        return decoder(codes, training=False)

    for seed in range(3):
        verdict = week4.morph.examine(morph, seed)
        assert not verdict.ok and "an image to itself" in verdict.text, verdict.text


def linear_pair(first, img_shape, units):
    """Return a linear autoencoder of an encoder's first layers and of a dense layer of its own."""
    size = int(np.prod(img_shape))
    flat = [keras.layers.Dense(size), keras.layers.Reshape(img_shape)]
    return keras.Sequential([keras.Input(img_shape), *first]), keras.Sequential(
        [keras.Input((units,)), *flat]
    )


Dense, Flatten = keras.layers.Dense, keras.layers.Flatten
FIRST_LAYERS = {  # what is said of them: the encoder's layers
    "flatten it before the dense layer": lambda units: [
        Dense(units), keras.layers.GlobalAveragePooling2D()
    ],
    "The bias of the encoder's dense layer is missing": lambda units: [
        Flatten(), Dense(units, use_bias=False)
    ],
    "more than one layer with weights in the encoder": lambda units: [
        Flatten(), Dense(9), Dense(units)
    ],
    "no layer with weights in the encoder": lambda units: [
        Flatten(), keras.layers.Reshape((-1, 1)), keras.layers.GlobalAveragePooling1D(),
        keras.layers.RepeatVector(units), Flatten(),
    ],
}  # fmt: skip


@pytest.mark.parametrize("said", FIRST_LAYERS)
def test_a_linear_encoder_is_told_what_differs_and_nothing_else(said):
    def build_pca_autoencoder(img_shape, code_size):
        return linear_pair(FIRST_LAYERS[said](code_size), img_shape, code_size)

    for seed in range(2):
        verdict = week4.build_pca_autoencoder.examine(build_pca_autoencoder, seed)
        assert not verdict.ok
        assert [words for words in FIRST_LAYERS if words in verdict.text] == [said], verdict.text


class Pair(keras.Model):
    """A generator and a discriminator that learn by a loss of (discriminator, real, fake)."""

    def __init__(self, loss):
        super().__init__()
        self.generator = solutions.build_generator(NOISE, IMAGE)
        self.discriminator = solutions.build_discriminator(IMAGE)
        self.loss_of = loss
        for layer in self.discriminator.layers:
            if isinstance(layer, keras.layers.Dropout):
                layer.rate = 0.0  # so that two pairs compute the same

    def call(self, noise, training=False):
        return self.generator(noise, training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return self.loss_of(self.discriminator, y, y_pred)


def discriminators_part(discriminator, real, fake):
    fake = keras.ops.stop_gradient(fake)
    return solutions.discriminator_loss(
        discriminator(real, training=True), discriminator(fake, training=True)
    )


def generators_part(discriminator, real, fake):
    return solutions.generator_loss(discriminator(fake, training=True))


def make_pair(loss, weights=None):
    pair = Pair(loss)
    pair.compile(optimizer=keras.optimizers.SGD(0.5), run_eagerly=True)
    if weights is not None:
        pair.set_weights(weights)
    return pair


def values(part):
    return [keras.ops.convert_to_numpy(weight) for weight in part.trainable_weights]


def step(pair, noise, real):
    """Return how far the trainable weights of generator and discriminator move in one step."""
    parts = (pair.generator, pair.discriminator)
    before = [values(part) for part in parts]
    pair.train_on_batch(noise, real)
    return [[new - old for new, old in zip(values(part), was)] for part, was in zip(parts, before)]


def test_both_networks_move_in_every_step_and_only_by_their_own_loss():
    rng = np.random.default_rng(0)
    keras.utils.set_random_seed(0)
    both = make_pair(solutions.gan_compute_loss)
    for _ in range(STEPS):
        noise = rng.normal(size=(6, NOISE)).astype("float32")
        real = rng.uniform(-0.5, 0.5, size=(6, *IMAGE)).astype("float32")
        weights = both.get_weights()
        generator, discriminator = step(both, noise, real)
        _, own = step(make_pair(discriminators_part, weights), noise, real)
        for ours, alone in zip(discriminator, own):
            assert ours.any()
            np.testing.assert_allclose(ours, alone, rtol=1e-3, atol=1e-6)
        own, _ = step(make_pair(generators_part, weights), noise, real)
        for ours, alone in zip(generator, own):
            assert ours.any()
            np.testing.assert_allclose(ours, alone, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("logit", [-30.0, -5.0])
def test_the_saturating_loss_has_hardly_a_slope_where_the_discriminator_wins(logit):
    def slope(loss, width=0.5):
        ends = [np.array([[logit + sign * width]], "float32") for sign in (-1, 1)]
        low, high = (float(keras.ops.convert_to_numpy(loss(end))) for end in ends)
        return abs(high - low) / (2 * width)

    assert slope(solutions.generator_loss) > 0.9
    assert slope(lambda logits: -keras.ops.mean(keras.ops.softplus(logits))) < 0.02


def test_a_frozen_discriminator_in_a_second_model_never_trains():
    """The notebook says so; should Keras change it, the text has to change too."""
    generator = solutions.build_generator(NOISE, IMAGE)
    discriminator = solutions.build_discriminator(IMAGE)
    settings = {"loss": keras.losses.BinaryCrossentropy(from_logits=True), "run_eagerly": True}
    discriminator.compile(optimizer=keras.optimizers.SGD(0.5), **settings)
    discriminator.trainable = False
    noise = keras.Input((NOISE,))
    keras.Model(noise, discriminator(generator(noise))).compile(optimizer="sgd", **settings)
    before = [keras.ops.convert_to_numpy(layer.kernel) for layer in kernels(discriminator)]
    images = np.random.default_rng(0).uniform(-0.5, 0.5, size=(4, *IMAGE)).astype("float32")
    discriminator.train_on_batch(images, np.ones((4, 1), "float32"))
    after = [keras.ops.convert_to_numpy(layer.kernel) for layer in kernels(discriminator)]
    assert before and all(np.array_equal(a, b) for a, b in zip(before, after))


def kernels(model):
    return [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]


def test_the_discriminator_trains_where_it_is_not_frozen():
    discriminator = solutions.build_discriminator(IMAGE)
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    discriminator.compile(optimizer=keras.optimizers.SGD(0.5), loss=loss, run_eagerly=True)
    before = values(discriminator)
    images = np.random.default_rng(0).uniform(-0.5, 0.5, size=(4, *IMAGE)).astype("float32")
    discriminator.train_on_batch(images, np.ones((4, 1), "float32"))
    assert not any(np.array_equal(a, b) for a, b in zip(before, values(discriminator)))


def discriminator(end):
    """Return a function that builds a discriminator with this activation at its end."""

    def build_discriminator(img_shape):
        model = keras.Sequential([keras.Input(img_shape)])
        model.add(keras.layers.Conv2D(8, 4, 2, padding="same", activation="elu"))
        model.add(keras.layers.Flatten())
        model.add(keras.layers.Dense(1, activation=end))
        return model

    return build_discriminator


@pytest.mark.parametrize(
    "end, said",
    [
        ("tanh", "within −1 and 1"),
        ("softmax", "the same for all images"),
        ("log_sigmoid", "No answer is above 0"),
        ("softplus", "No answer is below 0"),
    ],
)
def test_what_bounds_a_logit_is_named(end, said):
    verdict = week4.build_discriminator.examine(discriminator(end), 0)
    assert not verdict.ok and said in verdict.mistake


def test_pixels_that_a_discriminator_skips_are_named():
    def build_discriminator(img_shape):
        model = keras.Sequential([keras.Input(img_shape)])
        model.add(keras.layers.Conv2D(8, 1, 2, activation="elu"))
        model.add(keras.layers.Flatten())
        model.add(keras.layers.Dense(1))
        return model

    verdict = week4.build_discriminator.examine(build_discriminator, 0)
    assert "every second row" in verdict.mistake
