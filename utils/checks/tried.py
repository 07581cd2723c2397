"""Evidence of catalogued mistakes, tried no further than needed, and kept."""

from collections import OrderedDict

from .kept import Compared
from .probes.recorder import Enough, Known

MAX_KEPT = 512  # pieces: of all mistakes of one exercise, on a few seeds


class Tried:
    """What mistakes did on seeds so far.

    run: function (Known, seed) -> evidence; compared: function of evidence, see `Check.compared`.
    """

    def __init__(self, run, compared):
        self._run, self._compared = run, compared
        self._kept = OrderedDict()  # (function, seed) → (evidence, whether it is whole)

    def get(self, function, seed, is_enough):
        """Return the evidence of a function on a seed: all of it, Compared, or what there is when
        `is_enough(evidence)` holds."""
        key = function, seed
        evidence, is_whole = self._kept.pop(key, ([], False))
        if not is_whole and not (evidence and is_enough(evidence)):
            evidence, is_whole = self._try(function, seed, is_enough)
        self._kept[key] = evidence, is_whole
        if len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)
        return evidence

    def _try(self, function, seed, is_enough):
        seen = []

        def watch(evidence):
            seen[:] = evidence
            if is_enough(evidence):
                raise Enough

        try:
            whole = self._run(Known(function, watch=watch), seed)
            return Compared(self._compared(whole)), True
        except Enough:
            return seen, False
