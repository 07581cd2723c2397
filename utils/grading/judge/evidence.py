"""Keeps the evidence of references and mistakes: once computed, all workers and resumes read it."""

import hashlib
import json
from functools import cache, partial
from pathlib import Path

from ... import config
from ...checks.consequence import replays
from ...checks.kept import Compared
from ...checks.probes import serialize
from ...checks.share import counting
from ...files import write_whole


class Store:
    """Evidence of the course's own functions, in memory and in a folder that workers share.

    folder: pathlib.Path, or None for memory alone.
    """

    def __init__(self, folder=None):
        self.folder = Path(folder) if folder else None
        self.kept = {}

    def known(self, check, function, seed):
        """Return the evidence that one of a check's own functions gives on a seed.

        check: Check; function: its reference, a witness, or that of a mistake: as each wrong answer
        is compared with each mistake, that evidence is Compared already; seed: int.
        """
        role = check.role_of(function)
        key = check.week, check.name, role, seed
        if not role.startswith("mistake"):
            return self._get(key, partial(check.known, function, seed), serialize)

        def make():
            whole = check.tried.get(function, seed, lambda evidence: False)
            return Compared(check.compared(whole))

        return self._get(key, make, _AsCompared)

    def replays(self, check, names, seed):
        """Return what is right where a check's exercise calls others, see `consequence.replays`:
        dict, name → text. names: of the others."""

        def make():
            return {name: each.to_text() for name, each in replays(check, names, seed).items()}

        return self._get((check.week, check.name, f"calling {sorted(names)}", seed), make, _AsJson)

    def counting(self, check, seed):
        """Return which of a check's cases count for partial credit on a seed, a list of bool."""
        make = partial(counting, check, seed)
        return self._get((check.week, check.name, "which cases count", seed), make, _AsJson)

    def _get(self, key, make, form):
        if key not in self.kept:
            self.kept[key] = make() if self.folder is None else self._load(key, make, form)
        return self.kept[key]

    def _load(self, key, make, form):
        self.folder.mkdir(parents=True, exist_ok=True)
        label = hashlib.sha256(repr((key, _version(key[0]))).encode()).hexdigest()
        path = self.folder / f"{label[:32]}.json"
        if path.exists():
            try:
                return form.decode(path.read_text(encoding="utf-8"))
            except ValueError:
                path.unlink(missing_ok=True)  # cut off by the end of a machine
        found = make()
        write_whole(path, form.encode(found))
        return found


class _AsCompared:
    """The form in which evidence is kept whose properties have been looked at."""

    encode = serialize.encode

    @staticmethod
    def decode(text):
        return Compared(serialize.decode(text))


class _AsJson:
    """The form in which plain lists and dicts are kept."""

    encode, decode = staticmethod(json.dumps), staticmethod(json.loads)


@cache
def _version(week):
    """Return what stands for all code that a week's evidence comes from."""
    digest = hashlib.sha256(config.solutions_path(week).read_bytes())
    for path in sorted((config.ROOT / "utils" / "checks").rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
