"""The synthetic image sets: what they promise, and that there is something to learn in them."""

import colorsys
from functools import cache

import numpy as np
import pytest
from sklearn.linear_model import RidgeClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from utils.datasets import synthetic_scenes
from utils.datasets.digits import make_digits
from utils.datasets.synthetic_faces import ATTRIBUTES, make_faces
from utils.datasets.synthetic_flowers import make_flowers
from utils.datasets.synthetic_objects import make_objects
from utils.datasets.synthetic_scenes import make_scenes

PARTS = ("train", "val", "test")
SHAPES = {  # of one image, and how many images each part has
    make_digits: ((28, 28, 1), (1078, 359, 360)),
    make_objects: ((32, 32, 3), (2000, 500, 500)),
    make_flowers: ((96, 96, 3), (400, 120, 120)),
    make_faces: ((32, 32, 3), (2000, 300, 300)),
    make_scenes: ((64, 64, 3), (2500, 200, 200)),
}
LABELLED = (make_digits, make_objects, make_flowers)
SMALL = {"n_train": 40, "n_val": 20, "n_test": 20}

every = pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
every_labelled = pytest.mark.parametrize("make", LABELLED, ids=lambda make: make.__name__)


@cache
def data(make):
    return make()


def parts(make, letter="x"):
    return [getattr(data(make), f"{letter}_{part}") for part in PARTS]


@every
def test_shapes_and_values(make):
    shape, sizes = SHAPES[make]
    for x, n in zip(parts(make), sizes):
        assert x.shape == (n, *shape)
        assert x.dtype == np.uint8
        assert x.min() < 40 and x.max() > 215
    assert data(make).synthetic and data(make).source


@every
def test_no_image_occurs_twice(make):
    images = [image.tobytes() for x in parts(make) for image in x]
    assert len(set(images)) == len(images)


@every
def test_same_seed_same_result(make):
    sizes = {} if make is make_digits else SMALL
    first, again, other = make(3, **sizes), make(3, **sizes), make(4, **sizes)
    for name, value in vars(first).items():
        if name.startswith(("x_", "y_", "a_")):
            assert value.tobytes() == getattr(again, name).tobytes()
        else:
            assert value == getattr(again, name)
    assert first.x_train.tobytes() != other.x_train.tobytes()


@every_labelled
def test_every_part_has_every_class_alike(make):
    names = data(make).class_names
    assert len(set(names)) == len(names) == data(make).num_classes
    for y in parts(make, "y"):
        counts = np.bincount(y)
        assert y.dtype == np.int64 and len(counts) == len(names)
        assert counts.max() <= counts.min() + max(1, 0.1 * counts.mean())


@every_labelled
def test_labels_are_in_random_order(make):
    """A plain slice of the first images is a fair sample; so are batches without shuffling."""
    counts = np.bincount(data(make).y_train[:100], minlength=data(make).num_classes)
    assert counts.min() >= 2


def test_digits_look_like_mnist():
    x = np.concatenate(parts(make_digits))[..., 0]
    frame = np.ones((28, 28), bool)
    frame[4:-4, 4:-4] = False
    assert (x[:, frame] == 0).all()
    assert 0.05 < (x > 127).mean() < 0.3
    assert (x.reshape(len(x), -1).max(axis=1) > 200).all()


# Learnability


def accuracy(features, make, train=1000, alpha=1.0):
    """Return how many test images a linear classifier on the features gets right."""
    x, y = parts(make), parts(make, "y")
    model = make_pipeline(StandardScaler(), RidgeClassifier(alpha))
    model.fit(features(x[0][:train]), y[0][:train])
    return model.score(features(x[2]), y[2])


def pixels(x):
    return x.reshape(len(x), -1) / 255


