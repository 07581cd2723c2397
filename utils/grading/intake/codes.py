"""Codes in place of names, so that whoever marks doesn't see whose work it is.

A code follows from the run's seed and the learner's folder: it stays the same in each report of a
run. With the seed and a list of the class it can be computed, so it is a blindfold and no lock.
"""

import hmac
from dataclasses import replace

# Without letters and digits that look or sound alike, and without vowels, which would make words.
FIRST, LETTERS = "CDFGHJKMNPQRTWXY", "34679CDFGHJKMNPQRTWXY"
LEAST, MOST = 5, 30  # letters of a code


def _letters(folder, seed):
    """Return the letters of which a code is the beginning; the first is no digit, so that none can
    be taken for a learner's number."""
    number = int.from_bytes(hmac.digest(str(seed).encode(), folder.encode(), "sha256"))
    number, place = divmod(number, len(FIRST))
    found = FIRST[place]
    while len(found) < MOST:
        number, place = divmod(number, len(LETTERS))
        found += LETTERS[place]
    return found


def codes(folders, seed, least=LEAST):
    """Return {folder: code}, the codes all different. seed: int; least: letters of a code.

    Where two would have the same, both get longer ones: what somebody wrote down of one of them
    then fits nobody, and never the other.
    """
    whole = {folder: _letters(folder, seed) for folder in folders}
    found, size = {}, least
    while len(found) < len(whole):
        starts = [letters[:size] for letters in whole.values()]
        for folder, letters in whole.items():
            if folder not in found and (starts.count(letters[:size]) == 1 or size >= MOST):
                found[folder] = letters[:size]
        size += 1
    return found


def with_codes(submissions, seed, others=()):
    """Return Submissions with their codes. submissions: list of Submission; seed: int, the run's;
    others: folders of learners who aren't here any more, whose codes nobody else may get."""
    found = codes([*(item.folder for item in submissions), *others], seed)
    return [replace(item, code=found[item.folder]) for item in submissions]


def called(code):
    """Return what pages call somebody who has a code."""
    return f"Learner {code}"


def code_in(text):
    """Return the code that a text gives, as `Learner K7Q3M` or `k7q3m` do, if it is one."""
    return text.strip().upper().removeprefix("LEARNER").strip()
