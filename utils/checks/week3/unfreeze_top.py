"""Check of `unfreeze_top`: points, the mistakes people make, sound variants."""

from ..check import new_check
from ._frozen_base import base_of, is_norm, open_base

unfreeze_top = new_check(__name__, points=2)


@unfreeze_top.mistake("You unfroze batch norms as well; they stay frozen.")
def unfreezes_norms(model, num_layers):
    base = open_base(model)
    for number, layer in enumerate(base.layers):
        layer.trainable = number >= len(base.layers) - num_layers
    return model


@unfreeze_top.mistake("With 0 layers, `layers[-0:]` is all of them; count from the start.")
def minus_zero(model, num_layers):
    base = open_base(model)
    for layer in base.layers:
        layer.trainable = False
    for layer in base.layers[-num_layers:]:
        layer.trainable = not is_norm(layer)
    return model


@unfreeze_top.mistake("You unfroze the first layers; the last ones are asked for.")
def unfreezes_the_first(model, num_layers):
    base = open_base(model)
    for number, layer in enumerate(base.layers):
        layer.trainable = number < num_layers and not is_norm(layer)
    return model


@unfreeze_top.mistake("The layers below the last ones learn too; freeze them.")
def unfreezes_all(model, num_layers):
    for layer in open_base(model).layers:
        layer.trainable = not is_norm(layer)
    return model


@unfreeze_top.mistake("The batch norms below still learn; freeze every one in the base.")
def norms_below_learn(model, num_layers):
    base = open_base(model)
    for layer in base.layers[: len(base.layers) - num_layers]:
        layer.trainable = is_norm(layer)
    for layer in base.layers[len(base.layers) - num_layers :]:
        layer.trainable = not is_norm(layer)
    return model


@unfreeze_top.mistake("`num_layers` counts all layers of the base, those without weights too.")
def counts_layers_with_weights(model, num_layers):
    base = open_base(model)
    with_weights = [layer for layer in base.layers if layer.weights]
    top = with_weights[max(0, len(with_weights) - num_layers) :]
    for layer in base.layers:
        layer.trainable = layer in top and not is_norm(layer)
    return model


@unfreeze_top.mistake(
    "The model as a whole may be frozen, its head too, and that hides the weights of all its "
    "layers: make the model trainable first."
)
def model_still_frozen(model, num_layers):
    base = base_of(model)
    for number, layer in enumerate(base.layers):
        is_top = number >= len(base.layers) - num_layers
        layer.trainable = is_top and not is_norm(layer)
    return model


@unfreeze_top.mistake("Return the model once it is changed.")
def unfreezes_without_return(model, num_layers):
    base = open_base(model)
    for number, layer in enumerate(base.layers):
        is_top = number >= len(base.layers) - num_layers
        layer.trainable = is_top and not is_norm(layer)


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
