"""Accuracy against seconds on CIFAR-10: the recipe of 2017 beside the modern one, in one run.

    COURSE_MIRROR=... python -m tests.benchmarks.week3 [--images N] [--epochs N] [--seeds 0 1 2]

Both train the reference solutions' networks on the same training images. The test images are read
after every epoch to draw the curve; nothing is chosen by them, and the seconds are of training
alone. The short modern run is the same recipe with a cycle of fewer epochs. The curves go to
build/benchmarks/week3.json. Everything takes about as long as six baselines.
"""

import argparse
import json
import math
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")

import keras  # noqa: E402
import numpy as np  # noqa: E402

from utils import config  # noqa: E402
from utils.datasets.cifar10 import fetch_cifar10  # noqa: E402
from utils.exercise import load_solutions  # noqa: E402
from utils.training import Batches, fit  # noqa: E402
from utils.whiten import whiten_first_layer  # noqa: E402

BASELINE_EPOCHS, SHORT_EPOCHS, LONG_EPOCHS = 10, 3, 9
BATCH, PEAK, WEIGHT_DECAY, SMOOTHING = 128, 0.2, 5e-4, 0.1
SETTLED = 0.755  # test accuracy that the recipe of 2017 should reach

week3 = load_solutions(3)


class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """The rate of `one_cycle` at each step."""

    def __init__(self, total_steps, peak):
        self.total_steps, self.peak = total_steps, peak

    def __call__(self, step):
        return week3.one_cycle(keras.ops.cast(step, "float32"), self.total_steps, self.peak)

    def get_config(self):
        return {"total_steps": self.total_steps, "peak": self.peak}


def baseline(images, epochs):
    """Return the network, compiled by the recipe of 2017, batch size and augmentation."""
    steps = math.ceil(len(images) / 32)
    rate = keras.optimizers.schedules.ExponentialDecay(0.005, steps, 0.9, staircase=True)
    model = week3.make_model()
    loss = keras.losses.CategoricalCrossentropy()
    model.compile(keras.optimizers.Adamax(rate), loss, metrics=["accuracy"])
    return model, 32, None


def modern(images, epochs):
    """Return the network, compiled by the modern recipe, batch size and augmentation."""
    rate = OneCycle(epochs * math.ceil(len(images) / BATCH), PEAK)
    model = whiten_first_layer(week3.make_modern_model(), images)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=SMOOTHING)
    optimizer = keras.optimizers.SGD(rate, momentum=0.9, nesterov=True, weight_decay=WEIGHT_DECAY)
    model.compile(optimizer, loss, metrics=["accuracy"])
    return model, BATCH, week3.augment


def train(recipe, data, epochs, seed):
    """Train; return seconds and test accuracy after each epoch, and the last one with mirrors."""
    keras.utils.set_random_seed(seed)
    x_train, y_train, x_test, y_test = data
    model, batch_size, augment = recipe(x_train, epochs)
    batches = Batches(x_train, y_train, batch_size, seed, augment)
    history = fit(
        model, batches, epochs, validation_data=(x_test, y_test), validation_batch_size=500
    )
    logits = [model.predict(x, batch_size=500, verbose=0) for x in (x_test, x_test[:, :, ::-1])]
    mirrored = float(np.mean(np.sum(logits, axis=0).argmax(axis=1) == y_test.argmax(axis=1)))
    return {
        "recipe": recipe.__name__,
        "seed": seed,
        "epochs": epochs,
        "parameters": model.count_params(),
        "seconds": history["seconds"],
        "accuracy": history["val_accuracy"],
        "with mirror images": mirrored,
    }


def load(num_images):
    """Return normalised training and test images with their labels as rows."""
    data = fetch_cifar10()
    x_train, x_test = map(week3.normalize_images, (data.x_train, data.x_test))
    y_train, y_test = (week3.one_hot(y, data.num_classes) for y in (data.y_train, data.y_test))
    return x_train[:num_images], y_train[:num_images], x_test, y_test


def say(run):
    """Print one run in a line."""
    print(
        f"{run['recipe']:9} seed {run['seed']} {run['epochs']:3} epochs {run['seconds'][-1]:7.0f} s"
        f"  test {run['accuracy'][-1]:.4f}  with mirror images {run['with mirror images']:.4f}",
        flush=True,
    )


def verdicts(first, short, long):
    """Yield (what must hold, whether it does, the numbers) of the runs."""
    seconds, accuracy = first["seconds"][-1], first["accuracy"][-1]
    yield f"2017: test ≥ {SETTLED}", accuracy >= SETTLED, f"{accuracy:.4f}"
    for run in short:
        share, reached = run["seconds"][-1] / seconds, run["accuracy"][-1]
        holds = reached >= accuracy and share <= 1 / 3
        numbers = f"{reached:.4f} in {share:.3f} of the seconds"
        yield f"2017's accuracy in a third of the seconds, seed {run['seed']}", holds, numbers
    for run in long:
        share, reached = run["seconds"][-1] / seconds, run["accuracy"][-1]
        numbers = f"{reached:.4f} in {share:.3f} of the seconds"
        for goal, words in ((0.85, "≥ 0.85"), (0.90, "(try) ≥ 0.90")):
            name = f"{words} in no more seconds, seed {run['seed']}"
            yield name, reached >= goal and share <= 1, numbers


def main(arguments=None):
    """Run both recipes, store the curves, print what must hold."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--images", type=int, default=None, help="training images, all if not said")
    parser.add_argument("--epochs", type=int, nargs=3, metavar=("2017", "SHORT", "LONG"),
                        default=(BASELINE_EPOCHS, SHORT_EPOCHS, LONG_EPOCHS))  # fmt: skip
    parser.add_argument("--seeds", type=int, nargs="+", default=(0, 1, 2))
    options = parser.parse_args(arguments)
    print(config.describe_machine())
    data = load(options.images)
    runs, (first_epochs, short_epochs, long_epochs) = [], options.epochs
    plan = [(baseline, first_epochs, options.seeds[0])]
    plan += [(modern, n, seed) for n in (short_epochs, long_epochs) for seed in options.seeds]
    for recipe, epochs, seed in plan:
        runs.append(train(recipe, data, epochs, seed))
        say(runs[-1])
    place = config.ROOT / "build" / "benchmarks" / "week3.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    about = {"machine": config.describe_machine(), "images": len(data[0]), "runs": runs}
    place.write_text(json.dumps(about, indent=1), encoding="utf-8")
    num_seeds = len(options.seeds)
    short, long = runs[1 : 1 + num_seeds], runs[1 + num_seeds :]
    for name, holds, numbers in verdicts(runs[0], short, long):
        print(f"{'holds' if holds else 'FAILS'}  {name}: {numbers}")


if __name__ == "__main__":
    main()
