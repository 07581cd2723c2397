"""What must hold for networks that read sequences, and how answers build them."""

import keras
from keras import layers

from ..probes.week5._sequence_networks import TIME
from ._answers_in_words import ANYWHERE, by_padding, is_far, range_of

NO_GRADIENT = "weights that no gradient reaches"
FROZEN = "Its weights are frozen, so they stay as random as they started: let every weight learn."
ROWS = "each row gets its own answers"
AXES, NUMBER = "axes of the answers", "how many answers there are"
PLACES, SAME = "places with answers", "the same rows get the same answers twice"
RANGE, DEPENDS, PADDED = "its answers lie", "an answer depends on", "padding changes the answers"
SOFTMAX = "It ends in a softmax; give logits, which the loss expects."
RELU = "The last layer has a ReLU, so no score can be negative."


def facts_of_network(axes, right, depends_on):
    """Return a function that replaces what a network does by what holds for every right one.

    It ends with the first thing that doesn't hold: what follows from it says nothing new. axes:
    int, of the answers; right: str, on which tokens an answer must depend; depends_on: function
    from what was seen to such words.
    """

    def facts_of(evidence):
        facts = []
        for seen in evidence:
            value, is_right = seen["value"], True
            if not seen["error"] and isinstance(value, dict):
                value, is_right = _facts_of_one(value, seen["facts"])
            facts.append({**seen, "value": value})
            if not is_right:
                break
        return facts

    def _facts_of_one(value, about):
        """Return facts, and whether all of them are as they should be."""
        if "weights that stayed" in value:
            return {NO_GRADIENT: value["weights that stayed"]}, True
        if "answers" in value:
            return _facts_of_answers(value, **about)
        return (
            _until_wrong(_parts(value, **about)) if "recurrent layers" in value else (value, True)
        )

    def _facts_of_answers(value, num_answers):
        answers = value["answers"]
        return _until_wrong(
            [
                (ROWS, True, lambda: value["one per row"]),
                (AXES, axes, lambda: answers.ndim),
                (NUMBER, num_answers, lambda: answers.shape[-1]),
                (PLACES, TIME, lambda: answers.shape[1] if axes == 3 else TIME),
                (SAME, True, lambda: not is_far(answers, value["again"])),
                (RANGE, ANYWHERE, lambda: range_of(answers, value["with other last weights"])),
                (DEPENDS, right, lambda: depends_on(value)),
                (PADDED, "no", lambda: by_padding(value)),
            ]
        )

    return facts_of


def _until_wrong(rows):
    """Return facts, and whether all are right; what comes after one that isn't is taken as right.

    rows: list of (name, what is right, function that finds out).
    """
    facts = {name: right for name, right, _ in rows}
    for name, right, look in rows:
        found = look()
        if found != right:
            return facts | {name: found}, False
    return facts, True


def _parts(value, cell=None, units=None, num_tokens=None):
    """Return rows for `_until_wrong` on the layers.

    cell, units: what was asked for of the recurrent layer, if the exercise asks for them.
    """
    parts, rows = value["recurrent layers"], value["rows of the largest embedding"]
    facts = {"it has a recurrent layer": len(parts) > 0}
    if cell:
        facts["the recurrent layer is of the kind that `cell` names"] = {cell} == {
            kind for kind, _ in parts
        }
        facts["it has as many units as asked for"] = {units} == {size for _, size in parts}
        facts["it has one recurrent layer"] = value["how many"] == 1
    if num_tokens:
        facts["the embedding has a row for each token"] = rows < 0 or rows >= num_tokens
        facts["it takes rows of any length"] = value["length of rows"] == -1
    return [(name, True, lambda holds=holds: holds) for name, holds in facts.items()]


def sentences(number, axes, no_recurrent, depends, padded):
    """Return what is said of each fact that doesn't hold.

    number: what is said of a wrong number of answers; axes: of a wrong number of their axes;
    no_recurrent: where no layer is recurrent; depends: function of the tokens that count, in words;
    padded: (sentence, sentence where padding is marked).
    """
    return {
        "it has a recurrent layer": no_recurrent,
        "it has one recurrent layer": "There is more than one recurrent layer; one is asked for.",
        "the recurrent layer is of the kind that `cell` names": (
            "The recurrent layer isn't of the kind that `cell` names; `getattr(layers, cell)` "
            "finds the right one."
        ),
        "it has as many units as asked for": (
            "The recurrent layer must have as many units as `units` says."
        ),
        "the embedding has a row for each token": (
            "The embedding has too few rows: padding counts already, so the first argument is the "
            "number of rows as it is."
        ),
        "it takes rows of any length": (
            "It takes rows of one length only; `keras.Input((None,))` takes rows of any length."
        ),
        ROWS: (
            "It gives answers for another number of rows than it gets: the first axis is the "
            "batch; join, sum or average along another."
        ),
        AXES: axes,
        NUMBER: number,
        PLACES: (
            "It gives answers for another number of places than the row has: every place gets its "
            "own."
        ),
        SAME: (
            "Chance acts outside training, too, as a dropout called with training=True does: leave "
            "that out, so that Keras decides."
        ),
        RANGE: _of_range,
        DEPENDS: lambda ours, theirs: depends(ours),
        PADDED: lambda ours, theirs: padded[ours != "yes"],
        NO_GRADIENT: _of_gradients,
    }


def _of_range(ours, theirs):
    return {
        "between 0 and 1, and sum to 1": SOFTMAX,
        "between 0 and 1": "It ends in a sigmoid; give logits, which the loss expects.",
        "between −1 and 1": (
            "It ends in a tanh, or in the states of a recurrent layer, so all scores lie between "
            "−1 and 1; a dense layer without activation must come last."
        ),
        "never below 0, often at 0": RELU,
    }.get(ours, "The last layer has an activation that cuts off negative scores; give it none.")


def _of_gradients(ours, theirs):
    if "no weight learns" in ours:
        return FROZEN
    kept = ", ".join(f"`{name}`" for name in ours[:2]) + (", …" if len(ours) > 2 else "")
    return f"Not all weights learn: {kept} are frozen, or no gradient reaches them."


def frozen(network):
    """Return a network whose weights can't learn."""
    network.trainable = False
    return network


def build_network(num_tokens, *middle, end, activation=None, mask=False, length=None, rows=0):
    """Return a network: embedding, the layers in the middle, dense."""
    return keras.Sequential(
        [
            keras.Input((length,), dtype="int32"),
            layers.Embedding(num_tokens + rows, 8, mask_zero=mask),
            *middle,
            layers.Dense(end, activation=activation),
        ]
    )
