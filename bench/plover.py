#!/usr/bin/env python3
"""PLOVER's gold standard sentences: type and countries, actors not given.

    bench/plover.py [--saksi target/release/saksi] [--data ../shared/data/events/plover/PLOVER_GSR_CAMEO.json] [--show]

One sentence has one gold event. The program may find several; the one it is surest of counts (`top`), and whether the
gold type is among them (`any`). Macro-F1 is over the types that occur in gold. Type names of 2016 are read as today's:
DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE. The gold codes through attribution, so a type inside a content
counts like any other.
"""
import argparse
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

NOW = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "YIELD": "RETREAT", "FIGHT": "ASSAULT"}


def f1(tp, found, gold):
    p = tp / found if found else 0.0
    r = tp / gold if gold else 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def as_list(side):
    """The actors of a side, which the gold writes as a list or as one."""
    return side if isinstance(side, list) else [side]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--saksi", default="target/release/saksi")
    ap.add_argument("--data", type=Path, default=Path("../shared/data/events/plover/PLOVER_GSR_CAMEO.json"))
    ap.add_argument("--show", action="store_true")
    a = ap.parse_args()
    gold = [g for g in json.loads(a.data.read_text()) if g.get("text") and g["event"] != "DOCUMENT"]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, g in enumerate(gold):
            path = Path(folder) / f"{i:04}.txt"
            path.write_text(g["text"].strip() + "\n")
            files.append(str(path))
        out = subprocess.run([a.saksi, "read", "--language", "en", "--format", "jsonl", *files], capture_output=True, check=True)
    records = [json.loads(line) for line in out.stdout.splitlines()]
    top, anyhit, found, want = Counter(), Counter(), Counter(), Counter()
    pairs = pairs_n = 0
    for g, r in zip(gold, records):
        kind = NOW.get(g["event"], g["event"])
        want[kind] += 1
        events = sorted(r["events"], key=lambda e: -e["confidence"])
        best = events[0]["type"] if events else None
        found[best] += 1
        top[kind] += best == kind
        anyhit[kind] += any(e["type"] == kind for e in events)
        country = {x["id"]: x["country"] for x in r["actors"]}
        codes = lambda side: {x["code"][:3] for x in as_list(g.get(side)) if isinstance(x, dict) and x.get("code")}
        s, t = codes("source"), codes("target")
        if s and t:
            pairs_n += 1
            pairs += any(
                e["type"] == kind
                and {country.get(x) for x in e["actor"]} & s
                and ({country.get(x) for x in e["recipient"]} | {country.get(x) for x in e["actor"]}) & t
                for e in events
            )
        if a.show and not any(e["type"] == kind for e in events):
            print(f"{kind} missed, found {[e['type'] for e in events]}: {g['text'].strip()[:200]}")
    kinds = sorted(want)
    print(f"{len(gold)} sentences")
    for k in kinds:
        print(f"  {k:10} gold {want[k]:3}  any {anyhit[k] / want[k]:.2f}  top F1 {f1(top[k], found[k], want[k]):.2f}")
    print(f"none found: {found[None]}")
    print(f"class macro-F1 (top): {sum(f1(top[k], found[k], want[k]) for k in kinds) / len(kinds):.3f}")
    print(f"class recall (any): {sum(anyhit.values()) / len(gold):.3f}")
    print(f"both countries right, with the type: {pairs / max(pairs_n, 1):.3f} of {pairs_n}")


if __name__ == "__main__":
    main()
