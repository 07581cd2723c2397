"""Which changes of code make a training another one, and which don't."""

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.helpers import build_notebook, environment, run_cells
from utils import config

# Reads {name: [cells, …]} and prints {name: hash of all that `f` reaches}. It needs no package, so
# that it runs in whatever Python there is. The cells' sources are where notebooks have theirs.
LOOK = """
import json, linecache, sys
from utils.training.identity.reached import reach
found = {}
for name, cells in json.load(sys.stdin).items():
    space = {"__name__": "__main__"}
    for number, source in enumerate(cells):
        file = f"<{name} {number}>"
        linecache.cache[file] = (len(source), None, source.splitlines(True), file)
        exec(compile(source, file, "exec"), space)
    found[name] = reach([space["f"]])[0]
print(json.dumps(found))
"""
LOSS = "def f(y, z):\n    return (y - z) ** 2"
TWO = "def g(x):\n    return x + 1\ndef f(x):\n    return g(x) * 2"
SIGMA = "SIGMA = 0.1\ndef f(x):\n    return x * SIGMA"
ADD = "def add(x, amount=1, times=1):\n    return x + amount * times\n"
MAKE = "def make(s):\n    def inner(x):\n        return x * s\n    return inner\n"
CLASS = """class Base:
    def scale(self, x):
        return x * 2
class Own(Base):
    rate = 0.5
    def __init__(self, power):
        self.power, self.seen = power, 0
    def __call__(self, x):
        self.seen += 1
        return self.scale(x) ** self.power
f = Own(3)"""
LAMBDAS = "f, g = (lambda x: x + 1), (lambda x: x * 2)"
PARTIAL = "from functools import partial\n" + ADD + "f = partial(add, amount=2)"
DECORATED = """import functools
def twice(function):
    @functools.wraps(function)
    def wrapper(x):
        return function(function(x))
    return wrapper
@twice
def f(x):
    return x + 1"""
COUNTER = """def make():
    n = 0
    def f(x):
        nonlocal n
        n += 1
        return x
    return f
f = make()"""
RANDOM = "import random\nr = random.Random(1)\ndef f(x): return r.random()"
AB = "def g(x, a=1, b=1): return x * a + b\ndef f(x): return g(x, a=3)"
BA = "def g(x, b=1, a=1): return x * b + a\ndef f(x): return g(x, a=3)"
CACHED = "import functools\nclass f:\n    @functools.cached_property\n    def a(self): return 1"
DATA = "from dataclasses import dataclass\n@dataclass\nclass C:\n    a: int = 1\nf = C()"

