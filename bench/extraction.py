#!/usr/bin/env python3
"""Scores extracted bodies against article-extraction-benchmark, by its own definition (4-grams of words, macro averages).

usage: extraction.py GROUND_TRUTH.json BODIES.json [--half 0|1] [--worst N]
BODIES.json maps a page's id to its body. --half takes every second page by sorted id: 0 is the half to tune on.
"""
import argparse
import json
import re
from collections import Counter

WORD = re.compile(r"\w+")
# Labels at the start of a line that point to another story; a lower bound, as each collection has its own.
RELATED = re.compile(
    r"^\W*(baca (juga|selengkapnya)|simak juga|lihat juga|tonton juga|artikel terkait|berita terkait|read (more|also|next)\b|also read|"
    r"related( stor(y|ies)| articles?)?\s*:|\[?related:|see also\s*:|recommended (stories|reading)|more from\b|lea también|le puede interesar|"
    r"te puede interesar|post relacionado|(à )?lire (aussi|également)|czytaj (też|także|więcej)|leggi anche|mehr zum thema|lesen sie auch|"
    r"смотрите также|читайте также|soma:|자세히 보기|더 읽어보기)", re.I)


def grams(text, n=4):
    words = WORD.findall(text or "")
    return Counter(tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)) if words[i:i + n])


def compare(true, found):
    true, found = grams(true), grams(found)
    both = sum((true & found).values())
    extra = sum((found - true).values())
    missing = sum((true - found).values())
    return both, extra, missing


def average(rows):
    precision = [1.0 if not e and not m else b / (b + e) for b, e, m in rows if b + e]
    recall = [1.0 if not e and not m else b / (b + m) for b, e, m in rows if b + m]
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return 2 * p * r / (p + r), p, r


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("truth")
    parser.add_argument("bodies")
    parser.add_argument("--half", type=int)
    parser.add_argument("--worst", type=int, default=0)
    args = parser.parse_args()
    truth = json.load(open(args.truth, encoding="utf-8"))
    bodies = json.load(open(args.bodies, encoding="utf-8"))
    keys = sorted(truth)
    rows = {key: compare(truth[key].get("articleBody", ""), bodies.get(key, "")) for key in keys}
    halves = {"all": keys, "half 0": keys[0::2], "half 1": keys[1::2]}
    for name, part in halves.items():
        f1, p, r = average([rows[key] for key in part])
        lines = sum(any(RELATED.match(line) for line in bodies.get(key, "").splitlines()) for key in part)
        print(f"{name:7} pages {len(part):3}  F1 {f1:.4f}  precision {p:.4f}  recall {r:.4f}  with a related-link line {lines} ({lines / len(part):.1%})")
    part = keys[args.half::2] if args.half is not None else keys
    def f1(row):
        b, e, m = row
        return 2 * b / (2 * b + e + m) if b else 0.0
    for key in sorted(part, key=lambda key: f1(rows[key]))[:args.worst]:
        b, e, m = rows[key]
        print(f"{f1(rows[key]):.3f}  kept {b} extra {e} missing {m}  {key[:12]}  {truth[key].get('url', '')[:80]}")


if __name__ == "__main__":
    main()
