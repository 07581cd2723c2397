"""Where several processes share the tests, those of a file and of an exercise stay together."""

import re
import subprocess
import sys

import pytest

from tests.support.scheduling import exercise_of
from utils import config

RAN = re.compile(r"^\[(gw\d)\] .* PASSED (\S+)", re.MULTILINE)


@pytest.mark.slow
def test_a_file_and_an_exercise_run_in_one_process():
    tests = [
        "tests/test_config.py",
        "tests/checks/test_checks.py",
        "tests/grading/test_evidence.py",
    ]
    chosen = "test_config or ((expand or rnn_step) and (reference or right_answers))"
    command = [sys.executable, "-m", "pytest", "-v", "-n", "2", "-k", chosen, *tests]
    ended = subprocess.run(command, cwd=config.ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout
    processes = {}
    for process, test in RAN.findall(ended.stdout):
        group = exercise_of(test, {"expand", "rnn_step"}) or test.partition("::")[0]
        processes.setdefault(group, set()).add(process)
    assert set(processes) == {"tests/test_config.py", "expand", "rnn_step"}
    assert all(len(group) == 1 for group in processes.values()), processes


def test_an_exercise_is_found_in_an_id():
    names = {"expand", "train_epoch", "conv2d"}
    ids = ["a.py::test[expand]", "a.py::test[2-expand-wrong-a slip]", "a.py::test[train_epoch1]"]
    assert [exercise_of(test, names) for test in ids] == ["expand", "expand", "train_epoch"]
    assert exercise_of("a.py::test[conv2d-None]", names) == "conv2d"
    assert exercise_of("a.py::test_expand", names) is None
    assert exercise_of("a.py::test[expanded]", names) is None
