#!/usr/bin/env python3
"""Fit the weights of `confidence` and test them on other articles.

    bench/calibrate.py SAKSI SCORE_PY --fit DIR... [--level DIR...] --test DIR...

A folder holds NAME.txt beside NAME.json as ../shared/gold does. An event is right if the coder has one of its type in the sentence
with the same countries (or names) of actors and recipients (`dyad` of ../shared/score.py) and the same status. Prints the weights in
the order of `features` in crates/saksi-events/src/confidence.rs, and for both sets how many events stand at 0.8 or more and how many
of those are right. Articles that rules were written against are easier than others: `--level` names articles kept aside, on which the
constant alone is set: as high as lets four of five events at 0.8 and more be right there.
"""
import argparse
import importlib.util
import json
import math
import subprocess
import sys
from pathlib import Path

NAMES = ["constant", "actor", "recipient", "countries", "named", "noun", "title", "not actual", "attributed", "specific", "tag", "indirect", "main"]


def load_score(path):
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def read(saksi, text, published):
    command = [saksi, "read", "--format", "json"] + (["--published", published] if published else [])
    return json.loads(subprocess.run(command + [str(text)], capture_output=True, check=True).stdout)


def features(event):
    """The features as the program notes them in `why`."""
    line = next(why for why in event["why"] if why.startswith("confidence: "))
    return [float(fact.rsplit(" ", 1)[1]) for fact in line.split(": ", 1)[1].split(", ")]


def samples(saksi, score, folder):
    out = []
    for gold_file in sorted(Path(folder).glob("*.json")):
        gold = json.loads(gold_file.read_text())
        text = gold_file.with_suffix(".txt").read_text()
        record = read(saksi, gold_file.with_suffix(".txt"), gold.get("published"))
        shift = len(text) - len(text.lstrip()) - (len(record["text"]) - len(record["text"].lstrip()))
        span = lambda x: (x["start"] + shift, x["end"] + shift)  # noqa: E731
        mine = {a["id"]: {**a, "texts": [a["name"]] + [text[slice(*span(m))] for m in a["mentions"] if m["form"] != "pronoun"]} for a in record["actors"]}
        theirs = {a["id"]: a for a in gold["actors"]}
        coded = []
        for event in gold["events"]:
            trigger = score.locate(text, event["trigger"], within=event["in"])
            coded.append((event, trigger, score.sentence_of(text, trigger[0])))
        for event in record["events"]:
            here = span(event["trigger"])
            fits = [g for g, _, sentence in coded if g["type"] == event["type"] and score.overlap(here, sentence)]
            right = any(
                score.sides_equal(event["actor"], g["actor"], mine, theirs, "dyad")
                and score.sides_equal(event["recipient"], g["recipient"], mine, theirs, "dyad")
                and event["status"] == g["status"]
                for g in fits
            )
            optional = fits and all(g.get("optional") for g in fits)
            if not optional:
                out.append((features(event), right))
    return out


def fit(data, steps=4000, rate=0.5, ridge=0.002):
    weights = [0.0] * len(NAMES)
    for _ in range(steps):
        slope = [0.0] * len(weights)
        for x, right in data:
            error = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, x)))) - right
            for at, value in enumerate(x):
                slope[at] += error * value
        for at in range(len(weights)):
            weights[at] -= rate * (slope[at] / len(data) + ridge * weights[at] * (at > 0))
    return weights


def level(data, weights):
    """The weights with the highest constant, not above the fitted one, at which four of five events at 0.8 or more are right."""
    constant = round(weights[0], 2)
    while constant > -5:
        moved = [constant, *weights[1:]]
        sure = [r for x, r in data if sum(w * v for w, v in zip(moved, x)) >= math.log(4)]
        if sum(sure) >= 0.8 * len(sure):
            break
        constant = round(constant - 0.01, 2)
    return [constant, *weights[1:]]


def table(name, data, weights):
    scored = [(round(1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, x)))), 2), right) for x, right in data]
    print(f"{name}: {len(scored)} events, {sum(r for _, r in scored)} right")
    for low, high in ((0.8, 1.01), (0.6, 0.8), (0.4, 0.6), (0.2, 0.4), (0.0, 0.2)):
        inside = [r for p, r in scored if low <= p < high]
        if inside:
            print(f"  {low:.1f} and more: {len(inside)} events, {sum(inside) / len(inside):.0%} right")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("saksi")
    parser.add_argument("score")
    parser.add_argument("--fit", nargs="+", required=True)
    parser.add_argument("--level", nargs="*", default=[])
    parser.add_argument("--test", nargs="+", required=True)
    a = parser.parse_args()
    score = load_score(a.score)
    learned = [s for d in a.fit for s in samples(a.saksi, score, d)]
    tested = [s for d in a.test for s in samples(a.saksi, score, d)]
    weights = fit(learned)
    if a.level:
        weights = level([s for d in a.level for s in samples(a.saksi, score, d)], weights)
    for name, weight in zip(NAMES, weights):
        print(f"{name:12} {weight:+.2f}")
    weights = [round(w, 2) for w in weights]
    table("fitted on", learned, weights)
    table("others", tested, weights)


if __name__ == "__main__":
    main()
