"""Words what became of one exercise, for the reports."""

from ..rebuild import odd_code
from .verdicts import FAILED, GRADED, HELD, MISSING, NOT_ATTEMPTED, NOT_GRADABLE, in_kind

KILLED = "That isn't the answer's doing, as a rule: is the memory of this machine short?"


def lost(check, status, reason, details="", mistake=""):
    return {
        "name": check.name,
        "points": check.points,
        "score": 0,
        "status": status,
        "reason": reason,
        "details": details or reason,
        "mistake": mistake,
        "flags": [],
        "seconds": 0.0,
    }


def sum_up(check, answer, verdicts, run):
    """Return the result of one exercise, a dict."""
    if not answer.pieces:
        reason = "" if answer.problem == MISSING else answer.problem
        status = MISSING if answer.problem == MISSING else NOT_GRADABLE
        return lost(check, status, reason or "It isn't in the notebook.")
    found, verdict = run.stopped.get(check.name), verdicts.get(check.name)
    if verdict and (verdict["ok"] or found is None):
        result = _judged(check, verdict)
    elif found is not None:  # what a definition that was stopped leaves is wrong for that reason
        result = _stopped(check, found)
    else:
        errors = run.errors.get(check.name) or ["It sent no evidence."]
        result = lost(check, GRADED, in_kind(errors[0]), "\n".join(errors))
    result["notes"] = answer.notes
    result["flags"] = odd_code.odd_in(answer)
    return result


def _stopped(check, stop):
    """A kernel that something outside killed says nothing about the answer."""
    if stop.killed:
        return lost(check, FAILED, f"{stop.text} {KILLED}")
    return lost(check, stop.status, stop.text)


def _judged(check, verdict):
    reason = in_kind(verdict["text"])
    if verdict["status"] == HELD:
        reason = f"Held until a person looked at it. {reason}"
    result = lost(check, verdict["status"], reason, verdict["text"], verdict["mistake"])
    result["seconds"] = round(verdict["seconds"], 3)
    if verdict["ok"]:
        result.update(score=check.points, reason="", details="")
    return result


def say_dependencies(exercise, answer, exercises):
    """Say which wrong exercise a wrong one uses."""
    wrong = [name for name in answer.calls if not exercises[name]["score"]]
    if exercise["score"] or not wrong or exercise["status"] not in (GRADED, NOT_ATTEMPTED):
        return
    if exercise["status"] == NOT_ATTEMPTED and "NotImplementedError" in answer.own.source:
        return
    exercise["status"] = GRADED
    names = " and ".join(f"`{name}`" for name in wrong)
    exercise["depends_on"] = wrong
    exercise["reason"] = f"Depends on {names}, which isn't right.\n{exercise['reason']}".strip()
