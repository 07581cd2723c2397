"""A check: the probe, judge, mistakes, alternatives and points of one exercise.

The probe runs in the kernel and returns evidence; the judge compares it with the reference's
evidence. The immediate check does both at once; grading does them in two places.
"""

import contextlib
import importlib
import inspect
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

import numpy as np

from .. import progress
from ..errors import CheckFailed, CourseError, Unsolved
from .compare import compare, same_observation
from .consequence import called_by, own_mistake
from .errors_seen import before_unsolved, warning_note
from .exercise import exercise_names, load_solutions
from .interface import wrong_interface
from .kept import Compared, Kept, kept_of
from .naming import Mistake, what_was_done
from .probes.attempt import file_of
from .probes.by_values import NeedsStructure
from .probes.recorder import AsInGrading, Known
from .probes.settings import default_settings, own_randomness
from .timeout import TimeUp, time_limit
from .tried import Tried

PROBES = "utils.checks.probes"
MAX_KNOWN = 32  # pieces of evidence that a check keeps whole: of the reference and of witnesses


@dataclass(frozen=True)
class Verdict:
    """A judge's answer.

    ok: bool; text: str, what differs in words, empty where all is right; mistake: str, the sentence
    of the mistake that was recognised, or empty.
    """

    ok: bool
    text: str = ""
    mistake: str = ""


