"""On which inputs `train_classifier` is tried."""

import keras
import numpy as np

from ..recorder import probe

NAMES = ("loss", "accuracy", "val_loss", "val_accuracy")
WEIGHTS, STEPS, EPOCHS = "the trained weights", "steps taken", "epochs that a callback saw"
CAME = "what comes back"


@probe
def train_classifier(call, rng):
    """A model with logits and one with a softmax; label smoothing; several batches an epoch."""
    epochs = rng.permutation([2, 3])
    for logits, smoothing, number, validates in (
        (True, 0.0, 1, True),
        (False, 0.0, 3, True),
        (True, float(rng.uniform(0.1, 0.4)), 1, False),
    ):
        d, k, rows = (int(size) for size in (*rng.integers(3, 5, 2), rng.integers(5, 8)))
        weights = [rng.normal(size=(d, k)).astype("float32"), rng.normal(size=k).astype("float32")]
        data = [_draw(rng, rows - part % 2, d, k) for part in range(number + 1)]
        rate = 0.0 if number > 1 else float(rng.uniform(0.1, 0.5))  # batches come in any order
        kind = "logits" if logits else "probabilities"
        case = (
            f"{kind}, label smoothing {smoothing:.2g}, {number} batch{'es' * (number > 1)} an epoch"
        )
        case += "" if validates else ", no validation"
        turns = int(epochs[int(logits)])
        call.inside(case, train_a_little, weights, data, rate, turns, logits, smoothing, validates)


def _draw(rng, n, d, k):
    y = np.eye(k, dtype="float32")[rng.permutation(np.arange(n) % k)]
    return [rng.normal(size=(n, d)).astype("float32"), y]


def train_a_little(function, weights, data, rate, epochs, logits, smoothing, validates):
    """Return the history that the function returns for a model of one layer, and what training did.

    data: list of [x, y], one for each batch, the last one to validate on.
    """
    *parts, validation = [tuple(part) for part in data]
    validation = validation if validates else None
    layers = [keras.Input(weights[0].shape[:1]), keras.layers.Dense(weights[0].shape[1])]
    model = _Eager(layers if logits else [*layers, keras.layers.Lambda(_shares)])
    model.set_weights(weights)
    optimizer, watch = keras.optimizers.SGD(rate), _Watch()
    given = model, optimizer, _Parts(parts), epochs, validation, logits, smoothing, [watch]
    history = function(*given)
    seen = {WEIGHTS: [np.array(weight) for weight in model.get_weights()]}
    seen |= {STEPS: int(optimizer.iterations), EPOCHS: watch.epochs}
    if not isinstance(history, dict):
        return {CAME: type(history).__name__, **seen}
    values = {name: np.array(history[name], float) for name in NAMES if name in history}
    return {CAME: "dict", "missing": ", ".join(set_of_missing(values)), **values, **seen}


def _shares(logits):
    """A softmax that Keras doesn't know for one, so that no loss can see the logits behind it."""
    powers = keras.ops.exp(logits)
    return powers / keras.ops.sum(powers, axis=-1, keepdims=True)


def set_of_missing(values):
    """Return the names that a history should have and hasn't, a list of str."""
    return [name for name in NAMES if name not in values]


class _Eager(keras.Sequential):
    """A network whose `fit` does what Keras's does without what takes its time: threads and graphs.

    It takes the arguments that the exercise needs; with any other it is Keras's own.
    """

    def compile(self, *args, **options):
        super().compile(*args, **{**options, "run_eagerly": True, "jit_compile": False})

    def fit(self, x=None, *more, epochs=1, callbacks=(), validation_data=None, **options):
        unknown = set(options) - {"verbose", "initial_epoch", "shuffle"}
        held = _batches(validation_data)
        if more or unknown or not isinstance(x, keras.utils.PyDataset) or held is None:
            options |= {"epochs": epochs, "callbacks": callbacks}
            return super().fit(x, *more, validation_data=validation_data, **options)
        watched = keras.callbacks.CallbackList(
            callbacks, add_history=True, model=self, epochs=epochs, verbose=0, steps=len(x)
        )
        watched.on_train_begin()
        for epoch in range(options.get("initial_epoch", 0), epochs):
            watched.on_epoch_begin(epoch)
            logs = self._pass(self.train_on_batch, [x[number] for number in range(len(x))])
            seen = self._pass(self.test_on_batch, held)
            watched.on_epoch_end(epoch, {**logs, **{f"val_{key}": v for key, v in seen.items()}})
        watched.on_train_end()
        return self.history

    def _pass(self, step, batches):
        self.reset_metrics()
        logs = {}
        for batch in batches:
            logs = step(*batch, return_dict=True)
        return {name: float(value) for name, value in logs.items()}


def _batches(data):
    """Return what `fit` got to validate on as a list of batches; None for what isn't known."""
    if isinstance(data, (list, tuple)) and len(data) == 2:
        return [data]
    return [] if data is None else None


class _Parts(keras.utils.PyDataset):
    def __init__(self, parts):
        super().__init__()
        self.parts = parts

    def __len__(self):
        return len(self.parts)

    def __getitem__(self, number):
        return self.parts[number]


class _Watch(keras.callbacks.Callback):
    epochs = 0

    def on_epoch_end(self, epoch, logs=None):
        self.epochs += 1
