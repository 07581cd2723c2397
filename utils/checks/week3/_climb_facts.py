"""What must hold for every right `build_stimulus_model`, and what is said where it doesn't."""

import numpy as np


def facts_of_climb(evidence):
    """Say what is trained, and how; leave out what depends on chance inside `fit`."""
    return [
        {**seen, "value": _facts(seen["value"])} if isinstance(seen["value"], dict) else seen
        for seen in evidence
    ]


def _facts(value):
    answers, trained = value["answers"], value["trained weights"]
    same = _are_close(answers, value["answers inside `fit`"])
    asked = _are_close(answers, value["answers when asked again"])
    known = _are_close(answers, value["answers of a second one"])
    facts = {SIZES: ", ".join(str(np.size(weight)) for weight in trained), ASKED: asked}
    facts[KNOWN] = known or not asked
    if not (asked and known):
        return facts
    facts |= {"what it answers to a given image": answers, "it answers the same inside `fit`": same}
    if same:
        facts["the image after some steps"] = trained
        facts["the network's weights then"] = value["weights of the network"]
    return facts


def _are_close(one, other):
    return np.shape(one) == np.shape(other) and bool(np.allclose(one, other, 1e-4, 1e-5))


ASKED = "asked twice, it answers the same to the same image"
SIZES = "sizes of the weights that are trained"
KNOWN = "built twice, it answers the same to the same image"


def _sizes(ours, theirs):
    ours = ours.split(", ")
    if len(ours) > 1:
        return (
            f"{len(ours)} weights are trained, and only one should be: the image. The network's "
            "own must be frozen, and the dense layer has no bias."
        )
    return f"The image has {ours[0]} numbers; in the model's input shape it has {theirs}."


CHANCE = (
    "The network runs in training mode, so that dropout acts, by chance: say training=False where "
    "you call it."
)
CLONE = (
    "The network in it has other weights each time: a clone, or a network that is built anew, has "
    "new random weights. Call the one that is given."
)
SENTENCES = {
    SIZES: _sizes,
    ASKED: CHANCE,
    KNOWN: CLONE,
    "it answers the same inside `fit`": (
        "Inside `fit` your network answers otherwise, as dropout or batch norms act there: call it "
        "with training=False inside a layer, such as a Lambda."
    ),
}