@dataclass(eq=False)
class Check:
    """The check of one exercise. Call it with the learner's function or class.

    name: str, the exercise's name. week: int. probe: `probe(function, rng) -> evidence`, see
    `probes.recorder`. points: int. properties: None, or `properties(evidence) -> evidence` where
    several answers are right: it turns the raw evidence into what must hold for all of them, and
    that is compared. sentences: dict, name of such a fact → what was done wrong where it doesn't
    hold, a sentence, or a function of (its value, the right one) that returns one. layers: tuple of
    str, which options of layers an exercise prescribes, see `diagnoses.layers`. rtol, atol: floats,
    tolerance of the comparison. seconds: float, how long the learner's code may take; slow: str,
    what it probably means when it takes longer. kept: None, or what a copy for learners
    knows in place of functions. mistakes, alternatives, witnesses: filled by the decorators below.
    """

    name: str
    week: int
    probe: Callable
    points: int = 1
    properties: Callable | None = None
    sentences: dict = field(default_factory=dict)
    layers: tuple = ()
    rtol: float = 1e-6
    atol: float = 1e-9
    seconds: float = 30.0
    slow: str = "Does a loop never end?"
    kept: Kept | None = None
    mistakes: list = field(default_factory=list)
    alternatives: list = field(default_factory=list)
    witnesses: dict = field(default_factory=dict)

    def __post_init__(self):
        if self.kept:
            self.known, self.tried = self.kept.known, self.kept
            self.mistakes, self.witnesses = self.kept.mistakes, self.kept.witnesses
        else:
            self.known = lru_cache(MAX_KNOWN)(self._known)
            self.tried = Tried(self.evidence_of, self.compared)

    def _known(self, function, seed):
        """Return the evidence of one of the course's own functions; `known` keeps it.

        First weights are drawn differently from the learner's: no verdict may depend on them.
        """
        return self.evidence_of(Known(function, keeps_inputs=function is self.reference), seed)

    def evidence_of(self, known, seed):
        """Return the evidence that one of the course's own functions gives. known: Known."""
        with own_randomness(seed + 1), default_settings():
            return self.probe(known, np.random.default_rng(seed))

    def mistake(self, explanation):
        """Decorator: add a wrong version; `explanation`, a sentence, names its error."""

        def add(function):
            self.mistakes.append(Mistake(function, explanation))
            return function

        return add

    def add_mistakes(self, factory, rows):
        """Add wrong versions that differ from a right one by switches.

        factory: function with the exercise's parameters, followed by switches with defaults.
        rows: dict, explanation → {switch: value}; or a list of such pairs, where one explanation
        stands for several versions.
        """
        for explanation, switches in rows.items() if isinstance(rows, dict) else rows:
            self.mistakes.append(Mistake(partial(factory, **switches), explanation))

    def alternative(self, function):
        """Decorator: add a right version that is written differently."""
        self.alternatives.append(function)
        return function

    def witness(self, name):
        """Decorator: add a second implementation that has nothing in common with the reference.

        name: str, as in "numeric differentiation". A right answer must also agree with it, to one
        part in ten thousand, so that a slip in the reference can't make the check wrong.
        """

        def add(function):
            self.witnesses[name] = function
            return function

        return add

    def role_of(self, function):
        """Return the role of one of the check's own functions: "reference", "mistake 3", …"""
        own = {"reference": self.reference, **self.witnesses}
        own |= {f"mistake {number}": item.function for number, item in enumerate(self.mistakes)}
        return next(role for role, item in own.items() if item is function)

    @property
    def reference(self):
        """The reference solution, from the week's solutions.py, or what stands for it."""
        return self.kept.reference if self.kept else getattr(load_solutions(self.week), self.name)

    def seed_of(self, number):
        """Return the seed of the inputs that a number picks: itself, unless few seeds are known."""
        return self.kept.seeds[number % len(self.kept.seeds)] if self.kept else number

    def difference(self, evidence, expected, rtol=0.0, atol=0.0):
        """Return the first Difference between two pieces of evidence, or None.

        rtol, atol: floats that may widen the check's own tolerance.
        """
        evidence, expected = self.compared(evidence), self.compared(expected)
        return compare(evidence, expected, max(rtol, self.rtol), max(atol, self.atol))

    def compared(self, evidence):
        """Return what of some evidence is compared: what must hold, or the evidence itself."""
        if self.properties and not isinstance(evidence, Compared):
            with contextlib.suppress(Exception):  # an answer of another form stays as it is
                return self.properties(evidence)
        return evidence

    def same(self, ours, theirs):
        """Whether two observations, as `compared` has them, are the same."""
        return same_observation(ours, theirs, self.rtol, self.atol)

    def contradicted(self, evidence, seed, known):
        """Return how the evidence differs from that of a witness, in words, or None."""
        for name, function in self.witnesses.items():
            theirs = known(function, seed)
            found = self.difference(evidence, theirs, rtol=1e-4, atol=1e-6)
            if found:
                return f"It disagrees with {name}.\nTried on: {found.case}\n{found.text}"
        return None

    def judge(self, evidence, reference_evidence):
        """Compare evidence with the reference's. Returns a Verdict."""
        found = self.difference(evidence, reference_evidence)
        if found is None:
            return Verdict(True)
        return Verdict(False, f"Tried on: {found.case}\n{found.text}")

    def examine(self, item, seed=None, naming=True):
        """Probe and judge a learner's function or class; return a Verdict.

        seed: int or None for a fresh one; naming: whether to look for what was done wrong. Raises
        Unsolved if it, or another exercise that it calls, still raises NotImplementedError.
        """
        problem = self.wrong_interface(item)
        if problem:
            return Verdict(False, problem)
        seed = self.seed_of(secrets.randbits(64)) if seed is None else seed
        here = AsInGrading(item)
        try:
            evidence = self._evidence_here(here, seed)
        except TimeUp as stopped:
            return Verdict(False, str(stopped), "" if self.slow == Check.slow else self.slow)
        again = partial(self._evidence_here, here, seed)
        cause = partial(own_mistake, self, item, evidence, seed, again)
        verdict = self.answer(evidence, seed, called_by(item), naming, cause=cause)
        if verdict.ok and here.reason:
            return replace(verdict, text=verdict.text + self._held(item, seed, here.reason))
        return verdict

    def _evidence_here(self, here, seed):
        """Return what a learner's function gives. here: AsInGrading. Raises TimeUp."""
        limit = time_limit(self.seconds, file_of(here.function), self.slow)
        with limit, own_randomness(seed), default_settings():
            return self.probe(here, np.random.default_rng(seed))

    def _held(self, item, seed, reason):
        """Return a remark where grading can't see enough of a network that can't leave its box."""
        try:
            with own_randomness(seed), default_settings():
                self.probe(AsInGrading(item, by_values=True), np.random.default_rng(seed))
        except NeedsStructure:
            return f" In grading, a person will look at it before it counts: {reason}"
        return ""

    def answer(self, evidence, seed, called=(), naming=True, known=None, cause=str):
        """Judge the evidence that a learner's function gave on `default_rng(seed)`.

        called: names that the learner's code uses; naming: whether to look for the mistake that was
        made; known: function that gives the evidence of the check's own functions, as `self.known`;
        cause: function () -> what is wrong besides other exercises that it calls, or ''.
        Returns a Verdict. Raises Unsolved, as `examine` does.
        """
        known = known or self.known
        expected = known(self.reference, seed)
        done = before_unsolved(evidence)
        if done < len(evidence):
            found = compare(evidence[:done], expected[:done], self.rtol, self.atol)
            if found is None or self.properties:
                raise Unsolved(evidence[done]["error"]["exercise"] or self.name)
            return Verdict(False, f"Tried on: {found.case}\n{found.text}")
        verdict = self.judge(evidence, expected)
        if verdict.ok:
            doubt = self.contradicted(evidence, seed, known)
            return Verdict(not doubt, doubt or self._remarks(evidence, expected))
        mistake = naming and (cause() or what_was_done(self, evidence, expected, seed, known))
        lines = [mistake, verdict.text, self._dependencies(called)]
        return Verdict(False, "\n".join(line for line in lines if line), mistake or "")

    def wrong_interface(self, item):
        """Return what is wrong with an item's kind or parameters, in words, or None."""
        return wrong_interface(self.name, item, self.reference)

    def _remarks(self, evidence, expected):
        agree = "".join(f" It agrees with {name}." for name in self.witnesses)
        return agree + warning_note(evidence, expected)

    def _dependencies(self, names):
        """Return a line that names the other exercises among these names, or None."""
        others = set(exercise_names(self.week)) - {self.name}
        called = [f"`{name}`" for name in names if name in others]
        checks = "does its check" if len(called) == 1 else "do their checks"
        return f"Your code calls {' and '.join(called)}: {checks} pass?" if called else None

    def __call__(self, item):
        """Say in one line that the answer is right, or raise CheckFailed with what differs."""
        verdict = self.examine(item)
        progress.record(self.week, self.name, verdict.ok)
        if not verdict.ok:
            text = verdict.text.replace("\n", "\n  ")
            raise CheckFailed(f"✗ {self.name} isn't right yet.\n  {text}")
        points = f"{self.points} point{'s' if self.points != 1 else ''}"
        names = inspect.currentframe().f_back.f_globals  # the notebook's
        remark = self._other_name(item) if names.get(self.name) is not item else ""
        print(f"✓ {self.name}: right ({points}).{remark}{verdict.text}")

    def _other_name(self, item):
        """Return a remark on an item that grading won't find by its name, or ''."""
        name = getattr(item, "__name__", "<no name>")
        if name == self.name:
            return ""
        kind = "class" if inspect.isclass(item) else "function"
        yours = f"yours, `{name}`," if name.isidentifier() else "yours"
        return f" But grading looks for a {kind} called `{self.name}`: give {yours} that name."


def new_check(module, **options):
    """Return the check of the exercise that a module of the catalogue is named after.

    module: str, the `__name__` of utils/checks/week<N>/<exercise>.py; its probe is in the same
    place in utils/checks/probes. options: as for `Check`.
    """
    _, week, name = module.rsplit(".", 2)
    probe = getattr(importlib.import_module(f"{PROBES}.{week}"), name, None)
    if probe is None:
        raise CourseError(f"There is no probe called `{name}` in utils/checks/probes/{week}.")
    number = int(week.removeprefix("week"))
    return Check(name, number, probe, kept=kept_of(number, name), **options)
