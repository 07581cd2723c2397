"""What code in a box can see and do: nothing of the course, of the host, or of its neighbours."""

import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.grading_room import needs_box, room, said
from utils import config
from utils.grading.sandbox.box import FIRST_UID, NUM_UIDS
from utils.grading.sandbox.listener import MIB, Stopped

pytestmark = needs_box


@pytest.fixture
def kernel():
    """A kernel in a box of its own."""
    made = room(1).kernel()
    yield made
    made.stop()


def test_nothing_of_the_course_is_visible(kernel):
    """No file of it but the probes, no module; a variable holds the number of a descriptor."""
    code = f"""
import os, sys
print(os.path.exists({str(config.ROOT / "README.md")!r}), sorted(os.listdir("/course/probes"))[:2])
print([m for m in sys.modules if m.split(".")[0] in ("utils", "solutions") or "solutions" in m])
print([k for k in os.environ if "COURSE" in k or "KEY" in k or "TOKEN" in k])
print([f for d, _, fs in os.walk("/course") for f in fs if "solution" in f or "check" in f])
print(open("/proc/self/environ").read().count("COURSE"))
"""
    lines = said(kernel, code).splitlines()
    assert lines[0].startswith("False ['__init__.py'")
    assert lines[1:] == ["[]", "['COURSE_STREAM']", "[]", "0"]


def test_no_descriptor_is_inherited(kernel):
    """All that is open was opened inside."""
    code = """
import os
for n in os.listdir("/proc/self/fd"):
    try: print(os.readlink(f"/proc/self/fd/{n}"))
    except OSError: pass
"""
    kinds = {line.split(":")[0] for line in said(kernel, code).splitlines()}
    allowed = {"/dev/null", "/dev/urandom", "socket", "pipe", "anon_inode", "/proc/3/fd"}
    assert {kind for kind in kinds if not kind.startswith("/proc/")} <= allowed


def test_the_process_has_no_rights(kernel):
    """No capability, no way back to one, an unprivileged user, the filter in place."""
    status = dict(
        line.split(":\t", 1)
        for line in said(kernel, "print(open('/proc/self/status').read())").splitlines()
        if ":\t" in line
    )
    assert {status[f"Cap{kind}"] for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {"0" * 16}
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert status["Uid"].split()[0] != "0"


CALLS = {
    "fork": "os.fork()",
    "subprocess": "__import__('subprocess').run(['true'])",
    "unshare": "call(272, 0x10000000)",
    "setns": "call(308, 0, 0)",
    "mount": "call(165, b'a', b'/tmp', b'tmpfs', 0, 0)",
    "ptrace": "call(101, 16, 1, 0, 0)",
    "memfd_create": "os.memfd_create('x')",
    "vmsplice": "call(278, 1, 0, 0, 0)",
    "io_uring": "call(425, 8, 0)",
    "TCP": "socket.socket(socket.AF_INET)",
    "UDP": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "vsock": "socket.socket(40, socket.SOCK_STREAM)",
    "packet socket": "socket.socket(17, socket.SOCK_RAW)",
    "a new keyring": "call(250, 0, 0)",
    "chroot": "os.chroot('/tmp')",
    "setuid": "os.setuid(0)",
}


@pytest.mark.parametrize("name", CALLS)
def test_forbidden_system_calls(kernel, name):
    """What could lead out, or start a second process, is refused."""
    code = f"""
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(*args):
    if libc.syscall(*args) < 0: raise OSError(ctypes.get_errno(), "refused")
try: {CALLS[name]}; print("done")
except (OSError, PermissionError) as error: print("refused", error.errno)
"""
    assert said(kernel, code).split()[0] == "refused"


def test_there_is_no_network(kernel):
    """Not even this machine's own."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"""
import socket
try: socket.create_connection(("127.0.0.1", {port}), 2); print("connected")
except OSError as error: print("refused")
try: socket.create_connection(("192.0.2.1", 80), 2); print("connected")
except OSError as error: print("refused")
"""
        assert said(kernel, code).split() == ["refused", "refused"]


def test_abstract_sockets_of_the_host_are_out_of_reach(kernel):
    """They belong to a namespace of the network, and the box has its own."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0course-test-socket")
        server.listen()
        code = """
import socket
s = socket.socket(socket.AF_UNIX)
try: s.connect("\\0course-test-socket"); print("connected")
except OSError: print("refused")
"""
        assert said(kernel, code).strip() == "refused"


