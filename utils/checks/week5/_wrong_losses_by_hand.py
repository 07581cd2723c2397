"""Mistakes of `loss_and_gradients`, as rows of switches."""

import numpy as np

PADDING_COUNTS = (
    "Padding counts in your mean: leave out the places where the next token is padding, and divide "
    "by the number of the others."
)
NOT_DIVIDED = (
    "Your gradients are those of a sum: the loss is a mean, so divide them by the number of real "
    "next tokens, too."
)
WRONG_SHIFT = (
    "You compare the scores with the token that went in; the target is the next token, one column "
    "to the right."
)
STATE_BEFORE = (
    "The scores after a token come from the state that has read it, h[:, 1:]; you took the states "
    "before, h[:, :-1]."
)
ALL_STATES = "Return the last state only, (batch, units); you returned all of them."
NOT_MASKED = (
    "The loss leaves padding out, but its gradient doesn't: multiply the gradient with respect to "
    "the scores by the same mask."
)
ROUNDED = (
    "A small probability rounds to 0, and its logarithm to −inf: take the logarithm of the softmax "
    "in one step, with log_softmax."
)
BOUNDED = (
    "Your logarithm is bounded: a small number added to a probability, or a bound below it, caps "
    "the loss. Take the logarithm of the softmax in one step, with log_softmax."
)
SMALL = 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16  # what is often added to a probability


def _all_tokens(log_p, targets, is_real):
    return (targets * log_p).sum(axis=-1) * is_real  # −inf times 0 is nan


def _picked(log_p, targets, is_real):
    return _real_alone(log_p, targets, True) * is_real


def _real_alone(log_p, targets, is_real):
    return np.where((targets > 0) & np.expand_dims(is_real, -1), log_p, 0.0).sum(axis=-1)


ROWS = [
    (PADDING_COUNTS, {"real": lambda inputs, targets: np.ones_like(targets)}),
    (
        "Whether a place counts is told by the next token, not by the one that goes in: mask where "
        "the target is padding.",
        {"real": lambda inputs, targets: inputs != 0},
    ),
    (
        "The end must be learned, too: only padding is left out.",
        {"real": lambda inputs, targets: (targets != 0) & (targets != 2)},
    ),
    (NOT_MASKED, {"real_back": lambda is_real: np.ones_like(is_real)}),
    (
        "The loss is a sum; divide it by the number of real next tokens.",
        {"count": lambda is_real: 1, "count_back": lambda is_real: max(1, is_real.sum())},
    ),
    (NOT_DIVIDED, {"count_back": lambda is_real: 1}),
    (
        "You summed over the tokens: loss and gradients are means, over the real next tokens.",
        {"count": lambda is_real: 1},
    ),
    (
        "You divided by the number of names; the mean is over all real next tokens.",
        {"count": len},
    ),
    (
        "You divided by all places, with padding; divide by the number of real next tokens.",
        {"count": lambda is_real: is_real.size},
    ),
    (
        "Where every next token is padding you divided by 0: loss and gradients are 0 there.",
        {"count": lambda is_real: is_real.sum()},
    ),
    (WRONG_SHIFT, {"aim": lambda matrix: matrix[:, :-1]}),
    (STATE_BEFORE, {"scored": lambda h: h[:, :-1], "at": slice(None, -1)}),
    (STATE_BEFORE, {"scored": lambda h: h[:, :-1]}),
    (
        "The gradient with respect to the states sits one step too early: the scores at step t "
        "come from h[:, t + 1], so grad_h[:, 0] stays 0.",
        {"at": slice(None, -1)},
    ),
    (
        "The gradient of Wy needs the states that made the scores, h[:, 1:], not those before.",
        {"for_Wy": lambda h: h[:, :-1]},
    ),
    (
        "The gradient with respect to the scores has the wrong sign: it is probability − target.",
        {"slope": lambda p, targets: targets - p},
    ),
    (
        "The gradient with respect to the scores lacks its targets: it is probability − target.",
        {"slope": lambda p, targets: p},
    ),
    (
        "The loss has the wrong sign: it is the mean of −log p.",
        {"sign": 1},
    ),
    (
        "You ignore h0: the first state is the one that comes in.",
        {"start": np.zeros_like},
    ),
    (ALL_STATES, {"last": lambda h: h}),
    (
        "You returned the first state; the caller goes on from the last one, h[:, −1].",
        {"last": lambda h: h[:, 0]},
    ),
    (
        "Large scores overflow in np.exp: use log_softmax, or subtract the largest score first.",
        {"stable": False},
    ),
    *((ROUNDED, {"log": np.log, "cost": cost}) for cost in (_all_tokens, _picked, _real_alone)),
    *(
        (BOUNDED, {"log": lambda p, small=small: np.log(p + small), "cost": _real_alone})
        for small in SMALL
    ),
    (
        "No gradient passes from the scores to the states: put grad_scores times the transposed Wy "
        "into grad_h.",
        {"to_states": lambda grad_scores, Wy: 0.0},
    ),
    (
        "Only the last state gets a gradient from the scores; each state has scores of its own.",
        {"to_states": lambda grad_scores, Wy: _last_alone(grad_scores @ Wy.T)},
    ),
    (
        "Five gradients are due, those of the weights; leave the gradient of h0 out.",
        {"result": lambda gradients, by_h0: [*gradients, by_h0]},
    ),
    (
        "The gradients come in the order of the weights: Wx, Wh, b, Wy, c.",
        {"result": lambda gradients, by_h0: [*gradients[3:], *gradients[:3]]},
    ),
]


def _last_alone(grad_h):
    grad_h[:, :-1] = 0
    return grad_h
