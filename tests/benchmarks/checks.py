"""What the checks say of answers: `python -m tests.benchmarks.checks ANSWERS.py [ANSWERS.py …]`.

For each exercise: how many wrong answers are caught and get a sentence that names the mistake, how
many right ones pass, and how long a check takes. `--say` prints each answer's verdict, `--missed`
those that fall short: whether a sentence is true of its answer, only a reader can tell. `--store`
keeps the figures of tests/answers. See tests/answers/README.md.
"""

import argparse
import json
import logging
import os
import statistics
import time
from collections import defaultdict
from pathlib import Path

from .figures import Figure, store

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
GOALS = {"caught": "≥ 0.995", "named": "≥ 0.75", "passed": "≥ 1"}


def tried(answer, seed):
    """Return what the check says of an answer, as a dict."""
    start = time.perf_counter()
    try:
        verdict = answer.check.examine(answer.item(), seed)
        ok, text, mistake = verdict.ok, verdict.text, verdict.mistake
    except Exception as error:  # an answer that can't be defined, or is unsolved
        ok, text, mistake = False, f"{type(error).__name__}: {error}", ""
    seconds = time.perf_counter() - start
    said = {"week": answer.week, "name": answer.name, "kind": answer.kind, "about": answer.about}
    return said | {"ok": ok, "mistake": mistake, "text": text, "seconds": seconds}


def counts(results):
    """Return how many answers are wrong, caught, named, right and passed, and the seconds, a dict.

    An answer that the text permits is counted among the right ones.
    """
    wrong = [row for row in results if row["kind"] == "wrong"]
    right = [row for row in results if row["kind"] != "wrong"]
    return {
        "wrong": len(wrong),
        "caught": sum(not row["ok"] for row in wrong),
        "named": sum(bool(row["mistake"]) and not row["ok"] for row in wrong),
        "right": len(right),
        "passed": sum(row["ok"] for row in right),
        "median s": round(statistics.median(row["seconds"] for row in results), 2),
        "longest s": round(max(row["seconds"] for row in results), 2),
    }


def by(results, key):
    """Return {key's value: counts of its results}."""
    groups = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    return {name: counts(rows) for name, rows in groups.items()}


def table(results):
    """Yield a line for each exercise, and one for all."""
    rows = by(results, lambda row: f"{row['week']} {row['name']}") | {"all": counts(results)}
    yield f"{'exercise':32}" + "".join(f"{word:>10}" for word in rows["all"])
    for name, row in rows.items():
        yield f"{name:32}" + "".join(f"{number:10}" for number in row.values())


def figures(results):
    """Return the figures of all weeks, as a list of Figure: each value is that of one week."""
    weeks = list(by(results, lambda row: row["week"]).values())

    def shares(part, whole):
        return [week[part] / week[whole] for week in weeks]

    return [
        Figure("wrong answers", [week["wrong"] for week in weeks]),
        Figure("share of them caught", shares("caught", "wrong"), GOALS["caught"]),
        Figure("share of them named", shares("named", "wrong"), GOALS["named"]),
        Figure("right answers", [week["right"] for week in weeks]),
        Figure("share of them that pass", shares("passed", "right"), GOALS["passed"]),
        Figure("seconds of a check, median", [week["median s"] for week in weeks], "≤ 3"),
        Figure("seconds of a check, longest", [week["longest s"] for week in weeks], "≤ 10"),
    ]


def falls_short(result):
    """Whether a wrong answer passes or isn't named, or a right one is refused."""
    if result["kind"] == "wrong":
        return result["ok"] or not result["mistake"]
    return not result["ok"]


def spoken(result):
    """Return an answer and its verdict in lines."""
    verdict = "passes" if result["ok"] else "named" if result["mistake"] else "refused"
    text = result["text"].replace("\n", "\n    ")
    return f"{result['kind']} {result['name']}: {result['about']}\n  → {verdict}\n    {text}"


def main():
    """Read the files, try each answer, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--only", help="exercises, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--say", action="store_true", help="print each verdict")
    parser.add_argument("--missed", action="store_true", help="print those that fall short")
    parser.add_argument("--json", type=Path, help="write all verdicts to this file")
    parser.add_argument("--store", action="store_true", help="keep the figures for RESULTS.md")
    options = parser.parse_args()

    from tests.support.answers import read_answers, warm_up

    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    wanted = options.only.split(",") if options.only else None
    answers = [answer for file in options.files for answer in read_answers(file)]
    warm_up()
    results = []
    for answer in answers:
        if wanted is None or answer.name in wanted:
            results.append(tried(answer, options.seed))
            if options.say or (options.missed and falls_short(results[-1])):
                print(spoken(results[-1]), flush=True)
    print("\n".join(table(results)))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    if options.store:
        exercises = by(results, lambda row: f"week {row['week']}, {row['name']}")
        store("checks", figures(results), exercises=exercises)


if __name__ == "__main__":
    main()
