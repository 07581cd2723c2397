"""An anonymous run: who has which code, and what may be said of whom."""

import secrets

from .intake.codes import code_in, codes, with_codes
from .reports.changes import last_report
from .reports.masked import Mask


def is_on(wanted, state):
    """Whether a run is anonymous: once it is, until somebody asks for names.

    wanted: bool, or None where nobody said; state: as `report_folder.read_state` gives it.
    """
    return bool(state and state["anonymous"]) if wanted is None else wanted


def seed_of(wanted, state):
    """Return the seed of a run, which its codes need before it begins. wanted: int or None."""
    if wanted is not None:
        return wanted
    return state["seed"] if state else secrets.randbits(63)


def put_on(found, absent, seed, folder):
    """Return (found, absent), lists of Submission, with the codes of an anonymous run.

    seed: int; folder: pathlib.Path of the report, whose learners keep their codes.
    """
    gone = _gone([*found, *absent], folder)
    known = with_codes([*found, *absent], seed, gone)
    return known[: len(found)], known[len(found) :]


def mask_of(submissions, rules, people, seed, folder):
    """Return the Mask for all that a run says; without codes, it changes nothing.

    submissions: list of Submission; rules: Rules; people: list of participants.Person; seed: int;
    folder: pathlib.Path of the report, before anything in it is changed.
    """
    if not any(item.code for item in submissions):
        return Mask([])
    gone = _gone(submissions, folder)
    found = codes([*(item.folder for item in submissions), *gone], seed)
    unknown = [text for each in people for text in (each.shown, each.called)]
    written = [line.learner for line in (*rules.overrides, *rules.extensions)]
    unknown += [text for text in written if not (_is_code(text, found) or text.isdecimal())]
    return Mask(submissions, {found[name]: texts for name, texts in gone.items()}, unknown)


def _is_code(text, found):
    return code_in(text) in found.values() or text.casefold().startswith("learner ")


def _gone(submissions, folder):
    """Return {folder: texts that name the learner} of the last report's who aren't here now."""
    present = {item.folder for item in submissions}
    _, marks, _ = last_report(folder)
    return {
        name: [name, each["name"], f"{each['name']} ({each['number']})"]
        for name, each in (marks or {}).items()
        if name not in present
    }
