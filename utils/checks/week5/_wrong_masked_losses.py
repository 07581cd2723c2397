"""Mistakes of `masked_loss`, as rows of switches."""

import math

from keras import ops


def cross_entropy(targets, logits):
    return ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)


def _of_right(targets, values):
    """Return of each place's values that of the right token."""
    return ops.sum(ops.one_hot(targets, values.shape[-1]) * values, axis=-1)


def _clipped(least):
    return lambda targets, logits: (
        -ops.log(ops.clip(_of_right(targets, ops.softmax(logits)), least, 1.0))
    )


def _with_a_bit(more):
    return lambda targets, logits: -ops.log(_of_right(targets, ops.softmax(logits)) + more)


TINY = (1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)
CUT_OFF = (
    "You keep probabilities away from 0 by a small number, so a very wrong token costs far too "
    "little: take the logarithm of the softmax in one step, by log_softmax or from_logits=True."
)
UNREDUCED = (
    "You returned a loss for each place; one number is asked for, their mean over real ones."
)
PER_NAME = "You returned a loss for each name; one number is asked for, the mean over real tokens."

ROWS = [
    *((CUT_OFF, {"places": _clipped(least)}) for least in TINY),
    *((CUT_OFF, {"places": _with_a_bit(more)}) for more in TINY),
    (
        "You took a softmax first, and the loss takes one more: give it the logits as they are.",
        {"places": lambda t, logits: -_of_right(t, ops.log_softmax(ops.softmax(logits)))},
    ),
    (
        "You took the probability of the right token; the loss is the negative of its logarithm.",
        {"places": lambda targets, logits: -_of_right(targets, ops.softmax(logits))},
    ),
    (
        "You took 1 − the probability of the right token; the loss is the negative of its "
        "logarithm.",
        {"places": lambda targets, logits: 1 - _of_right(targets, ops.softmax(logits))},
    ),
    (
        "You took the logit of the right token alone; the cross-entropy needs the softmax over "
        "all tokens.",
        {"places": lambda targets, logits: -_of_right(targets, logits)},
    ),
    (
        "The sign is wrong: a loss is the negative of the logarithm.",
        {"places": lambda targets, logits: -cross_entropy(targets, logits)},
    ),
    (
        "This is in bits; for nats take the natural logarithm.",
        {"places": lambda targets, logits: cross_entropy(targets, logits) / math.log(2)},
    ),
    (
        "Your softmax runs over the places; it must run over the tokens, the last axis.",
        {"places": lambda t, logits: -_of_right(t, ops.log_softmax(logits, axis=1))},
    ),
    (
        "You set the logits of padding to 0, but a place with zeros has a loss, too: multiply "
        "the losses by the mask, not the logits.",
        {
            "read": lambda logits, is_real: logits * is_real,
            "reduce": lambda losses, is_real: ops.sum(losses) / ops.sum(is_real),
        },
    ),
    (
        "You set the logits of padding to 0, but a place with zeros has a loss, too: multiply "
        "the losses by the mask, not the logits, and divide by the number of real tokens.",
        {
            "read": lambda logits, is_real: logits * is_real,
            "reduce": lambda losses, is_real: ops.mean(losses),
        },
    ),
    (
        "You summed all losses, those of padding, too, and divided by the number of real "
        "tokens: multiply by the mask first.",
        {"reduce": lambda losses, is_real: ops.sum(losses) / ops.sum(is_real)},
    ),
    *(
        (
            "The mask tells what the network guesses; it must tell what is right: "
            "targets != pad_id.",
            {
                "real": lambda targets, logits, pad: ops.argmax(logits, axis=-1) != pad,
                "reduce": reduce,
            },
        )
        for reduce in (
            lambda losses, real: ops.sum(losses * real) / ops.sum(real),
            lambda losses, real: ops.sum(losses * real) / ops.maximum(ops.sum(real), 1.0),
        )
    ),
    (
        "You took only numbers above pad_id for real tokens; all others than pad_id are real.",
        {"real": lambda targets, logits, pad: targets > pad},
    ),
    (
        "The mask is the wrong way round: you kept the padding and left out the rest.",
        {"real": lambda targets, logits, pad: targets == pad},
    ),
    (UNREDUCED, {"reduce": lambda losses, is_real: losses}),
    (UNREDUCED, {"reduce": lambda losses, is_real: losses * is_real}),
    (UNREDUCED, {"reduce": lambda losses, is_real: losses * is_real / ops.sum(is_real)}),
    *(
        (PER_NAME, {"reduce": reduce})
        for reduce in (
            lambda losses, real: ops.sum(losses * real, 1) / ops.sum(real, 1),
            lambda losses, real: ops.sum(losses * real, 1) / ops.maximum(ops.sum(real, 1), 1),
            lambda losses, real: ops.sum(losses * real, axis=1),
            lambda losses, real: ops.mean(losses * real, axis=1),
        )
    ),
    (
        "You averaged over each name, then over the names, so a letter of a short name counts "
        "more than others.",
        {
            "reduce": lambda losses, real: ops.mean(
                ops.sum(losses * real, 1) / ops.maximum(ops.sum(real, 1), 1)
            )
        },
    ),
    (
        "You divided by the length of the rows; divide by the number of real tokens.",
        {"reduce": lambda losses, real: ops.sum(losses * real) / losses.shape[1]},
    ),
    (
        "You divided twice: by the number of all places, and by that of real ones.",
        {"reduce": lambda losses, real: ops.mean(losses * real) / ops.sum(real)},
    ),
    (
        "You added 1 to the number of real tokens.",
        {"reduce": lambda losses, real: ops.sum(losses * real) / (ops.sum(real) + 1)},
    ),
    (
        "You took the largest loss; take the mean over real tokens.",
        {"reduce": lambda losses, real: ops.max(losses * real)},
    ),
    (
        "You returned exp of the loss, the perplexity; the mean of the losses is asked for.",
        {"reduce": lambda losses, real: ops.exp(ops.sum(losses * real) / ops.sum(real))},
    ),
    (
        "The logits at each place say what the next token is, and the targets are shifted "
        "already; you compared with the target before.",
        {
            "places": lambda targets, logits: cross_entropy(targets[:, :-1], logits[:, 1:]),
            "reduce": lambda losses, real: (
                ops.sum(losses * real[:, :-1]) / ops.maximum(ops.sum(real[:, :-1]), 1.0)
            ),
        },
    ),
]
