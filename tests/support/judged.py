"""Has a function judged as in grading, without a kernel or a box: by way of the wall, as text."""

from tests.support.apart import apart
from utils.checks.probes import serialize
from utils.checks.probes.trial import whole
from utils.grading.judge.outcome import _judged
from utils.grading.rebuild.answers import Answer


def evidence_of(judge, name, item):
    """Return what the clean side sends of a learner's function or class. judge: Judge; name: str,
    the exercise's."""
    with apart(item) as stands:
        evidence = whole(stands, judge.week, name, judge.seed_of(name))
        return {"evidence": serialize.encode(evidence), "interface": stands.about, "held": ""}


def judged(judge, name, item, calls=()):
    """Return the ExerciseResult of a learner's function or class. calls: names of the exercises
    that it calls."""
    answer = Answer(name, calls=list(calls))
    judgement = judge.verdict(name, evidence_of(judge, name, item), answer)
    return _judged(judge.checks[name], judgement)
