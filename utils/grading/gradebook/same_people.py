"""Finds who is who in the lists of several weeks, or says that nothing tells it.

Canvas gives a learner one number for all assignments; Moodle's number of a participant is another
one in each. So numbers count between two lists only where they agree with the names, and then a
number and a name that contradict each other are nobody's. An address of mail, which a roster may
have, is the same in all lists. Names that two people of a list share tell nothing alone.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import combinations

from ..intake.people import name_key


@dataclass
class Found:
    """One learner. entries: dict, place of a list → what stands there, which has name and number;
    is_unsure: bool, whether there may be more of the same learner that couldn't be matched."""

    entries: dict
    is_unsure: bool = False

    @property
    def name(self):
        """The name as the first list has it, unless another one writes it in more words."""
        return max((each.name for each in self.entries.values()), key=lambda name: name.count(" "))

    @property
    def number(self):
        """The number that all lists have that have one, or ''."""
        numbers = {each.number for each in self.entries.values() if each.number}
        return numbers.pop() if len(numbers) == 1 else ""


@dataclass
class Matched:
    """What was found out. found: list of Found; contradictions: dict, a number → list of (place,
    name) that it stands with, so that it didn't count; unclear: dict, a name → list of (place,
    number) that nothing tells apart; are_lasting: bool, whether a number says more than in which
    list somebody is."""

    found: list
    contradictions: dict
    unclear: dict
    are_lasting: bool


def match(lists):
    """Return a Matched. lists: of lists of what has a name, a number and an address: str, of which
    the last two may be ''."""
    kinds = _kinds(lists)
    nodes, contradictions = _by_number(lists, kinds)
    by_name, found, unclear = {}, [], {}
    for node in _by_address(nodes):
        by_name.setdefault(name_key(node.found.name), []).append(node)
    for same in by_name.values():
        merged, is_clear = _of_one_name(same)
        found += merged
        if not is_clear:
            unclear[merged[0].name] = sorted(
                (place, entry.number) for each in merged for place, entry in each.entries.items()
            )
    are_lasting = len(lists) == 1 or len(set(kinds)) < len(lists)
    return Matched(found, contradictions, unclear, are_lasting)


@dataclass
class _Node:
    """What is one learner's for sure. kinds: set, those of which it has a number."""

    found: Found
    kinds: frozenset = frozenset()

    @property
    def addresses(self):
        return {each.address for each in self.found.entries.values() if each.address}

    def goes_with(self, other):
        """Whether both can be one learner's."""
        is_twice = self.found.entries.keys() & other.found.entries.keys()
        return not (is_twice or self.kinds & other.kinds)

    def with_other(self, other):
        return _Node(Found(self.found.entries | other.found.entries), self.kinds | other.kinds)


@lru_cache(maxsize=20_000)
def _spelling(name):
    """Return what a name has in common with the same in another order, or without spaces."""
    letters = name_key(name).replace(" ", "")
    return min((letters[k:] + letters[:k] for k in range(len(letters))), default="")


def _kinds(lists):
    """Return a kind for each list: those of one kind give a person the same number."""
    kinds = list(range(len(lists)))
    known = [_numbers_of_names(each) for each in lists]
    for first, second in combinations(range(len(lists)), 2):
        both = known[first].keys() & known[second].keys()
        right = sum(known[first][name] == known[second][name] for name in both)
        if right > len(both) - right:
            kinds = [kinds[first] if kind == kinds[second] else kind for kind in kinds]
    return kinds


def _numbers_of_names(entries):
    """Return {name: number} of those whose name nobody else in the list has."""
    counts = Counter(_spelling(each.name) for each in entries)
    names = {_spelling(each.name): each.number for each in entries if each.number}
    return {name: number for name, number in names.items() if counts[name] == 1}


def _by_number(lists, kinds):
    """Return (list of _Node, contradictions)."""
    groups, nodes, contradictions = {}, [], {}
    for place, entries in enumerate(lists):
        for entry in entries:
            if entry.number:
                groups.setdefault((kinds[place], entry.number), []).append((place, entry))
            else:
                nodes.append(_Node(Found({place: entry})))
    for (kind, number), group in groups.items():
        entries = dict(group)
        if len(entries) == len(group) and len({_spelling(each.name) for _, each in group}) == 1:
            nodes.append(_Node(Found(entries), frozenset({kind})))
        else:
            contradictions[number] = [(place, entry.name) for place, entry in group]
            nodes += [_Node(Found({place: entry})) for place, entry in group]
    return nodes, contradictions


def _by_address(nodes):
    """Return the nodes, those of one address joined, unless that gives somebody two lines."""
    owners, joined = {}, {}
    for node in nodes:
        for address in node.addresses:
            owners.setdefault(address, []).append(node)
    rest = []
    for node in nodes:
        [address] = node.addresses if len(node.addresses) == 1 else [None]
        same = owners.get(address, [])
        if any(not one.goes_with(other) for one, other in combinations(same, 2)):
            same = []
        if not same:
            rest.append(node)
        elif address not in joined:
            joined[address] = reduce(_Node.with_other, same)
    return [*joined.values(), *rest]


def _of_one_name(nodes):
    """Return (list of Found, whether it is clear who of a name is who)."""
    found = [node.found for node in nodes]
    if all(node.kinds for node in nodes) and len(set().union(*(n.kinds for n in nodes))) == 1:
        return found, True  # one learner, or as many as there are numbers
    pairs = list(combinations(nodes, 2))
    addresses = set().union(*(node.addresses for node in nodes))
    if all(one.goes_with(other) for one, other in pairs) and len(addresses) <= 1:
        return [reduce(_Node.with_other, nodes).found], True
    if all(_are_two(one, other) for one, other in pairs):
        return found, True
    for each in found:
        each.is_unsure = True
    return found, False


def _are_two(one, other):
    """Whether addresses say that two nodes of one name are two people's: both were in one list."""
    has_addresses = one.addresses and other.addresses and not one.addresses & other.addresses
    return has_addresses and one.found.entries.keys() & other.found.entries.keys()
