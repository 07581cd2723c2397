"""What was done wrong, in words: a catalogued mistake, or else what the values tell."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .diagnoses import diagnose
from .matching import MORE, Matcher, is_out, surest


@dataclass(frozen=True)
class Mistake:
    """A wrong version that people really write, with one sentence that names the error."""

    function: Callable
    explanation: str

    @property
    def name(self):
        """The function's name, and the switches that make it wrong, for tests and reports."""
        if not isinstance(self.function, partial):
            return self.function.__name__
        switches = ", ".join(self.function.keywords)
        return f"{self.function.func.__name__}({switches})"


def what_was_done(check, evidence, expected, seed, known):
    """Return what was done wrong, in one or two sentences, or ''.

    check: Check; evidence, expected: lists of observations, of the answer and of the reference;
    seed: int, on which both were made; known: as for `Check.answer`.
    """
    ours, right = check.compared(evidence), check.compared(expected)
    catalogued, sure = _named(check, ours, right, seed, known)
    if sure > 1:
        return catalogued
    diagnosis = ""
    with contextlib.suppress(Exception):  # a value that no sentence expects: the verdict stands
        diagnosis = diagnose(ours, right, check)
    return diagnosis or (f"{catalogued} {MORE}" if sure else "")


def _named(check, ours, right, seed, known):
    """Return (sentence, how sure) of the mistake that explains an answer best; see `surest`."""
    matcher, matches = Matcher(ours, right, check.same), []
    for mistake in check.mistakes:
        found = matcher.match(_evidence_of(check, mistake, matcher, seed, known))
        if found.explains and all(found.same):
            return mistake.explanation, 3
        matches.append((mistake.explanation, found))
    return surest(matches)


def _evidence_of(check, mistake, matcher, seed, known):
    """Return a mistake's evidence as it is compared, in a notebook only as much of it as tells that
    it isn't the one: to build and train forty wrong networks to the end would take long."""
    if known != check.known:
        return check.compared(known(mistake.function, seed))

    def is_known_to_be_out(evidence):
        try:
            theirs = check.properties(evidence) if check.properties else evidence
        except Exception:  # these facts need what is still to come
            return False
        return is_out(matcher.match(theirs, len(evidence)), len(matcher.right))

    return check.compared(check.tried.get(mistake.function, seed, is_known_to_be_out))
