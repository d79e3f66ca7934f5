#!/usr/bin/env python3
"""How far pages read as the files beside them say: `saksi clean` over FOLDER/*.html against FOLDER/*.txt (docs/pages.md).

usage: pages.py FOLDER [--program saksi] [--show]
Words of the body are aligned; a noise passage is right if its kind and its characters are. --show prints the differing lines.
"""
import argparse
import difflib
import json
import re
import subprocess
from collections import Counter
from pathlib import Path

WORD = re.compile(r"\w+")
MARK = re.compile(r"⟦([a-z-]+)\|([^⟧]*)⟧")
FIELDS = ["title", "author", "outlet", "published", "language", "url"]


def written(found):
    """What is found, as the files have it."""
    article = found["article"]
    day = article["published"]
    known = {field: article[field] or "-" for field in FIELDS if field != "published"}
    known["published"] = f"{day['value']} {day['basis']}" if day["value"] else "-"
    out = "".join(f"{field}: {known[field]}\n" for field in FIELDS) + "\n"
    starts = {passage["start"]: passage["kind"] for passage in found["passages"]}
    ends = {passage["end"] for passage in found["passages"]}
    for at, c in enumerate(found["text"]):
        out += (f"⟦{starts[at]}|" if at in starts else "") + c + ("⟧" if at + 1 in ends else "")
    return out + "\n"


def parted(page):
    head, text = page.split("\n\n", 1)
    known = dict(line.split(": ", 1) for line in head.splitlines())
    noise = Counter(mark for mark in MARK.findall(text) if mark[0] != "title")
    return known, noise, WORD.findall(MARK.sub(" ", text))


def unlike(true, found):
    """How many words of the first are not in the second, and the other way round, in order."""
    blocks = difflib.SequenceMatcher(None, true, found, autojunk=False).get_matching_blocks()
    both = sum(block.size for block in blocks)
    return len(true) - both, len(found) - both


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--program", default="saksi")
    arguments.add_argument("--show", action="store_true")
    arguments = arguments.parse_args()
    sums, pages = Counter(), sorted(arguments.folder.glob("*.html"))
    for page in pages:
        command = [arguments.program, "clean", str(page), "--format", "json"]
        answer = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        found, true = written(answer), page.with_suffix(".txt").read_text(encoding="utf-8")
        (known, noise, body), (known_found, noise_found, body_found) = parted(true), parted(found)
        lost, left = unlike(body, body_found)
        both = sum((noise & noise_found).values())
        sums.update(
            exact=found == true, whole=lost == 0, clean=left == 0, words=len(body), lost=lost, left=left,
            labelled=sum(noise.values()), right=both, extra=sum(noise_found.values()) - both,
            **{field: known[field] == known_found[field] for field in FIELDS},
        )
        if arguments.show and found != true:
            print(f"=== {page.stem} (lost {lost}, left {left})")
            for line in difflib.unified_diff(true.splitlines(), found.splitlines(), n=0, lineterm=""):
                if not line.startswith(("---", "+++", "@@")) and line not in "+-":
                    print("  ", line)
    print(f"{len(pages)} pages: {sums['exact']} exact; all words of the body in {sums['whole']}, no others in {sums['clean']}"
          f" ({sums['lost']} of {sums['words']} words lost, {sums['left']} left in)")
    print(f"noise: {sums['right']} of {sums['labelled']} as written, {sums['extra']} found otherwise")
    print("right: " + ", ".join(f"{field} {sums[field]}" for field in FIELDS))


if __name__ == "__main__":
    main()
