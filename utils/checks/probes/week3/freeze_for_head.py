"""On which inputs `freeze_for_head` is tried."""

from ..recorder import probe
from ._frozen_base import change_and_look, learn_all, small_classifier


@probe
def freeze_for_head(call, rng):
    """A new model, one whose base learns in part, and one whose head is frozen too."""
    base, model = small_classifier(rng)
    change_and_look(call, rng, "a new model", model)
    for layer in base.layers[: rng.integers(3, 6)]:
        layer.trainable = False
    change_and_look(call, rng, "a model whose base is frozen in part", model)
    learn_all(model)
    model.trainable = False
    change_and_look(call, rng, "a model that is all frozen", model)
