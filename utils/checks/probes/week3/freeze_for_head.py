"""On which inputs `freeze_for_head` is tried."""

from ..recorder import probe
from ._frozen_base import change_and_look, draw_plan


@probe
def freeze_for_head(call, rng):
    """A new model, one whose base learns in part, and one whose head is frozen too."""
    plan = draw_plan(rng)
    change_and_look(call, "a new model", plan, "nothing")
    change_and_look(call, "a model whose base is frozen in part", plan, int(rng.integers(3, 6)))
    change_and_look(call, "a model that is all frozen", plan, "all")
