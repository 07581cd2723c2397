"""Runs a notebook's trainings for a few steps each, and counts the steps that it asks for.

While a `DryRun` lasts, Keras's `fit` and `train_on_batch` take some steps, whose seconds are noted,
and come back as if all had been taken. Networks that are asked for anything else answer with zeros:
nothing else is compiled. So the cells themselves say which networks train, on how much, how long.
"""

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from unittest import mock

import jax
import jax.numpy as jnp
import keras
import numpy as np

WARM = 2  # steps before the clock starts: the first one is compiled
NEAR = 1.2  # numbers of weights, or of steps, that differ by less count as the same


@dataclass(frozen=True)
class Training:
    """A training of a notebook. batch: samples a step; steps: as many as the notebook takes;
    seconds: of a step, None if it wasn't measured; compile_seconds: of the first step."""

    week: int
    cell: str
    network: str
    weights: int
    batch: int
    steps: int
    seconds: float | None = None
    compile_seconds: float = 0.0
    measured: bool = False

    @property
    def total(self):
        """Seconds of the whole training, or None."""
        return None if self.seconds is None else self.compile_seconds + self.steps * self.seconds

    def is_like(self, other):
        """Whether another training's steps take as long; of a network not yet built who knows."""
        if not self.weights or (self.network, self.batch) != (other.network, other.batch):
            return False
        pairs = (self.weights, other.weights), (self.steps, other.steps)
        return all(1 / NEAR < (mine + 1) / (theirs + 1) < NEAR for mine, theirs in pairs)


