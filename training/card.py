#!/usr/bin/env python3
"""Writes lang/<code>/MODEL_CARD.md from the model file and the data it was made of: `python training/card.py id`."""
import argparse
import glob
import hashlib
import json
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {"id": "Indonesian", "en": "English"}
DATA = {
    "id": [
        ("treebanks/id_csui-ud-train.conllu", "UD Indonesian-CSUI, CC BY-SA 4.0", "trees, tags, lemmas; every fifth sentence held out"),
        ("treebanks/id_pud-ud-test.conllu", "UD Indonesian-PUD, CC BY-SA 3.0", "trees, tags, lemmas"),
        ("treebanks/id_gsd-ud-dev.conllu", "UD Indonesian-GSD, CC BY-SA 4.0", "trees, tags, lemmas"),
        ("treebanks/id_gsd-silver-train.conllu", "UD Indonesian-GSD of an older release, labels converted, CC BY-SA 4.0", "trees, tags, lemmas, at a lower weight"),
        ("ner/idner-news-2k/train.txt", "idner-news-2k, MIT", "names; also read by the teachers"),
    ],
    "en": [
        ("treebanks/en_ewt-ud-train.rebuilt.conllu", "UD English-EWT, CC BY-SA 4.0", "trees, tags, lemmas"),
        ("treebanks/en_gum-news/*.conllu", "GUM news, text CC BY 2.5, annotation CC BY 4.0", "trees, tags, lemmas, names; every tenth sentence held out"),
        ("ner/re3d/CONLL-format/data/train/re3d-train.conll", "re3d, Crown copyright and others, see its LICENSES", "names"),
        ("ner/wnut17/CONLL-format/data/train/wnut17train.conll", "WNUT 17, CC BY 4.0", "names, at a low weight"),
    ],
}
EXTRA = {
    "id": [
        ("id/nergrit_ner-grit.train.txt", "NERGrit, from IndoNLU, MIT", "names, in a manner of their own; also read by the teachers"),
        ("id/nergrit_ner-grit.valid.txt", "NERGrit, from IndoNLU, MIT", "as above"),
        ("id/facqa_qa-factoid-itb.train.csv", "FacQA, from IndoNLU, CC BY-SA 4.0", "passages read by the teachers"),
    ],
    "en": [("en_gum/*.conllu", "GUM: academic, bio, court, interview, speech, voyage, without its test documents; text CC BY, CC BY-SA or public domain, annotation CC BY 4.0",
            "trees, tags, lemmas, names")],
}
PARTS = {
    "csui": "CSUI, every fifth sentence (news; decided which model was kept)", "gsd": "GSD test (wiki; reported only)",
    "idner": "idner-news-2k dev (names)", "ewt": "EWT dev (decided which model was kept)", "ewt_test": "EWT test (reported only)",
    "gum": "GUM news, every tenth sentence", "pud": "PUD (reported only)",
}


def digest(pattern):
    """sha256 over the files that a pattern names, in order."""
    files = sorted(glob.glob(pattern))
    h = hashlib.sha256()
    for f in files:
        h.update(open(f, "rb").read())
    return f"`{h.hexdigest()}`" if files else "absent here"


def splitter(path):
    """What the card says of the splitter, if the pack has one."""
    if not os.path.exists(path):
        return []
    raw = open(path, "rb").read()
    head = json.loads(raw[16:16 + struct.unpack("<I", raw[12:16])[0]])
    scores = ", ".join(f"{name} {value:.1f}" for name, value in head["scores"].items())
    return ["## Splitter", "", "`splitter.bin`, made by `training/splitter.py " + head["language"] + "` from the trees' plain text, says where sentences end; same licence.", "",
            f"- size: {len(raw) / 1e3:.0f} kB, {head['tensors']['vocab']['shape'][0]:,} feature rows",
            f"- sha256 of splitter.bin: `{hashlib.sha256(raw).hexdigest()}`", f"- seed: {head['seed']}",
            f"- F1 of sentences in plain text, parts not trained on: {scores} (ewt: EWT dev, which decided; gum: every eighth document of GUM news)", ""]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("lang")
    ap.add_argument("--data", default=os.environ.get("SAKSI_DATA", os.path.join(HERE, "..", "..", "shared", "data")))
    ap.add_argument("--extra", default=os.environ.get("SAKSI_EXTRA", ""))
    args = ap.parse_args()
    folder = os.path.join(HERE, "..", "lang", args.lang)
    raw = open(os.path.join(folder, "model.bin"), "rb").read()
    head = json.loads(raw[16:16 + struct.unpack("<I", raw[12:16])[0]])
    notes = os.path.join(HERE, f"notes.{args.lang}.md")
    out = [f"# Language model for {NAMES[args.lang]}", "",
           "Tags, features, lemmas, trees and names for news, read by crates/saksi-analysis. Made by `training/train.py " + args.lang
           + "`; the network is described in training/FORMAT.md.", "",
           f"- size: {len(raw) / 1e6:.1f} MB, {head['tensors']['vocab']['shape'][0]:,} feature rows; sizes {json.dumps(head['dims'])}",
           f"- sha256 of model.bin: `{hashlib.sha256(raw).hexdigest()}`", f"- seed: {head['seed']}",
           "- licence: CC BY-SA 4.0, see MODEL_LICENSE", "",
           "## Scores", "", "Gold sentences and words, after rounding to the shipped weights, in percent. LAS leaves out subtypes, as the official measure does.", "",
           "| part | UPOS | FEATS | lemma | UAS | LAS | LAS with subtypes | names F1 |", "|---|---|---|---|---|---|---|---|"]
    for k, s in head["scores"].items():
        out.append("| " + " | ".join([PARTS.get(k, k)] + [f"{s[c]:.1f}" if c in s else "" for c in ("upos", "feats", "lemma", "uas", "las", "lasx", "names")]) + " |")
    out += ["", "Lemmas of GSD and PUD follow other conventions than those of the main treebank's lemma table.", "",
            *splitter(os.path.join(folder, "splitter.bin")), "## Data", "", "| file | what, licence | for | sha256 |", "|---|---|---|---|"]
    for root, rows in ((args.data, DATA), (args.extra, EXTRA)):
        for path, what, use in rows[args.lang]:
            out.append(f"| {path} | {what} | {use} | {digest(os.path.join(root, path)) if root else 'absent here'} |")
    out += ["", "Word lists: spacy-lookups-data 1.0.5 (MIT)" + (", Brown clusters of frequent words." if args.lang == "en" else ", roots of words.")]
    if os.path.exists(notes):
        out += ["", open(notes, encoding="utf-8").read().strip()]
    open(os.path.join(folder, "MODEL_CARD.md"), "w", encoding="utf-8").write("\n".join(out) + "\n")
    print(os.path.join(folder, "MODEL_CARD.md"))


if __name__ == "__main__":
    main()
