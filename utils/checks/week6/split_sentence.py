"""Check of `split_sentence`: runs of word characters of any language, in lower case."""

import re

from ..check import new_check

split_sentence = new_check(__name__)


def _runs(sentence, pattern=r"\w+", lower=True):
    return re.findall(pattern, sentence.lower() if lower else sentence)


split_sentence.add_mistakes(
    _runs,
    {
        "You kept capital letters: Dog and dog must become the same token.": {"lower": False},
        "Digits are word characters, too; so is the underscore.": {"pattern": r"[^\W\d_]+"},
        "Of all letters you kept only a to z; é and ü are word characters, too.": {
            "pattern": "[a-z0-9_]+"
        },
        "You kept only the letters a to z; digits, é and ü are word characters, too.": {
            "pattern": "[a-z]+"
        },
        "These are single characters; a token is a whole run of them.": {"pattern": r"\w"},
    },
)


@split_sentence.mistake(
    "You split at spaces alone, so punctuation sticks to the words: `dog.` isn't a word."
)
def at_spaces(sentence):
    return sentence.lower().split()


@split_sentence.mistake("Your list contains empty tokens: leave them out.")
def with_empty_tokens(sentence):
    return re.split(r"\W+", sentence.lower())


@split_sentence.mistake(
    "You deleted the punctuation, which glues words together: `well-known` has two tokens."
)
def punctuation_deleted(sentence):
    return re.sub(r"[^\w\s]", "", sentence.lower()).split()


@split_sentence.mistake("Keep each token as often as it occurs, in the order of the sentence.")
def each_once(sentence):
    return sorted(set(_runs(sentence)))


@split_sentence.alternative
def by_splitting(sentence):
    return [token for token in re.split(r"\W+", sentence.lower()) if token]


@split_sentence.alternative
def by_characters(sentence):
    spaced = "".join(c if c.isalnum() or c == "_" else " " for c in sentence.lower())
    return spaced.split()
