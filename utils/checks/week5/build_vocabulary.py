"""Check of `build_vocabulary`: special tokens first, then the characters, sorted, each once."""

import string
from collections import Counter

from ..check import new_check
from ..probes.week5._names import END, PAD, START

build_vocabulary = new_check(__name__)


def _vocabulary(
    names, characters=lambda text: sorted(set(text)), special=(PAD, START, END),
    special_first=True, first=0, turned=False, joined="", result=lambda tokens, ids: (tokens, ids),
):  # fmt: skip
    """Return tokens and their numbers, with changes."""
    letters = list(characters(joined.join(names)))
    tokens = [*special, *letters] if special_first else [*letters, *special]
    numbered = enumerate(tokens, start=first)
    ids = dict(numbered) if turned else {token: number for number, token in numbered}
    return result(tokens, ids)


UNSORTED = "The characters aren't sorted, so their numbers depend on the order of the names."
ORDER = "The order is padding, start, end: padding has number 0."
ONLY_LETTERS = (
    "You kept only letters; spaces, hyphens and apostrophes are characters of names, too."
)
FROM_NOWHERE = (
    "You listed an alphabet; only the characters that occur in the names are tokens, and all of "
    "those."
)
OTHER_NAMES = 'The special tokens are written "<pad>", "<start>" and "<end>", exactly so.'
GIVEN_TWICE = "Each character is listed once; you have one entry for each occurrence."

build_vocabulary.add_mistakes(
    _vocabulary,
    [
        (
            "The three special tokens come first: padding, start and end, then the characters.",
            {"special_first": False},
        ),
        (UNSORTED, {"characters": dict.fromkeys}),
        (  # in grading, a set has another order than here
            "A set has no order of its own, and another one in each run of Python: sort the "
            "characters.",
            {"characters": set},
        ),
        ("You sorted the characters backwards.", {"characters": lambda t: sorted(set(t))[::-1]}),
        (
            "You sorted without regard to capitals; `sorted` as it is puts them first.",
            {"characters": lambda text: sorted(sorted(set(text)), key=str.lower)},
        ),
        (
            "You ordered the characters by how often they occur; sort them.",
            {"characters": lambda text: [letter for letter, _ in Counter(text).most_common()]},
        ),
        *((ORDER, {"special": order}) for order in ((START, END, PAD), (PAD, END, START))),
        *((ORDER, {"special": order}) for order in ((START, PAD, END), (END, START, PAD))),
        ("Count from 0: the number of a token is its place in the list.", {"first": 1}),
        (
            "Capitals are characters of their own; you turned all letters into lower case.",
            {"characters": lambda text: sorted(set(text.lower()))},
        ),
        (
            "You turned all letters into capitals; they stay as they are in the names.",
            {"characters": lambda text: sorted(set(text.upper()))},
        ),
        (
            "The dict is the wrong way round: its keys are tokens, its values are numbers.",
            {"turned": True},
        ),
        (ONLY_LETTERS, {"characters": lambda text: sorted(set(filter(str.isalpha, text)))}),
        (
            "You left the spaces out; a space is a character of a name, too.",
            {"characters": lambda text: sorted(set(text) - {" "})},
        ),
        (
            "You kept only letters without accents; every character of the names is a token.",
            {"characters": lambda text: sorted(set(text) & set(string.ascii_letters))},
        ),
        (FROM_NOWHERE, {"characters": lambda text: string.ascii_lowercase}),
        (FROM_NOWHERE, {"characters": lambda text: string.ascii_letters}),
        (FROM_NOWHERE, {"characters": lambda text: sorted(string.ascii_letters)}),
        (GIVEN_TWICE, {"characters": sorted}),
        (GIVEN_TWICE, {"characters": list}),
        ("The special tokens are missing: they come before the characters.", {"special": ()}),
        (
            "Padding has a token, too: <pad> with the number 0, before start and end.",
            {"special": (START, END)},
        ),
        (OTHER_NAMES, {"special": ("pad", "start", "end")}),
        (OTHER_NAMES, {"special": ("<PAD>", "<START>", "<END>")}),
        (OTHER_NAMES, {"special": ("<pad>", "<s>", "</s>")}),
        (
            "You joined the names with a space between them, so a space became a token even where "
            'no name has one: join them with "".',
            {"joined": " "},
        ),
        (
            "You joined the names with line breaks, and the break became a token: join them with "
            '"".',
            {"joined": "\n"},
        ),
        (
            "The list lacks the special tokens, which only the dict has: it has all tokens, these "
            "three first.",
            {"result": lambda tokens, ids: (tokens[3:], ids)},
        ),
        (
            "The dict lacks the special tokens: it has a number for each token of the list.",
            {"result": lambda tokens, ids: (tokens, dict(list(ids.items())[3:]))},
        ),
        (
            "You numbered only the characters, from 0; the three special tokens have the numbers "
            "0, 1 and 2.",
            {"result": lambda tokens, ids: (tokens, {t: ids[t] - 3 for t in tokens[3:]})},
        ),
        (
            "You returned the numbers in a list; a dict from each token to its number is asked "
            "for.",
            {"result": lambda tokens, ids: (tokens, list(ids.values()))},
        ),
        (
            "You returned the number of tokens with them; only the list and the dict are due.",
            {"result": lambda tokens, ids: (tokens, ids, len(tokens))},
        ),
    ],
)


@build_vocabulary.mistake(
    "You sorted the special tokens together with the characters; these three stay in front, in the "
    "order padding, start, end."
)
def sorted_with_the_rest(names):
    return _vocabulary(names, lambda text: sorted({PAD, START, END} | set(text)), special=())


@build_vocabulary.mistake("Your tokens are whole names; take their characters.")
def whole_names(names):
    return _vocabulary(names, characters=lambda text: sorted(set(names)))


@build_vocabulary.mistake("Your tokens are whole names; take their characters.")
def whole_names_in_their_order(names):
    return _vocabulary(names, characters=lambda text: dict.fromkeys(names))


@build_vocabulary.mistake(
    "You sorted the characters of each name by itself; collect those of all names, then sort."
)
def name_by_name(names):
    each = [letter for name in names for letter in sorted(set(name))]
    return _vocabulary(names, characters=lambda text: dict.fromkeys(each))


@build_vocabulary.mistake("You took the characters of only one name; take those of all.")
def last_name_alone(names):
    return _vocabulary(names[-1:])


@build_vocabulary.mistake("You took the characters of only one name; take those of all.")
def first_name_alone(names):
    return _vocabulary(names[:1])


@build_vocabulary.mistake(
    "You took the three special tokens apart into their characters; each is one token."
)
def special_tokens_apart(names):
    return _vocabulary([*names, PAD, START, END])


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
    tokens = [PAD, START, END] + sorted(set.union(*map(set, names)))
    return tokens, dict(zip(tokens, range(len(tokens))))
