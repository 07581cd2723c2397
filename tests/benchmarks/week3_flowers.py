"""Week 3, flowers: what frozen and fine-tuned features give, and what extracting them costs.

    COURSE_MIRROR=... python -m tests.benchmarks.week3_flowers

Prints the table of what must hold and writes build/benchmarks/week3_flowers.json. Networks are
trained as in the notebook, from three seeds. All choices were made on the validation images; here
the heads and the fine-tuned network are trained on training and validation images together, ten of
each species. Both rates are taken in one run, in turns.
"""

import json
import os
import statistics
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")

import keras  # noqa: E402
import numpy as np  # noqa: E402

from utils import config  # noqa: E402
from utils.datasets.encoders import pretrained_encoder  # noqa: E402
from utils.datasets.flowers import fetch_flowers  # noqa: E402
from utils.datasets.images import EditedImages, make_pool, read_batch  # noqa: E402
from utils.datasets.stream import ImageStream  # noqa: E402
from utils.download import cache_folder  # noqa: E402
from utils.exercise import load_solutions  # noqa: E402
from utils.features import extract  # noqa: E402

SEEDS = (0, 1, 2)
SIZE, BATCH = (250, 250), 32
HEAD_EPOCHS, TUNE_EPOCHS, TUNE_RATE = 40, 8, 1e-3
RATE_IMAGES, ROUNDS = 256, 3
GOALS = {
    "extraction / bare predict": 0.8,
    "frozen mixed8": 0.85,
    "frozen no-top": 0.78,
    "fine-tuned": 0.85,
}

solutions = load_solutions(3)
center = solutions.image_center_crop


def mirrored(image):
    """Return the square in the middle, left and right exchanged."""
    return center(image)[:, ::-1]


def zoomed(image):
    """Return the middle three quarters of the square."""
    border = min(image.shape[:2]) // 8
    return center(image)[border:-border, border:-border]


def zoomed_mirrored(image):
    """Return the zoomed square, left and right exchanged."""
    return zoomed(image)[:, ::-1]


class Views(ImageStream):
    """Batches of grids; images is (n, views, …), and each image comes in a random view."""

    def __getitem__(self, number):
        rows = self.order[number * self.batch_size : (number + 1) * self.batch_size]
        draw = np.random.default_rng([self.seed, self.epoch, number])
        view = draw.integers(self.images.shape[1], size=len(rows))
        return self.images[rows, view].astype("float32"), self.labels[rows]


def rates(reader, images, preprocess):
    """Return images a second of `extract`, and of `predict` on arrays in memory, a pair a round."""
    with make_pool() as pool:
        arrays = read_batch(images, np.arange(len(images)), SIZE, pool)
    arrays = preprocess(arrays.astype("float32"))
    reader.predict(arrays[: 2 * BATCH], batch_size=BATCH, verbose=0)
    pairs = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            extract(reader, images, preprocess, SIZE, BATCH, folder, "rate")
            ours = time.perf_counter() - start
        start = time.perf_counter()
        reader.predict(arrays, batch_size=BATCH, verbose=0)
        pairs.append((len(images) / ours, len(images) / (time.perf_counter() - start)))
    return pairs


