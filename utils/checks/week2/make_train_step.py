"""Check of `make_train_step`: points, the mistakes people make, sound variants."""

import keras
import tensorflow as tf

from ..check import new_check
from ._cross_entropy import cross_entropy

make_train_step = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


NO_RECORD = (
    "The tape has no record of how the loss came from the weights. The model must run inside the "
    "tape's `with` block; and the tape watches variables by itself, but tensors, like copies of "
    "variables, only after `tape.watch`."
)


def _train_step(model, optimizer, loss=None, training=True, update=None):
    """Return a step of which single parts can be replaced."""
    loss = loss or cross_entropy()
    update = update or (lambda gradients, weights: optimizer.apply(gradients, weights))

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            value = loss(y, model(x, training=training))
        update(tape.gradient(value, model.trainable_variables), model.trainable_variables)
        return value

    return step


@make_train_step.mistake(
    "The loss was told that it gets probabilities, but the model gives logits: from_logits=True."
)
def logits_as_probabilities(model, optimizer):
    return _train_step(model, optimizer, loss=cross_entropy(from_logits=False))


@make_train_step.mistake(NO_RECORD)
def outside_the_tape(model, optimizer):
    @tf.function
    def step(x, y):
        logits = model(x, training=True)
        with tf.GradientTape() as tape:
            loss = cross_entropy()(y, logits)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step


@make_train_step.mistake(NO_RECORD)
def copies_not_watched(model, optimizer):
    @tf.function
    def step(x, y):
        copies = [tf.convert_to_tensor(weight) for weight in model.trainable_variables]
        with tf.GradientTape() as tape:
            loss = cross_entropy()(y, model(x, training=True))
        gradients = tape.gradient(loss, copies)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step


@make_train_step.mistake(
    "The model runs as if it were being tested: call it with training=True, so that batch norm "
    "and dropout do their training work."
)
def runs_as_in_a_test(model, optimizer):
    return _train_step(model, optimizer, training=False)


@make_train_step.mistake("You summed the losses of the batch; the loss is their mean.")
def loss_summed(model, optimizer):
    return _train_step(model, optimizer, loss=cross_entropy(reduction="sum"))


@make_train_step.mistake("The step is right, but not compiled: put `@tf.function` above it.")
def not_compiled(model, optimizer):
    return _train_step(model, optimizer).python_function


@make_train_step.mistake("The weights never move: hand the gradients to the optimizer.")
def never_applied(model, optimizer):
    return _train_step(model, optimizer, update=lambda gradients, weights: None)


@make_train_step.mistake(
    "You moved the weights yourself; the optimizer does it, in its own way: apply_gradients."
)
def moved_by_hand(model, optimizer):
    def update(gradients, weights):
        for gradient, weight in zip(gradients, weights):
            weight.assign_sub(optimizer.learning_rate * gradient)

    return _train_step(model, optimizer, update=update)


@make_train_step.mistake("The step returns nothing: return the loss.")
def returns_nothing(model, optimizer):
    step = _train_step(model, optimizer)
    return tf.function(lambda x, y: None if step(x, y) is None else None)


@make_train_step.mistake("Return the inner function itself, `step`; nothing is called yet.")
def returns_no_function(model, optimizer):
    _train_step(model, optimizer)


@make_train_step.mistake("apply_gradients wants pairs: zip the gradients with the variables.")
def without_pairs(model, optimizer):
    return _train_step(
        model, optimizer, update=lambda gradients, weights: optimizer.apply_gradients(gradients)
    )


@make_train_step.mistake("A Keras loss takes the labels first, then the predictions.")
def predictions_first(model, optimizer):
    return _train_step(model, optimizer, loss=lambda y, logits: cross_entropy()(logits, y))


@make_train_step.mistake("Each sample has a loss of its own: return their mean.")
def a_loss_a_sample(model, optimizer):
    return _train_step(model, optimizer, loss=cross_entropy(reduction=None))


@make_train_step.mistake(
    "You made an optimizer of your own; use the one that was given, whatever it is."
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
