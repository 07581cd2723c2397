"""Check of `build_classifier`: one row of logits per name, whatever the padding."""

import keras
from keras import layers

from ..check import new_check
from ._sequence_networks import FROZEN, build_network, facts_of_class, facts_of_network, frozen

build_classifier = new_check(__name__, points=2, properties=facts_of_network(facts_of_class))


def _classifier(
    num_tokens, num_classes, layer=lambda: layers.GRU(8), outputs=None, activation=None, mask=True
):
    """Return a classifier with another layer in the middle, other outputs, or without a mask."""
    end = outputs or num_classes
    return build_network(num_tokens, layer(), end=end, activation=activation, mask=mask)


NO_MASK = (
    "It reads padding as if it were letters: with mask_zero=True in the embedding, the layers "
    "after it skip padding."
)

build_classifier.add_mistakes(
    _classifier,
    [
        (NO_MASK, {"mask": False}),
        (NO_MASK, {"mask": False, "layer": lambda: layers.Bidirectional(layers.LSTM(8))}),
        ("It ends in a softmax; give logits, which the loss expects.", {"activation": "softmax"}),
        ("The last layer has a ReLU, so no logit can be negative.", {"activation": "relu"}),
        (
            "It gives an answer at every letter; one per name is asked for, from the last state.",
            {"layer": lambda: layers.GRU(8, return_sequences=True)},
        ),
        (
            "It has no recurrent layer: an average over letters doesn't know their order.",
            {"layer": layers.GlobalAveragePooling1D},
        ),
        ("It gives one number per name; num_classes logits are asked for.", {"outputs": 1}),
    ],
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
