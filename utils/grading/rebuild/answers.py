"""Rebuilds a notebook that can be trusted around a submission's answers.

From the submission come the sources of the known exercises, and the definitions and imports that
they use, found by name wherever they stand. Nothing here runs any of it.
"""

import re
from dataclasses import dataclass, field

from .dependencies import MAX_PIECES, Needs, TooMuch
from .statements import Piece, settle, take_apart

DEFINED = re.compile(r"^[ \t]*(?:async +)?(?:def|class)[ \t]+(\w+)", re.MULTILINE)


@dataclass
class Answer:
    """What was found for one exercise.

    pieces: list of Piece, in the order to run them; own: the Piece that binds the exercise's name;
    problem: why it can't be run, or ''; notes: remarks; calls: names of the exercises that it uses.
    """

    name: str
    pieces: list = field(default_factory=list)
    own: Piece = None
    problem: str = ""
    notes: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    place: int = -1  # where it stands among all statements

    @property
    def source(self):
        """All code of this answer, as one text."""
        return "\n\n".join(piece.source for piece in self.pieces)


class Rebuilder:
    """Finds answers in one submission. cells: list of str; names: list of str, the exercises;
    given: list of Piece, the course's own imports, for names that the submission doesn't bind."""

    def __init__(self, cells, names, given=()):
        self.names, self.given = list(names), list(given)
        self.pieces, broken = take_apart(cells)
        settle(self.pieces)
        self.bound, self.checked = {"exercise": []}, {}  # the rebuilt notebook has its own
        for place, piece in enumerate(self.pieces):
            for name in piece.binds - {"exercise"}:
                self.bound.setdefault(name, []).append(place)
            self.checked.update(dict.fromkeys(piece.checks, place))
        self.unreadable = {
            name: reason for reason, source in broken.values() for name in DEFINED.findall(source)
        }
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
        piece, word = self.pieces[place], re.escape(name)
        return piece.is_template or bool(re.match(rf"{word} *= *{word}\(", piece.source))

    def _answer(self, name):
        answer = Answer(name)
        if name not in self.graded:
            reason = self.unreadable.get(name)
            answer.problem = f"Its cell can't be read: {reason}." if reason else "missing"
            return answer
        answer.place = self.graded[name]
        answer.own = self.pieces[answer.place]
        answer.notes = self._notes(name)
        try:
            seen_from = max(answer.place, self.checked.get(name, 0))
            chosen, calls = Needs(self.pieces, self.bound, self.graded).find(name, seen_from)
        except TooMuch:
            answer.problem = f"It needs more than {MAX_PIECES} definitions."
            return answer
        answer.calls = sorted(calls)
        answer.pieces = self._given_for(chosen) + [self.pieces[place] for place in chosen]
        return answer

    def _notes(self, name):
        notes = []
        if name in self.unreadable:
            notes.append("An earlier or later version of it can't be read.")
        own = [place for place in self.bound[name] if name not in self.pieces[place].now]
        if len(own) > 1:
            is_last = self.graded[name] >= own[-1]
            which = "the last one" if is_last else f"the one that `check.{name}` saw"
            notes.append(f"It is defined {len(own)} times; {which} was graded.")
        return notes

    def _given_for(self, places):
        """Return the course's own imports of names that these statements use and nobody binds."""
        uses = {name for place in places for name in self.pieces[place].uses}
        missing = uses - self.bound.keys()
        return [piece for piece in self.given if piece.binds & missing]


def given_imports(cells):
    """Return the imports of the course's notebook, but those of the course, as pieces."""
    pieces, _ = take_apart(cells)
    return [
        piece
        for piece in pieces
        if re.match(r"(import|from)\s+(?!utils\b)", piece.source)
        or re.fullmatch(r"layers = keras\.layers", piece.source)
    ]
