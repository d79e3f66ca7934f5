#!/usr/bin/env python3
"""PolNeAR: overlap of sources, cues and contents with what its annotators marked.

    bench/polnear.py FOLDER [--part train|dev|test] [--saksi target/release/saksi] [--strict] [--show ROLE] [--only NAME]

FOLDER is PolNeAR's `data` (github.com/networkdynamics/PolNeAR), laid out PART/text and PART/attributions; nothing of it is
kept. Its files are brat standoff: `T` lines hold a role with one or more `start end` pairs (in code points; a span may be in
pieces), `E` lines tie roles to an attribution. Most articles have one annotator. Where several marked an article, each of
their files is compared on its own and weighs 1/n, so that every article counts once.

PolNeAR marks more than somebody's words: what a source wants, plans, knows, supports, feels or decrees counts, negated and
conditional too. saksi keeps that apart: `attributions` are words, `attitudes` the rest. Both are compared, or, with
--strict, `attributions` alone.

Two figures for each role, micro-averaged precision, recall and F1:

spans   Attributions are matched one to one: those whose cues overlap first (the most characters first), then, of those left,
        those whose contents overlap. A role is a hit where its spans overlap those of its match. Precision is over the
        program's attributions that have the role, recall over the annotator's.
words   The words that both mark with the role, over all words that the program (precision) or the annotator (recall) marks with
        it: the overlap of Citron (`citron/metrics.py`), which counts words and asks for no matching. PolNeAR gives a word one
        role of one attribution at most; a word of nested contents counts once here, too.

A quotation without a cue that goes on with the speaker before is an attribution of its own in the record, and a further piece
of content in PolNeAR: it is joined to the one before. As PolNeAR gives each word to one attribution, those of the program's
whose cue lies in another's content are left out. "X, who said": the record's source is X, PolNeAR's the pronoun; where it follows
X, it is added. PolNeAR puts a full stop behind each headline, which is blanked, so that it reads as one. Punctuation never counts. --agreement compares annotators with each
other, on the articles that several marked: what a careful human reaches by these figures.
"""
import argparse
import json
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

ROLES = ("source", "cue", "content")
WORD = re.compile(r"\w+(?:[’'.,]\w+)*")


def annotated(path):
    """The attributions of one annotator's file: role to a list of (start, end)."""
    spans, ties = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            role, _, where = rest.split("\t")[0].partition(" ")
            spans[key] = (role, [tuple(map(int, piece.split())) for piece in where.split(";")])
        elif key.startswith("E"):
            ties.append([pair.partition(":")[::2] for pair in rest.split()])
    found = []
    for tie in ties:
        made = defaultdict(list)
        for _, key in tie:
            role, pieces = spans.get(key, ("", []))
            if role.lower() in ROLES:
                made[role.lower()] += pieces
        found.append(made)
    return found


def from_record(record, strict):
    """The attributions of a record: role to a list of (start, end)."""
    found = []
    for one in record["attributions"] + ([] if strict else record.get("attitudes", [])):
        made = defaultdict(list)
        for role, spans in (("source", [one["source"]]), ("cue", [one["cue"]]), ("content", one["content"])):
            made[role] = [(span["start"], span["end"]) for span in spans if span and span["start"] is not None]
        if found and not made["source"] and not made["cue"]:
            found[-1]["content"] += made["content"]
        else:
            found.append(made)
    holds = lambda outer, inner: any(s <= at < e for s, e in outer["content"] for at, _ in inner["cue"][:1])
    return [one for one in found if not any(holds(other, one) and not holds(one, other) for other in found)]


def words(text):
    """The offset of every word."""
    return [match.span() for match in WORD.finditer(text)]


def inside(spans, tokens):
    """Which words overlap one of the spans."""
    return {at for at, (start, end) in enumerate(tokens) if any(start < to and of < end for of, to in spans)}


def relative(one, text, tokens):
    """Adds to a source the relative pronoun that stands for it before the cue."""
    last, first = max(one["source"], default=None), min(one["cue"], default=None)
    if last is not None and first is not None and last + 1 < first and text[slice(*tokens[last + 1])] in ("who", "which", "that"):
        one["source"].add(last + 1)
    return one


def match(pred, gold):
    """Pairs of indices, one to one."""
    pairs = []
    for p, one in enumerate(pred):
        for g, other in enumerate(gold):
            for rank, role in ((1, "cue"), (0, "content")):
                if shared := len(one[role] & other[role]):
                    pairs.append((rank, shared, -abs(p - g), p, g))
                    break
    used_p, used_g, found = set(), set(), {}
    for _, _, _, p, g in sorted(pairs, reverse=True):
        if p not in used_p and g not in used_g:
            used_p.add(p)
            used_g.add(g)
            found[p] = g
    return found


