"""The forkserver: imports what a week needs, then forks itself into empty boxes on request.

Run alone (`python -I forkserver_main.py`), with one line of JSON on standard input:
{"socket": path, "modules": [...], "folders": [...]}; the folders are removed at the end. It never
sees a reference, a seed or a submission: a request holds the descriptors of a box's namespaces,
its limits, and what the fork's role needs: a learner's kernel, or the clean side that runs probes.
"""

import array
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import ipython_kernel  # noqa: E402
import join  # noqa: E402

OF_THE_KERNEL = (  # which it would import after the fork, each anew
    *("ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.debugger", "faulthandler", "pdb"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "pydoc"),
    *("IPython.core.oinspect", "IPython.extensions.storemagic", "tornado.platform.asyncio"),
    *("tornado.queues", "IPython.utils.wildcard", "xmlrpc.server", "encodings.idna"),
)
# It ends when the grader does, and only then removes its folders, whatever its group is sent.
LEFT_TO_THE_GRADER = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STREAM = "COURSE_STREAM"  # as in probes.kernel_side
MAX_REQUEST, MAX_DESCRIPTORS = 65_536, 16


def _load(modules):
    """Import each module; one that is missing here is missing for the learner too."""
    sys.modules["debugpy"] = None  # each kernel would import a whole debugger
    for name in (*OF_THE_KERNEL, *modules):
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"{name}: {error}", file=sys.stderr)


def _receive(connection):
    """Return a request and its descriptors: of the namespaces, of the report, of the streams."""
    text, ancillary, _, _ = connection.recvmsg(
        MAX_REQUEST, socket.CMSG_LEN(4 * MAX_DESCRIPTORS), socket.MSG_CMSG_CLOEXEC
    )
    descriptors = array.array("i")
    for _, _, data in ancillary:
        descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    return json.loads(text), list(descriptors)


def _report(descriptor, **words):
    os.write(descriptor, json.dumps(words).encode() + b"\n")


def _wait_for(pid, report):
    """Stay outside, wait for the kernel in the box, and say how it ended."""
    os.closerange(0, report)
    os.closerange(report + 1, 65_536)
    _, status = os.waitpid(pid, 0)
    _report(report, ended=os.waitstatus_to_exitcode(status))


def _start(request, descriptors):
    """In a fork: join the box, fork into its pid namespace, take up the role. Never return."""
    count = len(descriptors) - request["streams"]
    (*namespaces, report), streams = descriptors[:count], descriptors[count:]
    try:
        join.die_with_parent()
        join.enter(namespaces)
        pid = os.fork()
        if pid:
            _wait_for(pid, report)
            os._exit(0)
        join.lock_in(request, [report, *streams])
        ROLES[request["role"]](request, report, streams)
    except BaseException as error:
        try:
            _report(report, failed=f"{type(error).__name__}: {error}")
        finally:
            os._exit(1)
    os._exit(0)


def _be_kernel(request, report, streams):
    os.environ[STREAM] = str(streams[0])
    ipython_kernel.run(request["connection"], request["key"], report)


def _be_trial(request, report, streams):
    """Run probes; it was imported among the modules."""
    os.close(report)
    trial = sys.modules["probes.trial"]
    trial.warm_up()
    trial.serve(*map(trial.connect, streams))


ROLES = {"kernel": _be_kernel, "trial": _be_trial}


def serve(path):
    """Answer requests, one a connection, until standard input closes: then the grader has ended."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(path)
    listener.listen(64)
    print("ready", flush=True)
    gc.freeze()  # forks then share more of the memory
    sources = select.poll()
    sources.register(listener, select.POLLIN)
    sources.register(sys.stdin, select.POLLIN)
    while True:
        ready = [descriptor for descriptor, _ in sources.poll()]
        if sys.stdin.fileno() in ready:
            return
        _answer(listener)


def _answer(listener):
    connection, _ = listener.accept()
    with connection:
        try:
            request, descriptors = _receive(connection)
        except (ValueError, OSError):
            return
        if os.fork() == 0:
            for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            _start(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def main():
    settings = json.loads(sys.stdin.readline())
    for number in LEFT_TO_THE_GRADER:
        signal.signal(number, signal.SIG_IGN)
    _load(settings["modules"])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # forks that end leave no zombies
    try:
        serve(settings["socket"])
    finally:
        for folder in settings["folders"]:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
