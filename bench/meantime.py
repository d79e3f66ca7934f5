#!/usr/bin/env python3
"""MEANTIME: polarity and certainty of events that both the program and the corpus have.

    bench/meantime.py [--part read|kept|all] [--saksi target/release/saksi] [--data FOLDER] [--show]

Text is put together from the corpus' tokens, and dated by its second sentence. A gold EVENT_MENTION counts where one of its
tokens lies in the trigger of an event of the program's, or in the cue of one of its attributions (a saying is an event in
MEANTIME); the share of mentions that do is the coverage. Mentions whose attribute is UNDERSPECIFIED or empty, and those of general
truths (special_cases GEN), say nothing and are left out.

Polarity is NEG where status is negated. Certainty is the program's, of the content by its nearest source; an act that is only
supposed, called for or conditional (status hypothetical) is POSSIBLE unless it is put as probable, and `unknown` is CERTAIN,
which is what the corpus has where nothing is said. A saying of the program's is positive and certain.

`read` is every other document of each topic, whose errors were read; `kept` are the others.
"""
import argparse
import json
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

FOLDER = "../shared/data/events/meantime/meantime_newsreader_english_oct15/intra-doc_annotation"
GLUED = {",", ".", ";", ":", "?", "!", ")", "]", "%", "''", "”", "’", "…"}
OPENS = {"(", "[", "$", "``", "“", "£", "€", "#"}
WRITTEN = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}
LEVELS = ("CERTAIN", "PROBABLE", "POSSIBLE")


def text_of(root):
    """The text of a document, with where each token stands in it."""
    text, at, sentence, before, quoted = "", {}, None, None, False
    for token in root.iter("token"):
        form = token.text or ""
        if sentence is not None and token.get("sentence") != sentence:
            text, before, quoted = text + ("\n\n" if sentence in ("0", "1") else " "), None, False
        sentence = token.get("sentence")
        closes = form == '"' and quoted
        if form == '"':
            quoted = not quoted
        glued = form in GLUED or closes or form.lower() == "n't" or form.startswith(("'", "’")) and len(form) > 1
        if before is not None and before not in OPENS and not glued and not (before == '"' and quoted):
            text += " "
        written = WRITTEN.get(form, form)
        at[token.get("t_id")] = (len(text), len(text) + len(written))
        text, before = text + written, form
    return text + "\n", at


def certainty_of(event):
    """The corpus' level for an event of the record."""
    if event["certainty"] in ("probable", "possible"):
        return event["certainty"].upper()
    return "POSSIBLE" if event["status"] == "hypothetical" else "CERTAIN"


def figures(pairs, labels):
    """Accuracy, and F1 by label."""
    right = sum(gold == found for gold, found in pairs) / max(len(pairs), 1)
    by = {}
    for label in labels:
        tp = sum(gold == found == label for gold, found in pairs)
        n = sum(gold == label for gold, _ in pairs) + sum(found == label for _, found in pairs)
        by[label] = 2 * tp / n if n else 0.0
    return right, by


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--saksi", default="target/release/saksi")
    ap.add_argument("--packs")
    ap.add_argument("--data", type=Path, default=Path(FOLDER))
    ap.add_argument("--part", choices=("read", "kept", "all"), default="all")
    ap.add_argument("--show", action="store_true", help="print what differs")
    a = ap.parse_args()
    files = []
    for topic in sorted(a.data.iterdir()):
        documents = sorted(topic.glob("*.xml"))
        files += {"read": documents[::2], "kept": documents[1::2], "all": documents}[a.part]
    roots = [ET.parse(file).getroot() for file in files]
    with tempfile.TemporaryDirectory() as folder:
        texts = []
        for index, root in enumerate(roots):
            path = Path(folder) / f"{index:03}.txt"
            path.write_text(text_of(root)[0], encoding="utf-8")
            texts.append(str(path))
        packs = ["--packs", a.packs] if a.packs else []
        out = subprocess.run([a.saksi, "read", "--language", "en", "--format", "jsonl", *packs, *texts], capture_output=True, check=True)
    polarity, certainty, mentions, covered, by_event = [], [], 0, 0, 0
    for file, root, line in zip(files, roots, out.stdout.splitlines()):
        record = json.loads(line)
        text, at = text_of(root)
        found = [(e["trigger"], e) for e in record["events"]]
        said = [(x["cue"], {"status": "actual", "certainty": "certain"}) for x in record["attributions"] if x["cue"]]
        for mention in root.iter("EVENT_MENTION"):
            spans = [at[anchor.get("t_id")] for anchor in mention.iter("token_anchor") if anchor.get("t_id") in at]
            if not spans or mention.get("special_cases") == "GEN":
                continue
            mentions += 1
            over = lambda span: any(span["start"] < end and start < span["end"] for start, end in spans)
            event = next((e for span, e in found if over(span)), None)
            by_event += event is not None
            event = event or next((e for span, e in said if over(span)), None)
            if event is None:
                continue
            covered += 1
            pairs = []
            if mention.get("polarity") in ("POS", "NEG"):
                pairs.append(("polarity", mention.get("polarity"), "NEG" if event["status"] == "negated" else "POS"))
                polarity.append(pairs[-1][1:])
            if mention.get("certainty") in LEVELS:
                pairs.append(("certainty", mention.get("certainty"), certainty_of(event)))
                certainty.append(pairs[-1][1:])
            for what, gold, got in pairs:
                if a.show and gold != got:
                    start, end = spans[0]
                    words = text[max(start - 90, 0) : start] + "[" + text[start:end] + "]" + text[end : end + 60]
                    print(f"{what}\t{gold}\t{got}\t{event['status']}\t{event['certainty']}\t{' '.join(words.split())}")
    print(f"{len(files)} documents ({a.part}), {mentions} mentions, coverage {covered / mentions:.3f} (as events {by_event / mentions:.3f})")
    right, by = figures(polarity, ("POS", "NEG"))
    print(f"polarity   accuracy {right:.3f}  F1 of NEG {by['NEG']:.3f}   ({len(polarity)} mentions, {sum(g == 'NEG' for g, _ in polarity)} NEG)")
    right, by = figures(certainty, LEVELS)
    shares = "  ".join(f"{label} {by[label]:.3f}" for label in LEVELS)
    print(f"certainty  accuracy {right:.3f}  macro-F1 {sum(by.values()) / 3:.3f}   ({len(certainty)} mentions; F1 {shares})")
    confused = Counter(certainty)
    print("           gold \\ found " + "  ".join(f"{label:>9}" for label in LEVELS))
    for gold in LEVELS:
        print(f"           {gold:12} " + "  ".join(f"{confused[gold, got]:9}" for got in LEVELS))


if __name__ == "__main__":
    main()
