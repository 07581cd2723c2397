"""Accuracy against seconds on CIFAR-10: the recipe of 2017 beside the modern one, in one run.

    COURSE_MIRROR=... python -m tests.benchmarks.week3 [--images N] [--epochs N N N N] [--seeds 0]

Runs the notebook's own cells: both recipes train on the same training images, the validation images
draw the curve, and the test images are read once, at the end. The seconds are of training alone.
The modern recipe runs with cycles of three lengths: short, as in the notebook, and long. The curves
go to results/week3.json.
"""

import argparse
import os
import re

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")

import numpy as np  # noqa: E402

from tests.benchmarks.cells import run_cells, sources  # noqa: E402
from tests.benchmarks.figures import Figure, store  # noqa: E402
from utils import config  # noqa: E402

# what the notebook trains is read from it, as README tells what it reaches
IN_NOTEBOOK = re.search(r"LONG_EPOCHS = pick\(.*\bcpu=(\d+)", "\n".join(sources(3).values()))
EPOCHS = {"2017": 10, "SHORT": 2, "NOTEBOOK": int(IN_NOTEBOOK[1]), "LONG": 10}
SETTLED = 0.755  # test accuracy that the recipe of 2017 should reach
CELLS = ("data", "prepare", "run-define", "adamax", "cycle-class", "optimizers", "mirror")


def baseline(week3, num_images, epochs):
    """Return the trained network of 2017 and its history. week3: the notebook's variables."""
    model = week3["make_model"]()
    settings = {"batch_size": 32, "images": num_images, "epochs": epochs}
    return model, week3["run"](model, week3["adamax"](num_images), **settings)


def modern(week3, num_images, epochs):
    """Return the learner's trained network and its history."""
    model = week3["whiten_first_layer"](week3["make_modern_model"](), week3["x_train"])
    settings = {"smoothing": 0.1, "augment": week3["crops"]}
    settings |= {"images": num_images, "epochs": epochs}
    return model, week3["run"](model, week3["muon"](num_images, epochs), **settings)


def train(recipe, num_images, epochs, seed):
    """Train; return seconds and validation accuracy after each epoch, and test accuracies."""
    week3 = run_cells(3, CELLS, seed)
    model, history = recipe(week3, num_images or len(week3["x_train"]), epochs)
    labels = week3["data"].y_test
    plain = model.predict(week3["x_test"], batch_size=500, verbose=0)
    averaged = week3["predict"](model, week3["x_test"])
    return {
        "recipe": recipe.__name__,
        "seed": seed,
        "epochs": epochs,
        "parameters": model.count_params(),
        "seconds": history["seconds"],
        "validation": history["val_accuracy"],
        "test": float(np.mean(plain.argmax(axis=1) == labels)),
        "with six views": float(np.mean(averaged.argmax(axis=1) == labels)),
    }


def say(run):
    """Print one run in a line."""
    print(
        f"{run['recipe']:9} seed {run['seed']} {run['epochs']:3} epochs {run['seconds'][-1]:7.0f} s"
        f"  test {run['test']:.4f}  with six views {run['with six views']:.4f}",
        flush=True,
    )


def figures(first, short, notebook, long):
    """Return what must hold of the runs: that of 2017, and the modern ones of each length."""
    seconds, accuracy = first["seconds"][-1], first["test"]

    def each(runs, what):
        return [run[what] for run in runs]

    def shares(runs):
        return [run["seconds"][-1] / seconds for run in runs]

    return [
        Figure("2017, 10 epochs: test accuracy", [accuracy], f"≥ {SETTLED}"),
        Figure("2017: seconds", [seconds]),
        Figure("modern, short: test accuracy", each(short, "test"), f"≥ {accuracy:.4f}"),
        Figure("modern, short: share of 2017's seconds", shares(short), "≤ 0.3333"),
        Figure("modern, as in the notebook, six views", each(notebook, "with six views")),
        Figure("modern, long: test accuracy", each(long, "test")),
        Figure("modern, long: the same with six views", each(long, "with six views"), "≥ 0.87"),
        Figure("modern, long: share of 2017's seconds", shares(long), "≤ 1"),
    ]


def main(arguments=None):
    """Run both recipes, store the curves, print what must hold."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--images", type=int, default=None, help="training images, all if not said")
    parser.add_argument(
        "--epochs", type=int, nargs=4, metavar=tuple(EPOCHS), default=tuple(EPOCHS.values())
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=(0, 1, 2))
    options = parser.parse_args(arguments)
    print(config.describe_machine())
    runs = []

    def trained(recipe, epochs, seeds):
        for seed in seeds:
            runs.append(train(recipe, options.images, epochs, seed))
            say(runs[-1])
        return runs[-len(seeds) :]

    [first] = trained(baseline, options.epochs[0], options.seeds[:1])
    short, notebook, long = (trained(modern, n, options.seeds) for n in options.epochs[1:])
    store("week3", figures(first, short, notebook, long), images=options.images, runs=runs)


if __name__ == "__main__":
    main()
