"""Keeps the evidence of references and mistakes: once computed, all workers and resumes read it."""

import hashlib
import inspect
from pathlib import Path

from ...checks.probes import serialize
from ...files import write_whole


class Store:
    """Evidence of the course's own functions, in memory and in a folder that workers share.

    folder: pathlib.Path or None for memory alone.
    """

    def __init__(self, folder=None):
        self.folder = Path(folder) if folder else None
        self.kept = {}

    def serve(self, check):
        """Have a check ask here for the evidence of its reference, mistakes and witnesses."""

        def known(function, seed):
            key = (check.name, function, seed)
            if key not in self.kept:
                self.kept[key] = self._load(check, function, seed)
            return self.kept[key]

        check.known = known

    def _load(self, check, function, seed):
        path = self._path(check, function, seed)
        if path is None:
            return check._known(function, seed)
        if path.exists():
            try:
                return serialize.decode(path.read_text(encoding="utf-8"))
            except serialize.BadEvidence:
                path.unlink(missing_ok=True)  # cut off by the end of a machine
        evidence = check._known(function, seed)
        write_whole(path, serialize.encode(evidence))
        return evidence

    def _path(self, check, function, seed):
        if self.folder is None:
            return None
        try:
            text = inspect.getsource(function) + inspect.getsource(check.probe)
        except (OSError, TypeError):
            return None
        label = hashlib.sha256(f"{check.week} {check.name} {seed} {text}".encode()).hexdigest()
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{label[:32]}.json"
