"""Mistakes of `make_train_step`, as rows of switches."""

import keras
import tensorflow as tf

from ._cross_entropy import cross_entropy


def _move_by_hand(optimizer, gradients, weights):
    for gradient, weight in zip(gradients, weights):
        weight.assign_sub(optimizer.learning_rate * gradient)


def _by_rate(rate):
    def update(optimizer, gradients, weights):
        for gradient, weight in zip(gradients, weights):
            weight.assign_sub(rate * gradient)

    return update


def _uphill(optimizer, gradients, weights):
    optimizer.apply([-gradient for gradient in gradients], weights)


def _twice(optimizer, gradients, weights):
    optimizer.apply(gradients, weights)
    optimizer.apply(gradients, weights)


def _clipped(optimizer, gradients, weights):
    optimizer.apply([tf.clip_by_value(each, -1, 1) for each in gradients], weights)


def _clipped_by_norm(optimizer, gradients, weights):
    optimizer.apply(tf.clip_by_global_norm(gradients, 1.0)[0], weights)


def _thawed(model):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    return model.trainable_variables


def _of_probabilities(small):
    """Return a loss from probabilities, to whose logarithms' arguments `small` is added."""

    def loss(y, logits):
        p = tf.gather(tf.nn.softmax(logits), y, axis=1, batch_dims=1)
        return -tf.reduce_mean(tf.math.log(p + small))

    return loss


def _of_clipped(y, logits):
    return cross_entropy(from_logits=False)(y, tf.nn.softmax(logits))


def _mean_square(y, logits):
    return tf.reduce_mean((tf.one_hot(y, logits.shape[1]) - logits) ** 2)


def _over_classes(y, logits):
    return cross_entropy()(y, logits) / logits.shape[1]


def _divided(gradient, x):
    return gradient / len(x)


ONE_EACH = "You returned one loss per sample: return their mean."
SUM = "You summed the losses of the batch; the loss is their mean."
UNSTABLE = (
    "The loss comes from probabilities, and one of them may round to 0: take a loss that expects "
    "logits, as `tf.nn.sparse_softmax_cross_entropy_with_logits`."
)
NO_RECORD = (
    "The tape has no record of how the loss was computed from the weights. The model must run "
    "inside the tape's `with` block; and the tape watches variables by itself, but tensors, such "
    "as copies of variables, only after `tape.watch`."
)
OF_SUM = (
    "The gradient is that of the sum of the losses, though you returned their mean: take the mean "
    "inside the tape's block, and differentiate that."
)
FROZEN = (
    "Frozen layers changed too: only `model.trainable_variables` may change, and which those are "
    "isn't yours to say."
)
OWN_RATE = "You updated the weights yourself; leave that to the optimizer: apply_gradients."

ROWS = [
    (
        "The loss expects probabilities, but the model returns logits: pass from_logits=True.",
        {"loss": cross_entropy(from_logits=False)},
    ),
    (NO_RECORD, {"inside": False}),
    (NO_RECORD, {"copies": True}),
    (
        "The model runs in inference mode: call it with training=True, so that batch norm and "
        "dropout work as they should in training.",
        {"training": False},
    ),
    (
        "The step is right, but not compiled: put `@tf.function` above it.",
        {"compiles": lambda step: step},
    ),
    (SUM, {"loss": cross_entropy(reduction="sum")}),
    (ONE_EACH, {"loss": cross_entropy(reduction=None)}),
    (OF_SUM, {"loss": cross_entropy(reduction=None), "result": tf.reduce_mean}),
    (OF_SUM, {"change": lambda gradient, x: gradient * len(x)}),
    (
        "The gradient is that of the mean, but you returned the sum of the losses: return "
        "their mean.",
        {"change": _divided, "loss": cross_entropy(reduction="sum")},
    ),
    (
        "You divided the gradients by the batch size, though the loss is a mean already.",
        {"change": _divided},
    ),
    (
        "You returned the loss after the step; return that from before it, which the tape saw.",
        {"after": True},
    ),
    (
        "The softmax comes twice: the loss takes logits, and makes probabilities by itself.",
        {"loss": lambda y, logits: cross_entropy()(y, tf.nn.softmax(logits))},
    ),
    *((UNSTABLE, {"loss": _of_probabilities(10.0**-n)}) for n in (6, 7, 8, 9, 10, 12)),
    (UNSTABLE, {"loss": _of_probabilities(0.0)}),
    (UNSTABLE, {"loss": _of_clipped}),
    (
        "That is a mean squared error; the loss is the cross-entropy.",
        {"loss": _mean_square},
    ),
    (
        "You averaged over the classes as well; the loss is a mean over the samples.",
        {"loss": _over_classes},
    ),
    (FROZEN, {"weights": _thawed}),
    (FROZEN, {"weights": lambda model: [w for w in model.weights if "moving" not in w.name]}),
    (
        "Only some of the weights change: take all of model.trainable_variables.",
        {"weights": lambda model: model.trainable_variables[-2:]},
    ),
    (
        "Only some of the weights change: take all of model.trainable_variables.",
        {"weights": lambda model: model.trainable_variables[-2:-1]},
    ),
    (
        "The weights never change: pass the gradients to the optimizer.",
        {"update": lambda optimizer, gradients, weights: None},
    ),
    (OWN_RATE, {"update": _move_by_hand}),
    *((OWN_RATE, {"update": _by_rate(rate)}) for rate in (0.5, 0.2, 0.1, 0.05, 0.01, 0.001)),
    (
        "You went uphill: the optimizer subtracts already, so give it the gradients as they are.",
        {"update": _uphill},
    ),
    (
        "The optimizer took two steps for one batch: apply the gradients once.",
        {"update": _twice},
    ),
    ("You cut the gradients off; give the optimizer what the tape says.", {"update": _clipped}),
    (
        "You cut the gradients off; give the optimizer what the tape says.",
        {"update": _clipped_by_norm},
    ),
    (
        "apply_gradients expects pairs: zip the gradients with the variables.",
        {"update": lambda optimizer, gradients, _: optimizer.apply_gradients(gradients)},
    ),
    (
        "apply_gradients expects pairs of gradient and variable, in this order.",
        {"update": lambda optimizer, grads, w: optimizer.apply_gradients(zip(w, grads))},
    ),
    (
        "A Keras loss takes the labels first, then the predictions.",
        {"loss": lambda y, logits: cross_entropy()(logits, y)},
    ),
    (
        "Labels are numbers here, not one-hot rows: take the *sparse* cross-entropy.",
        {"loss": keras.losses.CategoricalCrossentropy(from_logits=True)},
    ),
]
