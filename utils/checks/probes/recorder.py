"""What every probe uses: it has the learner's function called, and records plain, bounded values.

Evidence is a list of observations, one per call, in order. An observation is a dict:

- `case`: str, the call in words ("one row"), only for people;
- `facts`: dict, what judges must know about the call ({"rows": 20}), only for code; "alone" is
  what was done wrong, a sentence, where nothing but such calls fails, and all by an error;
- `value`: what was returned, made plain by `plain`;
- `error`: None, or {"type", "message", "line", "text", "exercise"}: the exception, the learner's
  line, and the unsolved exercise that raised it, if one did;
- `changed`: list of str, the arguments that the call modified in place;
- `warnings`: list of str, the floating-point warnings of NumPy;
- `layers`: of a network that was returned, its rows, see `layer_rows`; else None;
- `inputs`: what the call got, by the function's own names; only in a reference's evidence.

Judges compare `value`, `error` and `changed`; the rest is there to say what was done wrong.
"""

import functools
import warnings
from functools import partial

import numpy as np

from .attempt import MAX_TEXT, attempt, describe_error, is_network, parameters
from .by_values import NetworkByValues, answer_for

MAX_ITEMS = 1_000_000
MAX_DEPTH = 8
KINDS = "biufcU"  # of an array's dtype


class Opaque(str):
    """Stands for a value that is not plain: its type's name."""


def plain(value, depth=0):
    """Return a plain copy of a value: None, bool, number, str, array, or list or dict of these.

    Tuples become lists; anything that has an array form becomes a NumPy array; anything else,
    and what exceeds the bounds, becomes an `Opaque` that names it.
    """
    if isinstance(value, Opaque):
        return value
    if value is None or isinstance(value, (bool, int, float, complex)):
        return value
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if isinstance(value, (list, tuple, dict)):
        if depth == MAX_DEPTH or len(value) > MAX_ITEMS:
            return Opaque(f"a very large or deep {type(value).__name__}")
        if isinstance(value, dict):
            return {str(key)[:MAX_TEXT]: plain(item, depth + 1) for key, item in value.items()}
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, (np.ndarray, np.generic)) or hasattr(value, "__array__"):
        return plain_array(np.array(value))
    return Opaque(f"an object of type {type(value).__name__}")


def plain_array(array):
    """Return an array, or the scalar where it has no axes; an `Opaque` for what exceeds the bounds
    or holds objects. NumPy's True and False become Python's."""
    if array.dtype.kind not in KINDS or array.size > MAX_ITEMS:
        return Opaque(f"an array of {array.size} items of dtype {array.dtype}")
    return bool(array) if array.ndim == 0 and array.dtype.kind == "b" else array[()]


class Here:
    """The learner's function where the probe itself runs: in a notebook's check.

    `wire.Apart` has the same interface for a function behind the wall of a box.
    """

    def __init__(self, function):
        self.function = function

    def attempt(self, args):
        """Call the function; return (value, what happened), see `attempt.attempt`."""
        return attempt(self.function, args)

    def attempt_inside(self, recipe, args):
        """Call `recipe(function, *args)`; return the same."""
        names = parameters(recipe, len(args) + 1)
        return attempt(recipe, (self.function, *args), names, self.function)


class Known(Here):
    """One of the course's own functions. keeps_inputs: bool; watch: None, or a function of the
    evidence so far, called after each observation, which may end the probe by `Enough`."""

    def __init__(self, function, keeps_inputs=False, watch=None):
        super().__init__(function)
        self.keeps_inputs, self.watch = keeps_inputs, watch

    def attempt(self, args):
        value, seen = super().attempt(args)
        return value, self._with_inputs(seen, parameters(self.function, len(args)), args)

    def attempt_inside(self, recipe, args):
        value, seen = super().attempt_inside(recipe, args)
        _, *names = parameters(recipe, len(args) + 1)
        return value, self._with_inputs(seen, names, args)

    def _with_inputs(self, seen, names, args):
        if not self.keeps_inputs:
            return seen
        own = parameters(self.function, 0)  # a recipe has arguments that a learner never sees
        pairs = zip(names, args)
        return seen | {"inputs": {name: plain(arg) for name, arg in pairs if name in own}}


