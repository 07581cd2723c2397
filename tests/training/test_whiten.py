"""The first layer's answers are uncorrelated, centred and of variance about one."""

import numpy as np


def test_answers_are_white():
    import keras

    from utils.datasets.synthetic_objects import make_objects
    from utils.training.whiten import whiten_first_layer

    images = make_objects(n_train=300, n_val=1, n_test=1).x_train.astype("float32") / 255
    model = keras.Sequential([keras.Input((32, 32, 3)), keras.layers.Conv2D(10, 4, strides=2)])
    assert whiten_first_layer(model, images) is model
    answers = model.predict(images, verbose=0).reshape(-1, 10)
    assert np.abs(answers.mean(axis=0)).max() < 0.2
    correlation = np.corrcoef(answers[:, :5].T)
    assert np.abs(correlation - np.eye(5)).max() < 0.1
    np.testing.assert_allclose(answers[:, 5:], -answers[:, :5], atol=1e-3)
    assert answers.std(axis=0).min() > 0.5 and answers.std(axis=0).max() < 1.2


def test_filters_beyond_the_patterns_stay_and_a_bias_is_not_needed():
    import keras

    from utils.training.whiten import whiten_first_layer

    images = np.random.default_rng(0).random((50, 6, 6, 1), dtype="float32")
    layer = keras.layers.Conv2D(11, 2, use_bias=False)
    model = keras.Sequential([keras.Input((6, 6, 1)), layer])
    before = layer.get_weights()[0]
    whiten_first_layer(model, images)
    changed = (layer.get_weights()[0] != before).any(axis=(0, 1, 2))
    assert changed.tolist() == [True] * 8 + [False] * 3
