"""Check of `caption_tokens_to_indices`: start, end, and what becomes of unknown tokens."""

import re
from collections import defaultdict

from ..check import new_check
from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_characters, by_splitting

caption_tokens_to_indices = new_check(__name__)


FIXED = {END: 0, PAD: 1, START: 2, UNK: 3}  # the numbers of special tokens in a usual vocabulary


def _indices(
    captions, vocab, look_up=lambda token, vocab: [vocab.get(token, vocab[UNK])],
    before=(START,), after=(END,), split=by_splitting, finish=list, gather=list, used=list,
):  # fmt: skip
    """Return captions as lists of numbers, with changes.

    look_up: from a token to its numbers; finish: what becomes of a caption's numbers; gather: of an
    image's list of captions; used: which of an image's captions are taken.
    """

    def row(text):
        tokens = (*before, *split(text), *after)
        return finish([number for token in tokens for number in look_up(token, vocab)])

    return [gather([row(text) for text in used(of_image)]) for of_image in captions]


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


def _joined(rows):
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

caption_tokens_to_indices.add_mistakes(
    _indices,
    [
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
            "A token that isn't in the vocabulary becomes the number of #UNK#, `vocab[UNK]`, not "
            "-1.",
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
            "Capitals must become small before you look tokens up: take the tokens of "
            "split_sentence.",
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
        (RUN_TOGETHER, {"gather": _joined}),
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
    ],
)


@caption_tokens_to_indices.mistake(RUN_TOGETHER)
def one_start_per_image(captions, vocab):
    joined = [[" ".join(of_image)] for of_image in captions]
    return [rows[0] for rows in _indices(joined, vocab)]


@caption_tokens_to_indices.mistake(
    "An image without captions keeps its place, as an empty list; you left it out."
)
def without_empty_images(captions, vocab):
    return [rows for rows in _indices(captions, vocab) if rows]


@caption_tokens_to_indices.mistake(
    "A caption without tokens keeps its place, as start and end; you left it out."
)
def without_empty_captions(captions, vocab):
    return [[row for row in rows if len(row) > 2] for rows in _indices(captions, vocab)]


@caption_tokens_to_indices.mistake(
    "The captions of all images are in one list; keep one list per image."
)
def in_one_list(captions, vocab):
    return _joined(_indices(captions, vocab))


@caption_tokens_to_indices.mistake(
    "All numbers are in one list; keep one list per image, with a list for each caption in it."
)
def numbers_in_one_list(captions, vocab):
    return _joined(_joined(_indices(captions, vocab)))


@caption_tokens_to_indices.alternative
def indices_by_loops(captions, vocab):
    result = []
    for of_image in captions:
        rows = []
        for text in of_image:
            row = [vocab[START]]
            for token in by_characters(text):
                row.append(vocab[token] if token in vocab else vocab[UNK])
            rows.append(row + [vocab[END]])
        result.append(rows)
    return result


@caption_tokens_to_indices.alternative
def indices_by_default(captions, vocab):
    numbers = defaultdict(lambda: vocab["#UNK#"], vocab)
    return _indices(captions, numbers, look_up=lambda token, numbers: [numbers[token]])
