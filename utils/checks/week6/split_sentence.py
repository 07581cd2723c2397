"""Check of `split_sentence`: runs of word characters of any language, in lower case."""

import re
import string

from ..check import new_check

split_sentence = new_check(__name__)


def _runs(sentence, pattern=r"\w+", lower=str.lower, keep=lambda token: True, finish=list):
    return finish([token for token in re.findall(pattern, lower(sentence)) if keep(token)])


def _spaced_out(sentence, marks=string.punctuation):
    """Return a sentence in which each of the marks became a space."""
    return "".join(" " if c in marks else c for c in sentence)


PARTS = "`well-known` has two tokens, and so has `dog's`."
APOSTROPHE = f"You kept apostrophes inside tokens; they stand between tokens: {PARTS}"
HYPHEN = f"You kept hyphens inside tokens; they stand between tokens: {PARTS}"
BOTH = f"You kept hyphens and apostrophes inside tokens; they stand between tokens: {PARTS}"
EMPTY = "Your list contains empty tokens: leave them out."
SINGLE = "These are single characters; a token is a whole run of them."
ENDS = f"You took punctuation off at the ends of words alone; inside it separates, too: {PARTS}"
ONCE = "Keep each token as often as it occurs, in the order of the sentence."
MARKS = "Punctuation is left out; your list has it as tokens of its own."
NO_TOKEN = "You left out words with punctuation at them; only the punctuation must go."
SHORT = "You left out tokens of one character; they are tokens, too."
CUT = "You put a space for ASCII punctuation alone; — and … and curly quotes separate tokens, too."

split_sentence.add_mistakes(
    _runs,
    [
        ("You kept capital letters: Dog and dog must become the same token.", {"lower": str}),
        ("Tokens must be in lower case; yours are in capitals.", {"lower": str.upper}),
        (
            "`casefold` changes letters, ß to ss; lower case is `lower`.",
            {"lower": str.casefold},
        ),
        (
            "Digits are word characters, too; so is the underscore.",
            {"pattern": r"[^\W\d_]+"},
        ),
        ("Digits are word characters, too.", {"pattern": r"[^\W\d]+"}),
        (
            "The underscore is a word character, too: it doesn't separate tokens.",
            {"pattern": r"[^\W_]+"},
        ),
        (
            "Of all letters you kept only a to z; é and ü are word characters, too.",
            {"pattern": "[a-z0-9_]+"},
        ),
        (
            "You kept only a to z and digits; é, ü and the underscore are word characters, too.",
            {"pattern": "[a-z0-9]+"},
        ),
        (
            "You kept only the letters a to z; digits, é and ü are word characters, too.",
            {"pattern": "[a-z]+"},
        ),
        (
            "You kept only the letters a to z, and lost the capitals, too: digits, é and ü are "
            "word characters, and capitals become small ones.",
            {"pattern": "[a-z]+", "lower": str},
        ),
        (SINGLE, {"pattern": r"\w"}),
        (SINGLE, {"pattern": "(?s).", "keep": str.isalnum}),
        (
            "These are single characters, even spaces and punctuation; a token is a run of word "
            "characters.",
            {"pattern": "(?s)."},
        ),
        *((APOSTROPHE, {"pattern": p}) for p in (r"[\w']+", r"\w+(?:'\w+)*", r"\w+'?\w*")),
        *((HYPHEN, {"pattern": p}) for p in (r"[\w-]+", r"\w+(?:-\w+)*", r"\w+-?\w*")),
        *((BOTH, {"pattern": p}) for p in (r"[\w'-]+", r"\w+(?:['-]\w+)*", r"\w+['-]?\w*")),
        (SHORT, {"pattern": r"\w\w+"}),
        (SHORT, {"keep": lambda token: len(token) > 1 or token.isdigit()}),
        ("You left out tokens of one or two characters.", {"keep": lambda token: len(token) > 2}),
        (
            "You left out tokens with a digit or underscore; they are word characters, too.",
            {"keep": str.isalpha},
        ),
        (
            "You left out numbers; digits are word characters, too.",
            {"keep": lambda t: not t.isdigit()},
        ),
        (
            "You left out tokens with an underscore; it is a word character, too.",
            {"keep": str.isalnum},
        ),
        (MARKS, {"pattern": r"\w+|[^\w\s]"}),
        (MARKS, {"pattern": r"\w+|[^\w\s]+"}),
        (MARKS, {"pattern": r"\w+|\W+"}),
        (MARKS, {"pattern": r"\w+|\W"}),
        (EMPTY, {"pattern": r"\w*"}),
        (
            "You split at spaces alone, so punctuation sticks to the words: `dog.` isn't a word.",
            {"pattern": r"\S+"},
        ),
        (NO_TOKEN, {"pattern": r"\S+", "keep": str.isalnum}),
        (NO_TOKEN, {"pattern": r"\S+", "keep": str.isalpha}),
        (NO_TOKEN, {"pattern": r"\S+", "keep": lambda token: re.fullmatch(r"\w+", token)}),
        (ONCE, {"finish": lambda tokens: sorted(set(tokens))}),
        (ONCE, {"finish": lambda tokens: list(dict.fromkeys(tokens))}),
        ("Keep the order of the sentence: the tokens aren't sorted.", {"finish": sorted}),
        (
            "You joined the tokens in one string; return a list of them.",
            {"finish": " ".join},
        ),
        ("You returned only the first token; return all of them.", {"finish": lambda t: t[:1]}),
        ("You returned how many tokens there are; return the tokens.", {"finish": len}),
    ],
)


