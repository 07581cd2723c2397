"""What to talk about in the next lecture: at most three sentences, each true of the class.

Where nothing stands out there are fewer, and none of a class of one.
"""

from .class_counts import tallies

FEWEST = 2  # learners, without whom nothing is said
WORTH = 0.1  # of the learners, who left an exercise out where that is said
MOST_NAMED = 3  # exercises in a sentence
MOST = 3  # sentences


def sentences(marks, found):
    """Return at most three sentences, list of str.

    marks: list of final.Mark; found: list of class_mistakes.Case, the commonest first.
    """
    counts = tallies(marks)
    learners = max((tally.learners for tally in counts), default=0)
    if learners < FEWEST:
        return []
    if not any(tally.failed for tally in counts):
        is_sure = not any(tally.held for tally in counts)
        return [f"All {learners} learners have every exercise right."] * is_sure
    commonest, case = _commonest(found, counts)
    hardest, explained = _hardest(counts, found, case)
    return [*commonest, *hardest, *_unanswered(counts, explained)][:MOST]


def _commonest(found, counts):
    """Return ([sentence] or [], the Case that it tells of or None)."""
    alike = [case for case in found if case.does_alike and not case.is_consequence]
    top = [case for case in alike if case.count == alike[0].count]
    if not top or top[0].count < FEWEST:
        return [], None
    count = top[0].count
    if len(top) > 1:
        return [_several(top, count)], None
    [case] = top
    total = next(tally.learners for tally in counts if tally.exercise == case.exercise)
    if case.mistake:
        where = f"The commonest mistake is in `{case.exercise}`; {count} of {total} learners made "
        return [f"{where}it: “{case.mistake}”"], case
    words = f"The commonest wrong result is that of `{case.exercise}`: {count} of {total} learners "
    said = [f"{words}get it, and no known mistake explains it."]
    known = next((each for each in alike if each.mistake and each.count >= FEWEST), None)
    if known:
        where = f"Of the known mistakes, {known.count} learners made this one in "
        said.append(f"{where}`{known.exercise}`: “{known.mistake}”")
    return said, case


def _several(top, count):
    """Say it of Cases of which none is commoner than another."""
    if len(top) == 2 and all(case.mistake for case in top):
        both = "; and ".join(f"in `{case.exercise}`, “{case.mistake}”" for case in top)
        return f"Two mistakes are the commonest, made by {count} learners each: {both}"
    where = _named([case.exercise for case in top])
    place = f", in {where}" if where else ""
    return f"No mistake stands out: {len(top)} were made by {count} learners each{place}."


def _hardest(counts, found, told):
    """Return ([sentence] or [], the exercise that it says was left out, or '').

    told: the Case of the first sentence, or None.
    """
    top = [tally for tally in counts if tally.share == counts[0].share]
    first = top[0]
    if first.failed < FEWEST or len(top) == len(counts) > 1:
        return [], ""
    right = f"{first.right} of {first.total} learners have" if first.right else "nobody has"
    right = "one learner has" if first.right == 1 else right
    if len({tally.total for tally in top}) > 1 and first.right:
        right = f"{100 * first.share:.0f} % of the learners have"
    if len(top) > 1:
        where = _named([tally.exercise for tally in top])
        them = "each of them" if first.right else "any of them"
        return [f"The hardest exercises are {where}: {right} {them} right."] * bool(where), ""
    aside = f" ({first.held} aside, whose answers are held)" if first.held else ""
    words = f"The hardest exercise is `{first.exercise}`: {right} it right{aside}"
    return _why(first, words, [case for case in found if case.exercise == first.exercise], told)


def _why(tally, words, found, told):
    """Return the same as `_hardest` of one exercise. found: its Cases."""
    case = found[0] if found else None
    others = f"{tally.failed} others" if tally.right else f"{tally.failed}"
    most = case.count if case else 0
    if tally.unanswered >= max(most, FEWEST):
        return [f"{words}, and {_share(tally.unanswered, others)} left it out."], tally.exercise
    if most < FEWEST:
        return [f"{words}."], ""
    which = _share(most, others)
    if case is told:
        did = "made that mistake" if case.mistake else "get that result"
        return [f"{words}, and {which} {did}."], ""
    if case.is_consequence:
        return [f"{words}, and {which} are right but for what they call."], ""
    if case.mistake:
        return [f"{words}, and {which} made the same mistake: “{case.mistake}”"], ""
    did = "get the same wrong result" if case.does_alike else "failed in the same way"
    return [f"{words}, and {which} {did}."], ""


def _share(count, others):
    total = others.partition(" ")[0]
    if str(count) == total:
        return others.replace(total, "both" if count == 2 else f"all {count}", 1)
    return f"{count} of the {others}"


def _unanswered(counts, explained):
    """Return [sentence] on what most left out, unless that has been said."""
    most = max(tally.unanswered for tally in counts)
    top = [tally for tally in counts if tally.unanswered == most]
    names = [tally.exercise for tally in top]
    if most < max(FEWEST, WORTH * top[0].learners) or explained in names:
        return []
    where = _named(names) or f"{len(top)} exercises"
    was, each = ("was", "") if len(top) == 1 else ("were", " each")
    if most == top[0].learners:
        return [f"{where} {was} left out by all {most} learners."]
    return [f"{where} {was} left out most often, by {most} of {top[0].learners} learners{each}."]


def _named(exercises):
    """Return names of exercises in a row, each once, or '' where they are too many."""
    names = [f"`{name}`" for name in dict.fromkeys(exercises)]
    if len(names) > MOST_NAMED:
        return ""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
