"""How judges of random answers and of networks put facts in the place of values."""


def with_facts(facts_of):
    """Return a judge that puts `facts_of(value, facts of the call)` in place of each dict.

    Other values stay: the answer has another form, and is compared as it is.
    """

    def properties(evidence):
        return [
            {**seen, "value": facts_of(seen["value"], seen["facts"])}
            if isinstance(seen["value"], dict)
            else seen
            for seen in evidence
        ]

    return properties
