"""What the overview says to talk about: true of the class, or not said."""

import pytest

from utils.grading.intake.submissions import Submission
from utils.grading.judge.verdicts import checks_of
from utils.grading.marks.final import Marker
from utils.grading.marks.rules import Rules
from utils.grading.reports.class_mistakes import cases
from utils.grading.reports.next_lecture import sentences
from utils.grading.results import ExerciseResult, Status, SubmissionResult

SUMMED, SIGN = "You summed.", "The sign is wrong."


def answer(name, kind):
    """Return the ExerciseResult of an answer: r for a right one, - for none, h for a held one, s or
    n for one of two known mistakes, a digit for a result of no known one, a capital for an
    error."""
    found = ExerciseResult(name, checks_of(1)[name].points, Status.GRADED, reason="It differs.")
    if kind == "r":
        found.score, found.share = found.points, 1.0
    elif kind == "-":
        found.status, found.reason = Status.NOT_ATTEMPTED, "It still raises NotImplementedError."
    elif kind == "h":
        found.status, found.reason = Status.HELD, "It returns a network of a class of its own."
    elif kind.isupper():
        found.status, found.reason = Status.TIMED_OUT, f"{kind} was still running."
    else:
        found.mistake = {"s": SUMMED, "n": SIGN}.get(kind, "")
        found.behaviour = f"{ord(kind):012} 1e-04 {ord(kind)}.5 0.25"
    return found


def said(**answers):
    """Return what is said of a class. answers: exercise → a letter for each learner; all other
    exercises are right."""
    count = len(next(iter(answers.values())))
    answers = dict.fromkeys(checks_of(1), "r" * count) | answers
    works = [Submission(f"learner {n}", str(n), ("a.ipynb",)) for n in range(count)]
    marker, marks = Marker(works, Rules(1)), []
    for place, work in enumerate(works):
        result = SubmissionResult(work.name, work.folder, 1, 0, 17)
        result.exercises = [answer(name, kinds[place]) for name, kinds in answers.items()]
        result.score = sum(each.score for each in result.exercises)
        marks.append(marker.mark(result, work))
    return sentences(marks, cases(marks))


@pytest.mark.parametrize("kinds", ["r", "s", "-"])
def test_nothing_is_said_of_a_class_of_one(kinds):
    assert said(expand=kinds) == []


def test_nothing_is_said_where_nobody_was_graded():
    assert sentences([], []) == []


SAID = [
    ({"expand": "rrh"}, []),
    (
        {"expand": "hhhhrr", "sgd_step": "s1rrrr"},
        ["The hardest exercise is `sgd_step`: 4 of 6 learners have it right."],
    ),
    (
        {"expand": "hhssrr", "sgd_step": "rrrrr-"},
        [
            "The commonest mistake is in `expand`; 2 of 6 learners made it: “You summed.”",
            "The hardest exercise is `expand`: 2 of 4 learners have it right (2 aside, whose "
            "answers are held), and both others made that mistake.",
        ],
    ),
    (
        {"expand": "hh1srr", "sgd_step": "123rrr"},
        [
            "The hardest exercises are `expand` and `sgd_step`: 50 % of the learners have each of "
            "them right."
        ],
    ),
    ({"expand": "rrr"}, ["All 3 learners have every exercise right."]),
    (
        {"expand": "ssssrr", "sgd_step": "rrrrr-"},
        [
            "The commonest mistake is in `expand`; 4 of 6 learners made it: “You summed.”",
            "The hardest exercise is `expand`: 2 of 6 learners have it right, and all 4 others "
            "made that mistake.",
        ],
    ),
    (
        {"expand": "ssrrrr", "sgd_step": "nnrrrr"},
        [
            "Two mistakes are the commonest, made by 2 learners each: in `expand`, “You summed.”; "
            "and in `sgd_step`, “The sign is wrong.”",
            "The hardest exercises are `expand` and `sgd_step`: 4 of 6 learners have each of them "
            "right.",
        ],
    ),
    (
        {"expand": "ssrrrr", "sgd_step": "nnrrrr", "probability": "ssrrrr"},
        [
            "No mistake stands out: 3 were made by 2 learners each, in `expand`, `probability` and "
            "`sgd_step`.",
            "The hardest exercises are `expand`, `probability` and `sgd_step`: 4 of 6 learners "
            "have each of them right.",
        ],
    ),
    (
        {"expand": "1111rr", "sgd_step": "ssrrrr"},
        [
            "The commonest wrong result is that of `expand`: 4 of 6 learners get it, and no known "
            "mistake explains it.",
            "Of the known mistakes, 2 learners made this one in `sgd_step`: “You summed.”",
            "The hardest exercise is `expand`: 2 of 6 learners have it right, and all 4 others get "
            "that result.",
        ],
    ),
    (
        {"expand": "AAArrr"},
        [
            "The hardest exercise is `expand`: 3 of 6 learners have it right, and all 3 others "
            "failed in the same way."
        ],
    ),
    (
        {"expand": "------"},
        ["The hardest exercise is `expand`: nobody has it right, and all 6 left it out."],
    ),
    (
        {"expand": "--", "sgd_step": "--"},
        [
            "The hardest exercises are `expand` and `sgd_step`: nobody has any of them right.",
            "`expand` and `sgd_step` were left out by all 2 learners.",
        ],
    ),
    (
        dict.fromkeys(["expand", "sgd_step", "probability", "mse_loss"], "---rrr"),
        ["4 exercises were left out most often, by 3 of 6 learners each."],
    ),
]


@pytest.mark.parametrize("answers, expected", SAID)
def test_what_stands_out_is_said_once_and_ties_are_named(answers, expected):
    assert said(**answers) == expected
