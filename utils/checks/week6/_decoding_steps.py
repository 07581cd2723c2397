"""How wrong and right answers grow captions token by token, and mistakes that several make."""

import numpy as np


def cut_at_end(tokens, end_id):
    """Return a list of tokens before the first end."""
    tokens = [int(token) for token in tokens]
    return tokens[: tokens.index(end_id)] if end_id in tokens else tokens


def cut_after_end(tokens, end_id):
    """Return a list of tokens up to and with the first end."""
    return [*cut_at_end(tokens, end_id), *[end_id] * (end_id in tokens)]


def cut_by_index(tokens, end_id):
    """Return tokens before the first end, which must be among them."""
    tokens = list(map(int, tokens))
    return tokens[: tokens.index(end_id)]


def cut_by_argmax(row, end_id):
    """Return tokens before the first end; where there is none, `argmax` gives 0."""
    return row[: np.argmax(row == end_id)].tolist()


def grow(
    step, start_state, start_id, end_id, max_len, choose=lambda logits: logits.argmax(axis=1),
    carry=True, feed=True, cut=cut_at_end, stop=np.all, keep_start=False, too_few=0,
    stops_before=False, count=lambda state: len(state[0]), shape=lambda tokens: tokens,
    first=None, finish=lambda captions, columns: captions,
):  # fmt: skip
    """Return captions grown together, with changes."""
    state, n = start_state, count(start_state)
    tokens = np.full(n, start_id if first is None else first(start_id, end_id))
    start, columns, over = tokens, [], np.zeros(n, bool)
    for _ in range(max_len - too_few):
        logits, new = step(shape(tokens if feed else start), state)
        state = new if carry else state
        tokens = choose(np.array(logits, dtype=float))
        over = over | (tokens == end_id) if np.shape(tokens) == (n,) else over
        if stops_before and stop(over):
            break
        columns.append(tokens)
        if stop(over):
            break
    rows = np.reshape(columns, (len(columns), n)).T
    return finish([[start_id] * keep_start + cut(row, end_id) for row in rows], columns)


def _in_one_list(captions, columns):
    """Return for each image what `[[]] * n` collects."""
    shared = [
        int(column[row])
        for number, column in enumerate(columns)
        for row in range(len(captions))
        if number < len(captions[row])
    ]
    return [shared] * len(captions)


NOT_PASSED = "The state isn't passed on: give `step` the state that it returned, not the first one."
GOES_ON = "Tokens after the end aren't part of a caption: cut each caption at its end."
WITH_END = "The end token marks that the caption is over; it isn't part of it."
FILTERED = (
    "You left out the end tokens, but kept the tokens after them: cut each caption at its first "
    "end token."
)
WITH_START = "The start token isn't part of the caption."
START_AGAIN = "Each step reads the previous token; yours reads the start token again."
NOT_START = "The first step reads the start token, start_id; yours reads another one."
ONE_LIST = (
    "All images share one list: `[[]] * n` repeats the same list. Make a new one for each, by "
    "`[[] for _ in range(n)]`."
)
TOO_LONG = "A caption has max_len tokens at most; yours goes on."
STOPPED = "You stopped when the first caption was over; go on until all are, or until max_len."
ONE_BY_ONE = (
    "You called step for one image at a time; give it all images together, which is many times "
    "faster."
)


GROWING_MISTAKES = [  # of every decoder with such a loop: rows for `Check.add_mistakes`
    (NOT_PASSED, {"carry": False}),
    (GOES_ON, {"cut": lambda row, end_id: list(map(int, row))}),
    (WITH_END, {"cut": cut_after_end}),
    (FILTERED, {"cut": lambda row, end_id: row[row != end_id].tolist()}),
    (STOPPED, {"stop": np.any}),
    (STOPPED, {"stop": np.any, "stops_before": True}),
    ("You stopped before the first step.", {"stop": lambda over: True, "stops_before": True}),
    ("You return after one step: go on until all captions are over.", {"stop": lambda over: True}),
    (START_AGAIN, {"feed": False}),
    (WITH_START, {"keep_start": True}),
    ("A caption may have max_len tokens; yours stop one earlier.", {"too_few": 1}),
    ("A caption may have max_len tokens at most; yours have one more.", {"too_few": -1}),
    (
        "A caption that has no end token isn't cut: `index` finds none there, and raises an error. "
        "Ask first whether the end is in it.",
        {"cut": cut_by_index},
    ),
    (
        "Where a caption has no end token, `argmax` gives place 0, and nothing is left of it: ask "
        "first whether the end is in it.",
        {"cut": cut_by_argmax},
    ),
    (
        "The last token before the end is cut off, too: keep all tokens before the first end.",
        {"cut": lambda row, end_id: cut_at_end(row, end_id)[:-1]},
    ),
    (
        "start_state is a list of arrays, and its length isn't the number of images: these are the "
        "rows of its arrays, `len(start_state[0])`.",
        {"count": len},
    ),
    (
        "`step` is called for one caption; give it one start token for each image, "
        "that is for each row of the state.",
        {"count": lambda state: 1},
    ),
    (
        "`step` wants tokens of shape (n,); yours are a column, (n, 1).",
        {"shape": lambda tokens: tokens[:, None]},
    ),
    ("`step` wants tokens of shape (n,); yours are a row, (1, n).", {"shape": lambda t: t[None]}),
    (NOT_START, {"first": lambda start_id, end_id: end_id}),
    (NOT_START, {"first": lambda start_id, end_id: 0}),
    (ONE_LIST, {"finish": _in_one_list}),
    (
        "You have a list for each place; return one for each image.",
        {"finish": lambda captions, columns: [column.tolist() for column in columns]},
    ),
    (
        "You returned the caption of one image only; return a list of all.",
        {"finish": lambda captions, columns: captions[0]},
    ),
]

SENTENCES = {  # what is said where one of `probes.week6._decoding`'s facts doesn't hold
    "step is called for all images at once": ONE_BY_ONE,
    "step reads the start first": NOT_START,
    "step is given the state that it returned": NOT_PASSED,
    "step reads the start again and again": START_AGAIN,
    "there is one caption per image": "The list you return should have one caption for each image.",
    "all images have the same list": ONE_LIST,
    "each caption begins with the start": WITH_START,
    "no caption goes on after its end": GOES_ON,
    "no caption contains its end": WITH_END,
    "no caption has more than max_len tokens": TOO_LONG,
}


def one_by_one(decode, step, start_state, *args):
    """Return the captions that a decoder gives when it is called for one image at a time."""
    captions = []
    for row in range(len(start_state[0])):
        captions += decode(step, [array[row : row + 1] for array in start_state], *args)
    return captions
