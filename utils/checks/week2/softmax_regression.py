"""Check of `softmax_regression`: logits, probabilities and classes, all of them on the tape."""

import keras
import tensorflow as tf

from ..check import new_check
from ._lost import SENTENCES
from ._wrong_regressions import ROWS, _regression

softmax_regression = new_check(
    __name__,
    sentences=SENTENCES
    | {
        "the classes": "The classes are no tensor: use `tf.argmax`, which gives one; `np.argmax` "
        "and `.numpy()` leave TensorFlow."
    },
)

softmax_regression.add_mistakes(_regression, ROWS)


@softmax_regression.alternative
def regression_by_hand(x, W, b):
    logits = tf.linalg.matmul(x, W) + b[tf.newaxis]
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    probabilities = exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)
    return logits, probabilities, tf.argmax(probabilities, axis=1, output_type=tf.int32)


@softmax_regression.alternative
def regression_by_exp_of_log(x, W, b):
    logits = tf.nn.bias_add(x @ W, b)
    return [logits, tf.exp(tf.nn.log_softmax(logits)), tf.math.argmax(logits, -1)]


@softmax_regression.witness("Keras")
def regression_by_keras(x, W, b):
    logits = keras.ops.add(keras.ops.matmul(x, W), b)
    probabilities = keras.layers.Softmax()(logits)
    return logits, probabilities, keras.ops.argmax(probabilities, axis=1)
