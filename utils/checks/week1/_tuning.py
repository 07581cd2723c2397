"""Trains with settings that a learner found by tuning, and says what came of it."""

from functools import lru_cache

import numpy as np

from ...datasets.rings import make_rings

EPOCHS, ROWS, HELD_OUT = 5, 600, 4000
SETS = 60  # of training points, for each of which a model is trained
TARGET, ALLOWED = 0.25, 0.05  # nats; the second is for other points than the learner's
SCORED = 15  # data sets on which the notebook's `score` trains
CLEARLY = 0.02  # nats, by which the mean of many weights does better than the last where they jump
SEED = 5  # of the points: the same settings get the same verdict
UNTRAINED = np.log(2)
MAX_RATE = 1e6
REACHED, SLOW, NOISY, AWAY = "reached", "too slow", "too noisy", "worse than no training"
STATE = "the validation loss"
FORM = "its form"
FORMS = {
    "one number": "You returned one number; the pair (eta, batch_size) is asked for.",
    "not positive": "Both settings are above zero.",
    "not whole": "The batch size is a whole number of rows: 1, 2, 3 …",
    "too many rows": "A batch holds at most the 600 training rows. Is the rate the first of the "
    "two, and the batch size the second?",
    "something else": "The pair (eta, batch_size) is asked for, two plain numbers.",
}
STATES = {
    SLOW: "The validation loss is above the target, and the weights are still on their way when "
    "the five epochs are over: steps are too small, or too few.",
    NOISY: "The validation loss is above the target, and the mean of the last epoch's weights does "
    "clearly better than the last ones: they jump about the minimum, by steps "
    "that are too large or too "
    "noisy.",
    AWAY: "The validation loss ends above that of zero weights, ln 2: steps are far too large. Is "
    "the rate the first of the two?",
}
SENTENCES = {
    FORM: lambda ours, theirs: FORMS.get(ours, ""),
    STATE: lambda ours, theirs: STATES.get(ours, ""),
}


def tuning_facts(evidence):
    """Replace settings by what training with them gives, as named facts."""
    return [
        seen if seen["error"] or seen["value"] is None else {**seen, "value": _facts(seen["value"])}
        for seen in evidence
    ]


def _facts(value):
    form, settings = _form_of(value)
    if settings is None:
        return {FORM: form, STATE: None}
    return {FORM: form, STATE: state_after(*settings)}


def _form_of(value):
    """Return which form settings have, and the two as (float, int), or None."""
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
        return "one number", None
    try:
        eta, batch_size = (float(each) for each in value)
    except (TypeError, ValueError):
        return "something else", None
    if not (np.isfinite([eta, batch_size]).all() and eta > 0 and batch_size > 0):
        return "not positive", None
    if batch_size != int(batch_size):
        return "not whole", None
    if batch_size > ROWS:
        return "too many rows", None
    return "a pair", (min(eta, MAX_RATE), int(batch_size))


@lru_cache(64)
def state_after(eta, batch_size):
    """Return what training with these settings leads to, one of the four words above."""
    last, mean = losses_after(eta, batch_size, np.random.default_rng(SEED))
    if last <= TARGET + ALLOWED or score(eta, batch_size) <= TARGET:
        return REACHED
    if last > UNTRAINED:
        return AWAY
    return NOISY if last - mean > CLEARLY else SLOW


def losses_after(eta, batch_size, rng):
    """Return two validation losses in nats, medians over many models: of their last weights, and of
    the mean of the last epoch's weights."""
    drawn = [make_rings(ROWS, rng) for _ in range(SETS)]
    x, y = _expanded(np.stack([x for x, _ in drawn])), np.stack([y for _, y in drawn])
    x_val, y_val = make_rings(HELD_OUT, rng)
    x_val = _expanded(x_val)
    w = np.zeros((SETS, x.shape[-1]))
    for _ in range(EPOCHS):
        order = np.argsort(rng.random(y.shape), axis=1)
        w, mean = _one_epoch(x, y, w, eta, batch_size, order)
    return tuple(float(_loss(x_val, y_val, each)) for each in (w, mean))


def score(eta, batch_size):
    """Return what the notebook's `score` returns if `sgd` shuffles by `rng.permutation`.

    Noisy settings may reach the target there and miss it by more than ALLOWED on other points: the
    text asks for the target, so they are right.
    """
    rngs = [np.random.default_rng(seed) for seed in range(SCORED)]
    drawn = [make_rings(2 * ROWS, rng) for rng in rngs]
    x, y = _expanded(np.stack([x for x, _ in drawn])), np.stack([y for _, y in drawn])
    w = np.zeros((SCORED, x.shape[-1]))
    for _ in range(EPOCHS):
        order = np.stack([rng.permutation(ROWS) for rng in rngs])
        w, _ = _one_epoch(x[:, :ROWS], y[:, :ROWS], w, eta, batch_size, order)
    logits = np.einsum("sri,si->sr", x[:, ROWS:], w)
    return float(np.median(np.mean(np.logaddexp(0, logits) - y[:, ROWS:] * logits, axis=1)))


def _one_epoch(x, y, w, eta, batch_size, order):
    """Train all models at once, each on its rows in its order; return their weights and the means
    of these, (models, 6) each."""
    total, steps = 0, 0
    x = np.take_along_axis(x, order[..., None], axis=1)
    y = np.take_along_axis(y, order, axis=1)
    for start in range(0, ROWS, batch_size):
        rows = x[:, start : start + batch_size]
        logits = np.clip(np.einsum("sri,si->sr", rows, w), -500, 500)
        errors = 1 / (1 + np.exp(-logits)) - y[:, start : start + batch_size]
        w = w - eta * np.einsum("sri,sr->si", rows, errors) / rows.shape[1]
        total, steps = total + w, steps + 1
    return w, total / steps


def _loss(x, y, w):
    logits = x @ w.T  # (rows, models)
    return np.median(np.mean(np.logaddexp(0, logits) - y[:, None] * logits, axis=0))


def _expanded(points):
    a, b = points[..., :1], points[..., 1:]
    return np.concatenate([a, b, a**2, b**2, a * b, np.ones_like(a)], axis=-1)
