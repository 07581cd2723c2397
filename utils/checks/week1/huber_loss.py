"""Check of `huber_loss`: the two pieces, where they meet, and the mean."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_NUMBER, in_form
from ._wrong_hubers import ROWS, huber

huber_loss = new_check(__name__)


WHOLE = (
    "An array made like the residuals (copy, zeros_like, empty_like) holds integers where they do, "
    "so the losses' fractions are cut off; np.where makes a new one."
)

huber_loss.add_mistakes(huber, ROWS)


@huber_loss.mistake("This is smooth L1, as PyTorch has it: Huber's loss is δ times that.")
def smooth_l1(residuals, delta):
    return huber(residuals, delta) / delta


@huber_loss.mistake("This is the smooth pseudo-Huber loss; Huber's has a parabola and a line.")
def pseudo_huber(residuals, delta):
    return np.mean(delta**2 * (np.sqrt(1 + (residuals / delta) ** 2) - 1))


@huber_loss.mistake(
    "This is log cosh r, which only looks alike: Huber's has a parabola and a line."
)
def log_cosh(residuals, delta):
    return np.mean(np.logaddexp(residuals, -residuals) - np.log(2))


huber_loss.add_mistakes(in_form(huber), OF_A_NUMBER)


@huber_loss.mistake("The square is missing: the loss is ½·r² where |r| ≤ δ.")
def half_of_size(residuals, delta):
    losses = huber(residuals, delta, mean=np.positive)
    return np.mean(np.where(np.abs(residuals) <= delta, np.abs(residuals) / 2, losses))


@huber_loss.mistake("You left the large residuals out; they cost δ·(|r| − ½·δ) each.")
def small_alone(residuals, delta):
    small = residuals[np.abs(residuals) <= delta]
    return np.mean(small**2) / 2


@huber_loss.mistake("You took the mean residual first; the loss is the mean of all losses.")
def of_the_mean(residuals, delta):
    return huber(np.mean(residuals), delta)


@huber_loss.mistake("This is the mean of the clipped residuals, the slope of the loss.")
def slope(residuals, delta):
    return np.mean(np.clip(residuals, -delta, delta))


@huber_loss.mistake(WHOLE)
def truncated(residuals, delta):
    losses = np.zeros_like(residuals)
    losses[:] = huber(residuals, delta, mean=np.positive)
    return losses.mean()


@huber_loss.mistake(
    "You averaged the small and the large residuals apart, and added both means: take one mean of "
    "all."
)
def two_means(residuals, delta):
    losses, small = huber(residuals, delta, mean=np.positive), np.abs(residuals) <= delta
    return sum(losses[part].mean() for part in (small, ~small) if part.any())


@huber_loss.mistake("You divided by the number of small residuals; n counts them all.")
def other_count(residuals, delta):
    return huber(residuals, delta, mean=np.sum) / max((np.abs(residuals) <= delta).sum(), 1)


@huber_loss.alternative
def huber_by_clip(residuals, delta):
    inner = np.minimum(np.abs(residuals), delta)
    return float((0.5 * inner**2 + delta * (np.abs(residuals) - inner)).mean())


@huber_loss.alternative
def huber_by_loop(residuals, delta):
    total = 0.0
    for r in residuals:
        total += r * r / 2 if -delta <= r <= delta else delta * (abs(r) - delta / 2)
    return total / len(residuals)
