"""What the notebooks call: everything they need that isn't part of the lesson."""

from . import moved

moved.install()
