"""Small encoders that the course trained itself, each with the script that made it."""

from ..lazy import face

__getattr__, __dir__, __all__ = face(
    __name__,
    {
        "flower_network": "flower_encoder",
        "scene_network": "scene_encoder",
        "stored": "load_weights save_weights",
    },
)
