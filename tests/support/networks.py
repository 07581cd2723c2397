"""Honest networks of many kinds, for the tests of how networks leave a box."""

import keras
import numpy as np
from keras import layers, ops

SHAPE = (6, 4)
IMAGE = (8, 8, 3)


def _model(make, *shapes, dtype=None):
    """Return a network from inputs of these shapes to what `make` gives."""
    inputs = [keras.Input(shape, dtype=dtype) for shape in shapes or (SHAPE,)]
    return keras.Model(inputs if len(inputs) > 1 else inputs[0], make(*inputs))


def _image(*stack):
    return keras.Sequential([keras.Input(IMAGE), *stack])


def _rows(*stack):
    return keras.Sequential([keras.Input(SHAPE), *stack])


def _shared(x):
    dense = layers.Dense(4, "relu")
    return dense(dense(x)) + dense(x * 2)


def _model_twice(x, y):
    inner = keras.Sequential([layers.Dense(3), layers.Dense(5)])
    return layers.Subtract()([inner(x), inner(y)])


def _attention(x):
    y = layers.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True)
    return layers.LayerNormalization()(layers.Add()([x, y]))


def _dict_argument(x, y):
    return _dict_ends()({"a": x, "b": y})["sum"]


def _encoder_decoder(x, y):
    _, *state = layers.LSTM(5, return_state=True)(x)
    return layers.LSTM(5, return_sequences=True)(y, initial_state=state)


def _frozen():
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(2)], name="base")
    inner.trainable = False
    inner.layers[1].trainable = True
    return keras.Sequential([keras.Input((4,)), inner, layers.BatchNormalization()])


def _frozen_whole():
    model = _image(layers.Conv2D(3, 3), layers.BatchNormalization(), layers.Flatten())
    model.trainable = False
    model.layers[0].trainable = True
    return model


def _frozen_weight():
    model = _rows(layers.Dense(3))
    model.layers[0].bias.trainable = False
    return model


def _seeded():
    return keras.initializers.RandomNormal(seed=keras.random.SeedGenerator(1))


def _own_relu(x):
    return ops.maximum(x, 0)


def _mapping(x):
    matrix = keras.initializers.Constant(np.arange(12, dtype="float32").reshape(4, 3))
    return layers.Dense(3, kernel_initializer=matrix)(x)


def _many_ops(x):
    y = ops.concatenate([ops.exp(-ops.abs(x)), ops.sqrt(ops.square(x) + 1)], axis=-1)
    y = ops.where(y > 0.5, y, ops.zeros_like(y)) / (1 + ops.max(y, axis=1, keepdims=True))
    return ops.einsum("bij,bik->bjk", ops.transpose(y, (0, 1, 2)), y) ** 2 - 3.0


def _parts():
    """A common way to join two networks: one input and one ReLU stand in several of them."""
    relu, start = layers.ReLU(), keras.Input((4,))
    first = keras.Model(start, relu(layers.Dense(3)(start)))
    second = keras.Sequential([keras.Input((3,)), layers.Dense(2), relu])
    return keras.Model(start, second(first(start)))


def _dict_ends():
    a, b = keras.Input((3,), name="a"), keras.Input((3,), name="b")
    return keras.Model({"a": a, "b": b}, {"sum": a + b, "dense": layers.Dense(2)(a)})


