"""Rounds: as many full batches each, from an order that runs on over the end of the rows."""

import numpy as np
import pytest

from utils.datasets import at_most
from utils.datasets.images import ImageFiles
from utils.datasets.stream import SeededBatches
from utils.errors import CourseError
from utils.training import Batches


def rows_of(batches, number):
    batches.set_epoch(number)
    return [batches.rows(batch) for batch in range(len(batches))]


@pytest.mark.parametrize("num_rows", [1, 5, 12, 13, 100, 1000])
def test_every_row_is_drawn_equally_often(num_rows):
    batches = SeededBatches(num_rows, 4, seed=3, steps=3)
    drawn = [rows_of(batches, number) for number in range(50)]
    assert {len(batch) for rows in drawn for batch in rows} == {4} and len(drawn[0]) == 3
    order = np.concatenate([batch for rows in drawn for batch in rows])
    for start in range(0, len(order) - num_rows + 1, num_rows):  # one pass after the other
        assert sorted(order[start : start + num_rows]) == list(range(num_rows))


def test_a_round_follows_from_its_number_alone():
    batches, other = (SeededBatches(70, 8, seed=3, steps=5) for _ in range(2))
    in_order = [np.concatenate(rows_of(batches, number)) for number in range(9)]
    for number in (7, 2, 8, 0):
        np.testing.assert_array_equal(np.concatenate(rows_of(other, number)), in_order[number])
    assert any((a != b).any() for a, b in zip(in_order, in_order[1:]))
    again = np.concatenate(rows_of(SeededBatches(70, 8, seed=4, steps=5), 0))
    assert (again != in_order[0]).any()


def test_without_a_seed_the_order_is_kept():
    batches = SeededBatches(5, 2, steps=4)
    assert np.concatenate(rows_of(batches, 1)).tolist() == [3, 4, 0, 1, 2, 3, 4, 0]


def test_more_rows_make_a_round_no_longer():
    lengths = {len(Batches(np.zeros((n, 1)), np.zeros(n), 16, 1, steps=20)) for n in (30, 3000)}
    assert lengths == {20}
    assert len(Batches(np.zeros((30, 1)), np.zeros(30), 16, 1)) == 2


@pytest.mark.parametrize("num_rows, steps", [(0, 3), (5, 0), (5, -1)])
def test_a_round_of_nothing_is_refused(num_rows, steps):
    with pytest.raises(CourseError, match="at least 1 step and 1 row; got"):
        SeededBatches(num_rows, 4, steps=steps)


def test_at_most_spreads_evenly_and_keeps_parts_together():
    x, labels, files = np.arange(10), [f"label {i}" for i in range(10)], ImageFiles("abcdefghij")
    some, their_labels, their_files = at_most(4, x, labels, files)
    assert some.tolist() == [0, 2, 5, 7]
    assert their_labels == ["label 0", "label 2", "label 5", "label 7"]
    assert [path.name for path in their_files.paths] == ["a", "c", "f", "h"]
    assert at_most(3, x).tolist() == [0, 3, 6]
    for most in (None, 10, 11):
        assert at_most(most, x) is x
