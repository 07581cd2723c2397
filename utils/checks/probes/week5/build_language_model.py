"""On which inputs `build_language_model` is tried."""

from ..models import if_model
from ..recorder import probe
from ._sequence_networks import look_at_places, recurrent_parts, try_network


@probe
def build_language_model(call, rng):
    def asked(cell, units):
        """Return the case in words, the arguments and the facts."""
        return f"cell {cell} of {units} units", (11, cell, units), {"cell": cell, "units": units}

    for cell, units in zip(("SimpleRNN", "LSTM"), rng.permutation([5, 6])):
        case, args, facts = asked(cell, int(units))
        call(case, *args, then=if_model(recurrent_parts), facts=facts)
    case, args, facts = asked("GRU", 7)
    try_network(call, case, args, rng, look_at_places, lambda shape: shape, facts)
