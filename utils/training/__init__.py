"""Training that can be interrupted, features of a frozen network, optimizers, initial weights."""

from ..lazy import face

__getattr__, __dir__, __all__ = face(
    __name__,
    {
        "features": "extract",
        "fitting": "Batches Seconds SeededBatches fit",
        "muon": "Muon MuonWithAdam",
        "whiten": "whiten_first_layer",
    },
)
