"""What must hold for networks that read sequences, and how answers build them."""

import keras
import numpy as np
from keras import layers

from ..probes.week5._networks import TIME

FAR = 1e-6  # a change of an answer that is more than rounding


CUT_OFF = "some answers are cut off at 0"  # where they are, chance decides what else is seen


NO_GRADIENT = "weights that no gradient reaches"


def facts_of_network(facts_of_answers):
    """Return a function that replaces what a network does by what holds for every right one."""

    def facts_of(evidence):
        facts = [{**seen, "value": facts_of_one(seen, facts_of_answers)} for seen in evidence]
        if any(isinstance(seen["value"], dict) and seen["value"].get(CUT_OFF) for seen in facts):
            return [seen for seen in facts if not is_of_gradients(seen["value"])]
        return facts

    return facts_of


def is_of_gradients(value):
    return isinstance(value, dict) and NO_GRADIENT in value


def facts_of_one(seen, facts_of_answers):
    value = seen["value"]
    if seen["error"]:
        return value
    if isinstance(value, dict) and "weights that stayed" in value:
        return {NO_GRADIENT: value["weights that stayed"]}
    if isinstance(value, dict) and "answers" in value:
        return facts_of_answers(value)
    if isinstance(value, list) and value and all(isinstance(item, list) for item in value):
        return facts_of_parts(seen["case"], value)
    return {"it has a recurrent layer": False} if value == [] else value


def facts_of_parts(case, parts):
    asked = case.split() if " of " in case else None  # "cell GRU of 7 units"
    facts = {"it has a recurrent layer": True}
    if asked:
        facts |= {
            "the recurrent layers are of the kind that `cell` names": all(
                cell == asked[1] for cell, _ in parts
            ),
            "they have as many units as asked for": all(n == int(asked[3]) for _, n in parts),
        }
    return facts


def is_far(a, b):
    return bool(np.abs(a - b).max() > FAR)


def common_facts(value, ndim):
    """Return what holds for the answers of all three networks."""
    answers, turned = value["answers"], value["with the last layer's weights negated"]
    facts = {f"shape of the answers to two rows of {TIME}": list(answers.shape)}
    if answers.ndim != ndim:
        return facts | {CUT_OFF: False}
    probable = bool((answers >= 0).all() and np.allclose(answers.sum(axis=-1), 1, atol=1e-3))
    return facts | {
        "the answers are probabilities": probable,
        CUT_OFF: bool((answers == 0).any() or (turned == 0).any()),
        "the same rows get the same answers twice": not is_far(answers, value["again"]),
    }


def facts_of_places(value, facts):
    """Add which places' answers depend on the token at place 2, and on padding."""
    answers, (changed,) = value["answers"], value["after a change"]
    if answers.ndim != 3 or answers.shape[1] != TIME or facts[CUT_OFF]:
        return facts
    padded = value["with padding"][:, :TIME]
    return facts | {
        "an answer depends on its own token": is_far(answers[:, 2], changed[:, 2]),
        "answers depend on the token before": is_far(answers[:, 3], changed[:, 3]),
        "answers depend on tokens further back": is_far(answers[:, 4], changed[:, 4]),
        "answers depend on the token that comes next": is_far(answers[:, 1], changed[:, 1]),
        "answers depend on tokens further ahead": is_far(answers[:, 0], changed[:, 0]),
        "padding behind changes the answers": bool(np.abs(answers - padded).max() > 1e-4),
    }


def facts_of_sequence(value):
    return facts_of_places(value, common_facts(value, 3))


def facts_of_class(value):
    facts = common_facts(value, 2)
    if value["answers"].ndim != 2 or facts[CUT_OFF]:
        return facts
    answers, (first, last) = value["answers"], value["after a change"]
    return facts | {
        "the answer depends on the first token": is_far(answers, first),
        "the answer depends on the last token": is_far(answers, last),
        "padding changes the answer": bool(np.abs(answers - value["with padding"]).max() > 1e-4),
    }


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
