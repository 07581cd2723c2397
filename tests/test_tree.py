"""The tree of `utils`: small files, a name for each, no circles, and what others rely on."""

import ast
import importlib
import pkgutil
import re
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.support.helpers import run_python
from utils import config, moved
from utils.checks.check import Check
from utils.checks.exercise import exercise_names

UTILS = config.ROOT / "utils"
MAX_LINES, MAX_CHECK = 300, 200
FILES = sorted(UTILS.rglob("*.py"))
OF_A_WEEK = re.compile(r"week\d")


def is_of_an_exercise(path):
    return bool(OF_A_WEEK.fullmatch(path.parent.name))


def module_name(path):
    parts = path.relative_to(config.ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_file_is_long():
    long = {}
    for path in FILES:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        is_check = is_of_an_exercise(path) and "probes" not in path.parts
        if lines > (MAX_CHECK if is_check else MAX_LINES):
            long[module_name(path)] = lines
    assert not long


def test_every_module_has_a_name_of_its_own():
    counted = [
        path.stem
        for path in FILES
        if not path.stem.startswith("__")
        and not (is_of_an_exercise(path) and ("probes" in path.parts or path.stem[0] != "_"))
    ]
    assert not {name for name in counted if counted.count(name) > 1}


def imported_at_once(path):
    """Yield the modules of the course that a file imports as it is loaded itself."""
    package = module_name(path)
    package = package if path.stem == "__init__" else package.rpartition(".")[0]
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        base = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*base, node.module] if node.module else base)
        for alias in node.names:
            inner = f"{base}.{alias.name}"
            yield inner if inner in MODULES else base


MODULES = {module_name(path) for path in FILES}


def test_no_import_goes_in_a_circle():
    graph = {module_name(path): set(imported_at_once(path)) for path in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


@pytest.mark.parametrize("week", config.available_weeks())
def test_a_weeks_module_gives_its_checks_also_after_their_files_were_imported(week):
    module = importlib.import_module(f"utils.checks.week{week}")
    for found in pkgutil.iter_modules(module.__path__):
        importlib.import_module(f"{module.__name__}.{found.name}")
    for name in exercise_names(week):
        assert isinstance(getattr(module, name), Check) and getattr(module, name).name == name


def test_contributing_names_every_place():
    text = (config.ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text[text.index("## Where things are") : text.index("## Add an exercise")]
    rows = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)[2:]
    named = re.findall(r"`([^`]+)`", " ".join(rows))
    for place in named:
        path = place.replace("weekN_…", config.WEEKS[1]).replace("weekN", "week1")
        path = path.replace("EXERCISE", "expand")
        assert (config.ROOT / path).exists(), place
    folders = {f"utils/{path.name}/" for path in UTILS.iterdir() if (path / "__init__.py").exists()}
    inner = {f"utils/grading/{path.name}/" for path in (UTILS / "grading").iterdir()
             if (path / "__init__.py").exists()}  # fmt: skip
    assert folders | inner <= set(named)


def test_what_has_moved_is_still_found_and_says_so():
    lines = ["import importlib, sys", "sys.stderr = sys.stdout"]
    for old, new in moved.MOVED.items():
        lines.append(f"old = importlib.import_module('utils.{old}')")
        lines.append(f"new = importlib.import_module('utils.{new}')")
        lines.append("assert old is new")
    said = run_python("\n".join(lines))
    for old, new in moved.MOVED.items():
        assert f"`utils.{old}` is `utils.{new}` now" in said


def test_a_notebook_of_the_last_release_still_imports():
    lines = """
from utils import config, course, plot
from utils.config import checkpoint_folder, pick, set_seed
from utils.datasets.captions import fetch_captioned_images
from utils.datasets.cifar10 import fetch_cifar10
from utils.datasets.corpus import fetch_corpus
from utils.datasets.drawn_faces import make_faces
from utils.datasets.encoders import pretrained_encoder
from utils.datasets.images import EditedImages, read_image
from utils.datasets.scenes import COLOUR_WORDS, SHAPE_WORDS
from utils.datasets.small_names import make_names
from utils.datasets.stream import ImageStream
from utils.datasets.tags import fetch_tagged_sentences
from utils.datasets.toy_corpus import make_corpus
from utils.download import cache_folder
from utils.features import extract
from utils.live import LiveCurves, LiveLoop
from utils.muon import Muon, MuonWithAdam
from utils.training import Batches, SeededBatches, fit
from utils.whiten import whiten_first_layer
plot.use_style()
assert make_names().embedded is True
"""
    said = run_python(f"import sys\nsys.stderr = sys.stdout\n{lines}")
    assert said.count("the old name works until the next release") == 9