SAME = {
    "comment": (LOSS, "# about\n\n\ndef f(y, z):\n\n    # squared\n    return (y - z)**2  # here"),
    "docstring": (LOSS, LOSS.replace(":\n", ':\n    """Return the error."""\n', 1)),
    "annotations": (LOSS, "def f(y: float, z: 'array') -> float:\n    return (y - z) ** 2"),
    "brackets": (LOSS, "def f(y, z):\n    return ((\n        (y) - z)\n        ** 2)"),
    "own name": (TWO, "def helper(x):\n    return x + 1\ndef f(x):\n    return helper(x) * 2"),
    "arguments": (LOSS, "def f(true, guess):\n    return (true - guess) ** 2"),
    "locals": ("def f(x):\n    a = x\n    return [i + a for i in a]",
               "def f(x):\n    b = x\n    return [k + b for k in b]"),
    "only a lambda's argument": ("def f(x):\n    return (lambda x: x + 1)(x)",
                                 "def f(x):\n    return (lambda q: q + 1)(x)"),
    "a local function": ("def f(x):\n    def g(y):\n        return y\n    return g(x)",
                         "def f(x):\n    def h(z):\n        return z\n    return h(x)"),
    "exception": ("def f(x):\n    try: x()\n    except OSError as e: print(e)",
                  "def f(x):\n    try: x()\n    except OSError as no: print(no)"),
    "quotes": ("def f(x):\n    return f\"{x['a']} and\" ' so'",
               "def f(x):\n    return f'{x[\"a\"]} and so'"),
    "name of a constant": (SIGMA, SIGMA.replace("SIGMA", "NOISE")),
    "import under another name": ("import math as m\ndef f(x):\n    return m.sin(x)",
                                  "import math\ndef f(x):\n    return math.sin(x)"),
    "order of cells": ([SIGMA], ["def f(x):\n    return x * SIGMA", "SIGMA = 0.1"]),
    "what isn't reached": (TWO, "def k():\n    return 7\n" + TWO),
    "redefined and put back": ([SIGMA], ["SIGMA = 0.1", SIGMA, "SIGMA = 3", "SIGMA = 0.1"]),
    "a lambda beside it": (LAMBDAS, LAMBDAS.replace("x * 2", "x * 3")),
    "place of a lambda": (LAMBDAS, "f = lambda q: q + 1"),
    "order of a dict": ("D = {'a': 1, 'b': 2}\ndef f(x):\n    return D[x]",
                        "D = {'b': 2, 'a': 1}\ndef f(x):\n    return D[x]"),
    "state of a list": ("L = []\ndef f(x):\n    L.append(x)\n    return x",
                        "L = [1, 2]\ndef f(x):\n    L.append(x)\n    return x"),
    "state of a global": ("N = 0\ndef f(x):\n    global N\n    N += 1\n    return x",
                          "N = 5\ndef f(x):\n    global N\n    N += 1\n    return x"),
    "state of an object": (CLASS, CLASS + "\nf(1); f(2)"),
    "state in a closure": (COUNTER, COUNTER.replace("n = 0", "n = 4")),
    "state of a generator": (RANDOM, RANDOM.replace("(1)", "(2)") + "\nf(1)"),
    "an object's address": ("o = object()\ndef f(x):\n    return o", "import math\no = object()\n"
                            "def f(x):\n    return o"),
    "name of a class": (CLASS, CLASS.replace("Base", "First").replace("Own", "Mine")),
    "order of methods": ("class f:\n    def a(self): return 1\n    def b(self): return 2",
                         "class f:\n    def b(self): return 2\n    def a(self): return 1"),
    "argument's name, and a keyword elsewhere": (
        "def g(x, axis): return x\ndef f(x): return sum(g(x, 1), start=2)",
        "def g(x, along): return x\ndef f(x): return sum(g(x, 1), start=2)"),
    "a cached function": ("import functools\n@functools.cache\ndef f(x):\n    return x",
                          "import functools\n\n@functools.cache\ndef f(y):\n    return y"),
    "a dataclass": ("from dataclasses import dataclass\n@dataclass\nclass f:\n    a: int = 1",
                    "from dataclasses import dataclass\n@dataclass\nclass g:\n    '''Text.'''\n"
                    "    a: float = 1\nf = g"),
    "recursion": ("def f(n): return n and f(n - 1)", "def h(n): return n and h(n - 1)\nf = h"),
}  # fmt: skip
OTHER = {
    "sign": (LOSS, LOSS.replace("-", "+")),
    "number": (LOSS, LOSS.replace("2", "3")),
    "kind of number": (SIGMA.replace("0.1", "1"), SIGMA.replace("0.1", "1.0")),
    "truth": (SIGMA.replace("0.1", "1"), SIGMA.replace("0.1", "True")),
    "global": (SIGMA, SIGMA.replace("0.1", "0.2")),
    "global in a tuple": (SIGMA.replace("0.1", "(1, 2)"), SIGMA.replace("0.1", "(2, 1)")),
    "global in a dict": (SIGMA.replace("0.1", "{'a': [1]}"), SIGMA.replace("0.1", "{'a': [2]}")),
    "global in a set": (SIGMA.replace("0.1", "{'a'}"), SIGMA.replace("0.1", "{'b'}")),
    "long global": (SIGMA.replace("0.1", "[0] * 5000"), SIGMA.replace("0.1", "[0] * 4999 + [1]")),
    "global set later": ([SIGMA], [SIGMA, "SIGMA = 7"]),
    "global by another name": (SIGMA, SIGMA.replace("x * SIGMA", "x * SIGMA * SIGMA")),
    "helper": (TWO, TWO.replace("+ 1", "- 1")),
    "helper two levels deep": ("def h(x): return x\n" + TWO.replace("x + 1", "h(x)"),
                               "def h(x): return -x\n" + TWO.replace("x + 1", "h(x)")),
    "helper defined anew": ([TWO], [TWO, "def g(x):\n    return x + 9"]),
    "another helper": ("def k(x):\n    return x + 2\n" + TWO,
                       "def k(x):\n    return x + 2\n" + TWO.replace("g(x) *", "k(x) *")),
    "helper in a table": ("T = {'a': lambda x: x}\ndef f(x): return T['a'](x)",
                          "T = {'a': lambda x: -x}\ndef f(x): return T['a'](x)"),
    "default": ("def f(x, k=1): return x * k", "def f(x, k=2): return x * k"),
    "default by keyword": ("def f(x, *, k=1): return x * k", "def f(x, *, k=2): return x * k"),
    "order of arguments": (LOSS, LOSS.replace("y, z", "z, y")),
    "closure": (MAKE + "f = make(2)", MAKE + "f = make(3)"),
    "function in a closure": (MAKE + "f = make(lambda x: x)", MAKE + "f = make(lambda x: -x)"),
    "list in a closure": (MAKE + "f = make([1, 2])", MAKE + "f = make([1, 3])"),
    "partial's argument": (PARTIAL, PARTIAL.replace("=2", "=3")),
    "partial's keyword": (PARTIAL, PARTIAL.replace("add, amount", "add, times")),
    "partial's function": (PARTIAL, PARTIAL.replace("x + amount", "x - amount")),
    "which argument a keyword is": (AB, BA),
    "an argument in a dict": (AB.replace("a=3", "**{'a': 3}"), BA.replace("a=3", "**{'a': 3}")),
    "the argument `training`": ("def f(x, training=False): return x if training else -x",
                                "def f(x, learning=False): return x if learning else -x"),
    "lambda among several": (LAMBDAS, LAMBDAS.replace("x + 1", "x + 2")),
    "one lambda for another": (LAMBDAS, LAMBDAS.replace("f, g", "g, f")),
    "comprehension": ("def f(x): return [i for i in x if i]", "def f(x): return [i for i in x]"),
    "f-string": ("def f(x): return f'{x:.2f}a'", "def f(x): return f'{x:.2f}b'"),
    "format": ("def f(x): return f'{x:.2f}'", "def f(x): return f'{x:.3f}'"),
    "method": (CLASS, CLASS.replace("** self.power", "* self.power")),
    "method of a base": (CLASS, CLASS.replace("x * 2", "x * 3")),
    "constant of a class": (CLASS, CLASS.replace("0.5", "0.6")),
    "attribute": (CLASS, CLASS.replace("Own(3)", "Own(4)")),
    "base": (CLASS, CLASS.replace("Own(Base)", "Own(dict, Base)")),
    "static method": ("class f:\n    @staticmethod\n    def a(): return 1",
                      "class f:\n    @staticmethod\n    def a(): return 2"),
    "class method or static method": ("class f:\n    @staticmethod\n    def a(*x): return 1",
                                      "class f:\n    @classmethod\n    def a(*x): return 1"),
    "property": ("class f:\n    @property\n    def a(self): return 1",
                 "class f:\n    @property\n    def a(self): return 2"),
    "cached property": (CACHED, CACHED.replace("return 1", "return 2")),
    "bound method": (CLASS + ".scale", CLASS.replace("x * 2", "x / 2") + ".scale"),
    "field of a dataclass": (DATA, DATA.replace("C()", "C(2)")),
    "default of a dataclass": (DATA, DATA.replace("= 1", "= 2")),
    "member of an enum": ("import enum\nclass f(enum.Enum):\n    A = 1",
                          "import enum\nclass f(enum.Enum):\n    A = 2"),
    "namespace": ("import types\nc = types.SimpleNamespace(a=1)\ndef f(x): return x * c.a",
                  "import types\nc = types.SimpleNamespace(a=2)\ndef f(x): return x * c.a"),
    "decorated function": (DECORATED, DECORATED.replace("x + 1", "x + 2")),
    "decorator": (DECORATED, DECORATED.replace("function(function(x))", "function(x)")),
    "cached function": ("import functools\n@functools.cache\ndef f(x):\n    return x",
                        "import functools\n@functools.cache\ndef f(x):\n    return -x"),
    "no source": ("f = eval('lambda x: x + 1')", "f = eval('lambda x: x + 2')"),
    "library's function": ("import math\ndef f(x): return math.sin(x)",
                           "import math\ndef f(x): return math.cos(x)"),
    "what an import gives": ("from math import sin as g\ndef f(x): return g(x)",
                             "from math import cos as g\ndef f(x): return g(x)"),
    "builtin overwritten": ("def f(x): return abs(x)",
                            "def abs(x): return x\ndef f(x): return abs(x)"),
    "match": ("def f(x):\n    match x:\n        case [a, *b]: return b",
              "def f(x):\n    match x:\n        case [a, *b]: return a"),
    "own kind of dict": ("class D(dict):\n    def __getitem__(self, k): return 1\nf = D(a=1)",
                         "class D(dict):\n    def __getitem__(self, k): return 2\nf = D(a=1)"),
    "local class": ("def f(x):\n    class A:\n        k = 1\n    return A.k",
                    "def f(x):\n    class A:\n        k = 2\n    return A.k"),
}  # fmt: skip
PAIRS = {**SAME, **OTHER}


