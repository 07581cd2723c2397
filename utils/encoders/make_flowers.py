"""Trains the flower encoder anew, from nothing, in a few minutes on two cores.

    python -m utils.encoders.make_flowers

It invents species, draws their flowers with the code that draws those of the tiny profile, and
trains a network to tell them apart; killed and run again, it goes on. The last layer is thrown
away; what is below goes to `flowers.npz` beside this file, in float16.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from ..config import set_seed  # noqa: E402
from ..datasets.synthetic_flowers import SPECIES, make_flowers  # noqa: E402
from ..display import LiveCurves  # noqa: E402
from ..training import Batches, fit  # noqa: E402
from .flower_network import flower_encoder, flower_network  # noqa: E402
from .stored import save_weights  # noqa: E402

SEED = 7
NUM_SPECIES, PER_SPECIES, HELD_OUT = 120, 60, 8  # pictures of each species
EPOCHS, BATCH_SIZE, PEAK = 7, 64, 4e-3
SHAPES = {  # petals at least and at most, half their widths, layers at most
    "lens": (4, 18, 0.1, 0.32, 4),
    "notch": (4, 8, 0.3, 0.55, 2),
    "ray": (7, 20, 0.07, 0.2, 3),
    "round": (3, 8, 0.3, 0.85, 3),
    "skew": (3, 8, 0.25, 0.5, 2),
}


def invent_species(number, rng):
    """Return {name: species} as in SPECIES, none of them like one of those eight."""
    invented = {}
    while len(invented) < number:
        shape = str(rng.choice(list(SHAPES)))
        fewest, most, thin, wide, layers = SHAPES[shape]
        hues = [None if rng.random() < 0.2 else rng.random() for _ in range(2)]
        if hues[0] is not None:
            hues[1] = hues[0] + rng.normal(0, 0.04)
        petals, layers = int(rng.integers(fewest, most + 1)), int(rng.integers(1, layers + 1))
        species = (petals, layers, shape, rng.uniform(thin, wide), (*hues, rng.random()),
                   rng.uniform(0.08, 0.45), tuple(rng.integers(30, 256, 3).tolist()))  # fmt: skip
        if not any(is_like(species, known) for known in SPECIES.values()):
            invented[f"species {len(invented) + 1}"] = species
    return invented


def is_like(one, other):
    """Return whether two species have petals of one shape, as many layers, and about as many."""
    return one[1:3] == other[1:3] and abs(one[0] - other[0]) <= 1


def prepared(images, rng=None):
    """Return a batch of images as the network takes them."""
    return flower_encoder().preprocess(images.astype("float32"))


def main():
    import keras

    rng = set_seed(SEED)
    species = invent_species(NUM_SPECIES, rng)
    parts = (NUM_SPECIES * PER_SPECIES, NUM_SPECIES * HELD_OUT, 1)
    flowers = make_flowers(SEED, *parts, species=species)
    batches = Batches(flowers.x_train, flowers.y_train, BATCH_SIZE, SEED, prepared)

    network = flower_network()
    model = keras.Sequential([
        network, keras.layers.GlobalAveragePooling2D(), keras.layers.Dropout(0.2),
        keras.layers.Dense(NUM_SPECIES),
    ])  # fmt: skip
    steps = EPOCHS * len(batches)
    rate = keras.optimizers.schedules.CosineDecay(
        0.0, steps, warmup_target=PEAK, warmup_steps=steps // 5
    )
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=1e-3),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    held_out = prepared(flowers.x_val), flowers.y_val
    fit(
        model, batches, EPOCHS, "flower-encoder", validation_data=held_out, callbacks=[LiveCurves()]
    )
    path = save_weights(network, "flowers")
    print(f"{network.count_params():,} weights, {path.stat().st_size:,} bytes in {path.name}")


if __name__ == "__main__":
    main()
