"""Seconds per step of every training of weeks 3 to 6 that uses a GPU, and so their minutes. Word
vectors train in NumPy.

The cells run as they are in the notebooks, in a dry run; their sizes are those of the profile. The
minutes are those of the training steps and their compiling, and of InceptionV3 reading photos,
without decoding them. Validation, figures, beam search and making the data aren't in them.
"""

import time
from dataclasses import asdict, replace

import jax
import jax.numpy as jnp
import numpy as np

from tests.benchmarks.cells import Lesson
from tests.benchmarks.figures import Figure, table

from .cells import TRAINED
from .dry_run import DryRun, Training
from .report import card, keep
from .stand_ins import Data

CARDS = {  # published: GB/s, and TFLOP/s of products of single precision (TF32 where there is it)
    "T4": (320, 8.1), "L4": (300, 60), "V100": (900, 15.7), "A100": (2039, 156),
    "H100": (3350, 494), "H200": (4800, 494),
}  # fmt: skip
IMAGES_READ = 8  # batches that an encoder reads


class NoComponents:
    """PCA without its components, which take long and train nothing."""

    def __init__(self, number=1, **options):
        self.number = number

    def fit(self, x):
        """Give each attribute its shape. x: (n, d) array."""
        self.mean_, self.components_ = np.zeros(x.shape[1]), np.zeros((self.number, x.shape[1]))
        self.explained_variance_ = np.ones(self.number)
        return self

    def transform(self, x):
        """Return zeros, (n, components)."""
        return np.zeros((len(x), self.number))


def reader(run):
    """Return what takes `extract`'s place: it measures the encoder alone, and returns zeros."""

    def extract(model, images, preprocess, size, batch_size, folder, key, dtype="float16"):
        steps = -(-len(images) // batch_size)
        found = Training(run.week, run.cell, f"reads {size[0]}×{size[1]}", 0, batch_size, steps)
        known = [one for one in run.known if one.network == found.network]
        if known:  # cut at another layer, it takes nearly as long
            found = replace(found, seconds=known[0].seconds)
        elif time.monotonic() < run.until:
            found = measured_reader(model, (batch_size, *size, 3), found)
            run.known.append(found)
        run.trainings.append(found)
        answer = run.answer(model, np.zeros((1, *size, 3), "float32"))
        if isinstance(answer, dict):
            kinds = [(name, dtype, tuple(one.shape[1:])) for name, one in answer.items()]
            return np.zeros(len(images), kinds)
        return np.zeros((len(images), *answer.shape[1:]), dtype)

    return extract


def measured_reader(model, shape, found):
    """Return a Training with the seconds of a batch. model: the encoder; shape: of a batch."""
    weights = [variable.value for variable in model.trainable_variables]
    others = [variable.value for variable in model.non_trainable_variables]
    program = jax.jit(lambda *given: model.stateless_call(*given, training=False)[0])
    batch, start = jnp.zeros(shape), time.perf_counter()
    jax.block_until_ready(program(weights, others, batch))
    begun = time.perf_counter()
    for _ in range(IMAGES_READ):
        last = program(weights, others, batch)
    jax.block_until_ready(last)
    seconds = (time.perf_counter() - begun) / IMAGES_READ
    first = max(0.0, begun - start - seconds)
    return replace(found, seconds=seconds, compile_seconds=first, measured=True)


def of_week(week, run, data, until):
    """Run a week's cells; return the problems of cells that failed before they trained."""
    lesson, problems = Lesson(week), []
    fit = lesson.variables["fit"]
    lesson.replace(
        fit=lambda *args, checkpoint=None, **options: fit(*args, **options),
        extract=reader(run),
        PCA=NoComponents,
        bleu=lambda *texts, **options: np.zeros(4),
        **data,
    )
    for name in TRAINED[week].split():
        if time.monotonic() > until:
            problems.append(f"week {week}: no time left for '{name}' and what follows")
            break
        before = len(run.trainings)
        run.begin(week, name)
        try:
            with np.errstate(all="ignore"):  # the networks answer with zeros
                lesson.run(name)
        except Exception as problem:  # a training was all that was wanted of the cell
            run.end_loops()
            if len(run.trainings) == before:
                problems.append(f"week {week}, '{name}': {type(problem).__name__}: {problem}")
    run.end_loops()
    return problems


def times_slower(name, other="T4"):
    """Return how many times slower another card is, by published figures, or None: a dict with
    "bytes", what bounds small networks, and "arithmetic", what bounds large convolutions."""
    mine = next((rates for card, rates in CARDS.items() if card in name), None)
    ratios = [own / theirs for own, theirs in zip(mine, CARDS[other])] if mine else ()
    return dict(zip(("bytes", "arithmetic"), ratios)) or None


def figures(trainings):
    """Return the figures of a list of Training: for each cell, and for each week."""
    found = []
    slower = times_slower(card())
    for week in sorted({one.week for one in trainings}):
        mine = [one for one in trainings if one.week == week and one.total is not None]
        for cell in dict.fromkeys(one.cell for one in mine):
            of_cell = [one for one in mine if one.cell == cell]
            steps = sum(one.steps for one in of_cell)
            seconds = sum(one.steps * one.seconds for one in of_cell) / max(1, steps)
            words = f"week {week}, {cell}: ms a step ({steps:,} steps)"
            found.append(Figure(words, [1e3 * seconds]))
        total = sum(one.total for one in mine)
        compiling = sum(one.compile_seconds for one in mine)
        missing = sum(one.week == week and one.total is None for one in trainings)
        note = f" (without {missing} not measured)" if missing else ""
        found.append(Figure(f"week {week}: minutes of trainings and reading{note}", [total / 60]))
        found.append(Figure(f"week {week}: minutes of these that compile", [compiling / 60]))
        for bound, times in (slower or {}).items():
            words = f"week {week}: the same on a T4 by its {bound} a second (an estimate)"
            found.append(Figure(words, [(compiling + (total - compiling) * times) / 60]))
    return found


def measure(folder, cifar10, until, weeks=tuple(TRAINED), limit=30, drawn=False):
    """Measure the weeks and keep what was found after each.

    folder: for the file. cifar10: function that returns the images. until: time.monotonic() after
    which nothing more is measured. limit: steps of each training. drawn: whether the course's own
    drawn data are used, as in the profile `tiny`, and not such of the publishers' sizes.
    """
    trainings, problems = [], []
    data = {} if drawn else Data(cifar10).of_week
    for number, week in enumerate(weeks):
        share = (until - time.monotonic()) / (len(weeks) - number)
        end = time.monotonic() + max(share, 0.0) * (1.5 if number + 1 < len(weeks) else 1)
        with DryRun(limit, end) as run:
            try:
                problems += of_week(week, run, data.get(week, {}), end)
            except Exception as problem:
                problems.append(f"week {week}: {type(problem).__name__}: {problem}")
        trainings += run.trainings
        slower = times_slower(card())
        more = {"trainings": [asdict(one) for one in trainings], "problems": problems}
        keep(folder, "gpu_steps", figures(trainings), **more, times_slower_on_t4=slower)
        print(table(figures(run.trainings)), flush=True)
    for problem in problems:
        print(problem)
