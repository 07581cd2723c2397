"""How judges of random answers and of networks put facts in the place of values."""

from ..probes.week4._arrays import FORM


def wrong_form(ours, theirs):
    """Return what was done wrong where a result has another form: both are words."""
    return f"You return {ours}; {theirs} is asked for."


def with_facts(facts_of):
    """Return a judge that puts `facts_of(value, facts of the call)` in place of each dict.

    What the probe says of a result's form stays; where it isn't the right one, there is no more.
    """

    def facts(value, given):
        form = {FORM: value[FORM]} if FORM in value else {}
        rest = {key: item for key, item in value.items() if key != FORM}
        return form | facts_of(rest, given) if rest else form

    def properties(evidence):
        return [
            {**seen, "value": facts(seen["value"], seen["facts"])}
            if isinstance(seen["value"], dict)
            else seen
            for seen in evidence
        ]

    return properties
