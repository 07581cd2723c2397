"""How a fork of the forkserver moves into an empty box, and what it gives up on the way.

Standard library only; every step that fails raises, so that nothing runs half locked in.
"""

import ctypes
import fcntl
import itertools
import os
import resource
import sys
import tempfile

try:
    import seccomp  # beside it in the folder of the forkserver
except ImportError:
    from . import seccomp

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
SIGKILL = 9
NS_GET_NSTYPE, CLONE_NEWNS = 0xB703, 0x00020000  # ioctl of a namespace, and the kind of the mounts'
MS_NOSUID, MS_NODEV, MS_REMOUNT = 2, 4, 32
WRITABLE, MAX_FILES = (b"/tmp", b"/dev/shm"), b"nr_inodes=20000"


def call(function, *args):
    """Call a function of the C library; raise OSError where it says −1."""
    result = getattr(libc, function)(*args)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{function}: {os.strerror(number)}")
    return result


def prctl(option, *args):
    """prctl(2), with the missing arguments 0."""
    numbers = [*args, 0, 0, 0, 0][:4]
    return call("prctl", option, *(ctypes.c_ulong(number) for number in numbers))


def die_with_parent():
    """Have the kernel kill this process when the one that started it ends."""
    prctl(PR_SET_PDEATHSIG, SIGKILL)


def enter(descriptors):
    """Join namespaces, in the order given. descriptors: list of open /proc/PID/ns files.

    That of the pids holds only for processes that are forked from here on.
    """
    for descriptor in descriptors:
        call("setns", descriptor, 0)
        if fcntl.ioctl(descriptor, NS_GET_NSTYPE) == CLONE_NEWNS:
            _limit_files()


def _limit_files():
    """Limit the number of files: empty ones count for no size, and fill the host's memory.

    bubblewrap has no option for it, and it takes rights that the box's own user hasn't.
    """
    flags = ctypes.c_ulong(MS_REMOUNT | MS_NOSUID | MS_NODEV)
    for folder in WRITABLE:
        call("mount", b"tmpfs", folder, b"tmpfs", flags, MAX_FILES)


def _drop_capabilities():
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        prctl(PR_CAPBSET_DROP, capability)


def _forget_capabilities():
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this process
    call("capset", header, (ctypes.c_uint32 * 6)())


def drop_privileges(uid):
    """Become an ordinary user without any capability, for ever. uid: int, or None to stay one."""
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")  # when memory is short, this goes first
    _drop_capabilities()
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    _forget_capabilities()
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_DUMPABLE, 1)  # else its own /proc entry would be root's
    die_with_parent()  # a change of user forgets it


def _already_used():
    """Return (data, address space) in bytes that this fork has from the forkserver."""
    with open("/proc/self/status") as file:
        lines = dict(line.split(":", 1) for line in file)
    return int(lines["VmData"].split()[0]) * 1024, int(lines["VmSize"].split()[0]) * 1024


def set_limits(limits):
    """Set resource limits. limits: dict with memory, file_bytes, cpu_seconds, threads, files."""
    data, space = _already_used()
    for kind, value in (
        (resource.RLIMIT_DATA, data + limits["memory"]),
        (resource.RLIMIT_AS, space + limits["memory"]),  # shared memory isn't data
        (resource.RLIMIT_FSIZE, limits["file_bytes"]),
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_NPROC, limits["threads"]),
        (resource.RLIMIT_NOFILE, limits["files"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def close_all(keep):
    """Point standard input, output and error at nothing; close all other descriptors but these.

    keep: list of int.
    """
    nothing = os.open("/dev/null", os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    end = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    for before, number in itertools.pairwise([2, *sorted(keep), end]):
        os.closerange(before + 1, number)


def clean(environment):
    """Replace all environment variables and arguments."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[:] = ["kernel"]
    tempfile.tempdir = None  # it is asked for anew


def lock_in(request, keep):
    """Give up everything that the box doesn't need. keep: list of descriptors that stay open."""
    os.setsid()
    os.umask(0o077)
    close_all(keep)
    clean(request["environment"])
    set_limits(request["limits"])
    drop_privileges(request["uid"])
    os.chdir(request["folder"])
    seccomp.install()
