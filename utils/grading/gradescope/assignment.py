"""What the zip says of the assignment: a file in it, which the autograder reads on Gradescope."""

import json
from dataclasses import asdict, dataclass

from ...errors import CourseError


@dataclass(frozen=True)
class Assignment:
    """week: int; minutes: int, the time limit that the assignment has on Gradescope."""

    FILE, RULES = "gradescope.json", "grading.toml"  # in the zip

    week: int
    minutes: int = 10

    @property
    def total_seconds(self):
        """How long everything may take: behind Gradescope's limit, all would get a 0."""
        return 60 * self.minutes - 45

    @property
    def seconds(self):
        """How long the submission may take, without start and self-test."""
        return max(60, 60 * self.minutes - 240)

    def text(self):
        """Return the file's text."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def read(cls, folder):
        """Return what the file in a folder says. Raises CourseError."""
        try:
            return cls(**json.loads((folder / cls.FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise CourseError(
                f"{folder / cls.FILE} can't be read: make the zip anew. {error}"
            ) from None
