"""Week 4, faces: other ways to train the autoencoder and the denoiser, at equal budgets.

    COURSE_MIRROR=... python -m tests.benchmarks.week4_recipes [deep] [denoiser] [faces]

`deep`: recipes for the deep autoencoder at 15 rounds, the notebook has 40. `denoiser`: rates and
batch sizes at the notebook's five rounds. `faces`: the deep autoencoder after 15 rounds on 500,
1,000 and all training faces, against PCA of the same faces. All on the test faces, one seed.
Writes results/week4_recipes_PART.json. A deep recipe takes four to seven minutes on one core.
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")
os.environ.setdefault("MPLBACKEND", "Agg")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from sklearn.decomposition import PCA  # noqa: E402

from tests.benchmarks.cells import run_cells  # noqa: E402
from tests.benchmarks.figures import Figure, run_parts  # noqa: E402
from utils.datasets import vary_faces  # noqa: E402
from utils.training import MuonWithAdam  # noqa: E402

CELLS = ("data", "samples-figure", "pca", "train-pair", "noise-use", "clean-pca")
SEED, ROUNDS, ROUND_SIZE = 0, 15, 5000  # ROUND_SIZE: images in a round, as in the notebook
BATCH_SIZE, RATE = 64, 0.005  # the notebook's, for the deep autoencoder
SEARCH_STEPS = 60  # steps that look for the best codes of a trained decoder
SIZES = (500, 1000, None)  # training faces; None: all
RECIPES = {  # name: settings of `train_deep`
    "as in the notebook, but 15 rounds": {},
    "rate 0.01": {"rate": 0.01},
    "last 4 rounds plain": {"plain": 4},
    "last 4 rounds plain, batches of 32": {"plain": 4, "batch_size": 32},
    "last 4 rounds plain, noise 0.05 on the input": {"plain": 4, "noise": 0.05},
    "last 4 rounds plain, weight decay 0.2": {"plain": 4, "weight_decay": 0.2},
}
DENOISERS = {  # name: (batch size, rate)
    "batches of 64, rate 0.005": (64, 0.005),
    "batches of 64, rate 0.01": (64, 0.01),
    "batches of 64, rate 0.02": (64, 0.02),
    "batches of 16, rate 0.005": (16, 0.005),
    "batches of 16, rate 0.01": (16, 0.01),
}


def drawn(images, number, rng):
    """Return so many images in random order, all of them before any comes again."""
    passes = -(-number // len(images))
    return images[np.concatenate([rng.permutation(len(images)) for _ in range(passes)])[:number]]


def train_deep(week, images, plain=0, noise=0.0, rate=RATE, batch_size=BATCH_SIZE, **options):
    """Return the notebook's deep pair, trained in ROUNDS rounds.

    images: (n, H, W, C); they are mirrored here. plain: how many rounds, the last ones, take faces
    as they are; the others take varied ones. noise: standard deviation of what is added to the
    input alone. options: for the optimizer. The schedule is that of `train_pair`.
    """
    week["set_seed"](SEED)
    rng = np.random.default_rng(SEED)
    pair = week["build_deep_autoencoder"](images.shape[1:], week["CODE_SIZE"])
    model, images = keras.Sequential(list(pair)), np.concatenate([images, images[:, :, ::-1]])
    steps = ROUND_SIZE // batch_size
    warmup = ROUNDS * steps // 20
    schedule = keras.optimizers.schedules.CosineDecay(
        rate / 10, ROUNDS * steps - warmup, warmup_target=rate, warmup_steps=warmup
    )
    model.compile(MuonWithAdam(schedule, **options), loss="mse")
    for number in range(ROUNDS):
        some = drawn(images, steps * batch_size, rng)
        if number < ROUNDS - plain:
            some = np.concatenate([vary_faces(batch, rng) for batch in np.split(some, steps)])
        seen = some + noise * rng.standard_normal(some.shape, dtype="float32")
        model.fit(seen, some, batch_size, epochs=1, shuffle=False, verbose=0)
    return pair


def best_codes(decoder, codes, images):
    """Return the codes from which a decoder comes closest to images, searched by Adam.

    PCA's codes are the best ones for its components; an encoder can only guess its decoder's.
    codes: (n, k) float32, where the search starts. Returns the same shape.
    """
    searched = keras.Sequential([keras.Input((0,)), Codes(codes), decoder])
    decoder.trainable = False
    rate = keras.optimizers.schedules.CosineDecay(0.1 * float(codes.std()), SEARCH_STEPS)
    searched.compile(keras.optimizers.Adam(rate), loss="mse")
    searched.fit(np.zeros((len(codes), 0)), images, len(codes), epochs=SEARCH_STEPS, shuffle=False,
                 verbose=0)  # fmt: skip
    return keras.ops.convert_to_numpy(searched.layers[0].codes)


class Codes(keras.layers.Layer):
    """Gives the same codes whatever comes in; they can be trained. codes: (n, k) array."""

    def __init__(self, codes):
        super().__init__()
        self.codes = self.add_weight(shape=codes.shape, initializer="zeros")
        self.codes.assign(codes)

    def call(self, nothing):
        return self.codes


def ratios(week, pair, bar):
    """Return errors on the test faces, divided by PCA's: plain, of two views, of the best codes."""
    (encoder, decoder), test, mse = pair, week["x_test"], week["mse"]
    codes = encoder.predict(test, verbose=0)
    made = decoder.predict(codes, verbose=0)
    other = decoder.predict(encoder.predict(test[:, :, ::-1], verbose=0), verbose=0)
    best = decoder.predict(best_codes(decoder, codes, test), verbose=0)
    views = made, (made + other[:, :, ::-1]) / 2, best
    return [mse(images, test) / bar for images in views]


