"""Check of `make_modern_model`: its size, how much of an image it sees, whether it learns."""

import keras
import numpy as np
from keras import layers

from ..check import new_check
from ..probes.week3.make_modern_model import BUDGET


def _facts_of_network(evidence):
    """Replace what a network does by what must hold for every right one."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and not seen["error"]:
            facts = [f for key, f in FACTS.items() if key in value]
            value = facts[0](value) if facts else value
        result.append({**seen, "value": value})
    return result


def _size_facts(value):
    fits = len(value["input"]) == 4 and all(
        got in (wanted, None) for got, wanted in zip(value["input"][1:], (32, 32, 3))
    )
    return {
        f"at most {BUDGET:,} parameters": value["weights"] <= BUDGET,
        "it takes images of 32×32×3": fits,
    }


def _answer_facts(value):
    answers = value["answers"]
    if not (isinstance(answers, np.ndarray) and answers.shape == (2, 10)):
        return {"ten numbers per image": False}
    probable = bool((answers >= 0).all() and np.allclose(answers.sum(axis=1), 1, atol=1e-3))
    changes = np.abs(value["corners changed"] - answers[:1]).max(axis=1)
    return {
        "ten numbers per image": True,
        "the answers are probabilities": probable,
        "some answers are cut off at 0": bool((answers == 0).any()),
        "all answers are finite": bool(np.isfinite(answers).all()),
        "the same image gets the same answer twice": np.allclose(answers, value["again"]),
        "every corner of the image counts": bool((changes > 0).all()),
    }


def _training_facts(value):
    losses = np.asarray(value["losses"])
    return {
        "weights that no gradient reaches": value["weights that stayed"],
        "the loss falls": bool(losses[-3:].min() < 0.9 * losses[0]),
    }


FACTS = {"weights": _size_facts, "answers": _answer_facts, "losses": _training_facts}

make_modern_model = new_check(__name__, points=3, properties=_facts_of_network)


def _average(x):
    return layers.GlobalAveragePooling2D()(x)


def _small_network(
    end=None, dropout=0.0, filters=(16, 32, 64), pool=_average, classes=10, hidden=0, learns=True
):
    inputs = keras.Input((32, 32, 3))
    x = inputs
    for number in filters:
        options = {"padding": "same", "use_bias": False, "trainable": learns}
        x = layers.Conv2D(number, 3, strides=2, **options)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    x = pool(x)
    if hidden:
        x = layers.Dense(hidden, activation="relu")(x)
    if dropout:
        x = layers.Dropout(dropout)(x)
    return keras.Model(inputs, layers.Dense(classes, activation=end)(x))


make_modern_model.add_mistakes(
    _small_network,
    {
        "The last layer has a softmax; return the logits, the numbers before it.": {
            "end": "softmax"
        },
        "It has too many parameters. Most of them are in a dense layer after a flatten: pool "
        "globally instead.": {"pool": lambda x: layers.Flatten()(x), "hidden": 800},
        "There is a ReLU on the logits: it cuts off what is below zero.": {"end": "relu"},
        "The output depends on one position of the last feature map, which sees only a part "
        "of the image: pool over all positions.": {
            "pool": lambda x: x[:, 2, 2],
            "filters": (16, 32),
        },
        "There are ten classes: ten logits per image.": {"classes": 1},
        "The convolutions are frozen, so they stay as random as they started: let every weight "
        "learn.": {"learns": False},
    },
)


@make_modern_model.alternative
def plain_network():
    return _small_network(dropout=0.2)


@make_modern_model.alternative
def of_separable_convolutions():
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(24, 3, padding="same", activation="elu"),
            layers.MaxPooling2D(4),
            layers.SeparableConv2D(48, 3, padding="same", activation="elu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.1),
            layers.Dense(10),
        ]
    )
