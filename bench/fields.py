#!/usr/bin/env python3
"""Where and when: the place and the time of the acts that a record and the gold have in common.

    python3 bench/fields.py --saksi target/release/saksi ../shared/gold tests/articles tests/kept [--show]

`saksi score` does not look at places. An act is matched by type and trigger. `place`: of those that the program gives, the share that
is one of the gold's, by name or as written; of the gold's, the share that the program has. A coder often leaves a place out that
the text has, so that the first says less than the second. `time`: the same, by the first day.
"""
import argparse
import json
import pathlib
import subprocess
from collections import Counter


def read(saksi, text, gold):
    command = [saksi, "read", "--format", "json", "--language", gold["language"], str(text)]
    if gold.get("published"):
        command[4:4] = ["--published", gold["published"]]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def values(record, event):
    """What may stand for the place and the time of an event of a record."""
    text, places = record["text"], {place["id"]: place for place in record["places"]}
    names = set()
    for place in (places[place] for place in event["place"]):
        names.add(place["name"].lower())
        names.update(text[mention["start"]:mention["end"]].lower() for mention in place["mentions"])
    time = event.get("time") or {}
    days = {str(day)[:10] for day in (time.get("earliest"), time.get("value")) if day}
    return {"place": names, "time": days}


def coded(event):
    as_list = lambda value: [value] if isinstance(value, str) else value or []
    time = event.get("time")
    time = time.get("value") if isinstance(time, dict) else time
    return {"place": {name.lower() for name in as_list(event.get("place"))}, "time": {str(day)[:10] for day in as_list(time)[:1]}}


def right(field, gold, got):
    if field == "time":
        return bool(gold & got)
    return any(one in other or other in one for one in gold for other in got)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saksi", default="target/release/saksi")
    parser.add_argument("--show", action="store_true", help="print what comes out otherwise")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    for folder in options.folders:
        counts = Counter()
        for path in sorted(folder.glob("*.json")):
            text, gold = path.with_suffix(".txt"), json.loads(path.read_text())
            if not text.exists():
                continue
            record = read(options.saksi, text, gold)
            events = [(event, record["text"][event["trigger"]["start"]:event["trigger"]["end"]]) for event in record["events"]]
            used = set()
            for event in gold["events"]:
                trigger = event.get("trigger") or ""
                trigger = trigger if isinstance(trigger, str) else trigger.get("text", "")
                fits = lambda one, words: one["type"] == event["type"] and (words in trigger or trigger in words)
                found = next((at for at, pair in enumerate(events) if at not in used and fits(*pair)), None)
                if found is None:
                    continue
                used.add(found)
                wanted, given = coded(event), values(record, events[found][0])
                for field in ("place", "time"):
                    ok = right(field, wanted[field], given[field])
                    counts.update({f"{field} gold": bool(wanted[field]), f"{field} given": bool(given[field]), f"{field} right": ok})
                    if options.show and not ok and (wanted[field] or given[field]):
                        print(path.stem, event["type"], repr(events[found][1]), field, sorted(wanted[field]), sorted(given[field]))
        for field in ("place", "time"):
            gold, given, both = (counts[f"{field} {part}"] for part in ("gold", "given", "right"))
            print(f"{folder} {field}: {both} right of {given} given ({both / max(given, 1):.2f}) and of {gold} coded ({both / max(gold, 1):.2f})")


if __name__ == "__main__":
    main()
