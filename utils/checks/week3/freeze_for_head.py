"""Check of `freeze_for_head`: the head learns, and nothing in the base does."""

from ..check import new_check
from ._frozen_base import base_of, is_norm, open_base

freeze_for_head = new_check(__name__)


@freeze_for_head.alternative
def layer_by_layer(model, learns=lambda layer, base: False):
    base = open_base(model)
    for layer in base.layers:
        layer.trainable = learns(layer, base)
    return model


@freeze_for_head.alternative
def all_then_base(model):
    model.trainable = True
    base_of(model).trainable = False
    return model


@freeze_for_head.mistake("You froze the head too, so nothing learns.")
def freezes_all(model):
    model.trainable = False
    return model


@freeze_for_head.mistake("It is the other way round: the base is frozen, the head learns.")
def freezes_the_head(model):
    model.trainable = True
    model.layers[-1].trainable = False
    return model


@freeze_for_head.mistake("The head may have been frozen before: make it trainable.")
def leaves_the_head(model):
    base_of(model).trainable = False
    return model


freeze_for_head.add_mistakes(
    layer_by_layer,
    {
        "You froze only the batch norms; freeze all layers of the base.": {
            "learns": lambda layer, base: not is_norm(layer)
        },
        "You left the batch norms of the base out; freeze them as well.": {
            "learns": lambda layer, base: is_norm(layer)
        },
        "The last layers of the base go on learning; freeze the whole base.": {
            "learns": lambda layer, base: layer in base.layers[-6:]
        },
    },
)


@freeze_for_head.mistake("Return the model.")
def freezes_without_return(model):
    all_then_base(model)
