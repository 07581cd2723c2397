"""What a learner sees: pictures (`plot`), live learning curves, boxes, and a quiet start."""

from ..lazy import face

__getattr__, __dir__, __all__ = face(
    __name__,
    {
        "curves": "LiveCurves LiveLoop",
    },
)
