"""On which inputs `unfreeze_top` is tried."""

from ..recorder import probe
from ._frozen_base import change_and_look, do_norms_move, learn_all, small_classifier


@probe
def unfreeze_top(call, rng):
    """Some layers and none; from a frozen base, and from one that learned more before."""
    base, model = small_classifier(rng)
    for count in (4, 0, len(base.layers)):
        learn_all(model)
        base.trainable = False
        change_and_look(call, f"a frozen base, its last {count} layers", model, count)
    call.observe("all layers: in training mode", do_norms_move, model, rng)
    learn_all(model)
    change_and_look(call, "a base that learns as a whole, its last 5 layers", model, 5)
    model.trainable = True
    model.trainable = False
    change_and_look(call, "a model that is all frozen, its last 5 layers", model, 5)
