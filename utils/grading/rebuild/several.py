"""Work that is split over several notebooks: a call in one finds what another one holds."""

from dataclasses import replace

from .answers import Rebuilder
from .dependencies import BUILT_IN
from .statements import take_apart


class Part:
    """One notebook of a learner.

    cells, texts: lists of str; names: list of str, all exercises; given: list of Statement, the
    course's imports. answers: dict, name → Answer, of this notebook alone.
    """

    def __init__(self, cells, texts, names, given):
        self.cells, self.texts, self.names, self.given = cells, texts, names, given
        rebuilder = Rebuilder(cells, names, given, texts)
        self.bound, self.answers = set(rebuilder.bound), rebuilder.answers()

    @property
    def attempted(self):
        """Names of the exercises of which it holds an answer that can be read."""
        found = self.answers.items()
        return [name for name, each in found if each.own and not each.own.is_template]

    @property
    def unreadable(self):
        """Names of the exercises of which it holds a cell that can't be read."""
        return [name for name, each in self.answers.items() if each.problem and not each.own]

    def without(self, names, bound=()):
        """Return the cells without statements that bind or check any of these exercises, and
        without those that bind nothing but names in `bound`. What can't be read stays."""
        names, bound = set(names), set(bound)
        statements, broken = take_apart(self.cells)
        kept = [[] for _ in self.cells]
        for each in statements:
            is_bound = each.binds and each.binds <= bound
            if not (is_bound or (each.binds | each.checks) & names):
                kept[each.cell].append(each.source)
        for number in broken:
            kept[number].append(self.cells[number])
        return ["\n".join(sources) for sources in kept]


def together(chosen, parts):
    """Return {name: Answer} of exercises that several notebooks hold.

    chosen: dict, name → the Part whose answer counts; parts: list of these Parts, the oldest first.
    Each answer sees its own notebook first, as if that were alone; only what isn't there is looked
    for in the others, and there the latest counts.
    """
    found = {}
    for part in parts:
        own = {name for name, other in chosen.items() if other is part}
        answers = {name: part.answers[name] for name in own}
        others = [each for each in parts if each is not part]
        reaching = [name for name in own if _reaches_out(answers[name], part, chosen, others)]
        if reaching:
            joined = _joined(part, others, chosen)
            for name in reaching:
                answers[name] = replace(joined[name], place=answers[name].place)
        found.update(answers)
    return found


def _reaches_out(answer, part, chosen, others):
    """Whether an answer uses what only another notebook holds, or an exercise that counts there."""
    if any(chosen.get(name, part) is not part for name in answer.calls):
        return True
    lent = set().union(*(statement.binds for statement in part.given))
    used = set().union(*(statement.uses for statement in answer.statements))
    missing = used - part.bound - lent - BUILT_IN
    return any(missing & (other.bound | set(other.attempted)) for other in others)


def _joined(part, others, chosen):
    """Return the answers of one notebook with the others below it, where only names are looked for
    that nothing above binds."""
    cells = part.without({name for name in chosen if chosen[name] is not part})
    own = part.bound - set(chosen)
    for other in others:
        cells += other.without({name for name in chosen if chosen[name] is not other}, own)
    return Rebuilder(cells, part.names, part.given, part.texts).answers()
