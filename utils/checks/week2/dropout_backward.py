"""Check of `dropout_backward`: the gradient meets the very mask that the numbers met."""

import numpy as np

from ..check import new_check
from ._slopes import numeric_gradient

dropout_backward = new_check(__name__)


def _backward(grad_output, mask, of_mask=lambda mask: mask, finish=lambda grad, mask: grad):
    return finish(grad_output * of_mask(mask), mask)


def _again(grad, mask):
    return grad * mask


def _counted(grad, mask):
    return grad / np.mean(mask > 0)


dropout_backward.add_mistakes(
    _backward,
    [
        (
            "What stayed was scaled on the way forward, so its gradient is scaled too: take the "
            "mask as it is, not only whether it is zero.",
            {"of_mask": lambda mask: mask > 0},
        ),
        (
            "The gradient passes where the numbers were dropped: it should pass where they stayed.",
            {"of_mask": lambda mask: mask == 0},
        ),
        (
            "Nothing is held back: what was dropped had no influence on the loss, so its gradient "
            "is 0.",
            {"of_mask": np.ones_like},
        ),
        ("The mask was applied twice; the chain rule has it once.", {"finish": _again}),
        (
            "The gradient is scaled twice: the mask holds 1 / (1 − rate) already.",
            {"finish": _counted},
        ),
        (
            "The gradient was divided by the factor of the mask; the chain rule multiplies.",
            {"of_mask": lambda mask: np.divide(1.0, mask, out=np.zeros_like(mask), where=mask > 0)},
        ),
    ],
)


@dropout_backward.mistake("You returned the mask: the gradient at the output belongs into it too.")
def the_mask_alone(grad_output, mask):
    return np.array(mask)


@dropout_backward.mistake("You wrote into the caller's gradient; make a new array.")
def in_place(grad_output, mask):
    grad_output *= mask
    return grad_output


@dropout_backward.alternative
def by_where(grad_output, mask):
    return np.where(mask == 0, 0.0, grad_output * mask.max())


@dropout_backward.alternative
def by_places(grad_output, mask):
    grad = np.zeros(np.shape(grad_output))
    for place in np.argwhere(mask):
        grad[tuple(place)] = grad_output[tuple(place)] * mask[tuple(place)]
    return grad


@dropout_backward.witness("numeric differentiation")
def dropout_numerically(grad_output, mask):
    return numeric_gradient(lambda x: np.sum(grad_output * (x * mask)), np.zeros(mask.shape))
