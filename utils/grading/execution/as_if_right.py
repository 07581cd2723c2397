"""Names what is wrong with an answer itself, where others that it calls are wrong, too.

It is attempted once more, in a kernel that nothing comes after, with these replaced as
`checks.consequence` says. That gives a name and no points.
"""

from dataclasses import replace

from ...checks.consequence import right_but
from ..rebuild.statements import Statement
from ..results import Status
from .rebuilt_notebook import SIDE


def name_own_mistakes(results, kept, attempts):
    """Put it into the results, which are a dict, name → ExerciseResult.

    kept: the same, of those that weren't attempted; attempts: attempts.Attempts.
    """
    called, known = {}, {**kept, **results}
    for name, result in results.items():
        if result.status == Status.GRADED and result.behaviour:  # it is wrong
            wrong = [other for other in attempts.answers[name].calls if _is_wrong(known[other])]
            texts = attempts.judge.replays(name, wrong) if wrong else {}
            called.update({name: texts} if texts else {})
    if not called:
        return
    changed = {name: _calling(attempts.answers[name], texts) for name, texts in called.items()}
    seen, _ = attempts.with_answers({**attempts.answers, **changed}).attempt(list(called))
    for name, texts in called.items():
        if seen[name].score:
            _say(results[name], right_but(list(texts)))
        elif seen[name].status == Status.GRADED and seen[name].mistake:
            _say(results[name], seen[name].mistake)


def _is_wrong(result):
    return result.status == Status.GRADED and not result.score


def _calling(answer, known):
    """Return an Answer that calls what returns what is known. known: dict, name → text."""
    return replace(answer, statements=answer.statements + [*map(_over, known, known.values())])


def _over(name, text):
    source = f"{SIDE}.correct({name!r}, {text!r})"
    return Statement(source, 0, False, False, False, False, False, binds={name}, now={name})


def _say(result, words):
    """Put a sentence in place of the mistake that was recognised, or before the rest."""
    for name in ("reason", "details"):
        rest = getattr(result, name).removeprefix(result.mistake).lstrip("\n")
        setattr(result, name, f"{words}\n{rest}")
    result.mistake = words
