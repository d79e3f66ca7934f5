#!/usr/bin/env python3
"""PLOVER's gold standard sentences: type and countries, actors not given.

    bench/plover.py [--saksi target/release/saksi] [--data ../shared/data/events/plover/PLOVER_GSR_CAMEO.json]
                    [--part even|odd|all] [--show]

One sentence has one gold event. The program may find several; of those that the sentence itself is about (no relative or
adverbial clause) the one it is surest of counts (`top`), and whether the gold type is among all of them (`any`). Macro-F1 is over the types that occur in gold. Type names of 2016 are read as today's:
DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE. The gold codes through attribution, so a type inside a content
counts like any other.

The sentences are parted by the parity of their place in the file. Frames were written while reading the errors of the even
half; the odd half is only scored, so `--show` leaves it out.
"""
import argparse
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

NOW = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "YIELD": "RETREAT", "FIGHT": "ASSAULT"}


# CAMEO's codes for international bodies and armed groups, which in saksi are organizations without a country.
BODIES = {"IGO", "NGO", "IMG"}
# What the gold has in place of ISO 3166-1 codes.
MISSPELT = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}


def f1(tp, found, gold):
    p = tp / found if found else 0.0
    r = tp / gold if gold else 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def as_list(side):
    """The actors of a side, which the gold writes as a list or as one."""
    return side if isinstance(side, list) else [side]


def codes(side):
    """The countries of a side, as the first three letters of its actor codes; `*` for bodies of no country."""
    found = {x["code"][:3] for x in as_list(side) if isinstance(x, dict) and x.get("code")}
    return {"*" if code in BODIES else MISSPELT.get(code, code) for code in found}


def mine(actor):
    """The country of an actor; `*` for an organization without one."""
    return actor["country"] or ("*" if actor["kind"] == "organization" else None)


def both(event, country, s, t):
    """Whether the event's parties have a country of each side; who is on which side counts as far as the gold says."""
    acting, reached = {country.get(x) for x in event["actor"]}, {country.get(x) for x in event["recipient"]}
    return bool((acting - {None}) & s and ((reached | acting) - {None}) & t)


def read(saksi, packs, gold):
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, g in enumerate(gold):
            path = Path(folder) / f"{i:04}.txt"
            path.write_text(g["text"].strip() + "\n")
            files.append(str(path))
        command = [saksi, "read", "--language", "en", "--format", "jsonl", *(["--packs", packs] if packs else []), *files]
        out = subprocess.run(command, capture_output=True, check=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def rank(event):
    """What the sentence itself is about first (the fact `main` of an event's confidence), then the surest."""
    facts = next(why for why in event["why"] if why.startswith("confidence: "))
    main = float(dict(fact.rsplit(" ", 1) for fact in facts.split(": ", 1)[1].split(", ")).get("main", 0))
    return -main, -event["confidence"]


class Score:
    """Counts over some of the sentences."""

    def __init__(self):
        self.n = self.pairs = self.pairs_n = self.countries = 0
        self.top, self.any, self.found, self.want = Counter(), Counter(), Counter(), Counter()

    def add(self, g, r):
        kind = NOW.get(g["event"], g["event"])
        events = sorted(r["events"], key=rank)
        best = events[0]["type"] if events else None
        self.n += 1
        self.want[kind] += 1
        self.found[best] += 1
        self.top[kind] += best == kind
        self.any[kind] += any(e["type"] == kind for e in events)
        country = {x["id"]: mine(x) for x in r["actors"]}
        s, t = codes(g.get("source")), codes(g.get("target"))
        if s and t:
            self.pairs_n += 1
            right = [e for e in events if both(e, country, s, t)]
            self.countries += bool(right)
            self.pairs += any(e["type"] == kind for e in right)
        return kind, events, best, country

    def macro(self):
        return sum(f1(self.top[k], self.found[k], self.want[k]) for k in self.want) / len(self.want)

    def line(self):
        return (
            f"{self.n} sentences, none found {self.found[None]}, class macro-F1 (top) {self.macro():.3f}, class recall (any) "
            f"{sum(self.any.values()) / self.n:.3f}, both countries right {self.countries / max(self.pairs_n, 1):.3f}, and the "
            f"type {self.pairs / max(self.pairs_n, 1):.3f} of {self.pairs_n}"
        )


def side(actors):
    return [f"{x.get('actorText')}={x.get('code')}" for x in as_list(actors) if isinstance(x, dict)]


def show(g, r, kind, events, best, country):
    """One sentence of the even half that comes out wrong, with what was found."""
    name = {x["id"]: f"{x['name']}={x['country']}" for x in r["actors"]}
    s, t = codes(g.get("source")), codes(g.get("target"))
    typed = any(e["type"] == kind for e in events)
    fault = "NONE" if not events else "MISSED" if not typed else "NOT TOP" if best != kind else ""
    if not fault and s and t and not any(e["type"] == kind and both(e, country, s, t) for e in events):
        fault = "COUNTRIES"
    if fault:
        print(f"{fault} {kind} {side(g.get('source'))} -> {side(g.get('target'))}: {' '.join(g['text'].split())}")
        for e in events:
            trigger = r["text"][e["trigger"]["start"] : e["trigger"]["end"]]
            print(f"    {e['confidence']} {e['type']} {trigger!r} {[name[x] for x in e['actor']]} -> {[name[x] for x in e['recipient']]}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--saksi", default="target/release/saksi")
    ap.add_argument("--packs", help="folder with lang/ and world/, in place of the built-in ones")
    ap.add_argument("--data", type=Path, default=Path("../shared/data/events/plover/PLOVER_GSR_CAMEO.json"))
    ap.add_argument("--part", choices=["even", "odd", "all"], default="all")
    ap.add_argument("--show", action="store_true", help="print the errors of the even half")
    a = ap.parse_args()
    gold = [g for g in json.loads(a.data.read_text()) if g.get("text") and g["event"] != "DOCUMENT"]
    scores = {"all": Score(), "even": Score(), "odd": Score()}
    for i, (g, r) in enumerate(zip(gold, read(a.saksi, a.packs, gold))):
        half = "odd" if i % 2 else "even"
        scores["all"].add(g, r)
        result = scores[half].add(g, r)
        if a.show and half == "even":
            show(g, r, *result)
    shown = scores[a.part]
    for k in sorted(shown.want):
        halves = "  ".join(f"{h} {f1(scores[h].top[k], scores[h].found[k], scores[h].want[k]):.2f}" for h in ("even", "odd"))
        print(f"  {k:10} gold {shown.want[k]:3}  any {shown.any[k] / shown.want[k]:.2f}  top F1 {f1(shown.top[k], shown.found[k], shown.want[k]):.2f}  ({halves})")
    for name, score in scores.items():
        print(f"{name}: {score.line()}")


if __name__ == "__main__":
    main()
