"""Trains the scene encoder anew, from nothing, in a few minutes on two cores.

    python -m utils.encoders.make_scenes

It draws scenes with the code that draws those of the tiny profile, from another seed, and trains
two networks to say what is in a picture, not where. The pairs of colour and shape that week 6 keeps
for its test are never shown. One network for all would learn "red and pointed, so a star". So one
sees colours, a few pixels at a time; the other sees shapes, in pictures whose colour channels are
shuffled and inverted at random. The weights go to `scenes.npz` beside this file, in float16.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from ..config import set_seed
from ..datasets.synthetic_scenes import COLOURS, SHAPE_WORDS, SIZE_WORDS, make_scenes
from .scene_network import colour_eye, scene_encoder, scene_network, shape_eye
from .stored import save_weights

SEED = 11  # of scenes that no notebook draws
SCENES, TESTED, BATCH_SIZE = 8_000, 1_000, 32
COLOUR_EPOCHS, COLOUR_PEAK = 4, 8e-3  # Adam's largest rate
SHAPE_EPOCHS, SHAPE_PEAK = 10, 0.05  # Muon's largest rate


def shown(scenes, key, values):
    """Return (n, values) of 1 where a scene shows a value of an attribute, else 0."""
    rows = [[value in (scene[key], scene.get(key + "2")) for value in sorted(values)]
            for scene in scenes]  # fmt: skip
    return np.array(rows, "float32")


def answers(scenes):
    """Return what the encoder's 14 channels should find somewhere in each scene."""
    parts = ("color", COLOURS), ("shape", SHAPE_WORDS), ("size", SIZE_WORDS)
    return np.hstack([shown(scenes, key, values) for key, values in parts])


def mix_colours(images, rng):
    """Shuffle the three channels of each image, and invert each or not."""
    order = np.argsort(rng.random((len(images), 1, 1, 3)), axis=-1)
    sign = rng.choice(np.array([-1, 1], "float32"), size=order.shape)
    return np.take_along_axis(images, order, axis=-1) * sign


def train_eye(parts, x, y, epochs, optimizer, peak, augment=None):
    """Train layers that answer at each place; what is in a scene is their largest answer."""
    import keras

    from ..training import Batches, fit, whiten_first_layer

    grid = keras.Sequential([keras.Input(x.shape[1:]), *parts])
    whole = keras.Sequential([grid, keras.layers.GlobalMaxPooling2D()])
    if augment:
        whiten_first_layer(grid, augment(x[:400], np.random.default_rng(SEED)))
    batches = Batches(x, y, BATCH_SIZE, SEED, augment)
    steps = epochs * len(batches)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, 9 * steps // 10, warmup_target=peak, warmup_steps=steps // 10
    )
    whole.compile(
        optimizer(rate),
        keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=[keras.metrics.BinaryAccuracy(threshold=0, name="accuracy")],
    )
    history = fit(whole, batches, epochs)
    print("accuracy by epoch:", " ".join(f"{value:.3f}" for value in history["accuracy"]))
    return grid.get_weights()


def main():
    import keras

    from ..training import Muon

    set_seed(SEED)
    scenes = make_scenes(SEED, SCENES, 1, TESTED)
    encoder = scene_encoder()
    x, y = encoder.preprocess(scenes.x_train.astype("float32")), answers(scenes.attributes_train)
    network, adam = scene_network(), keras.optimizers.Adam
    network.get_layer("colours").set_weights(
        train_eye(colour_eye(), x, y[:, :6], COLOUR_EPOCHS, adam, COLOUR_PEAK)
    )
    network.get_layer("shapes").set_weights(
        train_eye(shape_eye(), x, y[:, 6:], SHAPE_EPOCHS, Muon, SHAPE_PEAK, mix_colours)
    )
    path = save_weights(network, "scenes")
    print(f"{network.count_params():,} weights, {path.stat().st_size:,} bytes in {path.name}")

    seen = encoder.model.predict(encoder.preprocess(scenes.x_test.astype("float32")), verbose=0)
    right = (seen.max(axis=(1, 2)) > 0.5) == answers(scenes.attributes_test)
    print("right in scenes with pairs never shown, by channel:", np.round(right.mean(axis=0), 3))


if __name__ == "__main__":
    main()
