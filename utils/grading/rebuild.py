"""Rebuilds a notebook that can be trusted around a submission's answers.

From the submission come the sources of the known exercises, and the definitions and imports that
they use, found by name wherever they stand. Nothing here runs any of it.
"""

import builtins
import re
from dataclasses import dataclass, field

from .pieces import settle, take_apart

MAX_PIECES = 300  # definitions that one exercise may need
COMES_ANYWAY = {"exercise", *dir(builtins)}


@dataclass
class Answer:
    """What was found for one exercise.

    pieces: list of Piece, in the order to run them, the exercise's own last; problem: why it can't
    be run, or ''; notes: remarks; calls: names of the exercises that it uses.
    """

    name: str
    pieces: list = field(default_factory=list)
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
        self.names = list(names)
        self.pieces, self.broken = take_apart(cells)
        settle(self.pieces)
        self.given = list(given)
        self.places = {}  # name → where it is bound
        for place, piece in enumerate(self.pieces):
            for name in piece.binds:
                self.places.setdefault(name, []).append(place)

    def answers(self):
        """Return {name: Answer} for all exercises."""
        return {name: self._answer(name) for name in self.names}

    def _answer(self, name):
        answer = Answer(name)
        for reason, source in self.broken.values():
            if re.search(rf"^\s*(def|class)\s+{re.escape(name)}\b", source, re.MULTILINE):
                answer.problem = f"Its cell can't be read: {reason}."
        places = self.places.get(name, [])
        if not places:
            answer.problem = answer.problem or "missing"
            return answer
        if answer.problem:
            answer.notes.append("An earlier or later version of it can't be read.")
            answer.problem = ""
        own = [place for place in places if name not in self.pieces[place].now]
        if len(own) > 1:
            answer.notes.append(f"It is defined {len(own)} times; the last one was graded.")
        try:
            chosen, calls = self._needed(name)
        except RecursionError:
            answer.problem = "Its definitions depend on each other too deeply."
            return answer
        answer.calls, answer.place = sorted(calls), places[-1]
        answer.pieces = self._given_for(chosen)
        answer.pieces += [self.pieces[place] for place in chosen]
        if len(answer.pieces) > MAX_PIECES:
            answer.problem = f"It needs more than {MAX_PIECES} definitions."
        return answer

    def _needed(self, name):
        """Return (places, calls): where the statements stand that a name needs, in the order to
        run them, and the other exercises that it uses. Those come by themselves, in their turn,
        unless they stand further down."""
        own = self.places[name][-1]
        edges = {place: set() for place in range(own) if self.pieces[place].for_all}
        calls, waiting = set(), [(name, len(self.pieces), None)]
        while waiting:
            word, before, user = waiting.pop()
            place = self._last(word, before)
            if word in self.names and word != name:
                calls.add(word)
                if place is None or place < own:
                    continue
            if place is None:
                continue
            if user is not None:
                edges[user].add(place)
            if place not in edges:
                edges[place] = set()
                waiting += self._used_by(place, own)
        return _in_order(edges), calls

    def _used_by(self, place, own):
        """Yield (name, before which place, user) of what a statement uses.

        What runs at once sees what stands above it; a function's body sees what stands above the
        exercise, which is there when its check runs. What stands only below counts as well.
        """
        piece, end = self.pieces[place], len(self.pieces)
        for name in piece.now - COMES_ANYWAY:
            above = self._last(name, place) is not None
            if above or name not in piece.binds:
                yield name, place if above else end, place
        for name in piece.later - piece.now - COMES_ANYWAY:
            yield name, end if self._last(name, own) is None else own, None

    def _last(self, name, before):
        found = [place for place in self.places.get(name, []) if place < before]
        return found[-1] if found else None

    def _given_for(self, places):
        """Return the course's own imports of names that these statements use and nobody binds."""
        uses = {name for place in places for name in self.pieces[place].uses}
        missing = uses - set(self.places)
        return [piece for piece in self.given if piece.binds & missing]


def _in_order(edges):
    """Return the places in their order, but each after those whose names it uses at once."""
    done = {}

    def visit(place):
        if place not in done:
            done[place] = True
            for other in sorted(edges[place]):
                visit(other)
            order.append(place)

    order = []
    for place in sorted(edges):
        visit(place)
    return order


def given_imports(cells):
    """Return the imports of the course's notebook, but those of the course, as pieces."""
    pieces, _ = take_apart(cells)
    return [
        piece
        for piece in pieces
        if re.match(r"(import|from)\s+(?!utils\b)", piece.source)
        or re.fullmatch(r"layers = keras\.layers", piece.source)
    ]
