"""Mistakes of `caption_loss`, as rows of switches."""

from keras import ops

from .._masked_loss import BY_NUMPY
from ..probes.week6._captions import PAD_ID


def mean_of_real(losses, is_real):
    return ops.sum(losses * is_real) / ops.sum(is_real)


def _count(losses, axis):
    return ops.cast(ops.shape(losses)[axis], "float32")


def _plain_logits(targets, logits):
    return -ops.sum(ops.one_hot(targets, logits.shape[-1]) * logits, axis=-1)


def _probabilities(targets, logits):
    return -ops.sum(ops.one_hot(targets, logits.shape[-1]) * ops.softmax(logits), axis=-1)


def _squares(targets, logits):
    return ops.mean((ops.one_hot(targets, logits.shape[-1]) - logits) ** 2, axis=-1)


def _lost(losses, is_real):
    return ops.stop_gradient(mean_of_real(losses, is_real))


PER_ROW = "You returned a loss for each caption; return one number, the mean over all real tokens."
PER_PLACE = "You returned a loss for each place; return one number, the mean over all real tokens."
BY_ROWS = (
    "You divided by the number of captions; divide by the number of real tokens, `ops.sum(mask)`."
)
HIDDEN = (
    "You masked the logits, or the targets, so padding still has a loss; mask the losses, and then "
    "sum."
)

ROWS = [
    (BY_ROWS, {"reduce": lambda losses, m: ops.sum(losses * m) / _count(losses, 0)}),
    (BY_ROWS, {"reduce": lambda losses, m: ops.mean(ops.sum(losses * m, axis=1))}),
    (
        "You divided by the number of places in a row; divide by the number of real tokens, "
        "`ops.sum(mask)`.",
        {"reduce": lambda losses, m: ops.sum(losses * m) / _count(losses, 1)},
    ),
    (PER_ROW, {"reduce": lambda losses, m: ops.sum(losses * m, 1) / ops.sum(m, 1)}),
    (PER_ROW, {"reduce": lambda losses, m: ops.sum(losses * m, 1)}),
    (PER_ROW, {"reduce": lambda losses, m: ops.mean(losses * m, 1)}),
    (PER_PLACE, {"reduce": lambda losses, m: losses * m}),
    (PER_PLACE, {"reduce": lambda losses, m: losses}),
    (PER_PLACE, {"reduce": lambda losses, m: losses * m / ops.sum(m)}),
    (
        "You divided by the mean of the mask; divide by its sum, the number of real tokens.",
        {"reduce": lambda losses, m: ops.sum(losses * m) / ops.mean(m)},
    ),
    (
        "You divided twice, by all places and by the number of real ones: divide the sum of "
        "the masked losses by the sum of the mask.",
        {"reduce": lambda losses, m: ops.mean(losses * m) / ops.sum(m)},
    ),
    (
        "You divided by one more than the number of real tokens.",
        {"reduce": lambda losses, m: ops.sum(losses * m) / (ops.sum(m) + 1)},
    ),
    (
        "The sign is wrong: a cross-entropy is the negative logarithm, and positive.",
        {"reduce": lambda losses, m: -mean_of_real(losses, m)},
    ),
    (
        "Tokens with smaller numbers than pad_idx are masked, too, as #END# with 0: only "
        "pad_idx itself is padding, so compare by `!=`.",
        {"is_real": lambda targets, pad: targets > pad},
    ),
    (
        "The comparison is the wrong way round: only pad_idx itself is padding, so compare by "
        "`!=`.",
        {"is_real": lambda targets, pad: targets < pad},
    ),
    (
        "Your mask keeps padding: only pad_idx itself is padding, so compare by `!=`.",
        {"is_real": lambda targets, pad: targets >= pad},
    ),
    (
        "You took 1 for padding; it is whatever pad_idx says.",
        {"is_real": lambda targets, pad: targets != PAD_ID},
    ),
    (
        "You divided by the number of losses that aren't 0; divide by that of real tokens.",
        {
            "reduce": lambda losses, m: (
                ops.sum(losses * m) / ops.sum(ops.cast(losses > 0, "float32"))
            )
        },
    ),
    (
        HIDDEN,
        {
            "change": lambda targets, logits, m: (targets, logits * m[..., None]),
            "reduce": lambda losses, m: ops.sum(losses) / ops.sum(m),
        },
    ),
    (
        HIDDEN,
        {
            "change": lambda targets, logits, m: (targets, logits * m[..., None]),
            "reduce": lambda losses, m: ops.mean(losses),
        },
    ),
    (
        HIDDEN,
        {
            "change": lambda targets, logits, m: (targets * ops.cast(m, targets.dtype), logits),
            "reduce": lambda losses, m: ops.sum(losses) / ops.sum(m),
        },
    ),
    (
        HIDDEN,
        {
            "change": lambda targets, logits, m: (targets * ops.cast(m, targets.dtype), logits),
            "reduce": lambda losses, m: ops.mean(losses),
        },
    ),
    (
        "You left padding out of the count, but not out of the sum: multiply the losses by the "
        "mask, too.",
        {"reduce": lambda losses, m: ops.sum(losses) / ops.sum(m)},
    ),
    (
        "These are minus the logits; a cross-entropy takes the logarithm of their softmax.",
        {"places": _plain_logits},
    ),
    (
        "The logarithm is missing: these are minus the probabilities of the right tokens.",
        {"places": _probabilities},
    ),
    ("This is a squared error; the text asks for the cross-entropy.", {"places": _squares}),
    (BY_NUMPY, {"reduce": _lost}),
    (
        "This is in bits; in nats the logarithm is the natural one.",
        {"reduce": lambda losses, m: mean_of_real(losses, m) / 0.6931471805599453},
    ),
]
