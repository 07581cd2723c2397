"""Week 3, flowers: what frozen and fine-tuned features give, and what extracting them costs.

    COURSE_MIRROR=... python -m tests.benchmarks.week3_flowers [accuracies] [rates]

Runs the notebook's own cells. `accuracies`: from three seeds heads and fine-tuned network are
trained on training and validation images together, after all choices were made on the validation
images. `rates`: extraction beside bare `predict`, in one run, in turns. Without a
name it does both. Writes results/week3_flowers.json and week3_rates.json.
"""

import os
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")

from tests.benchmarks.cells import run_cells  # noqa: E402
from tests.benchmarks.figures import Figure, run_parts  # noqa: E402
from utils.datasets.images import EditedImages, make_pool, read_batch  # noqa: E402

SEEDS = (0, 1, 2)
EXTRACTED = ("flowers", "generator-use", "classifier-use", "freeze-use", "extract")
TRAINED = (
    *("blocks", "train-head", "train-heads"),
    *("unfreeze-use", "views", "stream", "tune-define"),
)
RATE_IMAGES, ROUNDS = 256, 5
GOALS = {
    "frozen, head on mixed8": 0.85,
    "frozen, head on mixed10": 0.78,
    "fine-tuned": 0.85,
}


def rates():
    """Return how extraction compares with `predict` on arrays in memory."""
    week3 = run_cells(3, EXTRACTED, 0)
    reader, preprocess, batch = (week3[key] for key in ("reader", "encoder", "BATCH_SIZE"))
    preprocess, size = preprocess.preprocess, (week3["side"],) * 2
    images = EditedImages(week3["flowers"].x_train[:RATE_IMAGES], week3["image_center_crop"])
    with make_pool() as pool:
        arrays = read_batch(images, range(len(images)), size, pool)
    arrays = preprocess(arrays.astype("float32"))
    reader.predict(arrays[: 2 * batch], batch_size=batch, verbose=0)
    pairs = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            week3["extract"](reader, images, preprocess, size, batch, folder, "rate")
            ours = time.perf_counter() - start
        start = time.perf_counter()
        reader.predict(arrays, batch_size=batch, verbose=0)
        pairs.append((len(images) / ours, len(images) / (time.perf_counter() - start)))
    return [
        Figure("images a second, extraction", [ours for ours, _ in pairs]),
        Figure("images a second, bare predict", [bare for _, bare in pairs]),
        Figure("extraction / bare predict", [ours / bare for ours, bare in pairs], "≥ 0.8"),
    ]


def accuracies():
    """Return the accuracies on the held-out images over the seeds."""
    runs = []
    for seed in SEEDS:
        week3 = run_cells(3, (*EXTRACTED, *TRAINED, "final"), seed)
        runs.append(week3["results"])
        print(f"seed {seed}:", {name: round(value, 4) for name, value in runs[-1].items()})
    return [Figure(name, [run[name] for run in runs], f"≥ {goal}") for name, goal in GOALS.items()]


PARTS = {"accuracies": ("week3_flowers", accuracies), "rates": ("week3_rates", rates)}

if __name__ == "__main__":
    run_parts(__doc__, PARTS)