def train_and_score(classifier, grids, views, y, seed):
    """Return the accuracy on the held-out images of both heads and of the fine-tuned network."""
    base = next(layer for layer in classifier.layers if isinstance(layer, keras.Model))
    cut = base.get_layer("mixed8")
    top = keras.Model(cut.output, base.get_layer("mixed10").output)
    average = keras.layers.GlobalAveragePooling2D()
    late = keras.Sequential([keras.Input(grids["known"].shape[1:]), top, average])
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)

    def head_of(features):
        dense = keras.layers.Dense(y["known"].shape[1])
        head = keras.Sequential([keras.Input(features["known"].shape[1:]), dense])
        head.compile(keras.optimizers.Adam(3e-3), loss, metrics=["accuracy"])
        head.fit(features["known"], y["known"], batch_size=BATCH, epochs=HEAD_EPOCHS, verbose=0)
        return dense, head.evaluate(features["test"], y["test"], verbose=0)[1]

    scores = {}
    early = {part: grid.mean(axis=(1, 2)) for part, grid in grids.items()}
    _, scores["frozen mixed8"] = head_of(early)
    solutions.freeze_for_head(classifier)
    deep = {part: late.predict(grid, batch_size=BATCH, verbose=0) for part, grid in grids.items()}
    dense, scores["frozen no-top"] = head_of(deep)

    solutions.unfreeze_top(classifier, len(base.layers) - 1 - base.layers.index(cut))
    layers = [keras.Input(grids["known"].shape[1:]), top, average, keras.layers.Dropout(0.5), dense]
    upper = keras.Sequential(layers)
    stream = Views(views, y["known"], None, BATCH, seed=seed)
    rate = keras.optimizers.schedules.CosineDecay(TUNE_RATE, TUNE_EPOCHS * len(stream))
    upper.compile(keras.optimizers.AdamW(rate, weight_decay=1e-4), loss, metrics=["accuracy"])
    follow = [stream.follow_epochs()]
    start = time.perf_counter()
    upper.fit(stream, epochs=TUNE_EPOCHS, shuffle=False, verbose=0, callbacks=follow)
    scores["seconds of fine-tuning"] = time.perf_counter() - start
    scores["fine-tuned"] = upper.evaluate(grids["test"], y["test"], verbose=0)[1]
    return scores


def main():
    """Measure all, print the table, write the file."""
    print(config.describe_machine())
    flowers = fetch_flowers()
    print(flowers.source)
    encoder = pretrained_encoder("inception_v3", SIZE[0])
    reader = keras.Model(encoder.model.input, encoder.model.get_layer("mixed8").output)
    known = {"train": flowers.x_train, "val": flowers.x_val}

    def grids_of(images, name, edit):
        name, images = f"flowers {name} {edit.__name__}", EditedImages(images, edit)
        folder = cache_folder() / "features"
        return extract(reader, images, encoder.preprocess, SIZE, BATCH, folder, name)

    few = EditedImages(flowers.x_train[:RATE_IMAGES], center)
    pairs = rates(reader, few, encoder.preprocess)
    start = time.perf_counter()
    edits = (center, mirrored, zoomed, zoomed_mirrored)
    views = np.concatenate(
        [
            np.stack([grids_of(images, name, edit) for edit in edits], axis=1)
            for name, images in known.items()
        ]
    )
    grids = {"known": views[:, 0], "test": grids_of(flowers.x_test, "test", center)}
    grids = {part: np.asarray(grid, "float32") for part, grid in grids.items()}
    seconds = time.perf_counter() - start
    labels = {"known": np.concatenate([flowers.y_train, flowers.y_val]), "test": flowers.y_test}
    y = {part: keras.utils.to_categorical(label, 102) for part, label in labels.items()}

    runs = []
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        classifier = solutions.build_classifier(102, SIZE[0], encoder.weights)
        runs.append(train_and_score(classifier, grids, views, y, seed))
        print(f"seed {seed}:", {name: round(value, 4) for name, value in runs[-1].items()})
    found = {name: statistics.mean(run[name] for run in runs) for name in runs[0]}
    found["extraction / bare predict"] = statistics.median(a / b for a, b in pairs)
    print(f"{'Must hold':28} {'goal':>6} {'found':>6}")
    for name, goal in GOALS.items():
        print(f"{name:28} {goal:6.2f} {found[name]:6.3f} {'' if found[name] >= goal else 'MISSED'}")
    print(f"images a second, extract and predict: {pairs}; {seconds:.0f} s to extract all views")
    path = config.ROOT / "build" / "benchmarks" / "week3_flowers.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    report = {"machine": config.describe_machine(), "source": flowers.source, "goals": GOALS}
    report |= {"found": found, "runs": runs, "rates": pairs, "seconds of extraction": seconds}
    path.write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
