#!/usr/bin/env python3
"""Kills `saksi add` at random moments and looks at what is left: no article that was told of as added is lost, and
`saksi verify` finds nothing.

    cargo run --profile quick -p xtask -- records 3000 > records.jsonl
    python3 bench/kill_add.py target/quick/saksi records.jsonl --kills 1000
    python3 bench/kill_add.py target/quick/saksi records.jsonl --many 50
    python3 bench/kill_add.py target/quick/saksi records.jsonl --full 100

With --many all records are added in one go, with the indexes left out that only questions use, and made again at the end; after a
kill at a random moment the file is whole, and the next `add` brings it to what one that nobody killed makes.

With --full the disk is full at so many points instead: the size that a file may have is bounded (RLIMIT_FSIZE), so that a write
fails wherever the bound lies.
"""

import argparse
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time


def count(path):
    if not os.path.exists(path):
        return 0
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return db.execute("SELECT count(*) FROM article").fetchone()[0]
    except sqlite3.OperationalError:
        return 0  # not made yet
    finally:
        db.close()


def verify(saksi, path):
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return
    done = subprocess.run([saksi, "verify", "--db", path], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"verify failed: {done.stdout}{done.stderr}")


def pieces(records, size):
    with open(records, encoding="utf-8") as lines:
        lines = list(lines)
    return [lines[at : at + size] for at in range(0, len(lines), size)]


def kills(saksi, records, number, rng, folder):
    path = os.path.join(folder, "killed.db")
    parts = pieces(records, 40)
    acknowledged = rounds = 0
    first = os.path.join(folder, "first.jsonl")
    with open(first, "w", encoding="utf-8") as out:
        out.writelines(parts[0])
    begun = time.monotonic()
    subprocess.run([saksi, "add", first, "--db", path], check=True, capture_output=True)
    usual = time.monotonic() - begun
    for kill in range(number):
        # A few articles at a time, each in a file of its own, so that several commits come before the kill.
        names = []
        for at, part in enumerate(rng.sample(parts, 3)):
            name = os.path.join(folder, f"part-{at}.jsonl")
            with open(name, "w", encoding="utf-8") as out:
                out.writelines(part)
            names.append(name)
        added = []
        process = None
        deadline = time.monotonic() + rng.random() * 3.2 * usual
        for name in names:
            process = subprocess.Popen([saksi, "add", name, "--db", path], stderr=subprocess.PIPE, text=True)
            while process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.001)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
                break
            if process.returncode == 0:
                added.append(name)
            process.stderr.close()
        rounds += 1
        if kill % 20 == 0 or added:
            verify(saksi, path)
        for name in added:
            # What was told of as added must be there already.
            again = subprocess.run([saksi, "add", name, "--db", path], capture_output=True, text=True)
            if not again.stderr.strip().startswith("added 0,"):
                sys.exit(f"kill {kill}: an acknowledged article is gone: {again.stderr}")
            acknowledged += 1
        if count(path) > 2000:
            verify(saksi, path)
            for end in ("", "-wal", "-shm"):
                if os.path.exists(path + end):
                    os.remove(path + end)
    verify(saksi, path)
    print(f"{rounds} kills, {acknowledged} acknowledged files checked, verify clean after each look")


def state(path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = ["article", "report", "event", "party", "place", "voice"]
        counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
        names = db.execute("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name").fetchall()
        return counts, names, db.execute("SELECT summary FROM event ORDER BY key").fetchall()
    finally:
        db.close()


def many(saksi, records, number, rng, folder):
    path = os.path.join(folder, "many.db")
    add = [saksi, "add", records, "--leave-out-after", "500", "--db", path]
    begun = time.monotonic()
    subprocess.run(add, check=True, capture_output=True)
    usual = time.monotonic() - begun
    whole = state(path)
    lacked = there = 0
    for kill in range(number):
        for end in ("", "-wal", "-shm"):
            if os.path.exists(path + end):
                os.remove(path + end)
        # Most of them late, where indexes are missing.
        moment = usual * (rng.random() if kill % 3 == 0 else 0.5 + 0.6 * rng.random())
        process = subprocess.Popen(add, stderr=subprocess.DEVNULL)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        verify(saksi, path)
        there += count(path) > 0
        again = subprocess.run(add, check=True, capture_output=True, text=True)
        lacked += "making" in again.stderr
        if state(path) != whole:
            sys.exit(f"kill {kill}: the collection is another")
        if kill % 10 == 0:
            verify(saksi, path)
    print(f"{number} kills, {there} with articles there, {lacked} with indexes missing; verify clean, and the same collection after each")


def full(saksi, records, points, rng, folder):
    source = os.path.join(folder, "some.jsonl")
    with open(source, "w", encoding="utf-8") as out:
        for part in pieces(records, 200)[:1]:
            out.writelines(part)
    whole = os.path.join(folder, "whole.db")
    subprocess.run([saksi, "add", source, "--db", whole], check=True, capture_output=True)
    size = os.path.getsize(whole)
    failed = 0
    for point in range(points):
        path = os.path.join(folder, f"full-{point}.db")
        bound = int(size * (point + rng.random()) / points)

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (bound, bound))

        done = subprocess.run([saksi, "add", source, "--db", path], preexec_fn=limit, capture_output=True, text=True)
        if done.returncode != 0:
            failed += 1
            if "error:" not in done.stderr or "panicked" in done.stderr:
                sys.exit(f"point {point}: no clear error: {done.stderr}")
        if os.path.exists(path):
            verify(saksi, path)
            again = subprocess.run([saksi, "add", source, "--db", path], capture_output=True, text=True)
            if again.returncode != 0 or count(path) != count(whole):
                sys.exit(f"point {point}: it cannot be gone on with: {again.stderr}")
            verify(saksi, path)
            for end in ("", "-wal", "-shm"):
                if os.path.exists(path + end):
                    os.remove(path + end)
    print(f"{points} points, {failed} of them failed with a clear error; each file opens, verifies and goes on")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("saksi")
    parser.add_argument("records")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--full", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as folder:
        if args.kills:
            kills(args.saksi, args.records, args.kills, rng, folder)
        if args.many:
            many(args.saksi, args.records, args.many, rng, folder)
        if args.full:
            full(args.saksi, args.records, args.full, rng, folder)


if __name__ == "__main__":
    main()