def hashes(cells, python=sys.executable, seed="0"):
    done = subprocess.run(
        [python, "-c", LOOK], input=json.dumps(cells), capture_output=True, text=True,
        cwd=config.ROOT, env=environment(PYTHONHASHSEED=seed, PYTHONDONTWRITEBYTECODE="1"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@functools.cache
def of_all_pairs(python=sys.executable, seed="0"):
    sources = {}
    for name, pair in PAIRS.items():
        for number, cells in enumerate(pair):
            sources[f"{name} {number}"] = [cells] if isinstance(cells, str) else cells
    return hashes(sources, python, seed)


@pytest.mark.parametrize("name", SAME)
def test_it_is_the_same_code(name):
    assert of_all_pairs()[f"{name} 0"] == of_all_pairs()[f"{name} 1"]


@pytest.mark.parametrize("name", OTHER)
def test_it_is_other_code(name):
    assert of_all_pairs()[f"{name} 0"] != of_all_pairs()[f"{name} 1"]


def test_another_process_finds_the_same():
    assert of_all_pairs(seed="1") == of_all_pairs(seed="2") == of_all_pairs()


def other_pythons():
    found = {sys.version_info[:2]}
    for version in ("3.11", "3.12", "3.13", "3.14"):
        installed = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
        path = installed[-1] if installed else shutil.which(f"python{version}")
        if path and tuple(map(int, version.split("."))) not in found:
            yield str(path)


def test_other_versions_of_python_find_the_same():
    pythons = list(other_pythons())
    if not pythons:
        pytest.skip("there is no other version of Python here")
    for python in pythons:
        found = of_all_pairs(python)
        different = [name for name, text in of_all_pairs().items() if found[name] != text]
        assert [name for name in different if not name.startswith("no source")] == [], python


HELPERS = "import math\ndef g(x):\n    return h(x) + 1\ndef h(x):\n    return math.sin(x)\nK = 3\n"


@pytest.mark.parametrize(
    "old, new, same",
    [
        ("K = 3", "K = 4", True),  # f doesn't reach it
        ("def g", "\n# about it\ndef g", True),
        ("math.sin", "math.cos", False),
        ("+ 1", "+ 2", False),
    ],
)
def test_a_module_of_ones_own_counts_as_far_as_it_is_used(tmp_path, old, new, same):
    cell = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport helpers\n"
    cell += "def f(x):\n    return helpers.g(x)"
    (tmp_path / "helpers.py").write_text(HELPERS)
    before = hashes({"f": [cell]})
    (tmp_path / "helpers.py").write_text(HELPERS.replace(old, new))
    assert (hashes({"f": [cell]}) == before) is same


@pytest.mark.parametrize("line", ["from helpers import g", "import helpers"])
def test_a_module_that_a_function_imports_counts(tmp_path, line):
    cell = (
        f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\ndef f(x):\n    {line}\n    return g(x)"
    )
    (tmp_path / "helpers.py").write_text(HELPERS)
    before = hashes({"f": [cell]})
    (tmp_path / "helpers.py").write_text(HELPERS.replace("sin", "cos"))
    assert before != hashes({"f": [cell]})


def test_a_file_that_is_edited_and_imported_again_counts_as_it_is_now(tmp_path):
    file = tmp_path / "helpers.py"
    file.write_text(HELPERS)
    start = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nimport helpers\nf = helpers.g\n"
    edit = f"""import importlib, linecache
linecache.getlines(helpers.__file__)  # as an error's traceback does
open(helpers.__file__, "w").write({HELPERS.replace("+ 1", "+ 222")!r})
f = importlib.reload(helpers).g"""
    before = hashes({"f": [start]})
    edited = hashes({"f": [start, edit]})
    assert "222" in file.read_text() and before != edited == hashes({"f": [start]})


# --- what a training reaches, in a kernel whose cells are run again after a change

CELLS = {
    "imports": """import functools, json, keras, numpy as np
from keras import layers, ops
from utils.display.curves import LiveCurves
from utils.training import Batches
from utils.training.identity import parts_of, what_differs""",
    "layer": """def squash(x):
    return ops.tanh(x)
def start(shape, dtype=None):
    return ops.ones(shape, dtype)
class Scaled(layers.Layer):
    def __init__(self, factor):
        super().__init__()
        self.factor, self.inner = factor, layers.Dense(3, activation=squash)
    def build(self, shape):
        self.scale = self.add_weight(shape=(3,), initializer=start)
    def call(self, x, training=False):
        return self.inner(x) * self.factor * self.scale""",
    "penalty": """class Penalty(keras.regularizers.Regularizer):
    def __call__(self, weights):
        return 0.1 * ops.sum(ops.square(weights))
def clip(weights):
    return ops.clip(weights, -1, 1)""",
    "model": """class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.parts = [layers.Dense(3, kernel_regularizer=Penalty(), kernel_constraint=clip),
                      layers.Lambda(lambda x: x * 2), Scaled(3.0)]
    def call(self, x):
        for part in self.parts:
            x = part(x)
        return x""",
    "loss": """WEIGHT = 2.0
def error(y, z):
    return ops.mean((y - z) ** 2)
def own_loss(y, z, power=1):
    return WEIGHT * error(y, z) ** power""",
    "schedule": """class Falling(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return 0.1 / (1 + ops.cast(step, "float32"))""",
    "augment": """MEAN = np.arange(4.0)
def shift(x, rng):
    return x + rng.normal(size=x.shape)
def vary(x, rng):
    return shift(x, rng) - MEAN""",
    "batches": """class Doubles(Batches):
    def __getitem__(self, number):
        x, y = super().__getitem__(number)
        return x, y * 2""",
    "callback": """class Average(keras.callbacks.Callback):
    def __init__(self, decay):
        super().__init__()
        self.decay, self.seen = decay, []
    def on_epoch_end(self, epoch, logs=None):
        self.seen.append(epoch)""",
    "metric": """def share(y, z):
    return ops.mean(y == z)""",
    "train": """model = Net()
model(np.ones((2, 4), "float32"))
model.compile(keras.optimizers.Adam(Falling()), functools.partial(own_loss, power=1),
              metrics=[share])
batches = Doubles(np.ones((8, 4), "float32"), np.ones((8, 3)), 4, 1, augment=vary)
average = Average(0.9)
callbacks = [average, keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: None)]""",
}
CHANGES = {  # name: (cell, old, new, what differs)
    "nothing": ("train", "", "", []),
    "comments": ("layer", "(x):\n", '(x):\n\n    """Bend."""  # in a curve\n', []),
    "argument of call": ("layer", "x, training=False):\n        return self.inner(x)",
                         "grid, training=False):\n        return self.inner(grid)", []),
    "arguments of the loss": ("loss", "def error(y, z):\n    return ops.mean((y - z)",
                              "def error(a, b):\n    return ops.mean((a - b)", []),
    "moved to another cell": ("augment", "MEAN =", CELLS["loss"] + "\nMEAN =", []),
    "state of a callback": ("train", "average = Average(0.9)",
                            "average = Average(0.9); average.seen += [1, 2]", []),
    "curves": ("train", "[average,", "[LiveCurves(), keras.callbacks.TerminateOnNaN(), average,",
               []),
    "size of the data": ("train", "np.ones((8,", "np.ones((2000,", []),  # `fingerprint` sees it
    "weights": ("train", "average =", "model.set_weights([w * 3 for w in model.get_weights()])\n"
                "average =", []),
    "activation": ("layer", "ops.tanh(x)", "ops.sin(x)", ["network `squash`"]),
    "initializer": ("layer", "ops.ones(", "ops.zeros(", ["network `start`"]),
    "inner layer": ("layer", "Dense(3,", "Dense(3, use_bias=False,",
                    ["network `Dense`, `Scaled.__init__`"]),
    "call": ("layer", "self.factor *", "self.factor +", ["network `Scaled.call`"]),
    "name `training`": ("layer", "training", "learning", ["network `Scaled.call`"]),
    "number in a layer": ("model", "Scaled(3.0)", "Scaled(4.0)",
                          ["network `Scaled`, `Net.__init__`"]),
    "regularizer": ("penalty", "0.1", "0.2", ["network `Penalty.__call__`"]),
    "constraint": ("penalty", "-1, 1", "-2, 2", ["network `clip`"]),
    "Lambda layer": ("model", "x * 2", "x * 3", ["network `Net.__init__`"]),
    "model's call": ("model", "x = part(x)", "x = part(x) + 1", ["network `Net.call`"]),
    "loss": ("loss", "y - z", "y + z", ["loss `error`"]),
    "global of the loss": ("loss", "2.0", "3.0", ["loss `own_loss`"]),
    "partial": ("train", "power=1", "power=2", ["loss"]),
    "schedule": ("schedule", "0.1", "0.2", ["optimizer `Falling.__call__`"]),
    "augmentation": ("augment", "- MEAN", "+ MEAN", ["augmentation `vary`"]),
    "helper": ("augment", "x + rng", "x - rng", ["augmentation `shift`"]),
    "array": ("augment", "np.arange(4.0)", "np.arange(1, 5.0)", ["augmentation `vary`"]),
    "no augmentation": ("train", "augment=vary", "augment=None", ["augmentation"]),
    "batches": ("batches", "y * 2", "y * 3", ["batches `Doubles.__getitem__`"]),
    "callback": ("callback", "epoch)", "epoch + 1)", ["callback `Average.on_epoch_end`"]),
    "number of a callback": ("train", "0.9", "0.8", ["callback `Average`"]),
    "Keras's callback": ("train", "logs: None", "logs: 1", ["callback"]),
    "metric": ("metric", "==", "!=", ["metrics `share`"]),
}  # fmt: skip


def test_a_training_is_told_from_others_by_the_code_that_it_reaches():
    note = "before = json.loads(json.dumps(parts_of(model, batches, callbacks)))"
    compare = "print(json.dumps(what_differs(before, parts_of(model, batches, callbacks))))"
    sources, names = [*CELLS.values(), note], list(CELLS)
    for cell, old, new, _ in CHANGES.values():  # the cells below are run again, too
        assert old in CELLS[cell]
        changed = CELLS[cell].replace(old, new) if old else CELLS[cell]
        below = [CELLS[name] for name in names[names.index(cell) + 1 :]]
        sources += ["\n\n" + changed, *below, compare, CELLS[cell], *below]
    sources.insert(len(CELLS) + 1, "assert None not in [part['all'] for part in before.values()]")
    texts = [text for text in run_cells(build_notebook(*sources)) if text]
    found = dict(zip(CHANGES, texts, strict=True))
    assert found == {name: json.dumps(say) + "\n" for name, (*_, say) in CHANGES.items()}
