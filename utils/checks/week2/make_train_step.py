"""Check of `make_train_step`: the loss, the tape, the optimizer's step, and that it is compiled."""

import keras
import tensorflow as tf

from ..check import new_check
from ._cross_entropy import cross_entropy
from ._train_steps import Eager, _train_step
from ._wrong_train_steps import ROWS

make_train_step = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)

make_train_step.add_mistakes(_train_step, ROWS)


@make_train_step.mistake("The step returns nothing: return the loss.")
def returns_nothing(model, optimizer):
    step = _train_step(model, optimizer)
    return Eager(lambda x, y: None if step(x, y) is None else None)


@make_train_step.mistake("Return the inner function itself, `step`; nothing is called yet.")
def returns_no_function(model, optimizer):
    _train_step(model, optimizer)


OWN = "You made an optimizer of your own; use the one that is passed in, whatever it is."


@make_train_step.mistake(OWN)
def own_adam(model, optimizer):
    return _train_step(model, keras.optimizers.Adam())


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
