"""On which inputs `build_language_model` is tried."""

from ..recorder import probe
from ._sequence_networks import look_at_layers, look_at_places, try_network


@probe
def build_language_model(call, rng):
    def asked(cell, units):
        """Return the case in words, the arguments and the facts."""
        args = (int(rng.integers(10, 14)), cell, int(units))
        return f"cell {cell} of {units} units", args, {"cell": cell, "units": args[2]}

    cells = map(str, rng.permutation(["SimpleRNN", "LSTM", "GRU"]))
    *short, whole = zip(cells, rng.permutation([5, 6, 7, 8]))
    for cell, units in short:
        case, args, facts = asked(cell, units)
        call(case, *args, then=look_at_layers, facts=facts)
    case, args, facts = asked(*whole)
    try_network(call, case, args, rng, look_at_places, lambda shape: shape, facts)
