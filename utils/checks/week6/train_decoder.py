"""Check of `train_decoder`: the loss without padding, the clipped Adam, its rate, `fit`."""

import keras
from keras import ops

from .._masked_loss import losses_and_mask
from ..check import new_check

train_decoder = new_check(__name__, points=2, rtol=2e-3, atol=1e-4)


def _schedule(peak, steps):
    return keras.optimizers.schedules.CosineDecay(
        0.0, 9 * steps // 10, warmup_target=peak, warmup_steps=steps // 10
    )


def _masked(targets, logits, pad_idx):
    losses, mask = losses_and_mask(ops.cast(targets, "int32"), logits, pad_idx)
    return ops.sum(losses * mask) / ops.sum(mask)


def _mean_of_all(targets, logits, pad_idx):
    losses, _ = losses_and_mask(ops.cast(targets, "int32"), logits, pad_idx)
    return ops.mean(losses)


def _mean_over_all(targets, logits, pad_idx):
    losses, mask = losses_and_mask(ops.cast(targets, "int32"), logits, pad_idx)
    return ops.mean(losses * mask)


def _fit(fit, decoder, batches, rounds):
    return fit(decoder, batches, rounds)


def _keras_fit(fit, decoder, batches, rounds):
    decoder.run_eagerly = True
    return decoder.fit(batches, epochs=rounds, shuffle=False, verbose=0)


def _train(
    decoder, batches, rounds, peak_rate, pad_idx, fit, loss=_masked, pad=None, clip=None,
    optimizer=keras.optimizers.Adam, steps=lambda rounds, batches: rounds * len(batches),
    rate=_schedule, run=_fit, answer=lambda history, decoder: history,
):  # fmt: skip
    """Compile and train, with changes."""
    padding = pad_idx if pad is None else pad
    clip = {"global_clipnorm": 1.0} if clip is None else clip
    rates = rate(peak_rate, steps(rounds, batches))
    decoder.compile(optimizer(rates, **clip), lambda t, logits: loss(t, logits, padding))
    return answer(run(fit, decoder, batches, rounds), decoder)


UNMASKED = "Padding counts in your loss: average over real tokens only, as `caption_loss` does."
OWN_FIT = "Hand the compiled decoder to the `fit` that is passed in, with the batches and rounds."

train_decoder.add_mistakes(
    _train,
    [
        (
            "The gradients aren't clipped: give Adam `global_clipnorm`, the largest norm of all of "
            "them together, which is 1.",
            {"clip": {}},
        ),
        (
            "`clipnorm` cuts the gradient of each weight on its own; here the norm of all of them "
            "together is cut, by `global_clipnorm`.",
            {"clip": {"clipnorm": 1.0}},
        ),
        (
            "`clipvalue` cuts each number of the gradients, which turns them; cut the norm of all "
            "together, by `global_clipnorm`.",
            {"clip": {"clipvalue": 1.0}},
        ),
        (
            "Your rate never changes: it should rise and fall over all steps, by `rise_and_fall`.",
            {"rate": lambda peak, steps: peak},
        ),
        (
            "Your rate has no peak_rate: it is the default of Adam.",
            {"rate": lambda peak, steps: 1e-3},
        ),
        (
            "The schedule counts the steps of a single round; they are those of all rounds.",
            {"steps": lambda rounds, batches: len(batches)},
        ),
        (
            "The schedule counts rounds; it wants steps, and a round has as many as there are "
            "batches.",
            {"steps": lambda rounds, batches: 10 * rounds},
        ),
        (
            "The schedule counts rounds; it wants steps, and a round has as many as there are "
            "batches.",
            {"steps": lambda rounds, batches: rounds},
        ),
        (
            "This is plain gradient descent; the optimizer is Adam.",
            {"optimizer": keras.optimizers.SGD},
        ),
        ("This is RMSprop; the optimizer is Adam.", {"optimizer": keras.optimizers.RMSprop}),
        (UNMASKED, {"loss": _mean_of_all}),
        (
            "You divide by the number of all tokens, padding included; divide by that of real "
            "tokens, as `caption_loss` does.",
            {"loss": _mean_over_all},
        ),
        ("Padding is what pad_idx says; you took 0.", {"pad": 0}),
        ("Padding is what pad_idx says; you took 1, whatever it says.", {"pad": 1}),
        (
            "Nothing comes back: return what `fit` returns.",
            {"answer": lambda history, decoder: None},
        ),
        (
            "The decoder comes back; return what `fit` returns.",
            {"answer": lambda history, decoder: decoder},
        ),
        (
            "`fit` is told to train for one round; there are `rounds` of them.",
            {"run": lambda fit, decoder, batches, rounds: fit(decoder, batches, 1)},
        ),
        (OWN_FIT, {"run": _keras_fit}),
        (
            "`fit` is never called: compile the decoder, then hand it over.",
            {"run": lambda fit, decoder, batches, rounds: None},
        ),
    ],
)

train_decoder.alternative(_train)


@train_decoder.alternative
def with_keras_loss(decoder, batches, rounds, peak_rate, pad_idx, fit):
    steps = len(batches) * rounds
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=pad_idx)
    adam = keras.optimizers.Adam(learning_rate=_schedule(peak_rate, steps))
    adam.global_clipnorm = 1.0
    decoder.compile(loss=loss, optimizer=adam)
    return fit(model=decoder, batches=batches, rounds=rounds)


@train_decoder.alternative
def with_a_loss_class(decoder, batches, rounds, peak_rate, pad_idx, fit):
    class CaptionLoss(keras.losses.Loss):
        def call(self, y_true, y_pred):
            y_true = ops.cast(y_true, "int32")
            chosen = ops.take_along_axis(ops.log_softmax(y_pred), y_true[..., None], axis=-1)
            real = ops.where(y_true == pad_idx, 0.0, 1.0)
            return -ops.sum(chosen[..., 0] * real) / ops.sum(real)

    total = 0
    for _ in range(rounds):
        total += len(batches)
    optimizer = keras.optimizers.Adam(_schedule(peak_rate, total), global_clipnorm=1)
    decoder.compile(optimizer=optimizer, loss=CaptionLoss())
    return fit(decoder, batches, rounds)
