"""Check of `huber_loss`: the two pieces, where they meet, and the mean."""

import numpy as np

from ..check import new_check

huber_loss = new_check(__name__)


def _is_small(r, delta):
    return np.abs(r) <= delta


def _huber(residuals, delta, half=0.5, shift=0.5, scaled=True, is_small=_is_small, mean=np.mean):
    size = np.abs(residuals)
    line = (delta if scaled else 1) * (size - shift * delta)
    return mean(np.where(is_small(residuals, delta), half * size**2, line))


huber_loss.add_mistakes(
    _huber,
    {
        "The ½ is missing: the loss is ½·r² where |r| ≤ δ.": {"half": 1},
        "The two pieces don't meet: the loss is δ·(|r| − ½·δ) where |r| > δ, so that both give "
        "½·δ² at |r| = δ.": {"shift": 0},
        "You compared r itself with δ; a large negative residual is large too: use |r|.": {
            "is_small": np.less_equal
        },
        "You summed; the loss is a mean.": {"mean": np.sum},
        "The two pieces are swapped: small residuals are squared, large ones linear.": {
            "is_small": lambda r, delta: np.abs(r) > delta
        },
        "The factor δ is missing from the linear piece: δ·(|r| − ½·δ).": {"scaled": False},
    },
)


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