class _Few(keras.utils.PyDataset):
    """The first batches of others, or of arrays."""

    def __init__(self, x, y, batch_size, number):
        super().__init__()
        self.x, self.y, self.batch_size, self.number = x, y, batch_size, number
        self.is_whole = isinstance(x, keras.utils.PyDataset)

    def total(self):
        """Return the number of batches that there are."""
        if self.is_whole:
            return len(self.x)
        return -(-len(keras.tree.flatten(self.x)[0]) // self.batch_size)

    def __len__(self):
        return min(self.number, self.total())

    def __getitem__(self, number):
        if self.is_whole:
            return self.x[number]
        rows = slice(number * self.batch_size, (number + 1) * self.batch_size)
        parts = (self.x,) if self.y is None else (self.x, self.y)
        return tuple(keras.tree.map_structure(lambda array: array[rows], part) for part in parts)


class _Clock(keras.callbacks.Callback):
    """Notes when the first step ended, and the seconds of those after the warm ones."""

    def __init__(self, steps):
        super().__init__()
        self.steps, self.ends, self.logs = steps, {}, {}

    def on_train_batch_end(self, batch, logs=None):
        if batch in (0, min(WARM, self.steps) - 1, self.steps - 1):
            self.logs = {name: float(np.mean(value)) for name, value in (logs or {}).items()}
            self.ends[batch] = time.perf_counter()  # reading the loss has waited for the device

    def seconds(self):
        """Return the seconds of a step; of the first one, if it is the only one."""
        first, last = min(WARM, self.steps) - 1, self.steps - 1
        if first == last:
            return None
        return (self.ends[last] - self.ends[first]) / (last - first)


class DryRun:
    """See the module. limit: steps of a training that are taken; until: time.monotonic() after
    which nothing more is measured. `trainings` lists what was found."""

    def __init__(self, limit=30, until=float("inf")):
        self.limit, self.until = limit + WARM, until
        self.week, self.cell, self.trainings, self.loops = 0, "", [], {}
        self.known, self.histories = [], {}

    def __enter__(self):
        self.stack, model = ExitStack(), keras.Model
        self.fit_itself, self.step_itself = model.fit, model.train_on_batch
        self.call_itself = model.__call__
        replaced = {
            "fit": lambda model, *args, **options: self.fit(model, *args, **options),
            "train_on_batch": lambda model, *args, **options: self.step(model, *args, **options),
            "__call__": lambda model, *args, **options: self.call(model, *args, **options),
            "predict": lambda model, x, *_, **__: _arrays(self.answer(model, x)),
            "predict_on_batch": lambda model, x: _arrays(self.answer(model, x)),
            "evaluate": lambda model, *_, **__: Zeros(len(model.metrics_names)),
        }
        for name, function in replaced.items():
            self.stack.enter_context(mock.patch.object(model, name, function))
        return self

    def __exit__(self, *problem):
        self.stack.close()

    def begin(self, week, cell):
        """Say which cell runs now."""
        self.end_loops()
        self.week, self.cell = week, cell

    def call(self, model, *args, **options):
        """Call a network; if with numbers, and not inside a training, return zeros."""
        leaves = keras.tree.flatten((args, options))
        inside = any(isinstance(leaf, keras.KerasTensor | jax.core.Tracer) for leaf in leaves)
        if inside or not any(isinstance(leaf, np.ndarray | jax.Array) for leaf in leaves):
            return self.call_itself(model, *args, **options)
        return self.answer(model, args[0])

    def answer(self, model, x):
        """Return zeros in the shape of a network's answer to x."""
        if isinstance(x, keras.utils.PyDataset):
            x = x[0][0]  # of one batch: nobody looks at them
        asked = keras.tree.map_structure(
            lambda array: keras.KerasTensor(np.shape(array), np.asarray(array).dtype.name), x
        )
        given = model.compute_output_spec(asked)
        return keras.tree.map_structure(lambda one: jnp.zeros(one.shape, one.dtype), given)

    def fit(self, model, x=None, y=None, batch_size=None, epochs=1, initial_epoch=0,
            callbacks=(), validation_data=None, **options):  # fmt: skip
        """Train for a few steps, or not at all if such a training is known; return a History."""
        few = _Few(x, y, batch_size or 32, self.limit)
        inner = getattr(x, "batches", x)  # of those that `utils.training.fit` lends
        varies = getattr(getattr(inner, "augment", None), "__name__", "")
        training = self._new(model, getattr(inner, "batch_size", few.batch_size),
                             few.total() * (epochs - initial_epoch), varies)  # fmt: skip
        alike = next((one for one in self.known if training.is_like(one)), None)
        if alike is None and time.monotonic() < self.until:
            training, logs = self._measure(model, few, training)
            self.known.append(training)
            self.histories[training] = logs
        elif alike:
            is_new = not getattr(model, "was_in_a_dry_run", False)
            compiled = alike.compile_seconds if is_new else 0.0
            training = replace(training, seconds=alike.seconds, compile_seconds=compiled)
            logs = self.histories[alike]
        else:
            logs = {"loss": 0.0, "accuracy": 0.0}
        model.was_in_a_dry_run = True
        self.trainings.append(training)
        if validation_data is not None:
            logs = {**logs, **{f"val_{name}": value for name, value in logs.items()}}
        return _pretend(model, callbacks, logs)

    def _new(self, model, batch, steps, varies=""):
        built = model.built and model.weights
        weights = model.count_params() if built else 0
        name = " ".join(filter(None, (type(model).__name__, type(model.optimizer).__name__,
                                      model.dtype_policy.name, varies)))  # fmt: skip
        return Training(self.week, self.cell, name, weights, batch, steps)

    def _measure(self, model, few, training):
        clock, start = _Clock(len(few)), time.perf_counter()
        self.fit_itself(model, few, epochs=1, shuffle=False, verbose=0, callbacks=[clock])
        seconds = clock.seconds()
        first = clock.ends[0] - start
        training = replace(training, weights=model.count_params())  # built by now
        if seconds is None:
            return replace(training, seconds=first, measured=True), clock.logs
        found = {"seconds": seconds, "compile_seconds": max(0.0, first - seconds)}
        return replace(training, measured=True, **found), clock.logs

    def step(self, model, *args, **options):
        """Take a step of a loop of the notebook's own, or only count it."""
        loop = self.loops.setdefault(id(model), {"model": model, "ends": [], "count": 0})
        loop["count"] += 1
        if len(loop["ends"]) <= self.limit and time.monotonic() < self.until:
            loop.setdefault("start", time.perf_counter())
            loop["batch"] = len(keras.tree.flatten(args[0])[0])
            loop["last"] = np.asarray(self.step_itself(model, *args, **options))
            loop["ends"].append(time.perf_counter())
        return loop.get("last", 0.0)

    def end_loops(self):
        """Note the loops of `train_on_batch` that have run."""
        for loop in self.loops.values():
            training = self._new(loop["model"], loop.get("batch", 0), loop["count"])
            ends = loop["ends"]
            if len(ends) > WARM:
                seconds = (ends[-1] - ends[WARM - 1]) / (len(ends) - WARM)
                first = max(0.0, ends[0] - loop["start"] - seconds)
                training = replace(
                    training, seconds=seconds, compile_seconds=first, measured=True
                )
            self.trainings.append(training)
        self.loops.clear()


def _arrays(given):
    return keras.tree.map_structure(np.asarray, given)


class Zeros(list):
    """What `evaluate` gives: a list of numbers where there are several, and a number where not."""

    def __init__(self, number):
        super().__init__([0.0] * max(2, number))

    def __float__(self):
        return 0.0

    def __format__(self, form):
        return format(0.0, form)


def _pretend(model, callbacks, logs):
    """Go through a training's callbacks once, as if it had taken one epoch; return a History.

    They are the notebook's and only show or keep something: one that fails is left out.
    """
    history = keras.callbacks.History()
    for callback in (*callbacks, history):
        callback.set_model(model)
        callback.set_params({"epochs": 1, "steps": 1})
        try:
            callback.on_train_begin()
            callback.on_epoch_begin(0)
            callback.on_train_batch_end(0, logs)
            callback.on_epoch_end(0, logs)
            callback.on_train_end()
        except Exception as problem:
            print(f"{type(callback).__name__}: {problem}")
    return history
