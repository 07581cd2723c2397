"""On which inputs `tuned_sgd` is tried: it has none; the judge trains with what it returns."""

from ..recorder import probe


@probe
def tuned_sgd(call, rng):
    call("your settings")
