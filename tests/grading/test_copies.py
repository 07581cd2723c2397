"""Copies are found whatever the size of the class, and what honest people write isn't one."""

from itertools import combinations

import pytest

from tests.support.grading_room import GOOD
from tests.support.planted_class import planted_class
from tests.support.restyled import KINDS
from tests.support.written_versions import versions
from utils.grading import demo
from utils.grading.copies.baseline import baseline
from utils.grading.copies.groups import IDENTICAL, NEAR, REFERENCE, groups
from utils.grading.intake import submissions
from utils.grading.intake.choose import choices
from utils.grading.intake.reading import NotGradable
from utils.grading.reports.page import link
from utils.grading.reports.side_by_side import copies_of
from utils.grading.sample_cohort import solution_source

LONG = """@exercise
def kfold_indices(n_samples, n_folds, rng):
    # shuffle the deck of cards, as grandma used to
    deck = list(range(n_samples))
    rng.shuffle(deck)
    hands = [[] for _ in range(n_folds)]
    dealer = 0
    while deck:
        hands[dealer].append(deck.pop())
        dealer = dealer + 1 if dealer + 1 < n_folds else 0
    pairs = []
    for hand in hands:
        others = [card for other in hands if other is not hand for card in other]
        pairs.append((np.array(others, dtype=int), np.array(hand, dtype=int)))
    return pairs"""
WHOLE = {*KINDS}  # of copies: all that the other has
SHORT = "@exercise\ndef sgd_step(w, grad, eta):\n    return w - eta * grad"


def pairs_of(found):
    """Return the pairs of learners that are in one group of copies."""
    return {
        frozenset(pair)
        for group in found
        if group.kind != REFERENCE
        for pair in combinations(group.learners, 2)
    }


def test_planted_copies_are_found_and_nobody_else():
    """Nine in ten of those who copied all that another has, however they hid it. A single answer
    that was copied is often no more than two people could write by chance."""
    hits = []
    for week, seed in ((1, 0), (1, 1), (2, 0), (5, 0)):
        planted = planted_class(week, seed)
        found = groups(planted.answers, baseline(week))
        pairs = pairs_of(found)
        copied = {frozenset(pair) for each in planted.groups for pair in combinations(each, 2)}
        assert not pairs - copied, (week, seed, pairs - copied)
        assert all(group.kind != REFERENCE for group in found)
        hits += [{who, one} in pairs for who, one, kind in planted.copies if kind in WHOLE]
    assert sum(hits) >= 0.9 * len(hits), hits


@pytest.mark.parametrize("count", [2, 3, 6])
def test_a_small_class_without_copies(count):
    for week in (1, 5):
        for seed in range(2):
            planted = planted_class(week, seed, count, copies=False)
            assert not groups(planted.answers, baseline(week)), (week, seed)


def test_a_copy_is_found_in_a_class_of_two_and_among_many():
    """Of one answer, also where somebody lost a bracket of it."""
    broken = LONG.replace("np.array(hand, dtype=int)))", "np.array(hand, dtype=int))")
    for other, kind in ((LONG, IDENTICAL), (broken, NEAR)):
        two = {"A": {"kfold_indices": LONG}, "B": {"kfold_indices": other}}
        [group] = groups(two, baseline(1))
        assert (group.kind, set(group.learners)) == (kind, {"A", "B"})
        assert list(group.exercises) == ["kfold_indices"]
    many = planted_class(1, 3, 60, copies=False).answers
    for learner in ("learner 07", "learner 31", "learner 44"):
        many[learner] = {**many[learner], "kfold_indices": LONG}
    [group] = groups(many, baseline(1))
    assert sorted(group.learners) == ["learner 07", "learner 31", "learner 44"]


def test_all_of_a_work_to_the_letter_is_found():
    answers = planted_class(1, 5, 10, copies=False).answers
    one, two = sorted(answers)[:2]
    answers[two] = dict(answers[one])
    [group] = groups(answers, baseline(1))
    assert (group.kind, {*group.learners}) == (IDENTICAL, {one, two})


def test_what_everybody_writes_is_no_copy():
    assert not groups({name: {"sgd_step": SHORT} for name in "ABC"}, baseline(1))
    assert not groups({name: {"expand": GOOD} for name in "ABCDEF"}, baseline(1))
    assert not groups({}, baseline(1)) and not groups({"A": {}}, baseline(1))


def test_seven_copies_of_forty_are_one_group():
    planted = planted_class(1, 8, copies=False)
    seven = sorted(planted.answers)[3:10]
    for learner in seven[1:]:
        planted.answers[learner] = dict(planted.answers[seven[0]])
    [group] = groups(planted.answers, baseline(1))
    assert sorted(group.learners) == seven and group.kind == IDENTICAL


def test_the_reference_is_marked_as_such():
    """Whoever handed it in copied from the course, and not from each other."""
    reference = {name: solution_source(1, name) for name in versions(1)}
    honest = planted_class(1, 5, 4, copies=False).answers
    for count in (1, 2):
        taken = {f"taken {number}": reference for number in range(count)}
        [group] = groups({**honest, **taken}, baseline(1))
        assert group.kind == REFERENCE and sorted(group.learners) == sorted(taken)


def test_the_demo_shows_one_copy_and_one_who_handed_in_the_reference(tmp_path):
    """Its made-up learners write what the catalogue knows as right, and are neither."""
    demo.make(tmp_path / "submissions")
    sources = {}
    for work in submissions.find(tmp_path / "submissions"):
        try:
            [choice] = choices(work, 1, list(versions(1)))
        except NotGradable:
            continue
        sources[work.name] = {name: found.source for name, found in choice.answers.items()}
    assert len(sources) == demo.COUNT + 3
    assert {group.kind: sorted(group.learners) for group in groups(sources, baseline(1))} == {
        IDENTICAL: ["Bo Chen", "Quin Copy"],
        REFERENCE: ["Rosa Reference"],
    }


def test_the_code_stands_side_by_side_and_is_escaped():
    evil = LONG.replace("# shuffle", "# <script>alert(1)</script> & shuffle")
    sources = {"A": {"kfold_indices": LONG}, "B": {"kfold_indices": evil}}
    [group] = groups(sources, baseline(1))
    html = "".join(copies_of(group, sources, {name: link(name, name) for name in sources}))
    assert "<script" not in html and "&lt;script&gt;" in html
    assert html.count('<pre class="code">') == 2 and html.count("<mark>≠") == 2


def test_hostile_code_takes_bounded_room():
    """Deep, unclosed, long, a thousand times the same: nothing is raised, pages stay short."""
    texts = ["(" * 50_000, '"\\"' + '\\"' * 20_000, "'''" * 15_000, "x = 1;" * 8_000, "\0\ud800"]
    sources = {f"{number}": {"expand": text} for number, text in enumerate(texts * 2)}
    sources |= {f"same {number}": {"kfold_indices": LONG} for number in range(1_000)}
    found = groups(sources, baseline(1))
    links = {name: link(name, "x") for name in sources}
    for group in found:
        code = copies_of(group, sources, links)[2:]
        assert len("".join(code)) < 40_000
