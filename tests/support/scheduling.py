"""Which tests run in one process where several share the work."""

import re

from xdist.scheduler import LoadScopeScheduling

from utils import config

DEFINITION = re.compile(r"^(?:def|class) ([A-Za-z]\w*)", re.MULTILINE)


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


class ByExerciseOrFile(LoadScopeScheduling):
    """Tests of one exercise share its evidence, those of a file its fixtures: each of these
    groups runs in one process.

    xdist has groups of its own, but writes them where pytest no longer looks (since 9.2).
    """

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.names = exercises()

    def _split_scope(self, nodeid):
        return exercise_of(nodeid, self.names) or nodeid.partition("::")[0]
