"""What learners hand in, made up: notebooks' bytes, and archives of them."""

import io
import zipfile

from utils.grading.canaries import notebook
from utils.grading.sample_cohort import solution_source

IMPORT = "import numpy as np"
TWO = notebook(IMPORT, solution_source(1, "expand"), solution_source(1, "sgd_step"))
ONE = notebook(IMPORT, solution_source(1, "expand"))


def zipped(entries, **options):
    """Return an archive's bytes. entries: dict, name → bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()
