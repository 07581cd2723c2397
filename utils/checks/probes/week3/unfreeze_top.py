"""On which inputs `unfreeze_top` is tried."""

from ..recorder import probe
from ._frozen_base import change_and_look, draw_plan, num_layers


@probe
def unfreeze_top(call, rng):
    """Some layers and none; from a frozen base, and from one that learned more before."""
    plan = draw_plan(rng)
    few, more = (int(count) for count in rng.permutation([4, 5, 6])[:2])
    total = num_layers(plan)
    others = [count for count in range(1, total) if count != few]
    for count in (few, 0, total, *others):
        case = f"a frozen base, its last {count} layers"
        change_and_look(call, case, plan, "the base", count)
    case = f"a base that learns as a whole, its last {more} layers"
    change_and_look(call, case, plan, "nothing", more)
    change_and_look(call, f"a model that is all frozen, its last {few} layers", plan, "all", few)
