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
    few = value["weights"] <= BUDGET
    much = f"{value['weights']:,}, most of all a {value['largest layer']}"
    return {
        PARAMETERS: "yes" if few else f"no: {much}",
        "it takes images of 32×32×3": "yes" if fits else str(tuple(value["input"][1:])),
    }


def _answer_facts(value):
    answers = value["answers"]
    if not isinstance(answers, np.ndarray):
        return {TEN: "no array"}
    if answers.shape != (2, 10):
        return {TEN: f"shape {answers.shape}"}
    corners, pixels = (
        bool((np.abs(value[f"{part} changed"] - answers[:1]).max(axis=1) > 0).all())
        for part in ("corners", "pixels")
    )
    return {
        TEN: "yes",
        LOGITS: _kind(answers, value["corners changed"], value["the last activation"]),
        "all answers are finite": bool(np.isfinite(answers).all()),
        SAME: all(np.allclose(answers, value[key]) for key in ("again", "once more")),
        CORNERS: corners,
        PIXELS: pixels,
    }


def _kind(answers, more, last):
    """Say what the answers are: logits, or what an activation made of them."""
    answers = np.concatenate([answers, more])
    if (answers >= 0).all() and np.allclose(answers.sum(axis=1), 1, atol=1e-3):
        return "a softmax's"
    if np.allclose(np.exp(np.minimum(answers, 1)).sum(axis=1), 1, atol=1e-3):
        return "logarithms of a softmax's"
    if last in ("sigmoid", "tanh", "relu") and (answers >= (-1 if last == "tanh" else 0)).all():
        return f"a {last}'s"
    return "a relu's" if (answers >= 0).all() and (answers == 0).any() else "yes"


def _training_facts(value):
    losses = np.asarray(value["losses"])
    return {
        REACHED: ", ".join(value["weights that stayed"]) or "none",
        "the loss falls": bool(losses[-3:].min() < 0.9 * losses[0]),
    }


FACTS = {"weights": _size_facts, "answers": _answer_facts, "losses": _training_facts}
PARAMETERS, TEN = f"at most {BUDGET:,} parameters", "ten numbers per image"
LOGITS, CORNERS = "the answers are logits", "every corner of the image counts"
PIXELS = "no rows or columns of pixels are skipped"
SAME, REACHED = "the same image always gets the same answer", "weights that no gradient reaches"
UNSEEN = (
    "A part of the image has no influence on the answer, as it is cropped, or as only one place of "
    "the last feature map is read out: pool over all positions of the whole image."
)


def _shape(ours, _):
    numbers = ours.removeprefix("shape ").strip("()").replace(" ", "").split(",")
    if len(numbers) == 4:
        return (
            "You return numbers for each place of the image: pool over all places, globally, "
            "before the last layer."
        )
    if len(numbers) == 2 and numbers[1]:
        return f"There are ten classes: ten logits per image; yours are {numbers[1]}."
    return None


def _activation(ours, _):
    kind = ours.removesuffix("'s").removeprefix("a ")
    return {
        "softmax": "The last layer has a softmax; return the logits, the numbers before it.",
        "logarithms of a softmax": "You return the logarithms of a softmax; return the logits.",
        "relu": "There is a ReLU on the logits: it cuts off what is below zero.",
    }.get(kind, f"The last layer has a {kind}; return the logits, without an activation.")


def _unreached(ours, _):
    if "no weight learns" in ours:
        return None
    names = ", ".join(f"`{name}`" for name in ours.split(", ")[:2])
    return (
        f"Some weights stay as they are in training, such as {names}: they are frozen, or no "
        "gradient reaches them from the answer."
    )


SENTENCES = {
    PARAMETERS: lambda ours, _: (
        f"It has {ours.removeprefix('no: ').partition(',  ')[0]} parameters; there may be at most "
        f"{BUDGET:,}."
    ),
    "it takes images of 32×32×3": lambda ours, _: f"It takes images of {ours}; they are 32×32×3.",
    TEN: _shape,
    LOGITS: _activation,
    SAME: "Dropout, or other chance, acts outside training too: don't say training=True to it.",
    CORNERS: UNSEEN,
    PIXELS: "Some rows or columns of pixels are never looked at: a stride is larger than a kernel.",
    REACHED: _unreached,
    "the loss falls": "It doesn't learn: even on ten images the loss stays as it was.",
}
make_modern_model = new_check(__name__, points=3, properties=_facts_of_network, sentences=SENTENCES)


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
        UNSEEN: {
            "pool": lambda x: x[:, 2, 2],
            "filters": (16, 32),
        },
        "There are ten classes, so ten logits per image; you return one number.": {"classes": 1},
        "The last layer has a sigmoid; return the logits, without an activation.": {
            "end": "sigmoid"
        },
        "The last layer has a tanh; return the logits, without an activation.": {"end": "tanh"},
        "You return the logarithms of a softmax; return the logits.": {"end": "log_softmax"},
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
