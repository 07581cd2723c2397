"""Week 2's figures on MNIST: accuracies over three seeds, and NumPy against Keras.

    COURSE_MIRROR=... python -m tests.benchmarks.week2

It runs the notebook's own cells. Accuracies are of the test images; the epochs of NumPy and Keras
take turns.
"""

import time

import numpy as np

from tests.benchmarks.cells import run_cells
from tests.benchmarks.figures import Figure, store
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
    """Return the test accuracies of all networks over the seeds, and the convnet's size."""
    found = [run_cells(2, TRAINING, seed) for seed in SEEDS]
    figures = [
        Figure(name, [float(v["results"][name]) for v in found], f"≥ {goal}")
        for name, goal in GOALS.items()
    ]
    size = found[0]["convnet"].count_params()
    return [*figures, Figure("parameters of the convnet", [size], "< 50000")]


def numpy_against_keras():
    """Return seconds an epoch of the same network, trained alike; the two take turns."""
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
    ratios = [theirs / ours for ours, theirs in zip(*seconds.values())]
    return [
        *(Figure(f"seconds an epoch, {name}", times) for name, times in seconds.items()),
        Figure("how many times as fast NumPy trains", ratios, "≥ 0.5"),
    ]


def main():
    """Measure and print everything."""
    print(config.describe_machine())
    store("week2", [*accuracies(), *numpy_against_keras()])


if __name__ == "__main__":
    main()
