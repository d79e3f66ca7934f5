"""How fast `saksi add` takes records that were read before, how the cost of an article grows, and how large the file is.

    cargo run --profile quick -p xtask -- records 10000 --seed 1 > records.jsonl
    python3 bench/collection.py target/quick/saksi records.jsonl [PARTS [DB]]

Adds the records in PARTS (10) parts of equal length, one after the other, to one collection, and prints a line for each: articles
in the collection, articles a second by the clock, milliseconds of processor time an article, the file's size over that of the
records, and how many processes wanted a core just then. The collection is kept if DB says where.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main() -> None:
    program, records = sys.argv[1], Path(sys.argv[2])
    parts = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    lines = records.read_bytes().splitlines(keepends=True)
    whole = -(-len(lines) // parts)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print("articles\tarticles/s\tms CPU/article\tsize ratio\tload")
    with tempfile.TemporaryDirectory() as folder:
        db, part = Path(folder, "news.db"), Path(folder, "part.jsonl")
        if len(sys.argv) > 4:
            db = Path(sys.argv[4])
        there = size = 0
        seconds = processor = 0.0
        for start in range(0, len(lines), whole):
            some = lines[start : start + whole]
            part.write_bytes(b"".join(some))
            clock, before = time.perf_counter(), spent()
            subprocess.run([program, "add", part, "--db", db], check=True, capture_output=True)
            took, used = time.perf_counter() - clock, spent() - before
            there, size = there + len(some), size + part.stat().st_size
            seconds, processor = seconds + took, processor + used
            ratio = db.stat().st_size / size
            print(f"{there}\t{len(some) / took:.0f}\t{1000 * used / len(some):.2f}\t{ratio:.2f}\t{os.getloadavg()[0]:.1f}", flush=True)
        print(f"all\t{there / seconds:.0f}\t{1000 * processor / there:.2f}\t{ratio:.2f}")


if __name__ == "__main__":
    main()
