"""Trying a block of layers as a network of its own."""

import keras
import numpy as np

from ..attempt import symbolic
from ..models import if_model, outputs, set_alike_weights
from ._images import draw_images


def try_block(call, rng, side, channels, filters, stride=None, alone=None):
    """Build a network that is one block; note what it is made of and its outputs.

    alone: str, what it means where only this case raises.
    """
    images = draw_images(rng, side=side, channels=channels)
    seed = int(rng.integers(2**32))

    def look(model):
        return {"shape": str(tuple(model.output_shape[1:])), **made_of(model)}

    def answers(model):
        set_alike_weights(model, np.random.default_rng(seed))
        before = outputs(model, images)
        outputs(model, images, training=True)  # moves the running means of batch norms
        return {
            "what it answers, with given weights": before,
            "what it answers after it saw one batch of training": outputs(model, images),
        }

    case = f"{channels} channels to {filters}, {side}×{side} pixels"
    case += f", stride {stride}" if stride else ""
    args = (filters, stride) if stride else (filters,)
    facts = {"alone": alone} if alone else {}
    model = call(case, symbolic((side, side, channels)), *args, then=if_model(look), facts=facts)
    # Apart, as what it answers takes longer; also without a model, so that cases stay in step.
    call.observe(f"{case}: two images", lambda: if_model(answers)(model), facts=facts)


def made_of(model):
    """Return what a block's weights tell of its layers; branches may stand in any order."""
    weights = {}
    for weight in model.trainable_weights:
        weights.setdefault(weight.name, []).append(tuple(weight.shape))
    kernels = [shape for shape in weights.pop("kernel", []) if len(shape) == 4]
    convolutions = sorted(f"{a}×{b}, {given} to {made} channels" for a, b, given, made in kernels)
    norms = [each for each in model._flatten_layers() if _is_norm(each)]
    return {
        "its convolutions": "; ".join(convolutions) or "none",
        "biases of convolutions": len(weights.get("bias", [])),
        "batch norms": len(norms),
        "momentum of the batch norms": ", ".join(sorted({f"{x.momentum:.4g}" for x in norms})),
        "number of trainable weights": sum(
            int(np.prod(weight.shape)) for weight in model.trainable_weights
        ),
    }


def _is_norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)