HONEST = {
    "dense": lambda: _rows(layers.Dense(3, "relu")),
    "unbuilt": lambda: keras.Sequential([layers.Flatten(), layers.Dense(3), layers.Dense(2)]),
    "shared layer": lambda: _model(_shared),
    "two inputs": lambda: _model(lambda x, y: layers.Concatenate()([x, y]), (3,), (4,)),
    "two outputs": lambda: _model(lambda x: [layers.Dense(2)(x), layers.Dense(3)(x)]),
    "dicts": _dict_ends,
    "dict as argument": lambda: _model(_dict_argument, (3,), (3,)),
    "sum": lambda: _model(lambda x, y: x + layers.Dense(4)(y) * 0.5, (4,), (3,)),
    "last step": lambda: _model(lambda x: layers.Dense(2)(x[:, -1])),
    "first feature": lambda: _model(lambda x: x[..., 0] - x[:, 1:4, None, 2][:, 0]),
    "operations": lambda: _model(_many_ops),
    "reshape": lambda: _model(lambda x: ops.matmul(ops.reshape(x, (-1, 4, 6)), x)),
    "softmax": lambda: _model(lambda x: ops.softmax(ops.mean(x, axis=1)) @ ops.ones((4, 2))),
    "split": lambda: _model(lambda x: ops.stack(ops.split(x, 2, axis=-1), axis=1)),
    "own numbers": lambda: _model(lambda x: x * np.arange(4, dtype="float32")),
    "bidirectional": lambda: _rows(layers.Bidirectional(layers.LSTM(3, return_sequences=True))),
    "two directions": lambda: _rows(
        layers.Bidirectional(layers.GRU(3), backward_layer=layers.LSTM(3, go_backwards=True))
    ),
    "cell": lambda: _rows(layers.RNN(layers.LSTMCell(3), return_sequences=True)),
    "cells": lambda: _rows(layers.RNN([layers.GRUCell(3), layers.SimpleRNNCell(2)])),
    "stacked": lambda: _rows(
        layers.RNN(layers.StackedRNNCells([layers.GRUCell(3), layers.GRUCell(2)]))
    ),
    "simple": lambda: _rows(layers.SimpleRNN(3, unroll=True, dropout=0.2)),
    "each step": lambda: _rows(layers.TimeDistributed(layers.Dense(2))),
    "wrapped network": lambda: _model(
        layers.TimeDistributed(_image(layers.Conv2D(2, 3), layers.GlobalMaxPooling2D())),
        (5, *IMAGE),
    ),
    "spectral": lambda: _image(layers.SpectralNormalization(layers.Conv2D(2, 3))),
    "multi-head": lambda: _model(_attention),
    "attention": lambda: _model(lambda x, y: layers.Attention()([x, y]), SHAPE, (3, 4)),
    "additive": lambda: _model(lambda x, y: layers.AdditiveAttention()([x, y]), SHAPE, (3, 4)),
    "states": lambda: _model(_encoder_decoder, SHAPE, (None, 4)),
    "masking": lambda: _rows(layers.Masking(), layers.LSTM(3)),
    "embedding": lambda: keras.Sequential(
        [keras.Input((None,), dtype="int32"), layers.Embedding(9, 4, mask_zero=True), layers.GRU(3)]
    ),
    "mixed": lambda: _rows(
        layers.Dense(3, dtype="mixed_float16"), layers.Dense(2, dtype="float32")
    ),
    "regularized": lambda: _rows(
        layers.Dense(3, kernel_regularizer=keras.regularizers.L2(0.1), bias_regularizer="l1"),
        layers.Dense(3, kernel_constraint=keras.constraints.MaxNorm(2), activity_regularizer="l2"),
    ),
    "initialized": lambda: _rows(
        layers.Dense(3, kernel_initializer=keras.initializers.HeNormal(seed=3)),
        layers.Dense(3, kernel_initializer="orthogonal", bias_initializer="ones"),
        layers.Dense(3, kernel_initializer=keras.initializers.VarianceScaling(2.0, "fan_out")),
    ),
    "constant": lambda: _model(_mapping),
    "seeds": lambda: _rows(
        layers.Dense(2, kernel_initializer=keras.initializers.Zeros(), bias_initializer=_seeded())
    ),
    "activations": lambda: _rows(
        layers.Dense(3, keras.activations.relu), layers.Dense(3, "gelu"),
        layers.Dense(3, ops.tanh), layers.Dense(3, layers.LeakyReLU(0.1)), layers.ELU(),
        layers.Activation("swish"), layers.Activation(ops.softmax), layers.PReLU(),
    ),
    "own activation": lambda: _rows(
        layers.Dense(3, _own_relu), layers.LSTM(2, lambda x: ops.tanh(x))
    ),
    "pictures": lambda: _image(
        layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.RandomZoom(0.1),
        layers.RandomContrast(0.1), layers.RandomTranslation(0.1, 0.1), layers.Resizing(6, 6),
        layers.Rescaling(1 / 255), layers.CenterCrop(4, 4), layers.RandomBrightness(0.1),
    ),
    "normalization": lambda: _rows(
        layers.Normalization(mean=[1, 2, 3, 4.0], variance=[1, 1, 2, 2.0])
    ),
    "adapted": lambda: _rows(layers.Normalization()),
    "noise": lambda: _rows(
        layers.GaussianNoise(0.1), layers.Dropout(0.5), layers.GaussianDropout(0.1)
    ),
    "norms": lambda: _image(
        layers.GroupNormalization(3), layers.UnitNormalization(), layers.LayerNormalization(),
        layers.BatchNormalization(momentum=0.9), layers.Identity(),
    ),
    "chinese": lambda: keras.Sequential(
        [keras.Input((4,)), layers.Dense(3, name="全连接层")], name="网络"
    ),
    "networks in networks": lambda: _rows(_rows(_rows(layers.Dense(3)), layers.Dense(4))),
    "functional inside": lambda: _rows(_model(lambda x: x + layers.Dense(4)(x)), layers.Dense(2)),
    "network twice": lambda: _model(_model_twice, (4,), (4,)),
    "parts": _parts,
    "frozen": _frozen,
    "frozen whole": _frozen_whole,
    "frozen weight": _frozen_weight,
    "convolutions": lambda: _image(
        layers.Conv2D(4, (3, 2), 1, "same", use_bias=False), layers.DepthwiseConv2D(3),
        layers.SeparableConv2D(3, 3, padding="same"), layers.MaxPooling2D(), layers.UpSampling2D(),
        layers.Conv2DTranspose(2, 3, 2, "same"), layers.AveragePooling2D(2),
        layers.ZeroPadding2D(1), layers.Cropping2D(1), layers.GlobalAveragePooling2D(),
        layers.Reshape((1, 2)), layers.Permute((2, 1)), layers.Flatten(), layers.RepeatVector(2),
    ),
    "one dimension": lambda: _rows(layers.Conv1D(3, 3, padding="causal", dilation_rate=2)),
    "einsum": lambda: _rows(layers.EinsumDense("abc,cd->abd", output_shape=(None, 3))),
    "convolutional lstm": lambda: _model(layers.ConvLSTM2D(2, 3), (4, *IMAGE)),
    "merges": lambda: _model(
        lambda x, y: layers.Dot(axes=-1)([layers.Maximum()([x, y]), layers.Average()([x, y])]),
        (4,), (4,),
    ),
}  # fmt: skip
