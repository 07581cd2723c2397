"""Mistakes of `caption_tokens_to_indices`, as rows of switches."""

import re

from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_splitting

FIXED = {END: 0, PAD: 1, START: 2, UNK: 3}  # the numbers of special tokens in a usual vocabulary


def _or_unknown(number):
    """Return a `look_up` that gives another number for what isn't in the vocabulary."""
    return {"look_up": lambda token, vocab: [vocab.get(token, number(vocab))]}


def _with_fixed(*tokens):
    """Return a `look_up` with fixed numbers for some special tokens."""

    def look_up(token, vocab):
        token = token if token in vocab else UNK
        return [FIXED[token] if token in tokens else vocab[token]]

    return {"look_up": look_up}


def _remembered(token, vocab):
    return [vocab.setdefault(token, len(vocab))]


def _kept_as_unknown(token, vocab):
    return [vocab.setdefault(token, vocab[UNK])]


def joined(rows):
    return [number for row in rows for number in row]


SPLIT = (
    "You split the captions at spaces; take the tokens of split_sentence, in lower case and "
    "without punctuation."
)
BY_NAME = (
    "You wrote a fixed number for a special token; look it up, as `vocab[UNK]`: in another "
    "vocabulary it has another number."
)
RUN_TOGETHER = (
    "The captions of an image run together in one list of numbers; each caption is a list of its "
    "own."
)
WRITTEN = (
    "You wrote start and end into the text before it was split, which takes their # away, so they "
    "become #UNK#: put their numbers around those of the tokens."
)
STILL = "These are still tokens; look up their numbers."
CUT = "Captions aren't cut here; keep all tokens of long ones."
ONE_EACH = "You took only one caption of each image; take all of them."

ROWS = [
    (
        "Start and end are missing: a caption begins with #START# and ends with #END#.",
        {"before": (), "after": ()},
    ),
    ("The start is missing: a caption begins with #START#.", {"before": ()}),
    ("The end is missing: without it no network learns where captions end.", {"after": ()}),
    ("Start and end are swapped.", {"before": (END,), "after": (START,)}),
    ("A caption ends with #END#; yours ends with #START#.", {"after": (START,)}),
    ("A caption begins with #START#; yours begins with #END#.", {"before": (END,)}),
    ("A caption ends with #END#; yours ends with #PAD#.", {"after": (PAD,)}),
    (
        "Start and end stand twice around each caption.",
        {"before": (START,) * 2, "after": (END,) * 2},
    ),
    *(
        (WRITTEN, {"before": (), "after": (), "split": split})
        for split in (
            lambda text: by_splitting(f"{START} {text} {END}"),
            lambda text: by_splitting(START + text + END),
        )
    ),
    (
        "You left out tokens that aren't in the vocabulary; each becomes #UNK#.",
        {"look_up": lambda token, vocab: [vocab[token]] if token in vocab else []},
    ),
    (
        "A token that isn't in the vocabulary becomes #UNK#, not #PAD#.",
        _or_unknown(lambda vocab: vocab[PAD]),
    ),
    (
        "A token that isn't in the vocabulary becomes #UNK#, not #END#.",
        _or_unknown(lambda vocab: vocab[END]),
    ),
    (
        "You looked up tokens that aren't in the vocabulary; each becomes #UNK#.",
        {"look_up": lambda token, vocab: [vocab[token]]},
    ),
    (
        "A token that isn't in the vocabulary becomes #UNK#, not None.",
        _or_unknown(lambda vocab: None),
    ),
    (
        "A token that isn't in the vocabulary becomes the number of #UNK#, `vocab[UNK]`; yours "
        "becomes the text.",
        _or_unknown(lambda vocab: UNK),
    ),
    (
        "A token that isn't in the vocabulary becomes the number of #UNK#, not 0.",
        _or_unknown(lambda vocab: 0),
    ),
    (
        "A token that isn't in the vocabulary becomes the number of #UNK#, `vocab[UNK]`, not -1.",
        _or_unknown(lambda vocab: -1),
    ),
    (
        "A token that isn't in the vocabulary becomes the number of #UNK#, `vocab[UNK]`, not "
        "the vocabulary's length.",
        _or_unknown(len),
    ),
    *(
        (BY_NAME, _with_fixed(*tokens))
        for tokens in ((UNK,), (START, END), (START, END, UNK), (START,), (END,))
    ),
    (
        "The token with number 0 counts as unknown, for 0 is false to `or` and `if`: give "
        "`get` what to return for a missing token, or ask `token in vocab`.",
        {"look_up": lambda token, vocab: [vocab.get(token) or vocab[UNK]]},
    ),
    ("Your numbers are one too large.", {"look_up": lambda t, v: [v.get(t, v[UNK]) + 1]}),
    (
        "Your numbers are texts; keep them int.",
        {"look_up": lambda t, v: [str(v.get(t, v[UNK]))]},
    ),
    (
        "You wrote new tokens into the vocabulary; it must stay as it is: what it lacks "
        "becomes #UNK#.",
        {"look_up": _remembered},
    ),
    (
        "`setdefault` writes missing tokens into the caller's vocabulary; `get` only looks.",
        {"look_up": _kept_as_unknown},
    ),
    (SPLIT, {"split": str.split}),
    (
        "You split the captions at spaces, so punctuation sticks to the words: take the tokens "
        "of split_sentence.",
        {"split": lambda text: text.lower().split()},
    ),
    (
        "Capitals must become small before you look tokens up: take the tokens of split_sentence.",
        {"split": lambda text: re.findall(r"\w+", text)},
    ),
    *(
        (
            "You looked up single characters; take the tokens of split_sentence.",
            {"split": split},
        )
        for split in (
            list,
            lambda text: list(text.lower()),
            lambda text: "".join(by_splitting(text)),
        )
    ),
    (
        "You looked up whole captions; take the tokens of split_sentence.",
        {"split": lambda text: [text]},
    ),
    (STILL, {"look_up": lambda token, vocab: [token if token in vocab else UNK]}),
    (STILL, {"look_up": lambda token, vocab: [token]}),
    (RUN_TOGETHER, {"gather": joined}),
    (ONE_EACH, {"used": lambda of_image: of_image[:1]}),
    (ONE_EACH, {"gather": lambda rows: rows[0]}),
    (ONE_EACH, {"used": lambda of_image: [of_image[0]]}),
    (
        "Keep each token as often as it occurs.",
        {"split": lambda text: list(dict.fromkeys(by_splitting(text)))},
    ),
    (
        "The tokens of a caption keep their order; don't sort them.",
        {"split": lambda text: sorted(by_splitting(text))},
    ),
    *((CUT, {"finish": lambda row, most=most: row[:most]}) for most in (20, 22)),
    (
        "A caption is a list of numbers; yours is one text.",
        {"finish": lambda row: " ".join(map(str, row))},
    ),
]
