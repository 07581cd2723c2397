"""Check of `caption_tokens_to_indices`: points, the mistakes people make, sound variants."""

from collections import defaultdict

from ..check import new_check
from ..probes.week6._captions import END, PAD, START, UNK
from .split_sentence import by_characters, by_splitting

caption_tokens_to_indices = new_check(__name__)


def _indices(captions, number, start=True, end=True, split=by_splitting):
    """Return captions as lists of numbers, with changes. number: from a token to its numbers."""
    before, after = [START] * start, [END] * end
    return [
        [
            [i for token in (*before, *split(text), *after) for i in number(token)]
            for text in of_image
        ]
        for of_image in captions
    ]


@caption_tokens_to_indices.mistake("The start is missing: a caption begins with #START#.")
def indices_without_start(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[UNK])], start=False)


@caption_tokens_to_indices.mistake(
    "The end is missing: without it no network learns where captions end."
)
def indices_without_end(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[UNK])], end=False)


@caption_tokens_to_indices.mistake(
    "You left out tokens that the vocabulary lacks; each becomes #UNK#."
)
def unknown_left_out(captions, vocab):
    return _indices(captions, lambda token: [vocab[token]] if token in vocab else [])


@caption_tokens_to_indices.mistake("A token that the vocabulary lacks becomes #UNK#, not #PAD#.")
def unknown_as_padding(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[PAD])])


@caption_tokens_to_indices.mistake(
    "A token that the vocabulary lacks is looked up as if it were there; it becomes #UNK#."
)
def unknown_raises(captions, vocab):
    return _indices(captions, lambda token: [vocab[token]])


@caption_tokens_to_indices.mistake("A token that the vocabulary lacks becomes #UNK#, not None.")
def unknown_as_none(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token)])


@caption_tokens_to_indices.mistake(
    "The captions of all images are in one list; keep a list an image, with its captions in it."
)
def in_one_list(captions, vocab):
    found = _indices(captions, lambda token: [vocab.get(token, vocab[UNK])])
    return [caption for of_image in found for caption in of_image]


@caption_tokens_to_indices.mistake(
    "You split the captions at spaces; take the tokens of split_sentence, in lower case and "
    "without punctuation."
)
def indices_split_at_spaces(captions, vocab):
    return _indices(captions, lambda token: [vocab.get(token, vocab[UNK])], split=str.split)


@caption_tokens_to_indices.mistake("Start and end are swapped.")
def start_and_end_swapped(captions, vocab):
    turned = {**vocab, START: vocab[END], END: vocab[START]}
    return _indices(captions, lambda token: [turned.get(token, vocab[UNK])])


@caption_tokens_to_indices.mistake("These are still tokens; look their numbers up.")
def still_tokens(captions, vocab):
    return _indices(captions, lambda token: [token if token in vocab else UNK])


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
    return _indices(captions, lambda token: [numbers[token]])
