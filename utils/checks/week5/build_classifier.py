"""Check of `build_classifier`: one row of logits per name, whatever the padding."""

import keras
from keras import layers

from ..check import new_check
from ._answers_in_words import tokens_of_rows
from ._sequence_networks import (
    FROZEN,
    SOFTMAX,
    build_network,
    facts_of_network,
    frozen,
    sentences,
)

NO_MASK = (
    "It reads padding as if it were letters: with mask_zero=True in the embedding, the layers "
    "after it skip padding."
)
EACH_PLACE = "It gives an answer at every letter; one per name is asked for, from the last state."
NUMBER = "It doesn't give num_classes answers per name: one logit for each class is asked for."
NO_RECURRENT = (
    "It has no recurrent layer, which reads letter by letter: an average over letters, for one, "
    "doesn't know their order."
)


def _which_count(ours):
    if ours == "no token":
        return "The answer is the same for all names: no token counts in it."
    if ours == "the last":
        return "Only the last token counts; the state must be carried along the whole row."
    return f"Not every token counts; of a row of twelve, {ours} count{'s' * (',' not in ours)}."


build_classifier = new_check(
    __name__,
    points=2,
    properties=facts_of_network(2, "the first, the middle, the last", tokens_of_rows),
    sentences=sentences(
        number=NUMBER,
        axes=EACH_PLACE,
        no_recurrent=NO_RECURRENT,
        depends=_which_count,
        padded=(
            NO_MASK,
            "Padding changes the answer, although the embedding marks it: the mark is lost on the "
            "way, or places of padding count afterwards, as in x[:, −1] or a mean by `ops`.",
        ),
    ),
)


def _classifier(
    num_tokens, num_classes, layer=lambda: layers.GRU(8), outputs=None, activation=None, mask=True,
    **options,
):  # fmt: skip
    """Return a classifier with another layer in the middle, other outputs, or without a mask."""
    end = outputs or num_classes
    return build_network(num_tokens, layer(), end=end, activation=activation, mask=mask, **options)


build_classifier.add_mistakes(
    _classifier,
    {
        NO_MASK: {"mask": False},
        SOFTMAX: {"activation": "softmax"},
        NO_RECURRENT: {"layer": layers.GlobalAveragePooling1D},
    },
)


@build_classifier.mistake(FROZEN)
def frozen_classifier(num_tokens, num_classes):
    return frozen(_classifier(num_tokens, num_classes))


@build_classifier.alternative
def functional(num_tokens, num_classes):
    names = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 6, mask_zero=True)(names)
    x = layers.LSTM(5, return_sequences=True)(x)
    x = layers.Dropout(0.5)(layers.LSTM(4)(x))
    return keras.Model(names, layers.Dense(num_classes)(layers.Dense(9, activation="relu")(x)))


@build_classifier.alternative
def averaging_states(num_tokens, num_classes):
    return build_network(
        num_tokens,
        layers.Bidirectional(layers.SimpleRNN(7, return_sequences=True)),
        layers.GlobalAveragePooling1D(),
        end=num_classes,
        mask=True,
    )


@build_classifier.alternative
def from_the_end(num_tokens, num_classes):
    return build_network(num_tokens, layers.GRU(9, go_backwards=True), end=num_classes, mask=True)
