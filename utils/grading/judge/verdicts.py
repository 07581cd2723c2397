"""Judges evidence outside the box, and words the result for learner and instructor."""

import hashlib
import importlib
import re

from ...checks.exercise import exercise_names
from ...checks.probes import serialize
from ...errors import Unsolved
from .stand_in import stand_in

GRADED, NOT_GRADABLE, HELD = "graded", "not gradable", "held"
NOT_ATTEMPTED, MISSING = "not attempted", "missing"
FAILED = "failed"  # the grader did, so it is no score
NUMBER = re.compile(r"[-+]?\d+\.\d*(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+|\b(?:nan|inf)\b")
MAX_LINES, MAX_LINE = 20, 1000
VALUES = re.compile(r"^\s*(expected|got)\b.*\d")


def seed_for(seed, name):
    """Return the seed of one exercise's inputs in a run. seed: int, the run's."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def in_kind(text):
    """Return a judge's words without values: what was expected in kind, where it differs.

    Lines that show values go, and so do numbers with a decimal point in the rest, as an error's
    message may quote inputs.
    """
    lines = []
    for line in text.splitlines()[:MAX_LINES]:
        line = line[:MAX_LINE]  # these expressions take long where it is long
        if VALUES.match(line):
            continue
        line = re.sub(r": expected .*?, got .*? \((\d+ of \d+ differ)\)", r" (\1)", line)
        lines.append(NUMBER.sub("…", line)[:400])
    return "\n".join(lines)


def _holds_claims(value):
    """Whether evidence holds truths or words: code that forges could say them without solving."""
    if isinstance(value, (bool, str)):
        return True
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_holds_claims, items))


class Judge:
    """The checks of one week, with the seeds of one run.

    store: evidence.Store; naming: whether mistakes are recognised.
    """

    def __init__(self, week, seed, store, naming=True):
        self.week, self.seed, self.naming = week, seed, naming
        self.catalogue = importlib.import_module(f"utils.checks.week{week}")
        self.names = exercise_names(week)
        for check in self.checks():
            store.serve(check)

    def check(self, name):
        return getattr(self.catalogue, name)

    def checks(self):
        """Return all checks, in the order of the reference solutions."""
        return [self.check(name) for name in self.names]

    def seed_of(self, name):
        return seed_for(self.seed, name)

    def rests_on_claims(self, name):
        """Whether an exercise's evidence could be made up by code that doesn't solve it."""
        check = self.check(name)
        expected = check.known(check.reference, self.seed_of(name))
        return bool(check.properties) or any(_holds_claims(seen["value"]) for seen in expected)

    def verdict(self, name, sent, answer, odd):
        """Return {"status", "ok", "text", "mistake"} for what a kernel sent.

        answer: rebuild.Answer; odd: what the code that ran in that kernel, of whatever exercise,
        uses and no honest code needs.
        """
        check, seed = self.check(name), self.seed_of(name)
        evidence = serialize.decode(sent["evidence"])
        problem = self._interface(check, sent["interface"]) or self._align(check, evidence, seed)
        if problem:
            return _result(False, problem)
        try:
            found = check.answer(evidence, seed, answer.calls, self.naming)
        except Unsolved:
            return _result(False, "It still raises NotImplementedError.", status=NOT_ATTEMPTED)
        except serialize.BadEvidence:
            raise
        except Exception as error:  # evidence of a form that a judge doesn't know
            return _result(False, f"What came can't be judged ({type(error).__name__}: {error}).")
        if not found.ok:
            return _result(False, found.text, found.mistake)
        doubts = self._doubts(name, sent, odd)
        return _result(not doubts, doubts, status=HELD if doubts else GRADED)

    def _align(self, check, evidence, seed):
        """Give each observation case and facts of the reference's, as judges go by them; return
        what is wrong with their number, or None. Fewer are in order where a call failed."""
        expected = check.known(check.reference, seed)
        rest = iter(expected)
        pairs = zip(evidence, expected)
        if len(evidence) != len(expected):
            pairs = [
                (seen, next((e for e in rest if e["case"] == seen["case"]), None))
                for seen in evidence
            ]
        for seen, theirs in pairs:
            if theirs is None:
                return f"{len(expected)} results were expected, {len(evidence)} came."
            seen.update(case=theirs["case"], facts=theirs["facts"])
        return None

    def _interface(self, check, about):
        item = stand_in(about)
        return check.wrong_interface(item) if item is not None else None

    def _doubts(self, name, sent, odd):
        """Return why a right answer's points are held back until a person looked at it, or ''."""
        changed = sent["changed"][:5]
        if changed:
            return f"The code replaced {', '.join(str(word)[:100] for word in changed)}."
        if odd and self.rests_on_claims(name):
            return f"The code uses {', '.join(odd[:5])}, which no answer here needs."
        return ""


def held(text):
    """Return the verdict that only a person can give."""
    return _result(False, text, status=HELD)


def _result(ok, text, mistake="", status=GRADED):
    return {"ok": ok, "text": text, "mistake": mistake, "status": status}