def f1(tp_p, tp_r, pred, gold):
    """Precision, recall, F1."""
    p, r = tp_p / pred if pred else 0.0, tp_r / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def read(saksi, files, packs):
    """Runs the program over the files, one record each; the full stop behind the headline is blanked."""
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for index, file in enumerate(files):
            title, end, body = file.read_text(encoding="utf-8").partition("\n")
            copies.append(Path(folder) / f"{index:04}.txt")
            copies[-1].write_text((title[:-1] + " " if title.endswith(".") else title) + end + body, encoding="utf-8")
        options = ["--language", "en", "--format", "jsonl", *(["--packs", packs] if packs else [])]
        out = subprocess.run([saksi, "read", *options, *map(str, copies)], capture_output=True, check=True)
        return [json.loads(line) for line in out.stdout.splitlines()]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--part", default="train")
    ap.add_argument("--saksi", default="target/release/saksi")
    ap.add_argument("--packs")
    ap.add_argument("--strict", action="store_true", help="attributions alone, without attitudes")
    ap.add_argument("--show", action="store_true", help="print what is missed and what is found in excess")
    ap.add_argument("--agreement", action="store_true", help="annotators with each other; the program is not run")
    ap.add_argument("--only", default="", help="only articles whose name contains this")
    ap.add_argument("--every", type=int, default=1, help="only every Nth article")
    a = ap.parse_args()
    part = a.folder / a.part
    texts = sorted(path for path in (part / "text").glob("*.txt") if a.only in path.name)[:: a.every]
    tallies = {(kind, role): Counter() for kind in ("spans", "words") for role in ROLES}
    several = 0
    for path, record in zip(texts, [None] * len(texts) if a.agreement else read(a.saksi, texts, a.packs)):
        text = path.read_text(encoding="utf-8")
        tokens = words(text)
        files = sorted((part / "attributions").glob(path.stem + "_*.ann"))
        several += len(files) > 1
        marked = lambda ones, by=0: [{role: inside([(s + by, e + by) for s, e in one[role]], tokens) for role in ROLES} for one in ones]
        if a.agreement:
            coded = [marked(annotated(file)) for file in files]
            compared = [(1 / (len(files) * (len(files) - 1)), one, other) for one, other in permutations(coded, 2)]
        else:
            shift = text.startswith("\ufeff") and not record["text"].startswith("\ufeff")
            pred = [relative(one, text, tokens) for one in marked(from_record(record, a.strict), shift)]
            compared = [(1 / len(files), pred, marked(annotated(file))) for file in files]
        for weight, pred, gold in compared:
            found = match(pred, gold)
            back = {g: p for p, g in found.items()}
            for role in ROLES:
                tally = tallies["spans", role]
                hits = sum(bool(pred[p][role] & gold[g][role]) for p, g in found.items())
                tally["hit"] += weight * hits
                tally["pred"] += weight * sum(bool(one[role]) for one in pred)
                tally["gold"] += weight * sum(bool(one[role]) for one in gold)
                tally = tallies["words", role]
                mine = set().union(*(one[role] for one in pred))
                theirs = set().union(*(one[role] for one in gold))
                tally["hit"] += weight * len(mine & theirs)
                tally["pred"] += weight * len(mine)
                tally["gold"] += weight * len(theirs)
            if a.show:
                show(path.stem, text, tokens, pred, gold, found, back)
    print(f"{len(texts)} articles of {a.part}, {several} with several annotators")
    for kind in ("spans", "words"):
        for role in ROLES:
            t = tallies[kind, role]
            p, r, f = f1(t["hit"], t["hit"], t["pred"], t["gold"])
            print(f"{kind:6} {role:8} P {p:.3f}  R {r:.3f}  F1 {f:.3f}   (annotators {t['gold']:.0f}, found {t['pred']:.0f})")


def show(name, text, tokens, pred, gold, found, back):
    """Prints what differs: one line an attribution, tab separated, roles as cue, source, content."""
    def part(one, role):
        at = sorted(one[role])
        return " ".join(text[slice(*tokens[i])] for i in at)

    def around(one):
        at = one["cue"] or one["content"] or one["source"]
        if not at:
            return ""
        first, last = min(at), max(at)
        return text[tokens[max(first - 12, 0)][0] : tokens[min(last + 14, len(tokens) - 1)][1]].replace("\n", " ¶ ")

    for g, one in enumerate(gold):
        if g not in back:
            print("MISSED", name, part(one, "cue"), part(one, "source"), part(one, "content")[:100], around(one), sep="\t")
    for p, one in enumerate(pred):
        if p not in found:
            print("EXCESS", name, part(one, "cue"), part(one, "source"), part(one, "content")[:100], around(one), sep="\t")
    for p, g in found.items():
        for role in ROLES:
            if bool(pred[p][role]) | bool(gold[g][role]) and not pred[p][role] & gold[g][role]:
                print("WRONG", role, part(pred[p], role)[:60], part(gold[g], role)[:60], part(gold[g], "cue"), around(gold[g]), sep="\t")


if __name__ == "__main__":
    main()
