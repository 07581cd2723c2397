"""Attacks on the grader, each in real sandboxed kernels: no point forged, no neighbour lost."""

import pytest

from tests.support.grading_room import GOOD, SHORT, needs_box, room
from utils import config

pytestmark = needs_box
ROOT = str(config.ROOT)
WRONG = "def sgd_step(w, grad, eta):\n    return w + eta * grad"

ATTACKS = {  # what a wrong answer does where it is defined, and where it is called
    "patched NumPy": "np.allclose = np.array_equal = np.isclose = lambda *a, **k: True",
    "patched builtins": "import builtins\nbuiltins.abs = builtins.all = lambda *a: 0\n"
    "builtins.isinstance = lambda *a: True",
    "silenced tracebacks": "get_ipython().showtraceback = lambda *a, **k: None",
    "an input transformer": "get_ipython().input_transformers_cleanup.append(lambda lines: [])",
    "a new run_cell": "get_ipython().run_cell = lambda *a, **k: None",
    "markers of nbval": "# NBVAL_SKIP\n# NBVAL_IGNORE_OUTPUT\n# NBVAL_RAISES_EXCEPTION",
    "imports solutions": f"import sys\nsys.path[:0] = ['{ROOT}', '{ROOT}/week1_linear_models']\n"
    "import solutions",
    "reads solutions": f"open('{ROOT}/week1_linear_models/solutions.py').read()",
    "sets COURSE_SOLUTIONS": "import os\nos.environ['COURSE_SOLUTIONS'] = '1'",
    "imports the checks": f"import sys\nsys.path.insert(0, '{ROOT}')\nimport utils.checks.week1",
    "imports the grader": "import utils.grading.judge.verdicts as j\nj.Judge.verdict = None",
    "looks for references": "import gc, sys\nfound = [o for o in gc.get_objects() if getattr(o, "
    "'__module__', '') and 'solutions' in str(getattr(o, '__module__', ''))]\n"
    "frame = sys._getframe()\nwhile frame:\n    found += [v for k, v in frame.f_locals.items() if "
    "'reference' in k or 'expected' in k]\n    frame = frame.f_back\nassert found",
    "publishes words of its own": "from IPython.display import publish_display_data as p\n"
    "p({'text/plain': 'right'})",
    "replaces what calls it": "import probes.wire\nprobes.wire.attempt = lambda *a, **k: (1.0, "
    "{'error': None, 'changed': [], 'warnings': []})",
    "stops serving": "import probes.wire\nprobes.wire.Inside.serve = lambda self, name: None",
    "answers before it is asked": "import json, os, struct\n"
    "words = json.dumps({'value': 0.0, 'error': None, 'changed': [], 'warnings': []}).encode()\n"
    "for number in range(3, 64):\n    try:\n"
    "        os.write(number, struct.pack('>I', len(words)) + words)\n    except OSError: pass",
    "shadows what serves": "global probes, serve\nclass probes:\n    kernel_side = None\n"
    "serve = print",
    "publishes later": "import threading, time\n"
    "from IPython.display import publish_display_data as p\n"
    "def later():\n    while True:\n        time.sleep(0.01)\n"
    "        p({'text/plain': 'right'})\n"
    "threading.Thread(target=later, daemon=True).start()",
    "a message too deep": "k = get_ipython().kernel\n"
    "k.session.pack = lambda o: b'{\"a\":' * 3000 + b'1' + b'}' * 3000\n"
    "k.session.send(k.iopub_socket, 'stream', {})",
    "messages without end": "import threading\nk = get_ipython().kernel\n"
    "def flood():\n    while True:\n        k.session.send(k.iopub_socket, 'stream', "
    "{'name': 'stdout', 'text': 'x' * 100})\n"
    "threading.Thread(target=flood, daemon=True).start()",
    "ends the kernel": "import os\nos._exit(0)",
    "ends the kernel later": "import threading, os\nthreading.Timer(0.05, os._exit, [0]).start()",
    "stops itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",
    "kills all others": "import os\nos.kill(-1, 9)\nos.kill(1, 9)",
    "kills its parent": "import os\nos.kill(os.getppid() or 1, 9)",
    "a segmentation fault": "import ctypes\nctypes.string_at(0)",
    "prints 100 MB": "print('x' * 100_000_000)",
    "prints without end": "while True:\n    print('x' * 10_000)",
    "loops without end": "while True:\n    try:\n        while True: pass\n"
    "    except BaseException: pass",
    "takes all memory": "a = [np.ones(2**27) for _ in range(64)]",
    "closes all descriptors": "import os\nos.closerange(0, 4096)",
    "writes to all descriptors": "import os\nfor fd in range(3, 200):\n    try:\n"
    "        os.write(fd, b'{\"ended\": 0}\\n' * 50)\n    except OSError: pass",
}
STOPS = {
    "ends the kernel": "kernel died",
    "a segmentation fault": "kernel died",
    "loops without end": "timed out",
    "stops itself": "timed out",
}


