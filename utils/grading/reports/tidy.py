"""Makes a result fit to be kept and shown: short texts that any file can hold."""

import re

from ..intake.learner_names import clean, encodable
from ..results import SubmissionResult

LONGEST, LONGEST_CODE, MOST = 5_000, 50_000, 1_000  # characters of a text, of code; items of a list
# From such a line on, a reason quotes what the learner's code said, and that can be its inputs. The
# case that an exercise was tried on is the course's own.
QUOTES = re.compile(r"^(?!Tried on)(it raised |NumPy warned |[^`(:]{1,200}: )")
PLACE = re.compile(r"^in line \d{1,4} of your code")
DIGITS = re.compile(r"\d{3,}")


def without_numbers(text):
    """Return a reason without the long numbers that a learner's code put into a message."""
    lines, quotes = [], False
    for line in text.splitlines():
        quotes = quotes or bool(QUOTES.match(line))
        place = PLACE.match(line)
        kept = len(line) if not quotes else place.end() if place else 0
        lines.append(line[:kept] + DIGITS.sub("…", line[kept:]))
    return "\n".join(lines)


def tidy(result):
    """Return a SubmissionResult as it is kept and reported.

    Only `details`, which learners don't get, tell all that a message said.
    """
    plain = result.to_json()
    for exercise in plain["exercises"]:
        exercise["reason"] = without_numbers(exercise["reason"])
    return SubmissionResult.from_json(_short(plain))


def _short(value, longest=LONGEST, safe=clean):
    if isinstance(value, str):
        return safe(value[:longest])
    if isinstance(value, list):
        return [_short(item, longest, safe) for item in value[:MOST]]
    if isinstance(value, dict):
        code = (LONGEST_CODE, encodable)  # no report shows it, and it is compared as it is
        return {
            _short(key): _short(item, *(code if key == "sources" else (longest, safe)))
            for key, item in value.items()
        }
    return value
