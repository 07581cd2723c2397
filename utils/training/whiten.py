"""A first layer that starts from what all images share, rather than from random weights."""

import keras
import numpy as np

MAX_IMAGES = 2_000  # enough to estimate the covariance
SMALLEST = 5e-4  # added to variances, so that rare patterns aren't blown up


def whiten_first_layer(model, images):
    """Set the first convolution of a model to the main patterns of image patches; return the model.

    The patterns are the eigenvectors of the patches' covariance, scaled so that each response has a
    variance of about one; half of the filters get them with a plus sign, half with a minus sign. So
    the layer's responses are nearly uncorrelated from the first step on. Coates and Ng (2012).

    model: keras.Model with a Conv2D; images: (n, H, W, channels) float.
    """
    layer = next(layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D))
    height, width, channels, filters = layer.kernel.shape
    windows = np.lib.stride_tricks.sliding_window_view(
        images[:MAX_IMAGES], (height, width), axis=(1, 2)
    )[:, ::2, ::2]
    patches = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, height * width * channels)
    values, patterns = np.linalg.eigh(np.cov(patches.T))  # ascending
    number = min(filters // 2, len(values))
    best = (patterns / np.sqrt(values + SMALLEST))[:, ::-1][:, :number]
    kernel = keras.ops.convert_to_numpy(layer.kernel).reshape(-1, filters).copy()
    kernel[:, :number], kernel[:, number : 2 * number] = best, -best
    layer.kernel.assign(kernel.reshape(height, width, channels, filters))
    if layer.use_bias:  # subtract the response to the mean patch
        layer.bias.assign(-patches.mean(axis=0) @ kernel)
    return model
