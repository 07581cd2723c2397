"""Check of `build_vocabulary`: points, the mistakes people make, sound variants."""

from ..check import new_check
from ._name_tokens import END, PAD, START

build_vocabulary = new_check(__name__)


def _numbered(tokens, first=0):
    return tokens, {token: number for number, token in enumerate(tokens, start=first)}


def _characters(names):
    return sorted(set("".join(names)))


@build_vocabulary.mistake("The three special tokens come first: padding, start, end, then letters.")
def special_last(names):
    return _numbered([*_characters(names), PAD, START, END])


@build_vocabulary.mistake("The order is padding, start, end: padding has number 0.")
def start_first(names):
    return _numbered([START, END, PAD, *_characters(names)])


@build_vocabulary.mistake(
    "The characters aren't sorted, so their numbers depend on the order of the names."
)
def in_order_of_appearance(names):
    return _numbered([PAD, START, END, *dict.fromkeys("".join(names))])


@build_vocabulary.mistake("Numbers count from 0: the number of a token is its place in the list.")
def counted_from_one(names):
    return _numbered([PAD, START, END, *_characters(names)], first=1)


@build_vocabulary.mistake("Capitals are characters of their own; you made all letters small.")
def lower_case(names):
    return _numbered([PAD, START, END, *_characters(name.lower() for name in names)])


@build_vocabulary.mistake(
    "The dict is the wrong way round: it leads from a token to its number, not back."
)
def the_other_way(names):
    tokens, _ = _numbered([PAD, START, END, *_characters(names)])
    return tokens, dict(enumerate(tokens))


@build_vocabulary.mistake(
    "Only letters are in it: a space, a hyphen and an apostrophe are characters of names, too."
)
def letters_alone(names):
    return _numbered([PAD, START, END, *filter(str.isalpha, _characters(names))])


@build_vocabulary.mistake("Each character is in it once; yours has one entry for each occurrence.")
def with_repetitions(names):
    return _numbered([PAD, START, END, *sorted("".join(names))])


@build_vocabulary.mistake("The tokens are whole names; take their characters.")
def whole_names(names):
    return _numbered([PAD, START, END, *sorted(set(names))])


@build_vocabulary.alternative
def by_loops(names):
    found = set()
    for name in names:
        for character in name:
            found.add(character)
    tokens = [PAD, START, END] + sorted(found)
    token_to_id = {}
    for token in tokens:
        token_to_id[token] = len(token_to_id)
    return tokens, token_to_id


@build_vocabulary.alternative
def by_zip(names):
    tokens = [PAD, START, END] + sorted(set().union(*map(set, names)))
    return tokens, dict(zip(tokens, range(len(tokens))))
