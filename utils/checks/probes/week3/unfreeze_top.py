"""On which inputs `unfreeze_top` is tried."""

from ..recorder import probe
from ._frozen_base import change_and_look, learn_all, small_classifier


@probe
def unfreeze_top(call, rng):
    """Some layers and none; from a frozen base, and from one that learned more before."""
    base, model = small_classifier(rng)
    few, more = (int(count) for count in rng.permutation([4, 5, 6])[:2])
    base.trainable = False
    for count in (few, 0, len(base.layers)):
        change_and_look(call, rng, f"a frozen base, its last {count} layers", model, count)
    learn_all(model)
    case = f"a base that learns as a whole, its last {more} layers"
    change_and_look(call, rng, case, model, more)
    model.trainable = False
    change_and_look(call, rng, f"a model that is all frozen, its last {few} layers", model, few)
