"""Imitates the container in which Gradescope runs an autograder, on a machine without Docker.

python -m tests.support.gradescope_container ZIP SUBMISSION: prints the results.json.

/autograder is laid out as there, from the zip; all runs as root, with the rights that Docker
leaves, and with a filter of system calls as Docker's, which forbids namespaces and mounts:
bubblewrap fails in it as it does there. What setup.sh installs is this Python's own environment.
Needs root, and bubblewrap to build the imitation itself.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from utils.grading.sandbox import box, bubblewrap
from utils.grading.sandbox.inside import seccomp

DOCKERS = (  # what Docker leaves root without --privileged
    *("CAP_AUDIT_WRITE", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL"),
    *("CAP_MKNOD", "CAP_NET_BIND_SERVICE", "CAP_NET_RAW", "CAP_SETFCAP", "CAP_SETGID"),
    *("CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_CHROOT"),
)
FORBIDDEN = ("unshare", "setns", "mount", "umount2", "pivot_root", "bpf", "add_key", "keyctl")
FORBIDDEN += ("open_tree", "move_mount", "fsopen", "fsmount", "perf_event_open", "userfaultfd")
METADATA = {"users": [{"name": "Ann Lee", "email": "ann@example.edu"}], "id": 123456}
SECONDS = 300

needs_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or box.why_not() is not None,
    reason=f"the imitated container needs root, and bubblewrap: {box.why_not() or 'no root'}",
)


def filter_as_dockers():
    """Return a filter of system calls as bytes: no namespaces, no mounts."""
    known = seccomp.numbers(seccomp.platform.machine())
    steps = [
        (seccomp.LOAD, 0, 0, seccomp.NUMBER),
        (seccomp.EQUAL, 0, 1, known["clone3"]),
        (seccomp.RETURN, 0, 0, seccomp.ENOSYS),
    ]
    for name in FORBIDDEN:
        steps += [(seccomp.EQUAL, 0, 1, known[name]), (seccomp.RETURN, 0, 0, seccomp.EPERM)]
    steps += [
        (seccomp.EQUAL, 0, 3, known["clone"]),
        (seccomp.LOAD, 0, 0, seccomp.FIRST_ARGUMENT),
        (seccomp.ANY_BIT, 0, 1, seccomp.CLONE_NAMESPACES),
        (seccomp.RETURN, 0, 0, seccomp.EPERM),
        (seccomp.RETURN, 0, 0, seccomp.ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


class Container:
    """A container of its own for each submission, as Gradescope starts one.

    zip_path: pathlib.Path; folder: pathlib.Path, an empty one, where /autograder lies; seconds:
    int, how long a run may take; forbids: whether namespaces are forbidden, as there. said: str,
    what the last run printed, which only instructors see.
    """

    said = ""

    def __init__(self, zip_path, folder, seconds=SECONDS, forbids=True):
        self.place, self.seconds, self.forbids = Path(folder), seconds, forbids
        for name in ("source", "submission", "results"):
            (self.place / name).mkdir()
        with zipfile.ZipFile(zip_path) as archive:
            archive.extractall(self.place / "source")
        (self.place / "submission_metadata.json").write_text(json.dumps(METADATA))
        shutil.copy(self.place / "source" / "run_autograder", self.place / "run_autograder")
        (self.place / "run_autograder").chmod(0o755)

    def grade(self, files):
        """Return what results.json says of a submission. files: dict, name → bytes."""
        shutil.rmtree(self.place / "submission")
        (self.place / "submission").mkdir()
        for name, data in files.items():
            (self.place / "submission" / name).write_bytes(data)
        return self.run()

    def run(self):
        """Run the autograder on what lies there; return what results.json says then."""
        read, write = os.pipe()
        os.write(write, filter_as_dockers())
        os.close(write)
        rights = ["--cap-drop", "ALL", *(part for name in DOCKERS for part in ("--cap-add", name))]
        docker = [*rights, "--seccomp", str(read)] if self.forbids else []
        done = subprocess.run(
            [*self._begin(), *docker, "--", "/autograder/run_autograder"],
            capture_output=True,
            text=True,
            pass_fds=[read],
            timeout=self.seconds,
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        )
        os.close(read)
        self.said = done.stdout + done.stderr
        return json.loads((self.place / "results" / "results.json").read_text(encoding="utf-8"))

    def _begin(self):
        shared = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock")
        disks = [f"--perms 1777 --tmpfs {path}".split() for path in shared]
        return [
            *("bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--die-with-parent"),
            *("--proc", "/proc", "--dev", "/dev", *(part for disk in disks for part in disk)),
            *(*bubblewrap.see_system(), "--ro-bind", "/etc", "/etc"),
            *("--perms", "0755", "--dir", "/opt", "--symlink", sys.prefix, "/opt/course"),
            *("--bind", str(self.place), "/autograder", "--chdir", "/autograder"),
        ]


def main(zip_path, submission):
    """Grade a notebook, or a folder of files, in the imitated container."""
    submission = Path(submission)
    files = sorted(submission.iterdir()) if submission.is_dir() else [submission]
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        container = Container(zip_path, folder)
        results = container.grade({path.name: path.read_bytes() for path in files})
    print(container.said, file=sys.stderr)
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
