"""Training that can be killed at any moment and run again: it continues from the last whole epoch,
or, where batches have `steps`, the last whole round.

    batches = Batches(x_train, y_train, batch_size=128, seed=42, augment=augment)
    history = fit(model, batches, epochs=10, checkpoint="modern", callbacks=[LiveCurves()])

On the CPU the final weights are bit for bit those of an uninterrupted run.
"""

import time

import keras

from .. import config
from ..datasets.stream import SeededBatches
from ..display.curves import LiveCurves
from .checkpoints import Checkpoint


class Batches(SeededBatches):
    """Batches of arrays, in a new order each epoch, transformed on the way.

    x, y: arrays with one row per sample. batch_size: int. seed: int; it decides the order and the
    transformation of every epoch. augment: None, or function (batch of x, Generator) -> batch.
    options: as in SeededBatches; `steps=100` makes rounds of 100 batches, however many rows
    there are.
    """

    def __init__(self, x, y, batch_size, seed, augment=None, **options):
        super().__init__(len(x), batch_size, seed, **options)
        self.x, self.y, self.augment = x, y, augment

    def __getitem__(self, number):
        rows = self.rows(number)
        x, y = self.x[rows], self.y[rows]
        if self.augment is not None:
            x = self.augment(x, self.generator(number))
        return x, y

    def follow_epochs(self):
        """Return the callback of `SeededBatches`; it also saves Keras a second tracing."""
        follow = super().follow_epochs()

        def make_variables(logs=None):
            if not follow.model.optimizer.built:  # the course's own `fit` has made them by now
                _make_variables(follow.model, self)

        follow.on_train_begin = make_variables
        return follow

    def release(self):
        """Let go of the arrays: TensorFlow never releases batches that Keras's own `fit` drew."""
        self.x = self.y = self.augment = None


class Seconds(keras.callbacks.Callback):
    """Measures training without validation: `seconds`, from the start to the end of each epoch."""

    def on_train_begin(self, logs=None):
        self.seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self.spent = time.perf_counter() - self.start  # so that validation isn't counted

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append((self.seconds[-1] if self.seconds else 0.0) + self.spent)


def fit(model, batches, epochs, checkpoint=None, folder="", callbacks=(), **options):
    """Train a compiled model; return its whole history, a dict of name -> one float per epoch.

    batches: SeededBatches, such as Batches or ImageStream; if they have `steps`, read "round" for
    "epoch". epochs: int, of the whole training. checkpoint: str, the name under which each epoch
    is saved, or None not to save. folder: as in `config.checkpoint_folder`. options: passed on to
    `model.fit` (validation_data, …).
    A checkpoint belongs to the code that trained it: the learner's functions and classes that
    model, loss, batches and callbacks reach, but for comments and names. Other code trains anew.
    Besides the metrics, the history has "seconds": those of training alone, without validation,
    from the first epoch to the end of each.
    """
    place = config.checkpoint_folder(folder) if checkpoint else None
    _make_variables(model, batches)
    path = place / f"{checkpoint}.npz" if place else None
    saved = Checkpoint(path, model, batches, epochs, callbacks) if path else None
    history = saved.restore() if saved else {}
    reached = len(history.get("seconds", []))
    if reached == epochs:
        return history
    for callback in callbacks:
        if isinstance(callback, LiveCurves):
            callback.unit = batches.unit
            callback.take_up(
                {name: values for name, values in history.items() if name != "seconds"}
            )
    lent, keeper = _Lent(batches), _Keeper(history, saved)
    settings = {"shuffle": False, "verbose": 0, "initial_epoch": reached, "epochs": epochs}
    try:
        model.fit(
            lent, callbacks=[batches.follow_epochs(), *callbacks, keeper], **settings, **options
        )
    finally:
        lent.batches = None
    return history


def _make_variables(model, batches):
    """Create the variables of metrics and optimizer, which Keras leaves to the first step.

    TensorFlow traces a function a second time if the first call created variables, and tracing a
    step takes about a second.
    """
    if keras.backend.backend() == "tensorflow":
        batches.set_epoch(0)
        model.test_step(keras.tree.map_structure(lambda array: array[:1], batches[0]))
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)


class _Lent(keras.utils.PyDataset):
    """Batches that can be taken back, as TensorFlow never releases what it draws batches from.

    Otherwise the memory of the training arrays would never be freed.
    """

    def __init__(self, batches):
        super().__init__(
            workers=batches.workers,
            use_multiprocessing=batches.use_multiprocessing,
            max_queue_size=batches.max_queue_size,
        )
        self.batches = batches

    def __len__(self):
        return len(self.batches)

    def __getitem__(self, number):
        return self.batches[number]


class _Keeper(keras.callbacks.Callback):
    """Adds each epoch to a history, and saves it."""

    def __init__(self, history, saved):
        super().__init__()
        self.history, self.saved = history, saved

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self.spent = time.perf_counter() - self.start  # so that validation isn't counted

    def on_epoch_end(self, epoch, logs=None):
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(float(value))
        before = self.history.setdefault("seconds", [])
        before.append((before[-1] if before else 0.0) + self.spent)
        if self.saved:
            self.saved.save(self.history)
