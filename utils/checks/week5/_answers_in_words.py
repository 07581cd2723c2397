"""What the answers of a network lie between and depend on, in words."""

import numpy as np

from ..probes.week5._sequence_networks import TIME

FAR = 1e-6  # a change of an answer that is more than rounding
ANYWHERE = "anywhere"


def is_far(a, b):
    return bool(np.abs(a - b).max() > FAR)


def range_of(answers, turned):
    """Return within which bounds the answers lie, whatever the last layer's weights are."""
    both = np.concatenate([answers.ravel(), turned.ravel()])
    low, high = both.min(), both.max()
    if low >= 0 and np.allclose(answers.sum(axis=-1), 1, atol=1e-3):
        return "between 0 and 1, and sum to 1"
    if high <= 1 and low >= -1:
        return "between 0 and 1" if low >= 0 else "between −1 and 1"
    if low >= 0:
        return "never below 0, often at 0" if (both == 0).any() else "never below 0"
    return "hardly below 0" if low > -2 and high > 10 else ANYWHERE


def by_padding(value):
    answers = value["answers"]
    padded = value["with padding"][:, : answers.shape[1]]
    if np.abs(answers - padded).max() <= 1e-4:
        return "no"
    return "yes, although it is marked" if value["padding is marked"] else "yes"


def tokens_of_places(value):
    """Return on which tokens the answer at each place depends, in words."""
    far = np.abs(value["after a change"] - value["answers"]).max(axis=(1, 3)) > FAR
    return _words_for(far.T)


def tokens_of_rows(value):
    """Return on which tokens the answer to a row depends, in words."""
    names = ("the first", "the middle", "the last")
    counts = [is_far(value["answers"], changed) for changed in value["after a change"]]
    return ", ".join(name for name, counted in zip(names, counts) if counted) or "no token"


def _words_for(depends):
    """Return which tokens count. depends: (time, time) bool, by the answer's place, the token's."""
    if (depends == np.tri(TIME, dtype=bool)[:, ::-1]).all():
        return "the tokens from the end on, in reverse order"
    own = {True: "its own token", False: "not its own token"}[bool(depends.diagonal().all())]
    before, after = (_side(part) for part in (depends, depends.T))
    return f"{own}, {before} before, {after} after"


def _side(depends):
    """Return how many tokens count of those on one side, in words."""
    near = depends.diagonal(-1)
    far = depends[np.tri(TIME, k=-2, dtype=bool)]
    if near.all() and far.all():
        return "all"
    if not (near.any() or far.any()):
        return "none"
    return "the nearest" if near.all() and not depends.diagonal(-TIME + 1).any() else "some"
