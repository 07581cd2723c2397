"""What must hold for networks that read sequences, and how answers build them."""

import keras
import numpy as np
from keras import layers

from ..probes.week5._sequence_networks import TIME

FAR = 1e-6  # a change of an answer that is more than rounding
CUT_OFF = "some answers are cut off at 0"  # where they are, chance decides what else is seen
NO_GRADIENT = "weights that no gradient reaches"
FROZEN = "Its weights are frozen, so they stay as random as they started: let every weight learn."


def facts_of_network(facts_of_answers):
    """Return a function that replaces what a network does by what holds for every right one."""

    def facts_of(evidence):
        facts = [{**seen, "value": _facts_of_one(seen, facts_of_answers)} for seen in evidence]
        if any(isinstance(seen["value"], dict) and seen["value"].get(CUT_OFF) for seen in facts):
            return [seen for seen in facts if not _is_of_gradients(seen["value"])]
        return facts

    return facts_of


def _is_of_gradients(value):
    return isinstance(value, dict) and NO_GRADIENT in value


def _facts_of_one(seen, facts_of_answers):
    value = seen["value"]
    if seen["error"]:
        return value
    if isinstance(value, dict) and "weights that stayed" in value:
        return {NO_GRADIENT: value["weights that stayed"]}
    if isinstance(value, dict) and "answers" in value:
        return facts_of_answers(value)
    if isinstance(value, dict) and "recurrent layers" in value:
        return _facts_of_parts(value["recurrent layers"], **seen["facts"])
    return value


def _facts_of_parts(parts, cell=None, units=None):
    """Return what holds for the recurrent layers: [cell, units] of each.

    cell, units: what was asked for, if the exercise asks for them.
    """
    facts = {"it has a recurrent layer": len(parts) > 0}
    if cell and parts:
        right_cell = all(each == cell for each, _ in parts)
        facts["the recurrent layers are of the kind that `cell` names"] = right_cell
        facts["they have as many units as asked for"] = all(each == units for _, each in parts)
    return facts


def _is_far(a, b):
    return bool(np.abs(a - b).max() > FAR)


def _common_facts(value, ndim):
    """Return what holds for the answers of all three networks."""
    answers, turned = value["answers"], value["with the last layer's weights negated"]
    facts = {f"shape of the answers to two rows of {TIME}": list(answers.shape)}
    if answers.ndim != ndim:
        return facts | {CUT_OFF: False}
    probable = bool((answers >= 0).all() and np.allclose(answers.sum(axis=-1), 1, atol=1e-3))
    return facts | {
        "the answers are probabilities": probable,
        CUT_OFF: bool((answers == 0).any() or (turned == 0).any()),
        "the same rows get the same answers twice": not _is_far(answers, value["again"]),
    }


def _facts_of_places(value, facts):
    """Add which places' answers depend on the token at place 2, and on padding."""
    answers, (changed,) = value["answers"], value["after a change"]
    if answers.ndim != 3 or answers.shape[1] != TIME or facts[CUT_OFF]:
        return facts
    padded = value["with padding"][:, :TIME]
    return facts | {
        "an answer depends on its own token": _is_far(answers[:, 2], changed[:, 2]),
        "answers depend on the token before": _is_far(answers[:, 3], changed[:, 3]),
        "answers depend on tokens further back": _is_far(answers[:, 4], changed[:, 4]),
        "answers depend on the token that comes next": _is_far(answers[:, 1], changed[:, 1]),
        "answers depend on tokens further ahead": _is_far(answers[:, 0], changed[:, 0]),
        "padding behind changes the answers": bool(np.abs(answers - padded).max() > 1e-4),
    }


def facts_of_sequence(value):
    return _facts_of_places(value, _common_facts(value, 3))


def facts_of_class(value):
    facts = _common_facts(value, 2)
    if value["answers"].ndim != 2 or facts[CUT_OFF]:
        return facts
    answers, (first, last) = value["answers"], value["after a change"]
    return facts | {
        "the answer depends on the first token": _is_far(answers, first),
        "the answer depends on the last token": _is_far(answers, last),
        "padding changes the answer": bool(np.abs(answers - value["with padding"]).max() > 1e-4),
    }


def frozen(network):
    """Return a network whose weights can't learn."""
    network.trainable = False
    return network


def build_network(num_tokens, *middle, end, activation=None, mask=False):
    """Return a network: embedding, the layers in the middle, dense."""
    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(num_tokens, 8, mask_zero=mask),
            *middle,
            layers.Dense(end, activation=activation),
        ]
    )
