"""A filter of system calls, as classic BPF: no new processes, no namespaces, no odd sockets.

One process per box means that its limits of memory bind all of it, and that nothing outlives it.
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

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH of each machine
LOOKED_AT = ("clone", "clone3", "socket")
# Numbers of system calls on these machines, in their order; all but the first three are refused.
NUMBERS = """
# looked at more closely below
clone                 56  220
clone3               435  435
socket                41  198
# new processes
fork                  57    -
vfork                 58    -
# other processes
ptrace               101  117
process_vm_readv     310  270
process_vm_writev    311  271
kcmp                 312  272
pidfd_send_signal    424  424
pidfd_open           434  434
pidfd_getfd          438  438
process_madvise      440  440
# mounts and namespaces
mount                165   40
umount2              166   39
pivot_root           155   41
chroot               161   51
unshare              272   97
setns                308  268
open_tree            428  428
move_mount           429  429
fsopen               430  430
fsconfig             431  431
fsmount              432  432
fspick               433  433
mount_setattr        442  442
# the kernel's own stores and machines
add_key              248  217
request_key          249  218
keyctl               250  219
bpf                  321  280
perf_event_open      298  241
userfaultfd          323  282
io_uring_setup       425  425
io_uring_enter       426  426
io_uring_register    427  427
# the whole system
init_module          175  105
delete_module        176  106
finit_module         313  273
kexec_load           246  104
kexec_file_load      320  294
reboot               169  142
swapon               167  224
swapoff              168  225
quotactl             179   60
acct                 163   89
settimeofday         164  170
clock_settime        227  112
clock_adjtime        305  266
syslog               103  116
iopl                 172    -
ioperm               173    -
personality          135   92
# memory and files that no limit counts
vmsplice             278   75
memfd_create         319  279
memfd_secret         447  447
open_by_handle_at    304  265
name_to_handle_at    303  264
shmget                29  194
shmat                 30  196
shmctl                31  195
shmdt                 67  197
msgget                68  186
msgsnd                69  189
msgrcv                70  188
msgctl                71  187
mq_open              240  180
semget                64  190
semop                 65  193
semtimedop           220  192
semctl                66  191
"""
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
    return platform.machine() in ARCHITECTURES


def numbers(machine):
    """Return {name: number} of the system calls in the table. machine: str, as "x86_64"."""
    column = 1 + list(ARCHITECTURES).index(machine)
    rows = [line.split() for line in NUMBERS.strip().splitlines() if not line.startswith("#")]
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


def instructions():
    """Return the filter as a list of (code, jump if yes, jump if no, value)."""
    known = numbers(platform.machine())
    clone, clone3, socket = (known.pop(name) for name in LOOKED_AT)
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, ARCHITECTURES[platform.machine()]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, KILL),
        (EQUAL, 0, 1, clone3),
        (RETURN, 0, 0, ENOSYS),  # the C library then uses clone, whose flags can be read
        *(
            step
            for number in known.values()
            for step in ((EQUAL, 0, 1, number), (RETURN, 0, 0, EPERM))
        ),
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
