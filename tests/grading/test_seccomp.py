"""The filter's table of system calls, beside libseccomp's own."""

import json
import subprocess

import pytest

from utils.grading.sandbox.inside import seccomp

SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's, for which `python3-seccomp` is made
ASK = """
import json, seccomp, sys
arch = getattr(seccomp.Arch, sys.argv[1].upper())
print(json.dumps({name: seccomp.resolve_syscall(arch, name) for name in sys.argv[2:]}))
"""


@pytest.mark.slow
@pytest.mark.parametrize("machine", seccomp.ARCHITECTURES)
def test_numbers_are_those_of_libseccomp(machine):
    ours = seccomp.numbers(machine)
    names = [line.split()[0] for line in seccomp.NUMBERS.strip().splitlines() if line[0] != "#"]
    try:
        done = subprocess.run(
            [SYSTEM_PYTHON, "-c", ASK, machine, *names], capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip(f"there is no {SYSTEM_PYTHON}")
    if "No module named 'seccomp'" in done.stderr:
        pytest.skip("python3-seccomp is not installed")
    theirs = json.loads(done.stdout)
    assert {name: number for name, number in theirs.items() if number >= 0} == ours
