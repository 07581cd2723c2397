"""Check of `build_vocabulary`: special tokens first, then the characters, sorted, each once."""

from ..check import new_check
from ..probes.week5._names import END, PAD, START

build_vocabulary = new_check(__name__)


def _vocabulary(
    names, characters=lambda text: sorted(set(text)), special=(PAD, START, END),
    special_first=True, first=0, turned=False,
):  # fmt: skip
    """Return tokens and their numbers, with changes."""
    letters = characters("".join(names))
    tokens = [*special, *letters] if special_first else [*letters, *special]
    numbered = enumerate(tokens, start=first)
    return tokens, dict(numbered) if turned else {token: number for number, token in numbered}


build_vocabulary.add_mistakes(
    _vocabulary,
    {
        "The three special tokens come first: padding, start and end, then the characters.": {
            "special_first": False
        },
        "The order is padding, start, end: padding has number 0.": {"special": (START, END, PAD)},
        "The characters aren't sorted, so their numbers depend on the order of the names.": {
            "characters": dict.fromkeys
        },
        "Count from 0: the number of a token is its place in the list.": {"first": 1},
        "Capitals are characters of their own; you turned all letters into lower case.": {
            "characters": lambda text: sorted(set(text.lower()))
        },
        "The dict is the wrong way round: its keys are tokens, its values are numbers.": {
            "turned": True
        },
        "You kept only letters; spaces, hyphens and apostrophes are characters of names, too.": {
            "characters": lambda text: sorted(set(filter(str.isalpha, text)))
        },
        "Each character is listed once; you have one entry for each occurrence.": {
            "characters": sorted
        },
    },
)


@build_vocabulary.mistake("Your tokens are whole names; take their characters.")
def whole_names(names):
    return _vocabulary(names, characters=lambda text: sorted(set(names)))


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
