"""Finds the learner whom a text names: a line of the instructor's CSV files, or of a roster."""

import re
import unicodedata
from functools import lru_cache

from .codes import code_in

NUMBER = re.compile(
    r"(?:(?:participant|teilnehmer(?:/?in)?|participante?|partecipante|deelnemer)\s*|#)?"
    r"([0-9]+)(?:\.0+)?",
    re.IGNORECASE,
)
NAME_AND_NUMBER = re.compile(r"(.+?)\s*\(([0-9]+)\)")
# Letters that Unicode doesn't take apart into one without a stroke and the stroke.
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})
UNSAID = re.compile(r"[’'‘`´.\u200b]")
SUFFIX = re.compile(r"jr\.?|sr\.?|i{2,3}|iv", re.IGNORECASE)  # between or after names, not one
MAX_WORDS = 8  # of a name whose words are tried in other orders


def number_in(text):
    """Return the number that a text gives, as `1003` or `Participant 1003` do, or ''."""
    found = NUMBER.fullmatch(text.strip())
    return found[1].lstrip("0") if found else ""


def _exact(text):
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def in_order(text):
    """Return `Lee, Ann` as `Ann Lee`; `King, Jr., Ann` and `Ann King, Jr.` as the latter."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    may_end = len(parts) > 2 or (len(parts) == 2 and " " in parts[0])
    ends = [part for part in parts[1:] if may_end and SUFFIX.fullmatch(part)]
    last, *first = [part for part in parts if part not in ends] or [text]
    return ", ".join([" ".join([*first, last]), *ends])


@lru_cache(maxsize=20_000)
def name_key(text):
    """Return a name without what people write differently: capitals, accents, `Lee, Ann`."""
    text = in_order(text)
    letters = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", UNSAID.sub("", letters).replace("_", " ")))


@lru_cache(maxsize=20_000)
def letters_keys(text):
    """Return a name in the forms in which an LMS strings its words together: `leeann`, `annlee`."""
    words = name_key(text).split()[:MAX_WORDS]
    return frozenset("".join(words[k:] + words[:k]) for k in range(len(words)))


class People:
    """Submissions, to be found by what names their learners. Made once for many look-ups."""

    def __init__(self, submissions):
        self.numbers, self.exact, self.keys, self.letters, self.codes = {}, {}, {}, {}, {}
        for item in submissions:
            _add(self.codes, [getattr(item, "code", "")], item)  # a list of names has none
            _add(self.numbers, [item.number], item)
            _add(self.exact, [_exact(text) for text in (item.name, item.upload, item.folder)], item)
            _add(self.keys, [name_key(item.name)], item)
            _add(self.letters, letters_keys(item.name), item)

    def find(self, text):
        """Return the submissions that a text can mean: of its readings, the most exact that fits
        anyone."""
        number, both = number_in(text), NAME_AND_NUMBER.fullmatch(text.strip())
        found = self.codes.get(code_in(text)) or (self.numbers.get(number, []) if number else [])
        if both and not found:  # as the reports tell apart two people of one name
            same = self.numbers.get(both[2].lstrip("0"), [])
            found = [item for item in same if name_key(item.name) == name_key(both[1])]
        found = list(found) or self.by_name(text)
        is_guarded = not found and text.strip().startswith("'")  # as the tables guard a formula
        return self.find(text.strip()[1:]) if is_guarded else found

    def by_name(self, text):
        """Return those that a text can mean if it is no number."""
        found = self.exact.get(_exact(text)) or self.keys.get(name_key(text))
        if not found:
            lists = [self.letters.get(key, []) for key in sorted(letters_keys(text))]
            found = {id(item): item for items in lists for item in items}.values()
        return list(found)


def _add(index, keys, item):
    for key in set(filter(None, keys)):
        index.setdefault(key, []).append(item)


def match(text, submissions):
    """Return the submissions whose learner a text names: none, one, or several of one name.

    text: str, a code (`Learner K7Q3M`), a number (`1003`, `Participant 1003`), a name in any
    capitals, with or without accents, also as `Lee, Ann` or `Ann Lee (1003)`, or what the file or
    folder is called. A code counts before a number, and that before a name that reads like one.
    """
    return People(submissions).find(text)
