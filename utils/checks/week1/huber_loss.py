"""Check of `huber_loss`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

huber_loss = new_check(__name__)


@huber_loss.mistake("The ½ is missing: inside it is ½·r².")
def huber_no_half(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, size**2, delta * (size - 0.5 * delta)))


@huber_loss.mistake(
    "The two pieces don't meet: outside it is δ·(|r| − ½·δ), so that both give ½·δ² at |r| = δ."
)
def huber_jumps(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, 0.5 * size**2, delta * size))


@huber_loss.mistake(
    "You compared r itself with δ; a large negative residual is large too: use |r|."
)
def huber_signed(residuals, delta):
    return np.mean(
        np.where(residuals <= delta, 0.5 * residuals**2, delta * (np.abs(residuals) - 0.5 * delta))
    )


@huber_loss.mistake("You summed; the loss is a mean.")
def huber_summed(residuals, delta):
    size = np.abs(residuals)
    return np.sum(np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


@huber_loss.mistake("The two pieces are swapped: small residuals are squared, large ones linear.")
def huber_swapped(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size > delta, 0.5 * size**2, delta * (size - 0.5 * delta)))


@huber_loss.mistake("The factor δ is missing from the linear piece: δ·(|r| − ½·δ).")
def huber_no_delta(residuals, delta):
    size = np.abs(residuals)
    return np.mean(np.where(size <= delta, 0.5 * size**2, size - 0.5 * delta))


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
