"""How wrong and right answers grow captions token by token, and mistakes that several make."""

import numpy as np


def cut_at_end(tokens, end_id):
    """Return a list of tokens before the first end."""
    tokens = [int(token) for token in tokens]
    return tokens[: tokens.index(end_id)] if end_id in tokens else tokens


def cut_after_end(tokens, end_id):
    """Return a list of tokens up to and with the first end."""
    return [*cut_at_end(tokens, end_id), *[end_id] * (end_id in tokens)]


def grow(
    step, start_state, start_id, end_id, max_len, choose=lambda logits: logits.argmax(axis=1),
    carry=True, feed=True, cut=cut_at_end, stop=np.all, keep_start=False, too_few=0,
):  # fmt: skip
    """Return captions grown together, with changes."""
    state, n = start_state, len(start_state[0])
    first = tokens = np.full(n, start_id)
    columns, over = [], np.zeros(n, bool)
    for _ in range(max_len - too_few):
        logits, new = step(tokens if feed else first, state)
        state = new if carry else state
        tokens = choose(np.array(logits, dtype=float))
        columns.append(tokens)
        over |= tokens == end_id
        if stop(over):
            break
    rows = np.reshape(columns, (len(columns), n)).T
    return [[start_id] * keep_start + cut(row, end_id) for row in rows]


GROWING_MISTAKES = [  # of every decoder with such a loop: rows for `Check.add_mistakes`
    (
        "The state isn't passed on: give `step` the state that it returned, not the first one.",
        {"carry": False},
    ),
    (
        "Tokens after the end aren't part of a caption: cut each caption at its end.",
        {"cut": lambda row, end_id: list(map(int, row))},
    ),
    (
        "The end token marks that the caption is over; it isn't part of it.",
        {"cut": cut_after_end},
    ),
    (
        "You stopped when the first caption was over; go on until all are, or until max_len.",
        {"stop": np.any},
    ),
]

ONE_BY_ONE = (
    "You called step for one image at a time; give it all images together, which is many times "
    "faster."
)


def one_by_one(decode, step, start_state, *args):
    """Return the captions that a decoder gives when it is called for one image at a time."""
    captions = []
    for row in range(len(start_state[0])):
        captions += decode(step, [array[row : row + 1] for array in start_state], *args)
    return captions