def edges(x, cells=4):
    """Return how strongly edges of eight directions occur in each of 4 × 4 cells."""
    grey = x.astype(float).mean(axis=-1) / 255
    dy, dx = np.gradient(grey, axis=(1, 2))
    strength, direction = np.hypot(dy, dx), np.arctan2(dy, dx) % np.pi
    n, side = len(x), x.shape[1] // cells
    bins = (direction[..., None] // (np.pi / 8) == np.arange(8)) * strength[..., None]
    return bins.reshape(n, cells, side, cells, side, 8).sum(axis=(2, 4)).reshape(n, -1)


def test_digits_are_learnable():
    assert accuracy(pixels, make_digits, alpha=100) > 0.9  # chance is 0.1


def test_objects_are_learnable_but_not_from_single_pixels():
    linear = accuracy(pixels, make_objects, train=2000, alpha=10_000)
    shape = accuracy(edges, make_objects, train=2000)
    assert linear < 0.5
    assert shape > 0.55  # chance is 0.1
    assert shape > linear + 0.2


def test_flowers_are_learnable_but_not_from_the_mean_colour():
    def mean_colour(x):
        return x.mean(axis=(1, 2))

    def colour_and_edges(x):
        small = x.reshape(len(x), 12, 8, 12, 8, 3).mean(axis=(2, 4))
        return np.hstack([edges(x), pixels(small)])

    assert accuracy(mean_colour, make_flowers) < 0.5
    assert accuracy(colour_and_edges, make_flowers, alpha=300) > 0.5  # chance is 0.125


@pytest.mark.parametrize("k", range(5), ids=ATTRIBUTES)
def test_each_attribute_of_a_face_can_be_seen(k):
    faces = data(make_faces)
    model = RidgeClassifier(100).fit(pixels(faces.x_train), faces.a_train[:, k])
    assert model.score(pixels(faces.x_test), faces.a_test[:, k]) > 0.8  # chance is 0.5


def test_attributes_are_independent():
    assert data(make_faces).attribute_names == ATTRIBUTES
    for a in parts(make_faces, "a"):
        assert a.dtype == np.int64 and a.shape[1] == 5 and set(np.unique(a)) == {0, 1}
        assert np.abs(a.mean(axis=0) - 0.5).max() < 0.03
        assert np.abs(np.corrcoef(a.T) - np.eye(5)).max() < 0.06
        assert len(np.unique(a, axis=0)) == 32


# Scenes


def described():
    """Yield each image, its captions and its attributes."""
    for part in zip(parts(make_scenes), parts(make_scenes, "captions"), attributes()):
        yield from zip(*part)


def attributes():
    return parts(make_scenes, "attributes")


def test_five_different_captions_name_the_main_shape_and_its_colour():
    for _, captions, scene in described():
        assert len(captions) == len(set(captions)) == 5
        for caption in captions:
            words = caption.split(" ")
            assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
            pairs = set(zip(words, words[1:]))
            assert pairs & pairs_of_words(scene["color"], scene["shape"])
            if "relation" in scene:
                assert pairs & pairs_of_words(scene["color2"], scene["shape2"])


def pairs_of_words(colour, shape):
    return {
        (c, s)
        for c in synthetic_scenes.COLOUR_WORDS[colour]
        for s in synthetic_scenes.SHAPE_WORDS[shape]
    }


def test_captions_use_a_and_an_rightly():
    for _, captions, _ in described():
        for caption in captions:
            words = caption.split()
            for article, word in zip(words, words[1:]):
                if article in ("a", "an"):
                    assert (article == "an") == (word[0] in "aeiou"), caption


def test_attributes_of_scenes():
    lone = {"shape", "color", "size"}
    full = lone | {"shape2", "color2", "size2", "relation"}
    everything = [scene for part in attributes() for scene in part]
    assert {frozenset(scene) for scene in everything} == {frozenset(lone), frozenset(full)}
    assert {scene["shape"] for scene in everything} == set(synthetic_scenes.SHAPE_WORDS)
    assert {scene["color"] for scene in everything} == set(synthetic_scenes.COLOURS)
    assert 0.6 < np.mean(["relation" in scene for scene in everything]) < 0.8


def test_held_out_pairs_occur_as_the_main_shape_of_test_only():
    train, val, test = attributes()
    held_out = set(synthetic_scenes.HELD_OUT)
    for scene in train + val:
        assert (scene["color"], scene["shape"]) not in held_out
        assert (scene.get("color2"), scene.get("shape2")) not in held_out
    assert {(scene["color"], scene["shape"]) for scene in test} == held_out
    for which in ("color", "shape"):  # each is known from training, with other partners
        assert {scene[which] for scene in test} <= {scene[which] for scene in train}


def test_training_knows_every_word_of_the_captions():
    train, val, test = (
        {word for captions in part for caption in captions for word in caption.split()}
        for part in parts(make_scenes, "captions")
    )
    assert val | test <= train
    assert 50 <= len(train) <= 100


def test_names_of_scenes_are_unique():
    names = [name for part in parts(make_scenes, "names") for name in part]
    assert len(set(names)) == len(names) == 2900
    assert names[12] == "scene_00012.png"


def places_of(image, colour):
    """Return the pixels (rows, columns) of one strong colour."""
    rgb = image.astype(float) / 255
    high, low = rgb.max(axis=-1), rgb.min(axis=-1)
    target = np.array(colorsys.hsv_to_rgb(*synthetic_scenes.COLOURS[colour]))
    near = np.linalg.norm(rgb - target * (high / target.max())[..., None], axis=-1) < 0.16
    return np.nonzero(near & (high - low > 0.45 * high) & (high > 0.4))


def test_the_picture_shows_the_relation_that_the_attributes_state():
    axis_and_sign = {"left of": (1, -1), "right of": (1, 1), "above": (0, -1), "below": (0, 1)}
    seen = 0
    for image, _, scene in list(described())[::3]:
        if scene.get("color2", scene["color"]) == scene["color"]:
            continue
        axis, sign = axis_and_sign[scene["relation"]]
        main = np.mean(places_of(image, scene["color"])[axis])
        second = np.mean(places_of(image, scene["color2"])[axis])
        assert sign * (main - second) > 6, scene
        seen += 1
    assert seen > 200


def test_the_picture_shows_the_size_that_the_attributes_state():
    spans = {"big": [], "small": []}  # not areas: a big star covers less than a small disc
    for image, _, scene in described():
        if "relation" not in scene:
            places = places_of(image, scene["color"])
            spans[scene["size"]].append(max(np.ptp(place) for place in places))
    assert min(map(len, spans.values())) > 100
    assert np.percentile(spans["big"], 2) > np.percentile(spans["small"], 98)
