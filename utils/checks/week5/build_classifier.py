"""Check of `build_classifier`: points, the mistakes people make, sound variants."""

import keras
from keras import layers

from ..check import new_check
from ._networks import build_network, facts_of_class, facts_of_network

build_classifier = new_check(__name__, points=2, properties=facts_of_network(facts_of_class))


MASK = (
    "It reads the padding as if it were letters; tell the embedding mask_zero=True, and the layers "
    "after it skip them."
)


@build_classifier.mistake(MASK)
def classifier_without_mask(num_tokens, num_classes):
    return build_network(num_tokens, layers.GRU(8), end=num_classes)


@build_classifier.mistake(MASK)
def classifier_without_mask_both_ways(num_tokens, num_classes):
    return build_network(num_tokens, layers.Bidirectional(layers.LSTM(8)), end=num_classes)


@build_classifier.mistake("It ends in a softmax; give logits, which the loss expects.")
def classifier_softmax(num_tokens, num_classes):
    return build_network(
        num_tokens, layers.GRU(8), end=num_classes, activation="softmax", mask=True
    )


@build_classifier.mistake("The last layer has a ReLU, so no logit can be negative.")
def classifier_relu(num_tokens, num_classes):
    return build_network(num_tokens, layers.GRU(8), end=num_classes, activation="relu", mask=True)


@build_classifier.mistake(
    "It answers at every letter; one answer a name is asked for, from the last state."
)
def classifier_at_every_letter(num_tokens, num_classes):
    recurrent = layers.GRU(8, return_sequences=True)
    return build_network(num_tokens, recurrent, end=num_classes, mask=True)


@build_classifier.mistake(
    "There is no recurrent layer in it: an average of letters doesn't know their order."
)
def bag_of_letters(num_tokens, num_classes):
    return build_network(num_tokens, layers.GlobalAveragePooling1D(), end=num_classes, mask=True)


@build_classifier.mistake("It gives one number a name; num_classes logits are asked for.")
def one_output(num_tokens, num_classes):
    return build_network(num_tokens, layers.GRU(8), end=1, mask=True)


@build_classifier.alternative
def classifier_functional(num_tokens, num_classes):
    names = keras.Input((None,), dtype="int32")
    x = layers.Embedding(num_tokens, 6, mask_zero=True)(names)
    x = layers.LSTM(5, return_sequences=True)(x)
    x = layers.Dropout(0.5)(layers.LSTM(4)(x))
    return keras.Model(names, layers.Dense(num_classes)(layers.Dense(9, activation="relu")(x)))


@build_classifier.alternative
def classifier_averaging_states(num_tokens, num_classes):
    return build_network(
        num_tokens,
        layers.Bidirectional(layers.SimpleRNN(7, return_sequences=True)),
        layers.GlobalAveragePooling1D(),
        end=num_classes,
        mask=True,
    )
