"""Check of `nearest_distances`: all numbers of an image, the nearest other, a root, copies at 0."""

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.metrics import pairwise_distances_argmin_min
from sklearn.neighbors import NearestNeighbors

from ..check import new_check

# in single precision, rounding makes a few ten-thousandths of a distance of 0
nearest_distances = new_check(__name__, rtol=1e-4, atol=2e-3)


@nearest_distances.witness("SciPy's cdist")
def by_cdist(images, others):
    return cdist(_rows(images), _rows(others)).min(axis=1)


def _rows(images):
    return np.reshape(images, (len(images), -1)).astype(float)


def _multiplied_out(
    images, others, length=lambda rows: (rows**2).sum(axis=1), own=1, other=1, factor=2,
    clip=lambda squares: squares.clip(min=0), root=np.sqrt, column=lambda lengths: lengths[:, None],
    row=lambda lengths: lengths,
):  # fmt: skip
    a, b = _rows(images), _rows(others)
    squares = own * column(length(a)) + other * row(length(b)) - factor * a @ b.T
    return root(clip(squares)).min(axis=1)


def _of_pictures(images, others, product=np.matmul):
    lengths = [(_rows(part) ** 2).sum(axis=1) for part in (images, others)]
    squares = lengths[0][:, None] + lengths[1] - 2 * product(images, others.T)
    return np.sqrt(squares.clip(min=0).min(axis=1))


def _measured(images, others, metric="euclidean", then=lambda table: table.min(axis=1)):
    return then(cdist(_rows(images), _rows(others), metric))


def _without_copies(table):
    return np.where(table < 1e-6, np.inf, table).min(axis=1)


nearest_distances.add_mistakes(
    _multiplied_out,
    {
        "These are squared distances: take the root.": {"root": lambda squares: squares},
        "Rounding makes some squares of equal images slightly negative, and their roots are "
        "nan: clip at 0 before the root.": {"clip": lambda squares: squares},
        "The 2 is missing before the dot product: multiply out |a − b|² once more.": {"factor": 1},
        "The dot product is added; where |a − b|² is multiplied out, it has a minus.": {
            "factor": -2
        },
        "The squared length of the image is missing: it changes no order, but the distance.": {
            "own": 0
        },
        "The squared lengths of the others are missing: multiply out |a − b|² once more.": {
            "other": 0
        },
        "You added the lengths themselves; multiplied out, |a − b|² has their squares.": {
            "length": lambda rows: np.linalg.norm(rows, axis=1)
        },
        "The squared lengths of the images need a new axis: else n numbers meet m numbers.": {
            "column": lambda lengths: lengths
        },
        "The squared lengths of the images are a column and those of the others a row: you have it "
        "the other way round.": {
            "column": lambda lengths: lengths,
            "row": lambda lengths: lengths[:, None],
        },
    },
)
NO_ROWS = "Make a row of each image first, `images.reshape(len(images), -1)`: a product needs rows."
nearest_distances.add_mistakes(
    _of_pictures, [(NO_ROWS, {"product": np.matmul}), (NO_ROWS, {"product": np.dot})]
)
nearest_distances.add_mistakes(
    _measured,
    {
        "You return for each of the others its nearest image; for each image, the nearest of "
        "the others is asked for.": {"then": lambda table: table.min(axis=0)},
        "You return which one is nearest, its row number; its distance is asked for.": {
            "then": lambda table: table.argmin(axis=1)
        },
        "You return the distances to all others; keep the smallest one of each image.": {
            "then": lambda table: table
        },
        "You took the farthest of the others: the smallest distance is asked for.": {
            "then": lambda table: table.max(axis=1)
        },
        "You averaged over the others; only the nearest one counts.": {
            "then": lambda table: table.mean(axis=1)
        },
        "You return one number for all images; each image has a smallest distance of its own.": {
            "then": lambda table: table.min()
        },
        "You averaged over the images; return the distance of each.": {
            "then": lambda table: table.min(axis=1).mean()
        },
        "Copies are passed over: an image that is among the others has the distance 0.": {
            "then": _without_copies
        },
        "You return the second nearest: the nearest counts, also where it is a copy.": {
            "then": lambda table: np.sort(table, axis=1)[:, :2][:, -1]
        },
        "The result is a column, (n, 1): it should be (n,).": {
            "then": lambda table: table.min(axis=1, keepdims=True)
        },
        "You summed absolute differences; the Euclidean distance squares them.": {"metric": "l1"},
        "You take the largest difference; the Euclidean distance adds up the squares of all.": {
            "metric": "chebyshev"
        },
        "You compare directions, by the cosine; the Euclidean distance is asked for.": {
            "metric": "cosine"
        },
        "You return a list; return a NumPy array, of shape (n,).": {
            "then": lambda table: table.min(axis=1).tolist()
        },
    },
)


@nearest_distances.mistake(
    "You averaged the squares over the numbers of an image; the Euclidean distance sums them."
)
def of_means(images, others):
    return _measured(images, others) / np.sqrt(images[0].size)


@nearest_distances.mistake(
    "Only the last axis is summed: flatten each image to one row, so that all its numbers count."
)
def over_the_last_axis(images, others):
    return np.linalg.norm(images[:, None] - others[None], axis=-1).min(axis=1)


@nearest_distances.mistake(
    "You compare each image with the other in its own row: compare it with all others."
)
def row_by_row(images, others):
    return np.linalg.norm(_rows(images) - _rows(others), axis=1)


@nearest_distances.mistake(
    "You compare each image with the other in its own row: compare it with all others."
)
def row_by_row_by_zip(images, others):
    return np.array([np.linalg.norm(a - b) for a, b in zip(images, others)])


@nearest_distances.mistake("You compare lengths; take the length of the difference.")
def of_lengths(images, others):
    lengths = [np.linalg.norm(_rows(part), axis=1) for part in (images, others)]
    return np.abs(lengths[0][:, None] - lengths[1]).min(axis=1)


@nearest_distances.mistake("You took the distance to the mean of the others, not to one of them.")
def to_the_mean(images, others):
    return np.linalg.norm(_rows(images) - _rows(others).mean(axis=0), axis=1)


@nearest_distances.mistake("`cdist` takes one row for each image: flatten them first.")
def not_flattened(images, others):
    return cdist(images, others).min(axis=1)


@nearest_distances.alternative
def in_a_loop(images, others):
    return np.array([min(np.sqrt(np.sum((a - b) ** 2)) for b in others) for a in images])


@nearest_distances.alternative
def in_blocks(images, others):
    a, b, found = _rows(images), _rows(others), []
    for start in range(0, len(a), 4):
        found.append(np.linalg.norm(a[start : start + 4, None] - b, axis=2).min(axis=1))
    return np.concatenate(found)


@nearest_distances.alternative
def in_single_precision(images, others):
    a, b = _rows(images).astype("float32"), _rows(others).astype("float32")
    squares = np.square(b).sum(1) - 2 * a @ b.T
    return np.sqrt(np.maximum(squares.min(1) + np.einsum("ij,ij->i", a, a), 0))


@nearest_distances.alternative
def by_neighbors(images, others):
    return NearestNeighbors(n_neighbors=1).fit(_rows(others)).kneighbors(_rows(images))[0][:, 0]


@nearest_distances.alternative
def by_argmin_min(images, others):
    return pairwise_distances_argmin_min(_rows(images), _rows(others))[1]
