"""Check of `train_classifier`: the loss, the metric, the validation, and what comes back."""

import keras

from ..check import new_check
from ..probes.week3.train_classifier import CAME

LOSSES = keras.losses
HISTORY = (
    "You return what `fit` returns, an object; its attribute `history` is the dictionary of lists."
)
NO_ACCURACY = "No accuracy was measured: a model is compiled with its metrics, as well."


def _came(ours, _):
    if ours == "History":
        return HISTORY
    if ours == "NoneType":
        return "Nothing comes back: return the dictionary that is in what `fit` returns."
    return f"A {ours} comes back; the history is a dictionary of lists."


def _missing(ours, _):
    names = ours.split(", ")
    if set(names) == {"val_loss", "val_accuracy"}:
        return "There is no validation in the history: `fit` must get the validation images, too."
    if set(names) == {"accuracy", "val_accuracy"}:
        return NO_ACCURACY
    return f"The history lacks {', '.join(f'`{name}`' for name in names)}."


SENTENCES = {CAME: _came, "missing": _missing}
train_classifier = new_check(__name__, points=2, sentences=SENTENCES, rtol=1e-3, atol=1e-4)


def _train(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=(),
    loss=LOSSES.CategoricalCrossentropy, logits=None, smooth=True,
    metrics=("accuracy",), validate=True, turns=None, watched=True,
    end=lambda history: history.history, own=False, swap=False,
):  # fmt: skip
    """logits: what the loss is told in place of `from_logits`. own: whether another optimizer of
    the same rate is made."""
    options = {"label_smoothing": smoothing} if smooth else {}
    told = from_logits if logits is None else logits
    how = keras.optimizers.Adam(float(optimizer.learning_rate)) if own else optimizer
    model.compile(how, loss(from_logits=told, **options), metrics=list(metrics))
    held = {"validation_data": validation} if validate else {}
    if swap:
        held = {"validation_data": batches[0]}
    seen = list(callbacks) if watched else []
    return end(model.fit(batches, epochs=turns or epochs, callbacks=seen, verbose=0, **held))


train_classifier.add_mistakes(
    _train,
    [
        (
            "The loss isn't told that the model gives logits: pass `from_logits` on to it.",
            {"logits": False},
        ),
        (
            "The loss takes probabilities for logits, and puts a second softmax on them: pass "
            "`from_logits` on to it.",
            {"logits": True},
        ),
        ("The label smoothing isn't used: the loss takes it.", {"smooth": False}),
        (
            NO_ACCURACY,
            {"metrics": ()},
        ),
        (
            "There is no validation in the history: `fit` must get the validation images, too.",
            {"validate": False},
        ),
        (
            "You validate on the batches that you train on; take the validation images.",
            {"swap": True},
        ),
        ("It trains for a single epoch: tell `fit` how many there are.", {"turns": 1}),
        ("The callbacks see nothing: pass them on to `fit`.", {"watched": False}),
        (HISTORY, {"end": lambda history: history}),
        (
            "You return the trained model; return its history.",
            {"end": lambda history: history.model},
        ),
        (
            "You return the last value of each; return whole lists, one number per epoch.",
            {"end": lambda history: {name: values[-1] for name, values in history.history.items()}},
        ),
        (
            "You compile with an optimizer of your own; take the one that is given.",
            {"own": True},
        ),
        (
            "The loss is a binary cross-entropy, which takes each class for a question of its own; "
            "one of the classes is right, so take the categorical one.",
            {"loss": LOSSES.BinaryCrossentropy},
        ),
    ],
)


@train_classifier.mistake(
    "The loss is the mean squared error; for classes take the categorical cross-entropy."
)
def squared(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    model.compile(optimizer, loss="mse", metrics=["accuracy"])
    options = {"epochs": epochs, "callbacks": list(callbacks), "verbose": 0}
    return model.fit(batches, validation_data=validation, **options).history


@train_classifier.alternative
def epoch_by_epoch(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    accuracy = keras.metrics.CategoricalAccuracy(name="accuracy")
    loss = LOSSES.CategoricalCrossentropy(from_logits, smoothing)
    model.compile(optimizer=optimizer, loss=loss, metrics=[accuracy])
    result = {}
    for epoch in range(epochs):
        part = model.fit(
            batches, initial_epoch=epoch, epochs=epoch + 1, verbose=0,
            validation_data=validation, callbacks=list(callbacks),
        )  # fmt: skip
        for name, values in part.history.items():
            result.setdefault(name, []).extend(values)
    return result


@train_classifier.alternative
def with_a_loss_of_ones_own(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    def loss(true, predicted):
        true = true * (1 - smoothing) + smoothing / true.shape[-1]
        if from_logits:
            logs = keras.ops.log_softmax(predicted)
        else:
            logs = keras.ops.log(keras.ops.clip(predicted, 1e-7, 1.0))
        return -keras.ops.sum(true * logs, axis=-1)

    model.compile(optimizer, loss, metrics=["accuracy"])
    history = model.fit(
        batches, epochs=epochs, validation_data=validation, callbacks=list(callbacks), verbose=0
    )
    return dict(history.history)
