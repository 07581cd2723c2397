"""A step of training in parts, each of which can be replaced by a wrong one."""

import tensorflow as tf

from ._cross_entropy import cross_entropy


class Eager:
    """A step that passes for a `tf.function`: to trace each wrong one would take long."""

    get_concrete_function = None

    def __init__(self, step):
        self.step = step

    def __call__(self, x, y):
        return self.step(x, y)


def _apply(optimizer, gradients, weights):
    optimizer.apply(gradients, weights)


def _train_step(
    model,
    optimizer,
    loss=None,
    training=True,
    inside=True,
    copies=False,
    weights=lambda model: model.trainable_variables,
    change=lambda gradient, x: gradient,
    update=_apply,
    after=False,
    result=lambda value: value,
    compiles=Eager,
):
    """Return a step of which single parts can be replaced.

    inside: whether the model runs under the tape. copies: whether copies of the weights are what
    the tape is asked for. weights: what of the model is changed. change: function of a gradient and
    the batch. update: function of the optimizer, the gradients and the weights. after: whether the
    loss after the step is returned. result: what is returned, a function of the loss.
    """
    loss = loss or cross_entropy()

    def step(x, y):
        variables = weights(model)
        sources = [tf.convert_to_tensor(each) for each in variables] if copies else variables
        logits = None if inside else model(x, training=training)
        with tf.GradientTape() as tape:
            value = loss(y, model(x, training=training) if inside else logits)
        gradients = [change(each, x) for each in tape.gradient(value, sources)]
        update(optimizer, gradients, variables)
        return result(loss(y, model(x, training=training)) if after else value)

    return compiles(step)
