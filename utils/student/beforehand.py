"""Computes what a copy for learners keeps of the course's own functions: see `checks.kept`."""

import json
import secrets
import time
import zipfile

import numpy as np

from ..checks.exercise import exercise_names
from ..checks.kept import FILE, WEEK, draws
from ..checks.probes import serialize
from ..checks.share import counting
from ..display import quiet
from ..files import written_whole
from ..grading.judge.verdicts import checks_of

SEED_BITS = 48  # few enough for every reader of JSON
STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file knows: no copy differs by it
UNUSED = {"case": "", "warnings": [], "layers": None, "inputs": {}}  # of a mistake's evidence


def draw_seeds(count):
    """Return so many different seeds, list of int."""
    seeds = {}
    while len(seeds) < count:
        seeds[secrets.randbits(SEED_BITS)] = None
    return list(seeds)


def write_week(week, seeds, folder):
    """Write a week's evidence into a folder. Returns the file's size in bytes, and the seconds.

    week: int; seeds: list of int; folder: pathlib.Path, that of the week's checks.
    """
    quiet.hush()
    start, checks = time.monotonic(), checks_of(week)
    about = {"seeds": seeds, "numpy": np.__version__, "draws": draws(seeds[0]), "exercises": {}}
    with written_whole(folder / FILE) as file, zipfile.ZipFile(file, "w") as archive:
        for name in exercise_names(week):
            about["exercises"][name] = _about(checks[name])
            for seed in seeds:
                _add(archive, f"{name}/{seed}", _on_seed(checks[name], seed))
        _add(archive, WEEK, about)
    return (folder / FILE).stat().st_size, time.monotonic() - start


def _about(check):
    return {
        "interface": serialize.interface(check.reference),
        "witnesses": list(check.witnesses),
        "mistakes": [mistake.explanation for mistake in check.mistakes],
    }


def _on_seed(check, seed):
    """Return what is known of an exercise on a seed: each observation once, and for each role which
    of them it made."""
    seen, numbers = [], {}

    def number_of(observation):
        text = json.dumps(observation, sort_keys=True)
        if text not in numbers:
            numbers[text] = len(seen)
            seen.append(observation)
        return numbers[text]

    def made_by(function):
        return check.compared(check.known(function, seed))

    right = made_by(check.reference)
    roles = {"reference": [number_of(each) for each in _packed(right)]}
    for name, function in check.witnesses.items():
        roles[name] = [number_of(each) for each in _packed(made_by(function))]
    for place, mistake in enumerate(check.mistakes):
        made = made_by(mistake.function)
        rows = _packed([each | UNUSED for each in made])
        roles[f"mistake {place}"] = [
            roles["reference"][case] if _is_right(check, made, right, case) else number_of(row)
            for case, row in enumerate(rows)
        ]
    return {"seen": seen, "roles": roles, "counting": counting(check, seed)}


def _is_right(check, made, right, case):
    """Whether a case of a mistake is as good as right."""
    return case < len(right) and check.same(made[case], right[case])


def _packed(evidence):
    """Return observations as JSON has them, without the lines of code that raised an error."""
    found = json.loads(serialize.encode(evidence))
    for each in found:
        if each["error"]:
            each["error"] |= {"line": None, "text": ""}
    return found


def _add(archive, name, content):
    info = zipfile.ZipInfo(f"{name}.json", STAMP)
    info.compress_type = zipfile.ZIP_LZMA
    archive.writestr(info, json.dumps(content, separators=(",", ":")))
