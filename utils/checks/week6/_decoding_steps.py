"""Steps of decoding that answers share."""

import numpy as np


def cut_at_end(tokens, end_id):
    """Return a list of tokens before the first end."""
    tokens = [int(token) for token in tokens]
    return tokens[: tokens.index(end_id)] if end_id in tokens else tokens


def grow(
    step, state, start_id, end_id, max_len, choose=lambda logits: logits.argmax(axis=1),
    carry=True, feed=True, cut=cut_at_end, stop=lambda over: over.all(), begin=None, beside=None,
):  # fmt: skip
    """Return captions grown together, with changes."""
    n = len(state[0])
    tokens, columns, over = np.full(n, start_id), [], np.zeros(n, bool)
    first = tokens
    for _ in range(max_len):
        logits, new = step(tokens if feed else first, state)
        state = new if carry else state
        tokens = choose(np.array(logits, dtype=float))
        columns.append(tokens)
        over |= tokens == end_id
        if stop(over):
            break
    begin = [] if begin is None else [begin]
    return [begin + cut(row, end_id) for row in np.stack(columns, axis=1)]
