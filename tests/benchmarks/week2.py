"""Week 2's figures on MNIST: accuracies over three seeds, NumPy against Keras, the whole notebook.

    COURSE_MIRROR=... python -m tests.benchmarks.week2

It runs the notebook's own cells. Goals on the test images: softmax regression 0.92, NumPy network
0.975, Keras network 0.98, convnet 0.992 with fewer than 50,000 parameters; the NumPy network trains
at least half as fast per epoch as the same network in Keras; the whole notebook takes at most 12
minutes and 2 GB, and 75 seconds in the profile tiny.
"""

import statistics
import time

import numpy as np

from tests.benchmarks.cells import run_cells
from tests.benchmarks.notebook import measure
from utils import config

SEEDS = (0, 1, 2)
ROUNDS = 5
GOALS = {
    "softmax regression in TensorFlow": 0.92,
    "network in NumPy": 0.975,
    "network in TensorFlow": 0.975,
    "network in Keras": 0.98,
    "small convnet in Keras": 0.992,
}
TRAINING = (  # the cells that train
    *("data", "baseline", "layers", "numpy-train-functions", "numpy-train", "regression-train"),
    *("small-model", "network-tf", "compile", "mlp-summary", "fit", "evaluate-use"),
    "convnet-train",
)


def accuracies():
    """Print the test accuracies of all networks over the seeds."""
    found = [run_cells(2, TRAINING, seed) for seed in SEEDS]
    print(f"\n{found[0]['convnet'].count_params():,} parameters in the convnet")
    print(
        "| network | goal | mean | seeds "
        + ", ".join(map(str, SEEDS))
        + " |\n| --- | --- | --- | --- |"
    )
    for name, goal in GOALS.items():
        values = [float(variables["results"][name]) for variables in found]
        each = ", ".join(f"{value:.4f}" for value in values)
        print(f"| {name} | {goal} | {statistics.mean(values):.4f} | {each} |", flush=True)


def numpy_against_keras():
    """Print seconds an epoch of the same network, trained alike; the two take turns."""
    variables = run_cells(
        2, ("data", "baseline", "layers", "numpy-train-functions", "small-model"), 0
    )
    x, y, batch = (
        variables["x_train"].reshape(-1, 784),
        variables["y_train"],
        variables["BATCH_SIZE"],
    )
    keras, rng = variables["keras"], np.random.default_rng(0)
    layers = variables["make_layers"]((784, 100, 200, 10), rng)
    rates = np.full(len(x) // batch, 0.1, np.float32)
    model = variables["small_model"]()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss=loss)
    model.fit(x, y, batch_size=batch, verbose=0)  # traces
    seconds = {"NumPy": [], "Keras": []}
    for _ in range(ROUNDS):
        start = time.perf_counter()
        variables["train_epoch"](layers, x, y, rates, rng)
        middle = time.perf_counter()
        model.fit(x, y, batch_size=batch, verbose=0)
        seconds["NumPy"].append(middle - start)
        seconds["Keras"].append(time.perf_counter() - middle)
    ours, theirs = (statistics.median(times) for times in seconds.values())
    print(f"\nseconds an epoch, median of {ROUNDS}: NumPy {ours:.2f}, Keras {theirs:.2f}; ", end="")
    print(f"NumPy trains {theirs / ours:.2f} times as fast (goal: at least 0.5)", flush=True)


def main():
    """Measure and print everything."""
    print(config.describe_machine())
    for profile in ("tiny", "cpu"):
        measure(2, profile)
    numpy_against_keras()
    accuracies()


if __name__ == "__main__":
    main()
