"""Check of `freeze_for_head`: the head learns, and nothing in the base does."""

from ..check import new_check
from ._frozen_base import (
    BY_NAME,
    SENTENCES,
    base_by_name,
    base_of,
    facts_of_layers,
    is_norm,
    open_base,
)

freeze_for_head = new_check(__name__, properties=facts_of_layers, sentences=SENTENCES)


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
def freezes_the_head(model, chosen=lambda layer, model, base: layer is not base):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = not chosen(layer, model, base_of(model))
    return model


ONLY_LAST = (
    "All layers but the last are frozen; the head may have several layers, and those before the "
    "base learn as well: freeze the base alone."
)
freeze_for_head.add_mistakes(
    freezes_the_head,
    {
        ONLY_LAST: {"chosen": lambda layer, model, base: layer is not model.layers[-1]},
        "You froze the last layer, part of the head; freeze the base.": {
            "chosen": lambda layer, model, base: layer is model.layers[-1]
        },
        "You took the layer number 1 for the base; it is the one that is a keras.Model itself.": {
            "chosen": lambda layer, model, base: layer is model.layers[1]
        },
        "Only dense layers learn; all layers but the base should, a batch norm of the head too.": {
            "chosen": lambda layer, model, base: type(layer).__name__ != "Dense"
        },
        "You froze the batch norms of the head as well; freeze the base alone.": {
            "chosen": lambda layer, model, base: layer is base or is_norm(layer)
        },
        "You froze what comes before the base as well; freeze the base alone.": {
            "chosen": lambda layer, model, base: (
                model.layers.index(layer) <= model.layers.index(base)
            )
        },
        "The base isn't frozen: the whole model learns. Do you freeze the layer that is a "
        "keras.Model, and do you freeze it last?": {"chosen": lambda layer, model, base: False},
    },
)


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
        "The last layers of the base go on learning; freeze the whole base.": {
            "learns": lambda layer, base: layer in base.layers[-6:]
        },
        "The last layer of the base goes on learning: a slice up to −1 leaves it out.": {
            "learns": lambda layer, base: layer is base.layers[-1]
        },
        "The first layer with weights of the base goes on learning; freeze the whole base.": {
            "learns": lambda layer, base: layer in base.layers[:2]
        },
        "You left the batch norms of the base out; freeze them as well.": {
            "learns": lambda layer, base: "Conv" not in type(layer).__name__
        },
    },
)


@freeze_for_head.mistake(BY_NAME)
def looks_for_a_name(model):
    return base_by_name(model)


@freeze_for_head.mistake("Return the model as a whole; you return its base.")
def returns_the_base(model):
    return base_of(all_then_base(model))


@freeze_for_head.mistake("Return the model.")
def freezes_without_return(model):
    all_then_base(model)
