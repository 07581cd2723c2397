"""Takes the answers out of a submission: each exercise's source, with the statements it depends on.

They are found by name, wherever they stand. Nothing here executes any of them; `execution` puts
them into a notebook that can be trusted.
"""

import re
from dataclasses import dataclass, field

from .dependencies import MAX_STATEMENTS, Dependencies, TooMany
from .statements import Statement, rebind_what_changes, take_apart

DEFINED = re.compile(r"^[ \t]*(?:async +)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)
ASSIGNED = re.compile(r"^(\w+)[ \t]*=(?!=)", re.MULTILINE)
IN_TEXT = "stands in a text cell: change the cell's type to code"


@dataclass
class Answer:
    """What was found for one exercise.

    statements: list of Statement, in the order to execute them; empty where there is a problem, or
    the exercise is missing. own: the Statement that binds its name; problem: why it can't be
    executed, or ''; notes: list of str; calls: names of the exercises that it uses; lost: {name:
    why it isn't defined, in words}, of names that it uses.
    """

    name: str
    statements: list = field(default_factory=list)
    own: Statement = None
    problem: str = ""
    notes: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    lost: dict = field(default_factory=dict)
    place: int = -1  # where it stands among all statements

    @property
    def source(self):
        """All code of this answer, as one text."""
        return "\n\n".join(statement.source for statement in self.statements)


class Rebuilder:
    """Finds the answers in one submission.

    cells: list of str; names: list of str, the exercises; given: list of Statement, the course's
    own imports, for names that the submission doesn't bind; texts: list of str, its text cells.
    """

    def __init__(self, cells, names, given=(), texts=()):
        self.names, self.given = list(names), list(given)
        self.statements, broken = take_apart(cells)
        rebind_what_changes(self.statements)
        self.bound, self.checked = {"exercise": []}, {}  # the rebuilt notebook has its own
        for place, statement in enumerate(self.statements):
            for name in statement.binds - {"exercise"}:
                self.bound.setdefault(name, []).append(place)
            self.checked.update(dict.fromkeys(statement.checks, place))
        self.unreadable = {
            name: reason
            for reason, source in broken.values()
            for name in DEFINED.findall(source) + ASSIGNED.findall(source)
        }
        self.in_text = {name for text in texts for name in DEFINED.findall(text)}
        self.graded = {name: self._graded(name) for name in self.names if self.bound.get(name)}

    def answers(self):
        """Return {name: Answer} for all exercises."""
        return {name: self._answer(name) for name in self.names}

    def _graded(self, name):
        """Return where the version stands that is graded: the last one above the last check of it,
        as that is what the learner saw accepted; where there is none, the last one."""
        places = self.bound[name]
        answers = [place for place in places if not self._is_no_answer(name, place)] or places
        above = [place for place in answers if place < self.checked.get(name, 0)]
        return (above or answers)[-1]

    def _is_no_answer(self, name, place):
        """Whether a statement only looks like an answer: the template, or a result that took the
        exercise's name, as in `f = f(1)`."""
        statement, word = self.statements[place], re.escape(name)
        return statement.is_template or bool(re.match(rf"{word} *= *{word}\(", statement.source))

    def _answer(self, name):
        answer = Answer(name)
        if name not in self.graded:
            answer.problem = self._why_lost(name, "Its cell", f"`{name}`")
            return answer
        answer.place = self.graded[name]
        answer.own = self.statements[answer.place]
        answer.notes = self._notes(name)
        try:
            seen_from = max(answer.place, self.checked.get(name, 0))
            dependencies = Dependencies(self.statements, self.bound, self.graded)
            chosen, calls = dependencies.find(name, seen_from)
        except TooMany:
            answer.problem = f"It depends on more than {MAX_STATEMENTS} statements."
            return answer
        answer.calls = sorted(calls)
        answer.statements = self._given_for(chosen) + [self.statements[place] for place in chosen]
        for each in sorted(set().union(*(part.uses for part in answer.statements))):
            reason = "" if each in self.bound else self._why_lost(each, "its cell", "it")
            answer.lost.update({each: reason} if reason else {})
        return answer

    def _why_lost(self, name, its_cell, it):
        """Return why a name that is nowhere bound isn't, in a sentence that begins with one of the
        last two arguments; '' where nothing of it is found."""
        if name in self.unreadable:
            return f"{its_cell} can't be read: {self.unreadable[name]}."
        return f"{it} {IN_TEXT}." if name in self.in_text else ""

    def _notes(self, name):
        notes = []
        if name in self.unreadable:
            notes.append(f"Another version of it can't be read: {self.unreadable[name]}.")
        if name in self.in_text and self.statements[self.graded[name]].is_template:
            notes.append(f"A version of it {IN_TEXT}.")
        own = [place for place in self.bound[name] if name not in self.statements[place].now]
        if len(own) > 1:
            is_last = self.graded[name] >= own[-1]
            which = "the last one" if is_last else f"the one that `check.{name}` saw"
            notes.append(f"It is defined {len(own)} times; {which} was graded.")
        return notes

    def _given_for(self, places):
        """Return the course's own imports of names that these statements use and nobody binds."""
        uses = {name for place in places for name in self.statements[place].uses}
        missing = uses - self.bound.keys()
        return [statement for statement in self.given if statement.binds & missing]


def given_imports(cells):
    """Return the imports of the course's notebook as statements; in grading there are stand-ins
    for those of the course, see `probes.course_stand_ins`."""
    statements, _ = take_apart(cells)
    return [
        statement
        for statement in statements
        if re.match(r"(import|from)\s", statement.source)
        or re.fullmatch(r"layers = keras\.layers", statement.source)
    ]
