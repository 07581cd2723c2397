"""Check of `freeze_for_head`: points, the mistakes people make, sound variants."""

from ..check import new_check
from ._frozen_base import base_of, is_norm, open_base

freeze_for_head = new_check(__name__)


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


@freeze_for_head.mistake("You froze the batch norms alone; freeze all layers of the base.")
def freezes_norms_only(model):
    base = open_base(model)
    for layer in base.layers:
        layer.trainable = not is_norm(layer)
    return model


@freeze_for_head.mistake("You left the batch norms of the base out; freeze them as well.")
def forgets_norms(model):
    base = open_base(model)
    for layer in base.layers:
        layer.trainable = is_norm(layer)
    return model


@freeze_for_head.mistake("The last layers of the base go on learning; freeze the whole base.")
def freezes_the_first(model):
    base = open_base(model)
    for layer in base.layers[:-6]:
        layer.trainable = False
    return model


@freeze_for_head.mistake("Return the model.")
def freezes_without_return(model):
    model.trainable = True
    base_of(model).trainable = False


@freeze_for_head.alternative
def all_then_base(model):
    model.trainable = True
    base_of(model).trainable = False
    return model


@freeze_for_head.alternative
def layer_by_layer(model):
    for layer in open_base(model).layers:
        layer.trainable = False
    return model
