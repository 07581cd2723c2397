"""Week 3: what checks say of answers that no catalogue has."""

from utils.checks import week3
from utils.checks.probes.week3.field_and_weights import FIELD, WEIGHTS


def test_the_number_that_is_wrong_is_named():
    def field_and_weights(stack, *channels):
        field, weights = week3.field_and_weights.reference(stack, *channels)
        return field, 3 * weights + 11

    for seed in range(3):
        verdict = week3.field_and_weights.examine(field_and_weights, seed)
        assert not verdict.ok
        assert WEIGHTS in verdict.text and FIELD not in verdict.text, verdict.text