def _stripped(sentence):
    return [token.strip(string.punctuation) for token in sentence.lower().split()]


def _changed(sentence, change, split=str.split):
    return split(change(sentence.lower()))


DELETED = "You deleted the punctuation, which glues words together: `well-known` has two tokens."

split_sentence.add_mistakes(
    _changed,
    [
        (DELETED, {"change": lambda s: re.sub(r"[^\w\s]", "", s)}),
        (DELETED, {"change": lambda s: re.sub(r"[^\w ]", "", s)}),
        (DELETED, {"change": lambda s: re.sub(r"[^\w]", "", s)}),
        (DELETED, {"change": lambda s: s.translate(str.maketrans("", "", string.punctuation))}),
        (
            f"{DELETED} And you kept only the letters a to z; digits, é and ü are word characters.",
            {"change": lambda s: re.sub(r"[^a-z\s]", "", s)},
        ),
        (
            f"{DELETED} And of all letters you kept only a to z; é and ü are word characters, too.",
            {"change": lambda s: re.sub(r"[^a-z0-9\s]", "", s)},
        ),
        (
            f"{DELETED} And of all letters you kept only a to z; é and ü are word characters, too.",
            {"change": lambda s: re.sub(r"[^a-z0-9_\s]", "", s)},
        ),
        (EMPTY, {"change": lambda s: re.sub(r"\W", " ", s), "split": lambda s: s.split(" ")}),
        (EMPTY, {"change": lambda s: re.sub(r"\W+", " ", s), "split": lambda s: s.split(" ")}),
        (
            EMPTY,
            {"change": lambda s: re.sub(r"\W+", " ", s).strip(), "split": lambda s: s.split(" ")},
        ),
        (EMPTY, {"change": str, "split": lambda s: re.split(r"\W", s)}),
        (EMPTY, {"change": str, "split": lambda s: re.split(r"\W+", s)}),
        (
            "The text between tokens is in your list, too: without the brackets, `re.split` "
            "leaves it out.",
            {"change": str, "split": lambda s: re.split(r"(\W+)", s)},
        ),
        (
            "Tokens end at single spaces alone: punctuation sticks to the words, and several "
            "spaces make empty tokens.",
            {"change": str, "split": lambda s: s.split(" ")},
        ),
        (
            f"The underscore is a word character, and doesn't separate. {CUT}",
            {"change": _spaced_out},
        ),
        (CUT, {"change": lambda s: _spaced_out(s, string.punctuation.replace("_", ""))}),
        (ENDS, {"change": str, "split": lambda s: _stripped(s)}),
        (ENDS, {"change": str, "split": lambda s: [token for token in _stripped(s) if token]}),
    ],
)


@split_sentence.alternative
def by_splitting(sentence):
    return [token for token in re.split(r"\W+", sentence.lower()) if token]


@split_sentence.alternative
def by_characters(sentence):
    spaced = "".join(c if c.isalnum() or c == "_" else " " for c in sentence.lower())
    return spaced.split()
