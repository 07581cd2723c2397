"""What the notebooks call: everything that is needed and isn't the lesson."""

from . import moved

moved.install()
