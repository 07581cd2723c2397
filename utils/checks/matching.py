"""Which catalogued mistake explains an answer's evidence, and how well."""

from dataclasses import dataclass, field

from .errors_seen import same_errors

NEARLY = 0.9  # of the cases, which a mistake must give alike to be named without more
HALF = 0.5  # of the cases that differ, for one that explains only a part
MORE = "That explains some of the cases here, though not all of them."


@dataclass
class Match:
    """How a mistake's evidence agrees with an answer's. same: list of bool, one per case that
    counts; wrong: the same, of those cases in which the answer differs from what is right."""

    same: list = field(default_factory=list)
    wrong: list = field(default_factory=list)

    @property
    def share(self):
        return sum(self.same) / len(self.same) if self.same else 0.0

    @property
    def explains(self):
        """Whether it gives the first wrong case alike, and nearly all that is right."""
        right = sum(self.same) - sum(self.wrong), len(self.same) - len(self.wrong)
        return any(self.wrong[:1]) and right[0] >= NEARLY * right[1]

    @property
    def share_of_wrong(self):
        return sum(self.wrong) / len(self.wrong) if self.wrong else 0.0


class Matcher:
    """Matches mistakes with one answer, whose own differences are looked for once.

    ours, right: evidence of the answer and of the reference. same: function of two observations.
    """

    def __init__(self, ours, right, same):
        self.ours, self.right, self.same = ours, right, same
        self.differ = [not same(our, good) for our, good in zip(ours, right)]
        self.raises = [bool(our["error"]) and not good["error"] for our, good in zip(ours, right)]

    def match(self, theirs, count=None):
        """Return the Match of a mistake's evidence, `theirs`, with the answer's first cases.

        count: int, how many, or None for all. Cases in which only the answer raises don't count
        while they are few: no rows, or whole numbers, may be too much for another reason.
        """
        found = Match()
        differ, raises = self.differ[:count], self.raises[:count]
        few = 2 * sum(raises) < sum(differ)
        for number, (our, good) in enumerate(zip(self.ours[:count], self.right[:count])):
            their = theirs[number] if number < len(theirs) else None
            if few and raises[number] and not (their and their["error"]):
                continue
            agree = bool(their and self.same(our, their) and same_errors([our], [their], [good]))
            found.same.append(agree)
            if differ[number]:
                found.wrong.append(agree)
        return found


def is_out(found, cases):
    """Whether a mistake can't be named any more, of which only the first cases have been tried.

    cases: int, how many there are in all.
    """
    right = [len(found.same) - len(found.wrong), sum(found.same) - sum(found.wrong)]
    return found.wrong[:1] == [False] or right[0] - right[1] > (1 - NEARLY) * cases


def surest(matches):
    """Return (sentence, how sure) of the best explanation, or ("", 0).

    matches: list of (sentence, Match). How sure: 3 where all cases agree, 2 where nearly all do, 1
    where the first wrong case and half of the others do and no other sentence does as well.
    """
    possible = [(said, found) for said, found in matches if found.explains]
    for level, least in ((3, 1.0), (2, NEARLY)):
        enough = [pair for pair in possible if pair[1].share >= least]
        if enough:
            return max(enough, key=lambda pair: pair[1].share)[0], level
    best = max((found.share_of_wrong for _, found in possible), default=0)
    said = {said for said, found in possible if found.share_of_wrong == best}
    return (said.pop(), 1) if len(said) == 1 and best >= HALF else ("", 0)