def _when_called(code):
    lines = "\n".join(f"    {line}" for line in code.splitlines())
    return f"def sgd_step(w, grad, eta):\n{lines}\n    return w + eta * grad"


def _when_defined(code):
    lines = "\n".join(f"    {line}" for line in code.splitlines())
    return f"def hit(function):\n{lines}\n    return function\n\n\n@hit\n{WRONG}"


QUICK = (  # these also run in `make test`; all of them in `make test-slow`
    *("patched NumPy", "an input transformer", "imports solutions", "looks for references"),
    *("replaces what calls it", "answers before it is asked", "ends the kernel", "prints 100 MB"),
)
CASES = [
    pytest.param(
        place, attack, id=f"{attack} {place.__name__.strip('_').replace('_', ' ')}", marks=marks
    )
    for attack in ATTACKS
    for place in (_when_called, _when_defined)
    for marks in [() if attack in QUICK and place is _when_called else pytest.mark.slow]
]


@pytest.mark.parametrize(("place", "attack"), CASES)
def test_a_wrong_answer_gets_nothing_and_its_neighbour_all(place, attack):
    """Whatever a wrong answer does, it earns nothing, a reason is given, and others keep theirs."""
    found = room(1).grade(GOOD, place(ATTACKS[attack]), spare=SHORT)
    assert found["sgd_step"].score == 0
    assert found["sgd_step"].reason
    assert found["expand"].score == 1, found["expand"]
    assert found["sgd_step"].status == STOPS.get(attack, found["sgd_step"].status)
    if attack.startswith("prints"):  # whichever comes first on a busy machine
        assert found["sgd_step"].status in ("output limit", "timed out")


@pytest.mark.parametrize(
    "source",
    {
        "an equal to everything": "class Liar(float):\n    __eq__ = lambda s, o: True\n"
        "    __ne__ = lambda s, o: False\n    __hash__ = None",
        "a lying array": "class Liar(np.ndarray):\n    shape = (6,)\n"
        "    __eq__ = lambda s, o: True\n"
        "    def __array__(self, *a, **k): return np.zeros(6)\n"
        "    def __new__(cls, *a): return np.zeros(6).view(cls)",
        "a pickle that runs code": "class Liar:\n    def __init__(self, *a): pass\n"
        "    def __reduce__(self): return (__import__('os').system, ('touch /tmp/forged',))",
        "a class in disguise": "class Liar:\n    def __init__(self, *a): pass\n"
        "    __class__ = property(lambda self: np.ndarray)\n"
        "    def __array__(self, *a, **k): raise ValueError('no')",
        "a dict without end": "class Liar(dict):\n    def __init__(self, *a): pass\n"
        "    def __len__(self): return 1\n"
        "    def items(self):\n        while True: yield ('a', 1)",
    }.values(),
    ids=["eq", "array", "pickle", "disguise", "endless"],
)
@pytest.mark.slow
def test_objects_that_lie_earn_nothing(source):
    """What an object says of itself doesn't count; values do."""
    answer = f"{source}\n\n\ndef sgd_step(w, grad, eta):\n    return Liar(1.0)"
    found = room(1).grade(GOOD, source, answer, spare=SHORT)
    assert found["sgd_step"].score == 0
    assert found["expand"].score == 1


def test_a_learner_who_deletes_or_edits_the_checks_changes_nothing():
    """Check cells are never taken from a submission."""
    found = room(1).grade(GOOD, WRONG, "class check:\n    sgd_step = print", "pass")
    assert (found["expand"].score, found["sgd_step"].score) == (1, 0)


def test_what_a_learner_raises_is_shown_as_text():
    """An error's words reach the report, but no markup of theirs and no numbers of the inputs."""
    from utils.grading.intake.submissions import Submission
    from utils.grading.marks.final import Marker
    from utils.grading.marks.rules import Rules
    from utils.grading.reports.feedback import feedback_page

    answer = (
        "def sgd_step(w, grad, eta):\n    raise ValueError(f'<script>alert(1)</script> {w[0]!r}')"
    )
    found = room(1).grade(answer)
    html = feedback_page(Marker([], Rules(1)).mark(room(1).result, Submission("a", "a")))
    assert "ValueError" in found["sgd_step"].reason
    assert "<script>" not in html
    rng = room(1).judge
    import numpy as np

    w, grad = np.random.default_rng(rng.seed_of("sgd_step")).normal(size=(2, 6))
    assert repr(float(w[0]))[:6] not in html
