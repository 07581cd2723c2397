"""Checks of week 2, one file per exercise; each name below is the check of that exercise."""

from .build_convnet import build_convnet
from .build_mlp import build_mlp
from .dense_backward import dense_backward
from .dense_forward import dense_forward
from .dropout_backward import dropout_backward
from .dropout_forward import dropout_forward
from .evaluate_in_batches import evaluate_in_batches
from .make_train_step import make_train_step
from .network_backward import network_backward
from .relu_backward import relu_backward
from .relu_forward import relu_forward
from .Scalar import Scalar
from .softmax_cross_entropy import softmax_cross_entropy
from .softmax_regression import softmax_regression
from .tf_mse import tf_mse
from .train_epoch import train_epoch
from .train_epoch_with_tape import train_epoch_with_tape
