"""On which inputs `build_language_model` is tried."""

from ..models import if_model
from ..recorder import probe
from ._networks import look_at_places, recurrent_parts, try_network


@probe
def build_language_model(call, rng):
    for cell, units in zip(("SimpleRNN", "LSTM"), rng.permutation([5, 6])):
        call(f"cell {cell} of {units} units", 11, cell, int(units), then=if_model(recurrent_parts))
    try_network(
        call, "cell GRU of 7 units", (11, "GRU", 7), rng, look_at_places, lambda shape: shape
    )
