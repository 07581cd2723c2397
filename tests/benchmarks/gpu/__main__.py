"""Runs the parts that the command line names, or all; see the package's own text."""

import argparse
import os
import time
import traceback
from pathlib import Path

LIMIT = 465  # seconds: with the start of Python, within eight minutes
SHARES = {"race": 0.42, "precision": 0.64, "steps": 1.0}  # of the time, when a part must end


def arguments():
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="What a GPU is good for, in eight minutes.")
    parser.add_argument("parts", nargs="*", choices=[[], *SHARES], help="all, if none is named")
    parser.add_argument("--data", type=Path, help="the folder with CIFAR-10's two files of JPEGs")
    parser.add_argument("--out", type=Path, default=Path("build/gpu-results"))
    parser.add_argument("--weeks", type=int, nargs="+", default=(3, 4, 5, 6), help="of `steps`")
    parser.add_argument("--seconds", type=float, default=LIMIT)
    parser.add_argument("--trial", action="store_true", help="tiny sizes, without a GPU")
    return parser.parse_args()


def prepare(trial):
    """Set what must be set before Keras and JAX are imported."""
    os.environ["KERAS_BACKEND"] = "jax"
    os.environ["COURSE_PROFILE"] = "tiny" if trial else "gpu"
    os.environ["COURSE_SOLUTIONS"] = "1"
    os.environ["MPLBACKEND"] = "agg"
    from .absent import stand_in

    missing = stand_in()
    from utils.display import quiet  # it needs no Keras

    quiet.hush()
    print("not here, and not needed:", ", ".join(missing) or "nothing")


def images(folder, most=None):
    """Return a function that gives CIFAR-10, read once, or drawn objects in its place."""
    from utils.datasets import make_objects

    from .jpegs import read_cifar10

    try:
        data = read_cifar10(folder, most)
    except (OSError, KeyError, TypeError) as problem:
        print(f"NO CIFAR-10 ({problem}): drawn objects take its place, so no accuracy counts")
        size = (45_000, 5_000, 10_000) if most is None else (most, most // 10, most // 10)
        data = make_objects(0, *size)
    print(f"data: {data.source}, {len(data.x_train):,} images to train on")
    return lambda: data


class Parts:
    """The parts. options: of the command line; start: time.monotonic() when all began."""

    def __init__(self, options, start):
        self.options, self.start = options, start
        self.cifar10 = images(options.data, 300 if options.trial else None)
        self.shared = self.recipe = None

    def until(self, part):
        """Return the time.monotonic() at which a part must end."""
        asked = self.options.parts or SHARES
        share = SHARES[part] if len(asked) == len(SHARES) else 1.0
        return self.start + self.options.seconds * share

    def _race(self):
        from .network import make_wide_model
        from .to_094 import SEEDS, WIDE, Race, fits

        if self.shared is None:
            trial = self.options.trial
            build = (lambda: make_wide_model((8, 16, 16))) if trial else make_wide_model
            seeds = SEEDS[:2] if trial else SEEDS
            self.shared = Race(self.options.out, self.cifar10, seeds, build)
            small = fits(WIDE, len(self.shared.images.x["train"]))
            self.recipe = small if not trial else small.__class__(
                batch=50, epochs=1, rate=0.1, precision="mixed_bfloat16", chunk=1)  # fmt: skip
        return self.shared

    def race(self):
        """See `to_094.race`."""
        from .to_094 import EPOCHS, RATES, race

        shared, trial = self._race(), self.options.trial
        rates, epochs = ((0.1,), (1,)) if trial else (RATES, EPOCHS)
        self.recipe = race(shared, self.until("race"), self.recipe, rates, epochs)

    def precision(self):
        """See `to_094.precision`."""
        from .to_094 import precision

        precision(self._race(), self.recipe, self.until("precision"))

    def steps(self):
        """See `steps.measure`."""
        from .steps import measure

        options, until = self.options, self.until("steps")
        limit = 1 if options.trial else 30
        measure(options.out, self.cifar10, until, options.weeks, limit, options.trial)


def main():
    """Run the parts; a part that fails says so, and the next one goes on."""
    start, options = time.monotonic(), arguments()
    prepare(options.trial)
    from .report import card, versions

    print(f"{card()} · {versions()}")
    parts, failed = Parts(options, start), 0
    for name in options.parts or SHARES:
        print(f"\n== {name}", flush=True)
        try:
            getattr(parts, name)()
        except Exception:
            failed += 1
            print(f"{name} FAILED:\n{traceback.format_exc()}", flush=True)
        print(f"{time.monotonic() - start:.0f} s so far", flush=True)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
