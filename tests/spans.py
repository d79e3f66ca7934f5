#!/usr/bin/env python3
"""Checks over the JSON that every span of a record slices its text: spans.py SAKSI FILE…"""
import json
import subprocess
import sys


def spans(node, path="$"):
    """Yields every {start, end} of a record with its path."""
    if isinstance(node, dict):
        if node.get("start") is not None and "end" in node:
            yield path, node["start"], node["end"]
        for key, value in node.items():
            yield from spans(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from spans(value, f"{path}[{index}]")


def main():
    saksi, *files = sys.argv[1:]
    if not files:
        sys.exit("usage: spans.py SAKSI FILE...")
    checked = 0
    for file in files:
        done = subprocess.run([saksi, "read", "--format", "json", file], capture_output=True, check=True)
        again = subprocess.run([saksi, "read", "--format", "json", file], capture_output=True, check=True)
        if done.stdout != again.stdout:
            sys.exit(f"{file}: two runs differ")
        record = json.loads(done.stdout)
        text = record["text"]
        with open(file, encoding="utf-8", newline="") as handle:
            if handle.read() != text:
                sys.exit(f"{file}: the record's text is not the file's")
        for path, start, end in spans(record):
            if not 0 <= start <= end <= len(text):
                sys.exit(f"{file}: {path}: {start}..{end} lies outside the text")
            if start == end or not text[start:end].strip():
                sys.exit(f"{file}: {path}: {start}..{end} holds nothing")
            checked += 1
        ids = {a["id"] for a in record["actors"]} | {p["id"] for p in record["places"]} | {t["id"] for t in record["attributions"]}
        for event in record["events"]:
            for id_ in event["actor"] + event["recipient"] + event["place"] + event["attribution"]:
                if id_ not in ids:
                    sys.exit(f"{file}: {event['id']} names {id_}, which is nowhere")
    print(f"{checked} spans in {len(files)} articles")


if __name__ == "__main__":
    main()
