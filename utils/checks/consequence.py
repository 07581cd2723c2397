"""What is wrong with an answer itself, where other exercises that it calls are wrong, too.

It is tried once more with these replaced: where the reference, or a call with the arguments that
the answer got, tells what they should return, they return that. It gives no points, but a name.
"""

import contextlib
import copy
import functools
import inspect
import types

from .errors_seen import before_unsolved
from .exercise import exercise_names, load_solutions
from .naming import what_was_done
from .probes.recorder import Known
from .probes.replay import Replay
from .timeout import TimeUp

RIGHT_BUT_FOR = "It is right but for "


def right_but(names):
    """Return what is said of an answer that is right but for some exercises. names: list of str."""
    called = [f"`{name}`" for name in names]
    return f"{RIGHT_BUT_FOR}{' and '.join(called)}, which it calls."


def is_right_but(sentence):
    """Whether a sentence says that an answer is right but for some exercises. sentence: str."""
    return sentence.startswith(RIGHT_BUT_FOR)


def called_by(item):
    """Return the global names that a function uses, also in functions inside of it."""
    waiting, names = [getattr(inspect.unwrap(item), "__code__", None)], {}
    while waiting:
        code = waiting.pop()
        names.update(dict.fromkeys(getattr(code, "co_names", ())))
        waiting += [item for item in getattr(code, "co_consts", ()) if inspect.iscode(item)]
    return tuple(names)


def replays(check, names, seed):
    """Return {name: Replay} of what other exercises should return where one calls them; without
    those of which nothing is known.

    check: Check of the one that calls; names: of the others; seed: int, on which it is tried.
    """
    solutions = _functions(check)
    names = [name for name in names if name in solutions]
    if not names:
        return {}
    found = {name: Replay(list(inspect.signature(solutions[name]).parameters)) for name in names}
    recorders = {name: found[name].recording(solutions[name]) for name in names}
    reference = _calling(solutions, recorders)[check.name]

    @functools.wraps(check.reference)
    def called(*args):
        given = dict(zip(inspect.signature(check.reference).parameters, args))
        for name, replay in found.items():
            some = {key: given[key] for key in replay.parameters if key in given}
            if replay.key((), some):
                with contextlib.suppress(Exception):  # not with these
                    recorders[name](**copy.deepcopy(some))
        return reference(*args)

    check.evidence_of(Known(called), seed)
    return {name: replay for name, replay in found.items() if replay.known}


def _functions(check):
    """Return {name: function} of a week's solutions, where the exercise is one, and they are here.
    In a copy for learners they aren't."""
    if check.kept or not inspect.isfunction(check.reference):
        return {}
    return {
        name: item
        for name, item in vars(load_solutions(check.week)).items()
        if inspect.isfunction(item) and item.__module__ == check.reference.__module__
    }


def _calling(functions, others):
    """Return copies of some functions that call others, by their names. Both are dicts."""
    space = {**next(iter(functions.values())).__globals__}
    for name, item in functions.items():
        parts = item.__code__, space, name, item.__defaults__, item.__closure__
        space[name] = types.FunctionType(*parts)
        space[name].__kwdefaults__ = item.__kwdefaults__
    space.update(others)
    return space


def own_mistake(check, item, evidence, seed, again):
    """Return what is wrong with a learner's function itself, in a notebook, a sentence, or '' where
    what it calls makes no difference.

    evidence: what it gave on the seed; again: function () that returns what it gives now.
    """
    space = getattr(inspect.unwrap(item), "__globals__", {})
    names = _reached(item, space, set(exercise_names(check.week)) - {check.name})
    found = replays(check, names, seed)

    def tried_with(names):
        theirs = {name: space[name] for name in names}
        space.update((name, found[name].over(function)) for name, function in theirs.items())
        try:
            return again()
        finally:
            space.update(theirs)

    try:
        new = tried_with(found) if found else evidence
        if not check.difference(new, evidence) or before_unsolved(new) < len(new):
            return ""
        right = check.known(check.reference, seed)
        if not check.judge(new, right).ok:
            return what_was_done(check, new, right, seed, check.known)
        others = [(name, tried_with(found.keys() - {name})) for name in found if len(found) > 1]
        return right_but([n for n, seen in others if check.difference(seen, right)] or list(found))
    except TimeUp:
        return ""


def _reached(item, space, exercises):
    """Return those of the exercises that a function calls, also by way of functions beside it."""
    found, waiting, seen = set(), [item], set()
    while waiting:
        for name in set(called_by(waiting.pop())) & space.keys() - seen:
            seen.add(name)
            if name in exercises:
                found.add(name)
            elif getattr(space[name], "__globals__", None) is space:
                waiting.append(space[name])
    return sorted(found)
