"""Which tests run in one process where several share the work."""

import re
from functools import cache

from xdist.scheduler import LoadScopeScheduling

from utils import config

DEFINITION = re.compile(r"^(?:def|class) ([A-Za-z]\w*)", re.MULTILINE)


@cache
def exercises():
    """Return the names of all weeks' exercises, read without importing anything of a week."""
    texts = (config.solutions_path(week).read_text("utf-8") for week in config.available_weeks())
    return {name for text in texts for name in DEFINITION.findall(text)}


def exercise_of(nodeid, names):
    """Return the exercise in the brackets of a test's id, or None. names: set of exercises.

    pytest counts those of the same name: train_epoch0, train_epoch1.
    """
    parameters = nodeid.partition("[")[2].rstrip("]").split("-")
    stems = (part if part in names else part.rstrip("0123456789") for part in parameters)
    return next((stem for stem in stems if stem in names), None)


def group_of(nodeid):
    """Return the name of the tests that a test shares work with: of its exercise, or its file."""
    return exercise_of(nodeid, exercises()) or nodeid.partition("::")[0]


class ByExerciseOrFile(LoadScopeScheduling):
    """Tests of one exercise share its evidence, those of a file its fixtures: each of these
    groups runs in one process.

    xdist has groups of its own, but writes them where pytest no longer looks (since 9.2).
    """

    def _split_scope(self, nodeid):
        return group_of(nodeid)
