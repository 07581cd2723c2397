"""Check of `compute_loss`: the mean cross-entropy, exact where a logit is 1000."""

import numpy as np

from ..check import new_check
from ._facts import as_fact, is_numeric
from ._rows import OF_A_NUMBER, in_form
from ._wrong_likelihoods import OF_PROBABILITIES, loss_of_probabilities
from ._wrong_losses import OF_LOGITS, loss_of_logits

CLIPPED = (
    "You kept the logarithm away from zero by a small number, or cut something off, so a confident "
    "wrong answer costs too little: at a logit of 1000 the loss of one sample is 1000. Use the "
    "logits."
)


def _of_edges(ours, theirs):
    """Say why the loss of confident wrong answers, 1000, came out too small."""
    if not is_numeric(ours) or np.ndim(ours) or theirs != 1000:
        return ""
    return CLIPPED if 1 < ours < 999 else ""


compute_loss = new_check(__name__, properties=as_fact("loss"), sentences={"loss": _of_edges})

compute_loss.add_mistakes(loss_of_logits, OF_LOGITS)
compute_loss.add_mistakes(loss_of_probabilities, OF_PROBABILITIES)
compute_loss.add_mistakes(
    loss_of_probabilities,
    [(CLIPPED, {"clip": 10.0**-exponent}) for exponent in (1, 2, 3, 4, 5)]
    + [(CLIPPED, {"add": 10.0**-exponent}) for exponent in range(2, 11)],
)

compute_loss.add_mistakes(
    loss_of_probabilities,
    [(said, {**row, "clip": 1e-12}) for said, row in OF_PROBABILITIES if "losses" in row],
)
compute_loss.add_mistakes(in_form(loss_of_logits), OF_A_NUMBER)


@compute_loss.alternative
def by_margins(X, y, w):
    return float(np.logaddexp(0, (1 - 2 * y) * X.dot(w)).mean())


@compute_loss.alternative
def by_log1p(X, y, w):
    z = X @ w
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).sum() / X.shape[0]
