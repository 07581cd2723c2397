"""Mistakes of `huber_loss`, as rows of switches."""

import numpy as np


def _is_small(r, delta):
    return np.abs(r) <= delta


def _line(size, delta, r):
    return delta * (size - 0.5 * delta)


def _choose(is_small, parabola, line):
    return np.where(is_small, parabola, line)


def huber(residuals, delta, half=0.5, line=_line, is_small=_is_small, choose=_choose, mean=np.mean):
    size = np.abs(residuals)
    return mean(choose(is_small(residuals, delta), half * size**2, line(size, delta, residuals)))


def _twice(losses):
    return 2 * np.mean(losses)


LINE = "the line is δ·(|r| − ½·δ)"
BOTH = "The two pieces don't meet: the loss is δ·(|r| − ½·δ) where |r| > δ, so that both give "
WHICH = "The parabola holds where |r| ≤ δ, the line where |r| > δ: "
ROWS = [
    ("The ½ is missing: the loss is ½·r² where |r| ≤ δ.", {"half": 1}),
    (
        "The ½ is missing from both pieces: ½·r² where |r| ≤ δ, else δ·(|r| − ½·δ).",
        {"half": 1, "line": lambda size, delta, r: delta * (size - delta)},
    ),
    ("Everything is twice the right one: the loss is ½·r² where |r| ≤ δ.", {"mean": _twice}),
    (
        "The ½ is missing from the parabola, and the line is that of 2·h: ½·r² where |r| ≤ δ, "
        "else δ·(|r| − ½·δ).",
        {"half": 1, "line": lambda size, delta, r: 2 * delta * size},
    ),
    (BOTH + "½·δ² at |r| = δ.", {"line": lambda size, delta, r: delta * size}),
    (
        f"The ½ is missing from the line: {LINE}.",
        {"line": lambda size, delta, r: delta * (size - delta)},
    ),
    (
        f"You subtracted ½·δ, as without brackets, or ½ inside them: {LINE}.",
        {"line": lambda size, delta, r: delta * size - 0.5 * delta},
    ),
    (
        f"The factor δ is missing from the linear piece: {LINE}.",
        {"line": lambda size, delta, r: size - 0.5 * delta},
    ),
    (
        f"The line is |r| alone in your code: {LINE}.",
        {"line": lambda size, delta, r: size},
    ),
    (
        f"You added ½·δ: {LINE}.",
        {"line": lambda size, delta, r: delta * (size + 0.5 * delta)},
    ),
    (
        f"½ stands before |r| in your line: {LINE}.",
        {"line": lambda size, delta, r: delta * (0.5 * size - delta)},
    ),
    (
        f"½ stands before |r| too: {LINE}.",
        {"line": lambda size, delta, r: 0.5 * delta * (size - 0.5 * delta)},
    ),
    (
        f"Your line is |r| − ½: {LINE}.",
        {"line": lambda size, delta, r: size - 0.5},
    ),
    (
        f"δ is squared inside the brackets: {LINE}.",
        {"line": lambda size, delta, r: delta * (size - 0.5 * delta**2)},
    ),
    (
        f"You subtracted ½·δ², but |r| lacks the factor δ: {LINE}.",
        {"line": lambda size, delta, r: size - 0.5 * delta**2},
    ),
    (
        f"Beyond δ your loss is flat, ½·δ²: {LINE}.",
        {"line": lambda size, delta, r: 0.5 * delta**2},
    ),
    (
        f"Your line has slope 1, ½·δ² + |r| − δ: {LINE}.",
        {"line": lambda size, delta, r: 0.5 * delta**2 + size - delta},
    ),
    (
        f"The line has the wrong sign: {LINE}.",
        {"line": lambda size, delta, r: delta * (0.5 * delta - size)},
    ),
    (f"Beyond δ your loss is δ: {LINE}.", {"line": lambda size, delta, r: delta}),
    (f"Beyond δ your loss is 0: {LINE}.", {"line": lambda size, delta, r: 0}),
    (
        "The absolute value is missing in the line: δ·(|r| − ½·δ).",
        {"line": lambda size, delta, r: delta * (r - 0.5 * delta)},
    ),
    (
        "You compared r itself with δ; a large negative residual is large too: use |r|.",
        {"is_small": np.less_equal},
    ),
    (
        WHICH + "you compared r² with δ.",
        {"is_small": lambda r, delta: r * r <= delta},
    ),
    (
        WHICH + "you compared |r| with 1.",
        {"is_small": lambda r, delta: np.abs(r) <= 1},
    ),
    (
        WHICH + "you compared |r| with δ².",
        {"is_small": lambda r, delta: np.abs(r) <= delta**2},
    ),
    (
        WHICH + "you compared |r| with ½·δ.",
        {"is_small": lambda r, delta: np.abs(r) <= delta / 2},
    ),
    (
        WHICH + "you chose one piece for all residuals, by the largest or the mean of them.",
        {"is_small": lambda r, delta: np.abs(r).max() <= delta},
    ),
    (
        "The two pieces are swapped: small residuals are squared, large ones linear.",
        {"is_small": lambda r, delta: np.abs(r) > delta},
    ),
    (
        "This is the line everywhere, as np.minimum of both pieces gives: small residuals are "
        "squared.",
        {"choose": lambda small, parabola, line: line},
    ),
    (
        "This is the parabola everywhere, as np.maximum of both pieces gives: large residuals "
        "are linear.",
        {"choose": lambda small, parabola, line: parabola},
    ),
    (
        "You added both pieces for each residual; only one of them holds.",
        {"choose": lambda small, parabola, line: parabola + line},
    ),
    ("You summed; the loss is a mean.", {"mean": np.sum}),
    ("This is one loss for each residual: take their mean.", {"mean": np.positive}),
    ("You took the median; the loss is a mean.", {"mean": np.median}),
    ("The sign is wrong: the loss is never negative.", {"mean": lambda x: -np.mean(x)}),
    ("You took half of it: the mean is asked for.", {"mean": lambda x: np.mean(x) / 2}),
]
