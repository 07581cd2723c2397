"""Judges, outside the box, the evidence that a kernel sent of one exercise."""

import contextlib
import hashlib
import importlib
import re
from functools import partial

from ...checks.exercise import exercise_names
from ...checks.probes import serialize
from ...checks.share import share
from ...checks.stand_in import stand_in
from ...errors import Unsolved
from ..results import Judgement, Status
from . import behaviour

NUMBER = re.compile(r"[-+]?\d+\.\d*(?:[eE][-+]?\d+)?|[-+]?\d+[eE][-+]?\d+|\b(?:nan|inf)\b")
MAX_LINES, MAX_LINE = 20, 1000
VALUES = re.compile(r"^\s*(expected|got)\b.*\d")


def seed_for(seed, name):
    """Return the seed of one exercise's inputs in a run. seed: int, the run's."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big")


def in_kind(text):
    """Return a judge's words without values: what was expected in kind, where it differs.

    Lines that show values go, with those on which an array goes on, and so do numbers with a
    decimal point in the rest, as an error's message may quote inputs.
    """
    lines, is_value = [], False
    for line in text.splitlines()[:MAX_LINES]:
        line = line[:MAX_LINE]  # these expressions take long where it is long
        is_value = bool(VALUES.match(line)) or (is_value and line[:1].isspace())
        if is_value:
            continue
        line = re.sub(r": expected .*?, got .*? \((\d+ of \d+ differ)\)", r" (\1)", line)
        lines.append(NUMBER.sub("…", line)[:400])
    return "\n".join(lines)


def checks_of(week):
    """Return {exercise: its Check} of a week, in the order of the reference solutions."""
    catalogue = importlib.import_module(f"utils.checks.week{week}")
    return {name: getattr(catalogue, name) for name in exercise_names(week)}


def max_score(week):
    """Return the sum of the points of a week's exercises."""
    return sum(check.points for check in checks_of(week).values())


class Judge:
    """The checks of one week, with the seeds of one run.

    store: evidence.Store; naming: whether to look for the mistake that was made.
    checks: dict, name of an exercise → Check.
    """

    def __init__(self, week, seed, store, naming=True):
        self.week, self.seed, self.store, self.naming = week, seed, store, naming
        self.checks = checks_of(week)

    def seed_of(self, name):
        return self.checks[name].seed_of(seed_for(self.seed, name))

    def replays(self, name, others):
        """Return what is right where an exercise calls others: dict, name of these → text."""
        return self.store.replays(self.checks[name], others, self.seed_of(name))

    def verdict(self, name, sent, answer):
        """Return the Judgement on what the clean side sent: a dict, see `probes.trial.answer`.

        answer: answers.Answer.
        """
        check, seed = self.checks[name], self.seed_of(name)
        evidence = serialize.decode(sent["evidence"])
        problem = self._interface(check, sent["interface"])
        if problem:
            return Judgement(False, problem)
        try:
            known = partial(self.store.known, check)
            found = check.answer(evidence, seed, answer.calls, self.naming, known)
        except Unsolved:
            text = "It still raises NotImplementedError."
            return Judgement(False, text, status=Status.NOT_ATTEMPTED)
        except serialize.BadEvidence:
            raise
        except Exception as error:  # evidence of a form that a judge doesn't know
            text = f"The evidence can't be judged ({type(error).__name__}: {error})."
            return Judgement(False, text)
        held = sent["held"][:MAX_LINE]
        if not found.ok:
            judgement = Judgement(False, found.text, found.mistake)
            if not held:  # that is the box's claim
                judgement.share = self._share(check, evidence, seed)
                expected = known(check.reference, seed)
                judgement.behaviour = behaviour.code(check, evidence, expected)
            return judgement
        return Judgement(not held, held, status=Status.HELD if held else Status.GRADED)

    def _share(self, check, evidence, seed):
        """Return how much of a wrong answer holds, for partial credit; see `checks.share`."""
        with contextlib.suppress(Exception):  # evidence of a form that a judge doesn't know
            expected = self.store.known(check, check.reference, seed)
            return share(check, evidence, expected, self.store.counting(check, seed))
        return 0.0

    def _interface(self, check, about):
        item = stand_in(about)
        return check.wrong_interface(item) if item is not None else None