def describe(name, found):
    """Return the figures of one trained pair. found: what `ratios` returns."""
    kinds = "", ", with its mirror image (two codes, 64 numbers)", ", best codes of its decoder"
    return [Figure(f"{name}{kind}", [value]) for kind, value in zip(kinds, found, strict=True)]


def measure_deep():
    """Return the figures of all recipes: test error / PCA's."""
    week, figures = run_cells(4, CELLS, SEED), []
    for name, settings in RECIPES.items():
        start = time.perf_counter()
        found = ratios(week, train_deep(week, week["x_train"], **settings), week["bar"])
        figures += describe(name, found)
        seconds = Figure(f"{name}, seconds", [time.perf_counter() - start])
        figures.append(seconds)
        print(name, *found, f"{seconds.mean:.0f} s", flush=True)
    return figures


def measure_faces():
    """Return the learning curve: test error / that of PCA of as many faces."""
    week, figures = run_cells(4, CELLS, SEED), []
    order = np.random.default_rng(SEED).permutation(len(week["x_train"]))
    for size in SIZES:
        images = week["x_train"][order[:size]]
        pca = PCA(week["CODE_SIZE"], svd_solver="covariance_eigh").fit(week["flat"](images))
        test = week["flat"](week["x_test"])
        bar = week["mse"](pca.inverse_transform(pca.transform(test)), test)
        found = ratios(week, train_deep(week, images, plain=4), bar)
        name = f"{len(images):,} faces"
        figures += [Figure(f"{name}: PCA's test error", [bar]), *describe(name, found)]
        print(name, bar, *found, flush=True)
    return figures


def measure_denoiser():
    """Return the figures of all denoisers: noise left / what Wiener's filter leaves."""
    week, figures = run_cells(4, CELLS, SEED), []
    least = week["left"](week["cleaned"]["Wiener"])
    for name, (batch_size, rate) in DENOISERS.items():
        week["set_seed"](SEED)
        rng = np.random.default_rng(SEED)
        rounds, steps = 5, ROUND_SIZE // batch_size
        denoiser = week["build_denoiser"](week["IMG_SHAPE"], 32)
        schedule = keras.optimizers.schedules.CosineDecay(rate, rounds * steps)
        denoiser.compile(MuonWithAdam(schedule), loss="mse")
        for _ in range(rounds):
            some = drawn(week["x_train_twice"], steps * batch_size, rng)
            week["denoise_epoch"](denoiser, some, week["SIGMA"], batch_size, rng)
        found = week["left"](denoiser.predict(week["noisy_test"], verbose=0))
        figures.append(Figure(f"{name}: noise left / Wiener's", [found / least]))
        print(name, found / least, flush=True)
    return figures


PARTS = {
    name: (f"week4_recipes_{name}", measure)
    for name, measure in (
        ("deep", measure_deep), ("denoiser", measure_denoiser), ("faces", measure_faces)
    )
}  # fmt: skip

if __name__ == "__main__":
    run_parts(__doc__, PARTS)
