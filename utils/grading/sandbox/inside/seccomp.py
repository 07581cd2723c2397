"""A filter of system calls, as classic BPF: no new processes, no namespaces, no odd sockets.

One process a box means that its limits of memory bind all of it, and that nothing outlives it.
"""

import ctypes
import platform
import struct

ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS = 0x00050001, 0x00050000 | 38
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
CLONE_THREAD, CLONE_NAMESPACES = 0x00010000, 0x7E020000
X32 = 0x40000000  # the second set of numbers on x86-64

# System calls that nothing here needs, by machine: (AUDIT_ARCH, clone, clone3, socket, numbers).
# fork, vfork; ptrace, process_vm_*, kcmp, pidfd_*; mount & co, setns, unshare, chroot; keys, bpf,
# perf, userfaultfd, io_uring; modules, kexec, reboot, swap, quota, acct, clocks; memfd;
# open_by_handle_at, name_to_handle_at; System V shared memory and message queues; personality.
MACHINES = {
    "x86_64": (
        0xC000003E,
        56,
        435,
        41,
        [
            57,
            58,
            101,
            310,
            311,
            312,
            424,
            434,
            438,
            440,
            165,
            166,
            155,
            161,
            272,
            308,
            428,
            429,
            430,
        ]
        + [431, 432, 433, 442, 248, 249, 250, 321, 298, 323, 425, 426, 427, 175, 176, 313, 246, 320]
        + [
            169,
            167,
            168,
            179,
            163,
            164,
            227,
            305,
            319,
            447,
            304,
            303,
            29,
            30,
            31,
            67,
            68,
            69,
            70,
            71,
        ]
        + [135, 240, 64, 220, 65, 66, 103, 172, 173],
    ),
    "aarch64": (
        0xC00000B7,
        220,
        435,
        198,
        [117, 270, 271, 272, 424, 434, 438, 440, 40, 39, 41, 51, 97, 268, 428, 429, 430]
        + [431, 432, 433, 442, 217, 218, 219, 280, 241, 282, 425, 426, 427, 105, 106, 273, 104, 294]
        + [142, 224, 225, 60, 89, 170, 112, 266, 279, 447, 265, 264, 194, 195, 196, 197, 186, 187]
        + [188, 189, 92, 180, 190, 191, 192, 193, 116],
    ),
}
SOCKET_FAMILIES = (1, 16)  # unix, netlink. What waits in a TCP socket counts against the host


class Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    ]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.POINTER(Instruction))]


def supported():
    """Whether the filter knows this machine's system calls."""
    return platform.machine() in MACHINES


def instructions():
    """Return the filter as a list of (code, jump if yes, jump if no, value)."""
    architecture, clone, clone3, socket, forbidden = MACHINES[platform.machine()]
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, KILL),
        (EQUAL, 0, 1, clone3),
        (RETURN, 0, 0, ENOSYS),  # the C library then uses clone, whose flags can be read
        *(step for number in forbidden for step in ((EQUAL, 0, 1, number), (RETURN, 0, 0, EPERM))),
        (EQUAL, 0, 5, clone),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (ANY_BIT, 0, 2, CLONE_THREAD),
        (ANY_BIT, 1, 0, CLONE_NAMESPACES),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, EPERM),
        (EQUAL, 0, len(SOCKET_FAMILIES) + 2, socket),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        *(
            (EQUAL, len(SOCKET_FAMILIES) - place, 0, family)
            for place, family in enumerate(SOCKET_FAMILIES)
        ),
        (RETURN, 0, 0, EPERM),
        (RETURN, 0, 0, ALLOW),
    ]


def program():
    """Return the filter as bytes, as bubblewrap takes it."""
    return b"".join(struct.pack("HBBI", *step) for step in instructions())


def install():
    """Put the filter on this thread and all that it starts, for ever."""
    steps = instructions()
    program = Program(len(steps), (Instruction * len(steps))(*(Instruction(*s) for s in steps)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(22, 2, ctypes.byref(program), 0, 0):  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), "the filter of system calls was refused")
