"""Right answers in odd shapes get full marks, and no remark.

Each file of `honest_shapes` is a notebook: its name begins with the week, its first line says which
exercises it answers, and `# %%` begins a cell.
"""

from pathlib import Path

import pytest

from tests.support.grading_room import needs_box, room

FOLDER = Path(__file__).parent / "honest_shapes"
IMPORTS_OF_OLD = """from utils import config, course, plot
from utils.config import checkpoint_folder, pick, set_seed
from utils.datasets.drawn_faces import make_faces
from utils.datasets.scenes import COLOUR_WORDS
from utils.datasets.small_names import make_names
from utils.features import extract
from utils.live import LiveCurves, LiveLoop
plot.use_style()"""
DATA = (  # what a notebook makes, and what it then knows
    "datasets.fetch_mnist().x_train.shape[1:] == (28, 28, 1)",
    "len(datasets.fetch_corpus('text8', max_tokens=900).tokens) == 900",
    "datasets.fetch_names(classes=True).class_names == make_names().class_names",
    "len(datasets.fetch_names_and_cards().class_names) == 2",
    "datasets.fetch_tagged_sentences().tag_names",
    "len(COLOUR_WORDS) > 2",
)
DRAWN = (  # each takes a second
    "datasets.fetch_cifar10().num_classes == 10",
    "datasets.fetch_flowers().x_train[0].shape[-1] == 3",
    "datasets.fetch_faces().x_train.ndim == 4",
    "datasets.fetch_captioned_images().synthetic",
)


def shapes(weeks):
    """Return the shapes of these weeks as parameters of a test."""
    paths = [path for week in weeks for path in sorted(FOLDER.glob(f"week{week}_*.txt"))]
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def is_full(result):
    """Whether nothing at all is held against an answer."""
    is_clean = (result.status, result.flags, result.reason) == ("graded", [], "")
    return is_clean and result.score == result.points


def _grade(path):
    head, *cells = path.read_text(encoding="utf-8").split("\n# %%\n")
    found = room(int(path.stem[4])).grade(*cells)
    names = head.removeprefix("#").split()
    assert names
    for name in names:
        assert is_full(found[name]), found[name]


@needs_box
@shapes([1])
def test_a_right_answer_in_an_odd_shape(path):
    _grade(path)


@needs_box
@pytest.mark.slow
@shapes([2, 3, 5])
def test_the_same_with_networks(path):
    _grade(path)


@needs_box
@pytest.mark.parametrize("texts", [DATA, pytest.param(DRAWN, marks=pytest.mark.slow)])
def test_data_sets_of_the_course(texts):
    """All are there, small, in every profile, and also by the names of the last release."""
    made = [f"is_there_{number} = bool({text})" for number, text in enumerate(texts)]
    one = "ONE = " + " * ".join(text.split()[0] for text in made)
    answer = "def sgd_step(w, grad, eta):\n    return w - ONE * eta * grad"
    found = room(1).grade(IMPORTS_OF_OLD, "from utils import datasets", *made, one, answer)
    assert is_full(found["sgd_step"]), found["sgd_step"]
