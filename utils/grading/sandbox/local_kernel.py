"""A kernel without a box, for notebooks that are one's own: `--trusted` and `--self`."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager
from jupyter_client.session import Session

from ... import config
from ...checks.probes import course_stand_ins, kernel_side
from .channels import Channels
from .forkserver import PROBES
from .listener import connect
from .trials import LocalTrial

START_SECONDS = 60


class LocalKernel(Channels):
    """A Jupyter kernel of this Python, in a new folder that holds the probes, not locked in."""

    def __init__(self):
        self._begin()
        self.folder = Path(tempfile.mkdtemp(prefix="trusted-"))
        shutil.copytree(PROBES, self.folder / "probes")
        course_stand_ins.lend(config.ROOT, self.folder)
        self.manager = KernelManager(kernel_name="python3")
        self.trial = LocalTrial()
        try:
            self.manager.start_kernel(
                cwd=str(self.folder),
                env={
                    **os.environ,
                    "PYTHONPATH": str(self.folder),
                    "MPLBACKEND": "agg",
                    kernel_side.STREAM: self.trial.where,
                },
                extra_arguments=["--log-level=ERROR", "--HistoryManager.enabled=False"],
            )
            about = self.manager.get_connection_info()
            self._session = Session(key=about["key"], signature_scheme=about["signature_scheme"])
            ports = {name: about[f"{name}_port"] for name in ("iopub", "shell")}
            self._attach(lambda name, kind: self._connect((about["ip"], ports[name]), kind))
        except BaseException:
            self.stop()
            raise

    def _connect(self, address, kind):
        """Connect as soon as the kernel listens."""
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return connect(address, kind)
            except ConnectionRefusedError:
                if self._is_gone() or time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def _is_gone(self):
        return not self.manager.is_alive()

    def stop(self):
        """End the kernel and remove its folder."""
        self._poller = None
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()
        self.trial.close()
        self._close_channels()
        shutil.rmtree(self.folder, ignore_errors=True)
