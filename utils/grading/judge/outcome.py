"""Makes the result of an exercise out of its attempt: a judgement, an error, or a stop."""

from ..rebuild import odd_code
from ..results import ExerciseResult, Status
from .causes import cause_of
from .verdicts import in_kind

KILLED = "As a rule that isn't the answer's doing: is this machine short of memory?"


def lost(check, status, reason, details="", mistake=""):
    """Return the result of an exercise that gets no points."""
    return ExerciseResult(check.name, check.points, status, reason, details or reason, mistake)


def sum_up(check, answer, judgements, execution):
    """Return the ExerciseResult of one exercise.

    answer: answers.Answer; judgements: dict, name → Judgement; execution: Execution of the
    notebook that this answer was in.
    """
    if answer.problem:
        return lost(check, Status.NOT_GRADABLE, answer.problem)
    if not answer.statements:
        return lost(check, Status.MISSING, "It isn't in the notebook.")
    stop, judgement = execution.stopped.get(check.name), judgements.get(check.name)
    if judgement and (judgement.ok or stop is None):
        result = _judged(check, judgement)
    elif stop is not None:  # what a definition that was stopped leaves is wrong for that reason
        result = _stopped(check, stop)
    else:
        errors = execution.errors.get(check.name) or ["It sent no evidence."]
        result = lost(check, Status.GRADED, in_kind(errors[0]), "\n".join(errors))
    if not result.score and result.status == Status.GRADED:
        _name_cause(result, *cause_of(result.details, answer, execution.failed))
    result.notes, result.flags = answer.notes, odd_code.odd_in(answer)
    return result


def _name_cause(result, cause, is_all):
    """Add why the answer failed where that lies outside of it; see `causes.cause_of`."""
    result.reason = f"{'' if is_all else result.reason}\n{in_kind(cause)}".strip()
    result.details = f"{'' if is_all else result.details}\n{cause}".strip()


def _stopped(check, stop):
    """A kernel that something outside killed says nothing about the answer."""
    if stop.killed:
        return lost(check, Status.FAILED, f"{stop.text} {KILLED}")
    return lost(check, stop.status, stop.text)


def _judged(check, judgement):
    sentence = judgement.mistake  # the catalogue's, which holds no value of this run
    reason = sentence + in_kind(judgement.text.removeprefix(sentence))
    if judgement.status == Status.HELD:
        reason = f"Held until a person has looked at it. {reason}"
    result = lost(check, judgement.status, reason, judgement.text, judgement.mistake)
    result.seconds, result.share = round(judgement.seconds, 3), judgement.share
    result.behaviour = judgement.behaviour
    if judgement.ok:
        result.score, result.share, result.reason, result.details = check.points, 1.0, "", ""
    return result


def note_dependencies(result, answer, results):
    """Say which wrong exercise a wrong one uses. results: dict, name → ExerciseResult."""
    wrong = [name for name in answer.calls if not results[name].score]
    if result.score or not wrong or result.status not in (Status.GRADED, Status.NOT_ATTEMPTED):
        return
    if result.status == Status.NOT_ATTEMPTED and "NotImplementedError" in answer.own.source:
        return
    names = " and ".join(f"`{name}`" for name in wrong)
    result.status, result.depends_on = Status.GRADED, wrong
    verb = "isn't" if len(wrong) == 1 else "aren't"
    result.reason = f"Depends on {names}, which {verb} right.\n{result.reason}".strip()
