"""Marks as whoever marks anonymously sees them: codes for names, no files' names, no times.

What a learner's own code says stays as it is, comments with names among it.
"""

import re
from dataclasses import replace

from ..intake.codes import called
from ..intake.learner_names import clean_name
from ..marks.lateness import Late

QUOTED = re.compile(r"`([^`\n]+)`")
A_FILE = re.compile(r".*\.(ipynb|py|zip|html?|txt)", re.IGNORECASE | re.DOTALL)
SEVERAL = re.compile(r"Learner \w+(?:, Learner \w+)+")
LEAST, LEAST_NUMBER = 2, 4  # characters of a name, of a number, that is looked for in a text
YEARS = range(1900, 2100)  # such a number could be part of a date
SOMEBODY = "somebody"


class Mask:
    """Replaces what tells who somebody is in texts that were made with names.

    submissions: list of Submission; those without codes are left as they are. gone: dict, code →
    texts that name somebody who isn't among them any more; unknown: texts that name somebody who
    has no code.
    """

    def __init__(self, submissions, gone=None, unknown=()):
        names, numbers = {}, {}
        for item in filter(lambda item: item.code, submissions):
            _add(names, _texts_of(item), called(item.code))
            _add(numbers, [item.number], called(item.code))
            if item.number:  # as the reports tell apart two people of one name
                _add(names, [f"{item.name} ({item.number})"], called(item.code))
        for code, texts in (gone or {}).items():
            _add(names, [text for text in texts if text not in names], called(code))
        for text in unknown:
            names.setdefault(text, SOMEBODY)
        self.names = _Words(names, LEAST)
        numbers = {text: who for text, who in numbers.items() if _tells(text)}
        self.all = _Words(numbers | names, LEAST)

    def sentence(self, text):
        """Return a sentence of the reports with codes for names and numbers."""
        return SEVERAL.sub(_sorted, self.all.sub(text))

    def reason(self, text):
        """Return what was found out of an answer without names; its numbers are values."""
        return self.names.sub(text)


def _sorted(found):
    """Return people in the order of their codes: they stood in that of their names."""
    return ", ".join(sorted(found[0].split(", ")))


def _texts_of(item):
    found = (item.name, item.upload, item.folder)
    return {*found, *map(clean_name, found)}


def _tells(number):
    return len(number) >= LEAST_NUMBER and not (number.isdecimal() and int(number) in YEARS)


def _add(labels, texts, label):
    """Note what is shown for texts: of two people of one name, it's neither."""
    for text in texts:
        is_other = labels.get(text, label) != label
        labels[text] = SOMEBODY if is_other else label


class _Words:
    """What is to be replaced in a text, the longest first, where no letter or digit is beside."""

    def __init__(self, labels, least):
        self.labels = {text: label for text, label in labels.items() if len(text) >= least}
        texts = sorted(self.labels, key=lambda text: (-len(text), text))
        pattern = "|".join(map(re.escape, texts))
        self.pattern = re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])") if texts else None
        self.known = {}  # a class has the same reasons again and again

    def sub(self, text):
        if not self.pattern:
            return text
        if text not in self.known:
            self.known[text] = self.pattern.sub(lambda found: self.labels[found[0]], text)
        return self.known[text]


def masked(mark, mask):
    """Return a Mark that doesn't tell whose it is. mark: final.Mark with a code; mask: Mask."""
    code, names = mark.code, {item.exercise for item in mark.items}
    who = {"name": called(code), "folder": code, "number": "", "upload": ""}
    late = Late("", mark.late.units, mark.late.unit, _late_words(mark.late))
    result = replace(
        mark.result,
        **who,
        notebook="",
        reason=mask.sentence(mark.result.reason),
        notes=[_note(note, mask, names) for note in mark.result.notes],
        taken=[
            {**each, "notebook": f"file {place}", "handed_in": ""}
            for place, each in enumerate(mark.result.taken, start=1)
        ],
        exercises=[_exercise(each, mask) for each in mark.result.exercises],
    )
    shown = replace(
        mark,
        **who,
        person=called(code),
        items=[_item(item, mask) for item in mark.items],
        late=late,
        whole=_override(mark.whole, mask),
        result=result,
        submission=_work(mark.submission, who),
        times=["" for _ in mark.times],
    )
    shown.notes = [
        shown.late_words if note == mark.late_words else _note(note, mask, names)
        for note in mark.notes
    ]
    shown.notes = [note for note in shown.notes if note]
    return shown


def _late_words(late):
    return f"Handed in {late.count} late" if late.units else ""


def _work(submission, who):
    """Return a Submission without what it was called; how many files it has is kept."""
    places = tuple((f"file {place}",) for place, _ in enumerate(submission.places, start=1))
    return replace(submission, **who, places=places, times=(), late_marks=(), notes=(), address="")


def _note(text, mask, keep):
    """Return a note on how files were put together, without their names. keep: what isn't one."""
    text = QUOTED.sub(lambda found: found[0] if found[1] in keep else "`a file`", text)
    return mask.sentence(text)


def _exercise(result, mask):
    """Return an ExerciseResult without names of people and files."""
    return replace(
        result,
        reason=mask.reason(result.reason),
        details=mask.reason(result.details),
        notes=[_of_answer(note, mask) for note in result.notes],
    )


def _of_answer(text, mask):
    def shown(found):
        return "`a file`" if A_FILE.fullmatch(found[1]) else found[0]

    return mask.reason(QUOTED.sub(shown, text))


def _item(item, mask):
    return replace(
        item,
        reason=_of_answer(item.reason, mask),
        result=_exercise(item.result, mask),
        override=_override(item.override, mask),
    )


def _override(override, mask):
    if override is None:
        return None
    return replace(override, learner=SOMEBODY, comment=mask.sentence(override.comment))
