#!/usr/bin/env python3
"""Check the form of the stories: python3 tests/stories/check.py [STORY...]. Prints what is wrong, exits 1 if anything is."""

import datetime
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).parent
TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
    "ASSAULT".split()
)
FIELDS = {"place", "time", "actor", "recipient", "status", "certainty", "mode"}
ARTICLE_KEYS = {"file", "outlet", "published", "copy_of"}
EVENT_KEYS = {"name", "type", "reports", "sources", "differs"}


def locate(text, trigger):
    """Start of a trigger `words` or `words #n` in text, and an error or None."""
    words, number = trigger, 1
    if found := re.fullmatch(r"(.*) #([1-9]\d*)", trigger):
        words, number = found[1], int(found[2])
    anywhere = [m.start() for m in re.finditer(re.escape(words), text)]
    whole = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(whole) < number:
        return None, f"not found as whole words: {trigger!r}"
    if anywhere[number - 1] != whole[number - 1]:
        return None, f"count differs inside words: {trigger!r}"
    if len(whole) > 1 and words == trigger:
        return whole[0], f"stands {len(whole)} times, say which (#1 is the first): {trigger!r}"
    return whole[number - 1], None


def split_report(report):
    """File and trigger of `file: trigger`."""
    file, _, trigger = report.partition(": ")
    return file, trigger


def check_articles(folder, story):
    """Texts by file, and errors."""
    texts, errors = {}, []
    listed = [a.get("file") for a in story.get("article", [])]
    present = sorted(p.name for p in folder.glob("*.txt"))
    if sorted(listed) != present:
        errors.append(f"articles listed {listed}, present {present}")
    if not 2 <= len(listed) <= 6:
        errors.append(f"{len(listed)} articles")
    for article in story.get("article", []):
        file = article["file"]
        if unknown := set(article) - ARTICLE_KEYS:
            errors.append(f"{file}: unknown keys {sorted(unknown)}")
        if not article.get("outlet"):
            errors.append(f"{file}: no outlet")
        try:
            datetime.date.fromisoformat(article["published"])
        except (KeyError, ValueError) as error:
            errors.append(f"{file}: published: {error}")
        if not re.fullmatch(r"[a-f]\.(id|en)\.txt", file):
            errors.append(f"{file}: name is not LETTER.LANGUAGE.txt")
        if "copy_of" in article and (article["copy_of"] not in listed or article["copy_of"] == file):
            errors.append(f"{file}: copy_of names no other article")
        path = folder / file
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        texts[file] = text
        lines = text.split("\n")
        if not lines[0].strip() or lines[1:2] != [""] or len(lines) < 3 or not text.endswith("\n"):
            errors.append(f"{file}: not title, blank line, body, newline")
        count = len(text.split())
        if not 60 <= count <= 260:
            errors.append(f"{file}: {count} words")
    return texts, errors


def check_events(story, texts):
    """Errors in events and near misses."""
    errors, taken, names = [], {}, set()
    for event in story.get("event", []):
        name = event.get("name", "?")
        if name in names:
            errors.append(f"{name}: named twice")
        names.add(name)
        if unknown := set(event) - EVENT_KEYS:
            errors.append(f"{name}: unknown keys {sorted(unknown)}")
        if "type" in event and event["type"] not in TYPES:
            errors.append(f"{name}: type {event['type']}")
        if not event.get("reports"):
            errors.append(f"{name}: no reports")
        files = set()
        for report in event.get("reports", []):
            file, trigger = split_report(report)
            if file not in texts:
                errors.append(f"{name}: no such file: {report!r}")
                continue
            files.add(file)
            start, error = locate(texts[file], trigger)
            if error:
                errors.append(f"{name}: {file}: {error}")
            elif (other := taken.setdefault((file, start), name)) != name:
                errors.append(f"{name}: {report!r} is also {other}")
        if "sources" in event and not 1 <= event["sources"] <= len(event.get("reports", [])):
            errors.append(f"{name}: sources {event['sources']}")
        for differs in event.get("differs", []):
            field, values = differs.get("field", ""), differs.get("values", {})
            if field not in FIELDS and not re.fullmatch(r"figure:[a-z ]+", field):
                errors.append(f"{name}: field {field!r}")
            if len(values) < 2:
                errors.append(f"{name}: {field}: fewer than two values")
            for value, tellers in values.items():
                if not tellers or not set(tellers) <= files:
                    errors.append(f"{name}: {field}: {value}: not files that report it: {tellers}")
    for miss in story.get("near_miss", []):
        if not miss.get("why") or len(miss.get("events", [])) < 2 or not set(miss["events"]) <= names:
            errors.append(f"near_miss {miss.get('events')}: needs why and two events of the story")
    if not names:
        errors.append("no events")
    return errors


def check_story(folder):
    """Errors of one story."""
    try:
        story = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        return [f"story.toml: {error}"]
    errors = [] if story.get("about") else ["no about"]
    if unknown := set(story) - {"about", "kept", "whole", "article", "event", "near_miss"}:
        errors.append(f"unknown keys {sorted(unknown)}")
    texts, found = check_articles(folder, story)
    return errors + found + check_events(story, texts)


def main(arguments):
    """Check the named stories, or all."""
    folders = [HERE / name for name in arguments] or sorted(p for p in HERE.iterdir() if p.is_dir() and p.name != "__pycache__")
    wrong, totals = 0, [0, 0, 0, 0]
    for folder in folders:
        for error in check_story(folder):
            print(f"{folder.name}: {error}")
            wrong += 1
        try:
            story = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError):
            continue
        events = story.get("event", [])
        totals[0] += len(story.get("article", []))
        totals[1] += len(events)
        totals[2] += sum(len(e.get("reports", [])) for e in events)
        totals[3] += sum(len(e.get("differs", [])) for e in events)
    print(f"{len(folders)} stories, {totals[0]} articles, {totals[1]} events, {totals[2]} reports, {totals[3]} differences, {wrong} errors")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
