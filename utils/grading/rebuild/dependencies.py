"""Finds the statements that an exercise depends on, and the order in which to execute them."""

import builtins
from bisect import bisect_left

MAX_STATEMENTS = 300  # that one exercise may depend on
MAX_LOOKUPS = 50_000  # of names, for one exercise
BUILT_IN = frozenset(dir(builtins))


class TooMany(Exception):
    """An exercise depends on more statements than are looked for."""


class Dependencies:
    """What one exercise depends on.

    statements: list of Statement, all of a submission; bound: dict, name → places where it is
    bound; graded: dict, name of an exercise → place of the version that is graded. A place is a
    number in `statements`.

    Code sees names as they are when it is executed. What is executed at once sees what stands above
    it, and so do the functions that it calls; the exercise is called where its check stands. What
    stands only further down counts as well: cells aren't always executed in their order.
    """

    def __init__(self, statements, bound, graded):
        self.statements, self.bound, self.graded = statements, bound, graded
        self.edges, self.calls = {}, set()  # edges: place → places that must come before
        self.waiting, self.seen, self.executed = [], set(), set()
        self.lookups = 0

    def find(self, name, seen_from):
        """Return (places, calls): where the statements stand that an exercise depends on, in the
        order to execute them, and the other exercises that it uses. Those come by themselves, in
        their turn, unless they stand further down. seen_from: the place from which the exercise is
        called.

        Raises TooMany.
        """
        self.name, self.own, self.end = name, self.graded[name], seen_from
        for place, statement in enumerate(self.statements[:seen_from]):
            if statement.for_all:
                self._add(place, seen_from, None)
        self._take(name, self.own, seen_from, None)
        while self.waiting:
            place, time, user = self.waiting.pop()
            if place not in self.executed:
                self.executed.add(place)
                for word in self.statements[place].now:
                    self._see_now(word, place)
            for word in self.statements[place].later:
                self._see_later(word, time, user)
        return _in_order(self.edges), self.calls

    def _add(self, place, time, user):
        """Note a place. time: the place from which its functions are called; user: the place of
        what is executed at once and calls them, or None."""
        if user is not None:
            self.edges[user].add(place)
        self.edges.setdefault(place, set())
        if len(self.edges) > MAX_STATEMENTS:
            raise TooMany
        if (place, time, user) not in self.seen:
            self.seen.add((place, time, user))
            self.waiting.append((place, time, user))
            self._add_growth(place)

    def _add_growth(self, place):
        """Add what changes a class further down: methods that it gets later reach it from anywhere,
        also where it is no more known by its name."""
        statement = self.statements[place]
        for name in statement.binds if statement.is_class else ():
            for later in self.bound.get(name, []):
                if place < later < self.end and name in self.statements[later].now:
                    self._add(later, self.end, None)

    def _see_now(self, word, user):
        """Add what a statement sees as it is executed."""
        place = self._last(word, user)
        if place is not None:
            self._take(word, place, user, user)  # its body may be called here,
            self._take(word, place, self.end, None)  # or kept, and called by the check
        elif word not in self.statements[user].binds:
            self._take(word, self._further_down(word), self.end, user)

    def _see_later(self, word, time, user):
        """Add what the body of a function sees that is called from a place."""
        is_own = word == self.name and time == self.end
        place = self.own if is_own else self._last(word, time)
        if place is None and time == self.end:
            place = self._further_down(word)
        self._take(word, place, time, user)

    def _take(self, word, place, time, user):
        """Add the place where a word is bound; above it, where it may have stayed unbound there."""
        if word in self.graded and word != self.name:
            self.calls.add(word)
            place = self.graded[word]
            if place < self.own:
                return
        while place is not None:
            self._add(place, time, user)
            may_stay = self.statements[place].may_bind and word in self.statements[place].binds
            place = self._last(word, place) if may_stay else None

    def _last(self, word, before):
        """Return the last place above another where a name is bound, or None."""
        self.lookups += 1
        if self.lookups > MAX_LOOKUPS:
            raise TooMany
        places = self.bound.get(word, [])
        number = bisect_left(places, before)
        return places[number - 1] if number else None

    def _further_down(self, word):
        if word in BUILT_IN:  # until there it is Python's own
            return None
        return self._last(word, len(self.statements))


def _in_order(edges):
    """Return the places in their order, but each after those that must come before it."""
    done, order = set(), []

    def visit(place):
        if place not in done:
            done.add(place)
            for other in sorted(edges[place]):
                visit(other)
            order.append(place)

    for place in sorted(edges):
        visit(place)
    return order
