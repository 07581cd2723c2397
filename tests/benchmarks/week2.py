"""Week 2's figures on MNIST: accuracies, and NumPy beside Keras and scikit-learn.

    COURSE_MIRROR=... python -m tests.benchmarks.week2 [accuracies] [scikit-learn]

It runs the notebook's own cells. `accuracies`: of the test images over three seeds, then seconds of
NumPy and Keras, whose epochs take turns. `scikit-learn`: the network in NumPy beside
`MLPClassifier` with the same layers, batches, epochs and mean rate; ours falls, for theirs none of
its schedules does so. Without a name it does both.
"""

import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from tests.benchmarks.cells import run_cells
from tests.benchmarks.figures import Figure, run_parts

SEEDS = (0, 1, 2)
ROUNDS = 5
HIDDEN, RATE = (100, 200), 0.1  # of the network in NumPy, as in the notebook
GOALS = {
    "softmax regression in TensorFlow": 0.92,
    "network in NumPy": 0.975,
    "network in TensorFlow": 0.975,
    "network in Keras": 0.98,
    "small convnet in Keras": 0.992,
}
TRAINING = (  # the cells that train
    *("data", "baseline", "layers", "numpy-train", "regression-train"),
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
    variables = run_cells(2, ("data", "baseline", "layers", "small-model"), 0)
    x, y, batch = (
        variables["x_train"].reshape(-1, 784),
        variables["y_train"],
        variables["BATCH_SIZE"],
    )
    keras, rng = variables["keras"], np.random.default_rng(0)
    layers = variables["make_layers"]((784, *HIDDEN, 10), rng)
    model = variables["small_model"]()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.SGD(RATE), loss=loss)
    model.fit(x, y, batch_size=batch, verbose=0)  # traces
    seconds = {"NumPy": [], "Keras": []}
    for _ in range(ROUNDS):
        start = time.perf_counter()
        variables["train_epoch"](layers, x, y, batch, RATE, rng)
        middle = time.perf_counter()
        model.fit(x, y, batch_size=batch, verbose=0)
        seconds["NumPy"].append(middle - start)
        seconds["Keras"].append(time.perf_counter() - middle)
    ratios = [theirs / ours for ours, theirs in zip(*seconds.values())]
    return [
        *(Figure(f"seconds an epoch, {name}", times) for name, times in seconds.items()),
        Figure("how many times as fast NumPy trains", ratios, "≥ 0.5"),
    ]


def numpy_against_scikit_learn(seed):
    """Return test accuracies and mean seconds an epoch of both ways, a dict."""
    week = run_cells(2, ("data", "baseline", "layers"), seed)
    x, y, test = week["x_train"].reshape(-1, 784), week["y_train"], week["x_test"].reshape(-1, 784)
    epochs, batch = week["EPOCHS_NUMPY"], week["BATCH_SIZE"]
    falling = [2 * RATE * (1 - epoch / epochs) for epoch in range(epochs)]
    rng = np.random.default_rng(seed)
    layers = week["make_layers"]((784, *HIDDEN, 10), rng)
    theirs = MLPClassifier(HIDDEN, solver="sgd", alpha=0, batch_size=batch, momentum=0, tol=0,
                           learning_rate_init=RATE, max_iter=epochs, random_state=seed)  # fmt: skip
    start = time.perf_counter()
    for rate in falling:
        week["train_epoch"](layers, x, y, batch, rate, rng)
    middle = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs.fit(x, y)
    predicted = week["network_forward"](layers, test)[-1].argmax(axis=1)
    seconds = {"NumPy": middle - start, "scikit-learn": time.perf_counter() - middle}
    return {
        "NumPy": np.mean(predicted == week["y_test"]),
        "scikit-learn": theirs.score(test, week["y_test"]),
        "seconds": {name: spent / epochs for name, spent in seconds.items()},
    }


def beside_scikit_learn():
    """Return the figures of both ways over the seeds."""
    with threadpool_limits(1):
        found = [numpy_against_scikit_learn(seed) for seed in SEEDS]
    ratios = [one["seconds"]["scikit-learn"] / one["seconds"]["NumPy"] for one in found]
    return [
        Figure("test accuracy, network in NumPy", [float(one["NumPy"]) for one in found]),
        Figure("test accuracy, MLPClassifier", [float(one["scikit-learn"]) for one in found]),
        Figure("seconds an epoch, NumPy", [one["seconds"]["NumPy"] for one in found]),
        Figure("seconds an epoch, MLPClassifier", [o["seconds"]["scikit-learn"] for o in found]),
        Figure("how many times as fast NumPy trains", ratios),
    ]


PARTS = {
    "accuracies": ("week2", lambda: [*accuracies(), *numpy_against_keras()]),
    "scikit-learn": ("week2_scikit_learn", beside_scikit_learn),
}

if __name__ == "__main__":
    run_parts(__doc__, PARTS)
