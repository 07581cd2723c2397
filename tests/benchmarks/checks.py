"""What the checks say of answers: `python -m tests.benchmarks.checks ANSWERS.py [ANSWERS.py …]`.

For each exercise: how many wrong answers are caught and get a sentence that names the mistake, how
many right ones pass, and how long a check takes. `--say` prints each answer's verdict: whether a
sentence is true of the answer, only a reader can tell.
"""

import argparse
import json
import logging
import os
import statistics
import time
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def tried(answer, seed):
    """Return what the check says of an answer, as a dict."""
    start = time.perf_counter()
    try:
        verdict = answer.check.examine(answer.item(), seed)
        ok, text, mistake = verdict.ok, verdict.text, verdict.mistake
    except Exception as error:  # an answer that can't be defined, or is unsolved
        ok, text, mistake = False, f"{type(error).__name__}: {error}", ""
    seconds = time.perf_counter() - start
    said = {"name": answer.name, "right": answer.right, "about": answer.about}
    return said | {"ok": ok, "mistake": mistake, "text": text, "seconds": seconds}


def table(results):
    """Yield a line for each exercise, and one for all."""
    by_name = defaultdict(list)
    for result in results:
        by_name[result["name"]].append(result)
        by_name["all"].append(result)
    yield f"{'exercise':28} wrong caught named right passed      s    max"
    for name, rows in sorted(by_name.items(), key=lambda item: item[0] == "all"):
        wrong = [row for row in rows if not row["right"]]
        right = [row for row in rows if row["right"]]
        caught = sum(not row["ok"] for row in wrong)
        named = sum(bool(row["mistake"]) and not row["ok"] for row in wrong)
        passed = sum(row["ok"] for row in right)
        seconds = [row["seconds"] for row in rows]
        yield (
            f"{name:28} {len(wrong):5} {caught:6} {named:5} {len(right):5} {passed:6} "
            f"{statistics.median(seconds):6.2f} {max(seconds):6.2f}"
        )


def spoken(result):
    """Return an answer and its verdict in lines."""
    kind = "right" if result["right"] else "wrong"
    verdict = "passes" if result["ok"] else "named" if result["mistake"] else "refused"
    text = result["text"].replace("\n", "\n    ")
    return f"{kind} {result['name']}: {result['about']}\n  → {verdict}\n    {text}"


def main():
    """Read the files, try each answer, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--only", help="exercises, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--say", action="store_true", help="print each verdict")
    parser.add_argument("--missed", action="store_true", help="print those that fall short")
    parser.add_argument("--json", type=Path, help="write all verdicts to this file")
    options = parser.parse_args()

    from tests.support.answers import read_answers

    logging.getLogger("tensorflow").setLevel(logging.ERROR)
    wanted = options.only.split(",") if options.only else None
    results = []
    for file in options.files:
        for answer in read_answers(file):
            if wanted and answer.name not in wanted:
                continue
            result = tried(answer, options.seed)
            results.append(result)
            short = result["ok"] != result["right"] or not (result["right"] or result["mistake"])
            if options.say or (options.missed and short):
                print(spoken(result), flush=True)
    print("\n".join(table(results)))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
