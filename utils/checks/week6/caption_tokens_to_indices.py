"""Check of `caption_tokens_to_indices`: start, end, and what becomes of unknown tokens."""

from collections import defaultdict

from ..check import new_check
from ..probes.week6._captions import END, START, UNK
from ._wrong_caption_indices import ROWS, RUN_TOGETHER, joined
from .split_sentence import by_characters, by_splitting

caption_tokens_to_indices = new_check(__name__)


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


caption_tokens_to_indices.add_mistakes(_indices, ROWS)


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
    return joined(_indices(captions, vocab))


@caption_tokens_to_indices.mistake(
    "All numbers are in one list; keep one list per image, with a list for each caption in it."
)
def numbers_in_one_list(captions, vocab):
    return joined(joined(_indices(captions, vocab)))


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
