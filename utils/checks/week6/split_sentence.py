"""Check of `split_sentence`: points, the mistakes people make, sound variants."""

import re

from ..check import new_check

split_sentence = new_check(__name__)


@split_sentence.mistake("Capitals are left in yours: a Dog and a dog must become one token.")
def capitals_kept(sentence):
    return re.findall(r"\w+", sentence)


@split_sentence.mistake(
    "You split at spaces alone, so punctuation sticks to the words: `dog.` is no word."
)
def at_spaces(sentence):
    return sentence.lower().split()


@split_sentence.mistake("There are empty tokens in it: leave out what is empty between two splits.")
def with_empty_tokens(sentence):
    return re.split(r"\W+", sentence.lower())


@split_sentence.mistake("Digits are word characters, too; so is the underscore.")
def letters_alone(sentence):
    return re.findall(r"[^\W\d_]+", sentence.lower())


@split_sentence.mistake(
    "Only the letters a to z count in yours; é and ü are word characters like others."
)
def ascii_alone(sentence):
    return re.findall(r"[a-z0-9_]+", sentence.lower())


@split_sentence.mistake("Only the letters a to z count in yours; so are digits, é and ü.")
def a_to_z_alone(sentence):
    return re.findall(r"[a-z]+", sentence.lower())


@split_sentence.mistake(
    "You deleted the punctuation, which glues words together: `well-known` has two tokens."
)
def punctuation_deleted(sentence):
    return re.sub(r"[^\w\s]", "", sentence.lower()).split()


@split_sentence.mistake("These are single characters; a token is a whole run of them.")
def characters(sentence):
    return re.findall(r"\w", sentence.lower())


@split_sentence.mistake("Each token is in it as often as it is said, in the order of the sentence.")
def each_once(sentence):
    return sorted(set(re.findall(r"\w+", sentence.lower())))


@split_sentence.alternative
def by_splitting(sentence):
    return [token for token in re.split(r"\W+", sentence.lower()) if token]


@split_sentence.alternative
def by_characters(sentence):
    spaced = "".join(c if c.isalnum() or c == "_" else " " for c in sentence.lower())
    return spaced.split()
