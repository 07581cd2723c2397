"""Check of `caption_tokens_to_indices`: start, end, and what becomes of unknown tokens."""

from collections import defaultdict

from ..check import new_check
from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_characters, by_splitting

caption_tokens_to_indices = new_check(__name__)


def _indices(
    captions, vocab, look_up=lambda token, vocab: [vocab.get(token, vocab[UNK])],
    before=(START,), after=(END,), split=by_splitting,
):  # fmt: skip
    """Return captions as lists of numbers, with changes. look_up: from a token to its numbers."""

    def row(text):
        tokens = (*before, *split(text), *after)
        return [number for token in tokens for number in look_up(token, vocab)]

    return [[row(text) for text in of_image] for of_image in captions]


caption_tokens_to_indices.add_mistakes(
    _indices,
    {
        "The start is missing: a caption begins with #START#.": {"before": ()},
        "The end is missing: without it no network learns where captions end.": {"after": ()},
        "You left out tokens that aren't in the vocabulary; each becomes #UNK#.": {
            "look_up": lambda token, vocab: [vocab[token]] if token in vocab else []
        },
        "A token that isn't in the vocabulary becomes #UNK#, not #PAD#.": {
            "look_up": lambda token, vocab: [vocab.get(token, vocab[PAD])]
        },
        "You looked up tokens that aren't in the vocabulary; each becomes #UNK#.": {
            "look_up": lambda token, vocab: [vocab[token]]
        },
        "A token that isn't in the vocabulary becomes #UNK#, not None.": {
            "look_up": lambda token, vocab: [vocab.get(token)]
        },
        "You split the captions at spaces; take the tokens of split_sentence, in lower case "
        "and without punctuation.": {"split": str.split},
        "Start and end are swapped.": {"before": (END,), "after": (START,)},
        "These are still tokens; look up their numbers.": {
            "look_up": lambda token, vocab: [token if token in vocab else UNK]
        },
    },
)


@caption_tokens_to_indices.mistake(
    "The captions of all images are in one list; keep one list per image."
)
def in_one_list(captions, vocab):
    return [caption for of_image in _indices(captions, vocab) for caption in of_image]


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
