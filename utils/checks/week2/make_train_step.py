"""Check of `make_train_step`: the loss, the tape, the optimizer's step, and that it is compiled."""

import keras
import tensorflow as tf

from ..check import new_check
from ._cross_entropy import cross_entropy

make_train_step = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


def _apply(optimizer, gradients, weights):
    optimizer.apply(gradients, weights)


def _train_step(
    model,
    optimizer,
    loss=None,
    training=True,
    inside=True,
    copies=False,
    update=_apply,
    compiles=True,
):
    """Return a step of which single parts can be replaced.

    inside: whether the model runs under the tape. copies: whether copies of the weights are what
    the tape is asked for. update: function of the optimizer, the gradients and the weights.
    """
    loss = loss or cross_entropy()

    def step(x, y):
        weights = model.trainable_variables
        sources = [tf.convert_to_tensor(weight) for weight in weights] if copies else weights
        logits = None if inside else model(x, training=training)
        with tf.GradientTape() as tape:
            value = loss(y, model(x, training=training) if inside else logits)
        update(optimizer, tape.gradient(value, sources), weights)
        return value

    return tf.function(step) if compiles else step


def _move_by_hand(optimizer, gradients, weights):
    for gradient, weight in zip(gradients, weights):
        weight.assign_sub(optimizer.learning_rate * gradient)


NO_RECORD = (
    "The tape has no record of how the loss was computed from the weights. The model must run "
    "inside the tape's `with` block; and the tape watches variables by itself, but tensors, such "
    "as copies of variables, only after `tape.watch`."
)

make_train_step.add_mistakes(
    _train_step,
    [
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
            "You summed the losses of the batch; the loss is their mean.",
            {"loss": cross_entropy(reduction="sum")},
        ),
        (
            "The step is right, but not compiled: put `@tf.function` above it.",
            {"compiles": False},
        ),
        (
            "The weights never change: pass the gradients to the optimizer.",
            {"update": lambda optimizer, gradients, weights: None},
        ),
        (
            "You updated the weights yourself; leave that to the optimizer: apply_gradients.",
            {"update": _move_by_hand},
        ),
        (
            "apply_gradients expects pairs: zip the gradients with the variables.",
            {"update": lambda optimizer, gradients, _: optimizer.apply_gradients(gradients)},
        ),
        (
            "A Keras loss takes the labels first, then the predictions.",
            {"loss": lambda y, logits: cross_entropy()(logits, y)},
        ),
        (
            "You returned one loss per sample: return their mean.",
            {"loss": cross_entropy(reduction=None)},
        ),
    ],
)


@make_train_step.mistake("The step returns nothing: return the loss.")
def returns_nothing(model, optimizer):
    step = _train_step(model, optimizer)
    return tf.function(lambda x, y: None if step(x, y) is None else None)


@make_train_step.mistake("Return the inner function itself, `step`; nothing is called yet.")
def returns_no_function(model, optimizer):
    _train_step(model, optimizer)


@make_train_step.mistake(
    "You made an optimizer of your own; use the one that is passed in, whatever it is."
)
def own_optimizer(model, optimizer):
    return _train_step(model, keras.optimizers.Adam(0.01))


@make_train_step.alternative
def with_low_level_loss(model, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits)
            loss = tf.reduce_mean(losses)
        weights = model.trainable_weights
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss

    return tf.function(step)


@make_train_step.alternative
def with_keras_ops(model, optimizer):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(images, labels):
        with tf.GradientTape() as tape:
            loss = keras.ops.mean(
                keras.losses.sparse_categorical_crossentropy(
                    labels, model(images, training=True), from_logits=True
                )
            )
        weights = model.trainable_variables
        optimizer.apply_gradients(list(zip(tape.gradient(loss, weights), weights)))
        return loss

    return step


@make_train_step.witness("Keras's own training")
def by_keras_training(model, optimizer):
    model.compile(optimizer=optimizer, loss=cross_entropy())

    def step(x, y):
        model.reset_metrics()  # older Keras tells the mean of all batches so far
        return model.train_on_batch(x, y)

    step.get_concrete_function = None  # Keras compiles it inside
    return step