class Enough(BaseException):
    """The evidence so far tells all. No Exception: nothing stops it on its way out of a probe."""


class AsInGrading(Here):
    """The same, and notes why a network could not leave a box: `reason`, a str, or ''.

    by_values: whether such a network is known by its values alone, as it is there.
    """

    def __init__(self, function, by_values=False):
        super().__init__(function)
        self.by_values, self.reason = by_values, ""

    def attempt(self, args):
        value, seen = super().attempt(args)
        return self._look(value), seen

    def attempt_inside(self, recipe, args):
        value, seen = super().attempt_inside(recipe, args)
        return self._look(value), seen

    def _look(self, value):
        if type(value) in (list, tuple):
            return type(value)(map(self._look, value))
        if not is_network(value):
            return value
        from .networks import can_leave  # only where Keras is

        reason = can_leave(value)
        self.reason = self.reason or reason
        if not (reason and self.by_values):
            return value
        return NetworkByValues(partial(answer_for, value), reason)


class Recorder:
    """Has a learner's function or class called case by case, and keeps the evidence.

    A case that raises doesn't end the probe. Each call gets copies of its arguments, so that a
    function that modifies its input is noticed and can't spoil the next case.

    function: what the learner wrote, or an object with the interface of `Here`; rng: what the
    probe draws its inputs from, which no call may be given: it tells all that is drawn later.
    """

    def __init__(self, function, rng=None):
        self.rng = rng
        self._place = function if hasattr(function, "attempt_inside") else Here(function)
        self.function = getattr(self._place, "function", function)
        self.evidence = []

    def __call__(self, case, *args, then=lambda value: value, facts=None):
        """Call the function on `args`; record `then` of its result; return the result.

        case: str, the call in words. facts: dict of plain values that judges need to know.
        then: function from the returned value to the evidence, where the value itself isn't
        plain: a model, an iterator. It runs where the probe does. If the call raised, the returned
        value is None.
        """
        self._keep_own(args)
        return self._observe(case, facts, then, lambda: self._place.attempt(args))

    def inside(self, case, recipe, *args, then=lambda value: value, facts=None):
        """Call `recipe(function, *args)` where the function lives; record `then` of its result.

        recipe: a function of a module of this package, for what can't be taken apart into calls:
        a step of training, the gradient by a tape. What it returns must be values that nothing but
        a right answer has.
        """
        self._keep_own(args)
        return self._observe(case, facts, then, lambda: self._place.attempt_inside(recipe, args))

    def _keep_own(self, args):
        if any(value is self.rng for value in args if isinstance(value, np.random.Generator)):
            raise ValueError(
                "Draw a new generator for this call: the probe's own tells its inputs."
            )

    def observe(self, case, look, *args, facts=None):
        """Record what one of the probe's own functions returns; return it, or None if it raised.

        Use it to look again at something that the learner's function returned.
        """
        return self._observe(case, facts, lambda value: value, lambda: self._look(look, args))

    def _look(self, look, args):
        return attempt(partial(look, *args), (), learner=self.function)

    def _observe(self, case, facts, then, run):
        observation = {"case": case, "facts": facts or {}, "value": None, "error": None}
        observation |= {"changed": [], "warnings": [], "layers": None, "inputs": {}}
        self.evidence.append(observation)
        value, seen = run()
        observation.update(seen)
        if value is not None:
            self._look_at(observation, value, then)
        if getattr(self._place, "watch", None):
            self._place.watch(self.evidence)
        return value

    def _look_at(self, observation, value, then):
        networks = list(value) if type(value) in (list, tuple) else [value]
        if networks and all(map(is_network, networks)):
            from .layer_rows import layer_rows  # only where Keras is

            observation["layers"] = layer_rows(*networks)
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            try:
                observation["value"] = plain(then(value))
            except (Exception, SystemExit) as error:
                observation["error"] = describe_error(error, self.function)


def probe(cases):
    """Turn `cases(call, rng)` into a probe, `probe(function, rng) -> evidence`.

    cases: function that makes its calls by `call("the case in words", *args)`, on inputs drawn
    from `rng`, a `numpy.random.Generator`.
    """

    @functools.wraps(cases)
    def run(function, rng):
        call = Recorder(function, rng)
        cases(call, rng)
        return call.evidence

    return run
