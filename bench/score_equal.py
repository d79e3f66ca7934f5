#!/usr/bin/env python3
"""Checks that `saksi score` gives the figures of the scorer in Python, bit for bit.

    score_equal.py --score ../shared/score.py --saksi target/release/saksi GOLD... [--damaged N] [--seed N]

Each folder of coded articles is scored by both, once with the program's own reading and once with records that were
written before; then N times with records that were damaged at random: fields left out, spans moved, values swapped,
items dropped and doubled. Ends with 1 at the first figure that differs.
"""
import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

VALUES = {
    "type": ["ASSAULT", "CONSULT", "AID", "NOTHING"], "status": ["actual", "future", "hypothetical", "negated", "odd"],
    "certainty": ["certain", "probable", "unknown"], "stance": ["asserts", "denies"], "form": ["direct", "indirect", "pronoun", "name"],
    "kind": ["state", "person", "related-link", "machine-residue", "official"], "country": ["IDN", "USA", None, ""],
    "earliest": ["2025-07-01", "2025-07-12T10:00", None, ""], "latest": ["2025-07-31", None, ""], "value": ["2025-07", 3, None],
    "low": [2, None],
}
# Fields that the scorer in Python cannot do without.
NEEDED = {"text", "start", "end", "id", "type", "name"}
LISTS = ("passages", "actors", "times", "events", "attributions")


def damage(record, rng):
    """Changes a record in place; how much differs from record to record."""
    rate = rng.choice([0.02, 0.1, 0.4])
    length = len(record["text"])
    for name in LISTS:
        items = record.get(name, [])
        items[:] = [item for item in items if rng.random() > rate / 2]
        if items and rng.random() < rate:
            items.insert(rng.randrange(len(items) + 1), json.loads(json.dumps(rng.choice(items))))
        if rng.random() < rate:
            rng.shuffle(items)
        for item in items:
            harm(item, rng, rate, length, name)
    if rng.random() < rate / 2:
        record["text"] = rng.choice([record["text"].strip(), "\n " + record["text"].strip() + "\n", record["text"] + "x", ""])
    if rng.random() < rate / 4:
        del record[rng.choice(LISTS)]


def harm(item, rng, rate, length, name):
    for key in list(item):
        value = item[key]
        if key not in NEEDED and rng.random() < rate / 3 and not (key in ("kind",) and name == "passages"):
            del item[key]
        elif key in ("start", "end") and isinstance(value, int) and rng.random() < rate:
            item[key] = max(0, value + rng.choice([-40, -3, -1, 1, 3, 40, length]))
        elif key in VALUES and rng.random() < rate:
            new = rng.choice(VALUES[key])
            if key == "value" and name in ("times", "events") and not isinstance(new, (str, type(None))) and "unit" not in item:
                new = None
            if "unit" in item and isinstance(new, str):
                new = 7.5
            item[key] = new
        elif key in ("actor", "recipient", "attribution") and isinstance(value, list) and rng.random() < rate:
            item[key] = value[::-1] + rng.choice([[], value[:1], ["a1"], ["a999"], ["t2"]])
        elif key in ("time", "attribution", "source", "cue") and rng.random() < rate / 4:
            item[key] = None
        elif isinstance(value, dict):
            harm(value, rng, rate, length, name)
        elif isinstance(value, list):
            for part in value:
                if isinstance(part, dict):
                    harm(part, rng, rate, length, name)


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done


def both(args, folder, records, work):
    """The figures of both scorers, and what each printed."""
    out = work / "figures.json"
    given = ["--records", records] if records else []
    python = run([sys.executable, args.score, folder, "--json", out] + (given or ["--saksi", args.saksi]))
    if python.returncode:
        raise SystemExit(f"the scorer in Python failed: {python.stderr[-2000:]}")
    rust = run([args.saksi, "score", folder, "--by", "language", "--format", "json"] + given)
    text = run([args.saksi, "score", folder, "--by", "language"] + given)
    if rust.returncode not in (0, 1) or not rust.stdout:
        raise SystemExit(f"saksi score failed: {rust.stderr[-2000:]}")
    return json.loads(out.read_text()), json.loads(rust.stdout), python.stdout, text.stdout


def compare(args, folder, records, work, what):
    python, rust, lines, text = both(args, folder, records, work)
    found = 0
    for group, figures in python.items():
        for name, want in figures.items():
            got = rust[group][name]
            pairs = [(f"{name}.{key}", want[key], got[key]) for key in want] if isinstance(want, dict) else [(name, want, got)]
            for key, a, b in pairs:
                found += 1
                if a != b:
                    raise SystemExit(f"{what}: {group} {key} is {a!r} in Python, {b!r} in saksi")
    if set(python) != set(rust):
        raise SystemExit(f"{what}: groups {sorted(python)} in Python, {sorted(rust)} in saksi")
    if lines != text:
        raise SystemExit(f"{what}: what is printed differs\n{lines}\n{text}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--score", required=True, type=Path, help="the scorer in Python")
    parser.add_argument("--saksi", required=True, type=Path, help="the program")
    parser.add_argument("--damaged", type=int, default=20, help="how often to damage the records of each folder")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for folder in args.gold:
        with tempfile.TemporaryDirectory() as temporary:
            work = Path(temporary)
            records = {}
            whole = work / "whole"
            whole.mkdir()
            for gold in sorted(folder.glob("*.json")):
                day = json.loads(gold.read_text()).get("published")
                command = [args.saksi, "read", "--format", "json", gold.with_suffix(".txt")] + (["--published", day] if day else [])
                records[gold.name] = run(command).stdout
                (whole / gold.name).write_text(records[gold.name])
            found = compare(args, folder, None, work, f"{folder}, read now")
            found += compare(args, folder, whole, work, f"{folder}, records")
            for number in range(args.damaged):
                rng = random.Random(args.seed * 1_000_003 + number)
                broken = work / "broken"
                broken.mkdir(exist_ok=True)
                for name, text in records.items():
                    record = json.loads(text)
                    damage(record, rng)
                    if rng.random() < 0.02:
                        (broken / name).unlink(missing_ok=True)
                    else:
                        (broken / name).write_text(json.dumps(record))
                found += compare(args, folder, broken, work, f"{folder}, damaged {number}")
        print(f"{folder}: {len(records)} articles, {found} figures equal")


if __name__ == "__main__":
    main()
