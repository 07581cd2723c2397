"""What each exercise is tried on stands in cases.txt, so that no case gets lost unseen.

    python -m tests.checks.test_cases    # writes it anew, after a change of a probe

Cases overlap on purpose, so where one is dropped, the catalogue's mistakes may still all be caught.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.checks.test_checks import ALL, name_of

FILE = Path(__file__).with_name("cases.txt")


def title_of(check):
    return f"week {check.week}, {check.name}:"


def cases_of(check):
    """Return the cases of a check in words, without their numbers, which are drawn."""
    tried = (seen["case"] for seen in check.known(check.reference, 0))
    return sorted(re.sub(r"\d+(\.\d+)?(e[+-]?\d+)?", "#", case) for case in tried)


@cache
def written():
    """Return {title: cases} as the file has them."""
    blocks = FILE.read_text(encoding="utf-8").strip().split("\n\n")
    return {title: cases for title, *cases in (block.split("\n  ") for block in blocks)}


@pytest.mark.parametrize("check", ALL, ids=name_of)
def test_an_exercise_is_tried_on_what_is_written(check):
    assert cases_of(check) == written().get(title_of(check)), (
        "after a change of a probe: python -m tests.checks.test_cases"
    )


def test_the_file_has_no_exercise_more():
    assert list(written()) == [title_of(check) for check in ALL]


if __name__ == "__main__":
    blocks = ("\n  ".join([title_of(check), *cases_of(check)]) for check in ALL)
    FILE.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
