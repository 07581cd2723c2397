"""Check of `unfreeze_top`: which layers of the base learn, and that its batch norms never do."""

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

unfreeze_top = new_check(__name__, points=2, properties=facts_of_layers, sentences=SENTENCES)


def _last(layers, count):
    return layers[max(0, len(layers) - count) :]


def _unfreeze(
    model, num_layers, top=_last, learns=lambda on_top, norm: on_top and not norm, opened=True,
    returned=lambda model: model, outside=lambda layer: True,
):  # fmt: skip
    """top: function from the base's layers and their number to those on top."""
    base = open_base(model) if opened else base_of(model)
    chosen = top(base.layers, num_layers)
    for layer in base.layers:
        layer.trainable = learns(layer in chosen, is_norm(layer))
    for layer in model.layers:
        if layer is not base and not outside(layer):
            layer.trainable = False
    return returned(model)


unfreeze_top.add_mistakes(
    _unfreeze,
    {
        "You unfroze batch norms as well; they must stay frozen.": {
            "learns": lambda on_top, norm: on_top
        },
        "With 0 layers, `layers[-0:]` is all of them; count from the start.": {
            "top": lambda layers, count: layers[-count:]
        },
        "You unfroze the first layers; the last ones are asked for.": {
            "top": lambda layers, count: layers[:count]
        },
        "The layers below the last ones learn too; freeze them.": {
            "top": lambda layers, count: layers
        },
        "The batch norms below still learn; freeze every one in the base.": {
            "learns": lambda on_top, norm: on_top != norm
        },
        "`num_layers` counts all layers of the base, including those without weights.": {
            "top": lambda layers, count: _last([x for x in layers if x.weights], count)
        },
        "`num_layers` counts all layers of the base, batch norms too; you left these out.": {
            "top": lambda layers, count: _last([x for x in layers if not is_norm(x)], count)
        },
        "The model as a whole may be frozen, its head too, and that hides the weights of all "
        "its layers: make the model trainable first.": {"opened": False},
        "Return the model once it is changed.": {"returned": lambda model: None},
        "Return the model as a whole; you return its base.": {"returned": base_of},
        "You counted the layers of the model, not those of the base.": {
            "top": lambda layers, count: layers[max(8 - count, 0) :]
        },
        "One layer too few learns: the last ones begin at len(base.layers) − num_layers.": {
            "top": lambda layers, count: _last(layers, max(count - 1, 0))
        },
        "One layer too many learns: the last ones begin at len(base.layers) − num_layers.": {
            "top": lambda layers, count: _last(layers, count + 1)
        },
        "It is the other way round: the last layers learn, those below are frozen.": {
            "learns": lambda on_top, norm: not on_top and not norm
        },
        "The base's batch norms alone learn; they are what must stay frozen.": {
            "learns": lambda on_top, norm: norm
        },
        "The base stays frozen as a whole; its last layers learn, too.": {
            "learns": lambda on_top, norm: False
        },
        "The batch norms of the head are frozen too; only the base's must be.": {
            "outside": lambda layer: not is_norm(layer)
        },
        "The head is frozen; it learns as well.": {"outside": lambda layer: False},
    },
)


@unfreeze_top.mistake(BY_NAME)
def looks_for_a_name(model, num_layers):
    return base_by_name(model)


@unfreeze_top.alternative
def below_then_norms(model, num_layers):
    base = open_base(model)
    below = base.layers[: len(base.layers) - num_layers]
    norms = [layer for layer in base.layers if is_norm(layer)]
    for layer in below + norms:
        layer.trainable = False
    return model


@unfreeze_top.alternative
def from_the_end(model, num_layers):
    base = base_of(model)
    model.trainable = True
    for place, layer in enumerate(reversed(base.layers)):
        layer.trainable = place < num_layers and "norm" not in type(layer).__name__.lower()
    return model
