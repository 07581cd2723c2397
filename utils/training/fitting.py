"""Training that can be killed at any moment and run again: it goes on at the epoch it had reached.

    batches = Batches(x_train, y_train, batch_size=128, seed=42, augment=augment)
    history = fit(model, batches, epochs=10, checkpoint="modern", callbacks=[LiveCurves()])

On the CPU the final weights are bit for bit those of an undisturbed run.
"""

import time

import keras

from .. import config
from ..datasets.stream import SeededBatches
from ..display.curves import LiveCurves
from .checkpoints import Checkpoint


class Batches(SeededBatches):
    """Batches of arrays, in a new order each epoch, transformed on the way.

    x, y: arrays with a row a sample. batch_size: int. seed: int; it decides order and
    transformation of every epoch. augment: None, or function (batch of x, Generator) -> batch.
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


def fit(model, batches, epochs, checkpoint=None, folder="", callbacks=(), **options):
    """Train a compiled model; return its whole history, a dict of name -> one number an epoch.

    batches: SeededBatches, as Batches and ImageStream are. epochs: int, of the whole training.
    checkpoint: str, the name under which each epoch is saved, or None for not saving. folder: as
    in `config.checkpoint_folder`. options: passed on to `model.fit` (validation_data, …).
    To the metrics comes "seconds": of training alone, from the first epoch to the end of this one.
    """
    _make_variables(model, batches)
    place = config.checkpoint_folder(folder) if checkpoint else None
    saved = Checkpoint(place / f"{checkpoint}.npz", model, batches, epochs) if place else None
    history = saved.restore() if saved else {}
    reached = len(history.get("seconds", []))
    if reached == epochs:
        return history
    for callback in callbacks:
        if isinstance(callback, LiveCurves):
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
    """Make what Keras leaves to the first step: the variables of metrics and optimizer.

    TensorFlow traces a function a second time if the first made variables, and tracing a step
    takes about a second.
    """
    if keras.backend.backend() == "tensorflow":
        batches.set_epoch(0)
        model.test_step(keras.tree.map_structure(lambda array: array[:1], batches[0]))
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)


class _Lent(keras.utils.PyDataset):
    """Batches that can be taken back: TensorFlow keeps what it once drew batches from for good.

    Without it, the memory of the arrays that are trained on would never be free again.
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
        self.spent = time.perf_counter() - self.start  # so the validation isn't counted

    def on_epoch_end(self, epoch, logs=None):
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(float(value))
        before = self.history.setdefault("seconds", [])
        before.append((before[-1] if before else 0.0) + self.spent)
        if self.saved:
            self.saved.save(self.history)
