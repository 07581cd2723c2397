"""The mistakes of a class: which, how many learners made each, and what one of them wrote."""

from collections import defaultdict
from dataclasses import dataclass

from ...checks.consequence import is_right_but
from ..intake.learner_names import clean
from ..judge.behaviour import grouped
from .class_counts import counted, has_no_answer
from .class_members import an_example, several, shortened
from .page import Html, code, items, joined, paragraph, smaller_heading, strong, table

REASON = {"lines": 6, "characters": 500}
MOST_EXAMPLES = 150  # cases of which one answer's code is shown, the commonest
ALIKE, SAME_END = " get the same wrong result", " failed in the same way"


@dataclass
class Case:
    """What went wrong in the same way. exercise: str; mistake: str, the sentence, or '' where none
    is known; marks: list of final.Mark, whose; reason: str, what differs or happened, in kind;
    does_alike: bool, whether the results are known to be the same, beyond the reason."""

    exercise: str
    mistake: str
    marks: list
    reason: str
    does_alike: bool = True

    @property
    def count(self):
        return len(self.marks)

    @property
    def is_consequence(self):
        """Whether nothing is wrong but another exercise that the answer calls."""
        return is_right_but(self.mistake)


def cases(marks):
    """Return the Cases of a class, the commonest first, those of one learner too.

    marks: list of final.Mark.
    """
    answers = defaultdict(list)
    for mark, item in counted(marks):
        if not item.result.is_right and item.earned is not None and not has_no_answer(item):
            answers[item.exercise].append((mark, item.result))
    found = [case for name, pairs in answers.items() for case in _of_exercise(name, pairs)]
    return sorted(found, key=lambda case: -case.count)


def _of_exercise(name, pairs):
    """Return the Cases of one exercise. pairs: list of (Mark, ExerciseResult), of wrong answers."""
    owners, found = {id(result): mark for mark, result in pairs}, []
    for group in grouped([result for _, result in pairs]):
        whose = [owners.pop(id(result)) for result in group.results]
        found.append(Case(name, group.mistake, whose, group.results[0].reason))
    others = defaultdict(list)  # nothing to compare, so what the report says must do
    for mark, result in pairs:
        if id(result) in owners:
            others[result.status, result.reason].append(mark)
    for (status, reason), whose in others.items():
        words = reason or f"It was wrong: {status}."
        found.append(Case(name, "", whose, words, does_alike=False))
    return found


def known_mistakes(found):
    """Return the list of mistakes that were recognised, list of Html. found: list of Case."""
    named = [case for case in found if case.mistake]
    named.sort(key=lambda case: case.is_consequence)
    if not named:
        return []
    entries = [
        joined(_line(case), paragraph(strong(case.mistake)), _whose(case), example, between="\n")
        for case, example in zip(named, _examples(named))
    ]
    return [items(entries, "ol", "cases")]


def other_mistakes(found):
    """Return the lists of answers that go wrong alike, where no mistake is known, and of those that
    nobody else's is like, list of Html."""
    alike = [case for case in found if not case.mistake and case.count > 1]
    alone = [case for case in found if not case.mistake and case.count == 1]
    entries = [
        joined(
            _line(case, ALIKE if case.does_alike else SAME_END),
            paragraph(shortened(clean(case.reason), **REASON)),
            _whose(case),
            example,
            between="\n",
        )
        for case, example in zip(alike, _examples(alike))
    ]
    parts = [smaller_heading("Wrong in the same way"), items(entries, "ol", "cases")]
    return parts * bool(entries) + _alone(alone)


def _alone(alone):
    if not alone:
        return []
    whose = defaultdict(list)
    for case in alone:
        whose[case.exercise] += case.marks
    rows = [
        [code(name), len(marks), several(marks, name)]
        for name, marks in sorted(whose.items(), key=lambda pair: -len(pair[1]))
    ]
    return [
        smaller_heading("Wrong in a way of their own"),
        paragraph("As far as can be seen, none of these is like another."),
        table(["exercise", "answers", "whose"], rows, "Answers that are like nobody else’s"),
    ]


def _line(case, did=""):
    learners = "1 learner" if case.count == 1 else f"{case.count} learners"
    return Html(f"<p>{code(case.exercise)}: {learners}{did}</p>")


def _whose(case):
    return Html(f"<p>{several(case.marks, case.exercise)}</p>")


def _examples(found):
    """Return the code of one answer to each, for the commonest, as Html."""
    return [
        an_example(case.marks, case.exercise) if place < MOST_EXAMPLES else Html()
        for place, case in enumerate(found)
    ]