def test_disk_is_small_and_the_rest_read_only(kernel):
    """64 MB in /tmp, 16 in /dev/shm, nothing elsewhere."""
    code = """
import os
def fill(folder):
    total = 0
    try:
        for n in range(100):
            with open(f"{folder}/f{n}", "wb") as file:
                for _ in range(8):
                    total += file.write(b"x" * 2**20)
    except OSError as error:
        return total, error.errno
    return total, 0
for folder in ("/tmp", "/dev/shm", "/dev", "/", "/course", "/usr", "/proc"):
    print(folder, *fill(folder))
try:
    with open("/tmp/one", "wb") as file: file.truncate(50 << 20)
except OSError as error: print("truncate", error.errno)
"""
    found = {line.split()[0]: line.split()[1:] for line in said(kernel, code).splitlines()}
    assert 0 < int(found["/tmp"][0]) <= 64 * MIB
    assert 0 < int(found["/dev/shm"][0]) <= 16 * MIB
    for folder in ("/dev", "/", "/course", "/usr", "/proc"):
        assert found[folder][0] == "0" and found[folder][1] != "0"
    assert "truncate" in found


def test_closing_a_box_twice_kills_nobody_else(kernel):
    """Its first process's number may belong to another one by then."""
    first = kernel.box.pid
    kernel.box.close()
    assert kernel.box.pid is None and not _is_running(first)
    kernel.box.close()


def test_neighbours_are_invisible():
    """Two boxes at once: no file, no process of the other."""
    first, second = room(1).kernel(), room(1).kernel()
    try:
        said(first, "open('/tmp/mine', 'w').write('1')")
        code = (
            "import os; print(os.listdir('/tmp'), [p for p in os.listdir('/proc') if p.isdigit()])"
        )
        seen = said(second, code)
        assert "mine" not in seen
        assert len(seen.split("] [")[1].split(",")) <= 3
    finally:
        first.stop()
        second.stop()


def _users():
    """Return the users of all processes."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found.add(entry.stat().st_uid)
            except FileNotFoundError:
                continue
    return found


def _is_running(pid):
    """Whether a process lives; one that ended and waits to be noticed doesn't."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return text.rpartition(")")[2].split()[0] not in "ZX"


def test_nothing_outlives_the_box():
    """Threads, and what they would do later, end when the box is closed."""
    kernel = room(1).kernel()
    code = """
import threading, time, os, signal
for number in range(1, 32):
    try: signal.signal(number, signal.SIG_IGN)
    except OSError: pass
threading.Thread(target=lambda: [time.sleep(0.1) for _ in range(10_000)]).start()
print(os.getpid())
"""
    assert said(kernel, code)
    first = kernel.box.pid
    kernel.stop()
    assert not _is_running(first)
    if os.geteuid() == 0:
        assert kernel.box.uid not in _users()
        assert FIRST_UID <= kernel.box.uid < FIRST_UID + NUM_UIDS


def test_a_box_ends_with_the_grader():
    """SIGKILL of the grader takes its boxes and its forkserver along."""
    script = """
import sys, time
from utils.grading.batch import open_forkserver
from utils.grading.sandbox.boxed_kernel import BoxedKernel
forkserver = open_forkserver(1); forkserver.wait()
kernel = BoxedKernel(forkserver.address)
print(forkserver.process.pid, kernel.box.pid, forkserver.private, flush=True)
time.sleep(60)
"""
    import sys

    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        cwd=config.ROOT,
        env={**os.environ, "PYTHONPATH": str(config.ROOT)},
    )
    forkserver, box, folder = process.stdout.readline().split()
    process.kill()
    process.communicate()
    end = time.monotonic() + 10
    while time.monotonic() < end and (_is_running(forkserver) or _is_running(box)):
        time.sleep(0.05)
    assert not _is_running(forkserver) and not _is_running(box)
    assert not Path(folder).exists()


def test_the_grader_follows_no_link_in_the_box(tmp_path):
    """Code that puts a link where its sockets were can't make the grader connect elsewhere."""
    address = str(tmp_path / "host.sock")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        os.chmod(address, 0o777)
        server.listen()
        server.settimeout(1.0)
        kernel = room(1).kernel()
        code = f"""
import os
for n in range(1, 6):
    path = f"/tmp/.sockets/kernel-{{n}}"
    if os.path.lexists(path): os.unlink(path)
    os.symlink({address!r}, path)
os.closerange(3, 4096)
os._exit(0)
"""
        with pytest.raises(Stopped):
            said(kernel, code)
        kernel.stop()
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_forkserver_shares_no_memory_that_can_be_written(kernel):
    """A fork must not be able to change its parent or its neighbours."""
    maps = Path(f"/proc/{room(1).forkserver.process.pid}/maps").read_text(encoding="utf-8")
    assert not [
        line
        for line in maps.splitlines()
        if line.split()[1].startswith("rw") and "s" in line.split()[1]
    ]


def test_the_processes_that_hold_a_box_open_are_locked_in_too(kernel):
    """An ordinary user's code may write to their memory: they have the same filter, less room."""
    first = kernel.box.pid
    children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
    assert children
    for pid in (first, *children):
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        limits = Path(f"/proc/{pid}/limits").read_text(encoding="ascii")
        assert "Seccomp:\t2" in status
        assert "NoNewPrivs:\t1" in status
        assert str(64 * MIB) in limits
