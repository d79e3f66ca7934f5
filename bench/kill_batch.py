"""Kills a batch at random moments until it is done, and compares its bytes with those of a run that was left alone.

    cargo xtask generate 10000 --seed 3 --copies 200 > ten.jsonl
    python3 bench/kill_batch.py target/release/saksi ten.jsonl --kills 50 --part 100

Half of the kills are spread over the time that the whole run takes; the others come while the records are told of their
groups, which is short: the program is killed once the journal says that all is read, and at random moments after that.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time


def files(folder):
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            full = os.path.join(path, name)
            with open(full, "rb") as file:
                found[os.path.relpath(full, folder)] = file.read()
    return found


def is_read(folder):
    try:
        with open(os.path.join(folder, ".saksi", "journal.jsonl"), "rb") as file:
            return b'\n"read"\n' in file.read()
    except OSError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("input")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--part", default="100")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--format", default="jsonl")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--whole", help="a folder that a run left alone has filled with the same options; needs --usual")
    parser.add_argument("--usual", type=float, help="seconds that it took")
    parser.add_argument("--folder", help="where to write [default: a temporary folder]")
    args = parser.parse_args()
    random.seed(args.seed)
    root = args.folder or tempfile.mkdtemp(prefix="saksi-kill-")
    whole, killed = os.path.join(root, "whole"), os.path.join(root, "killed")
    whole = args.whole or whole
    for folder in (killed,) if args.whole else (whole, killed):
        shutil.rmtree(folder, ignore_errors=True)

    def start(folder, resume):
        command = [args.program, "read", args.input, "-o", folder, "--part", args.part, "--format", args.format]
        command += ["--threads", args.threads] + (["--resume"] if resume else [])
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    if args.whole:
        if not args.usual:
            sys.exit("--whole needs --usual")
        usual = args.usual
    else:
        begun = time.time()
        code = start(whole, False).wait()
        usual = time.time() - begun
        if code not in (0, 1):
            sys.exit(f"the run that was left alone ended with {code}")

    spread = args.kills // 2
    reading = grouping = 0
    begun = time.time()
    while True:
        child = start(killed, True)
        if reading < spread:
            wait = random.uniform(0, 2 * usual / spread)
        elif grouping < args.kills - spread:
            while child.poll() is None and not is_read(killed):
                time.sleep(0.005)
            wait = random.uniform(0, 0.03 * usual / (args.kills - spread) + 0.3)
        else:
            wait = None
        try:
            code = child.wait(wait)
            break
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            if is_read(killed):
                grouping += 1
            else:
                reading += 1
    one, other = files(whole), files(killed)
    different = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    print(
        f"left alone {usual:.0f} s; killed {reading} times while reading and {grouping} while grouping, "
        f"{time.time() - begun:.0f} s, ended with {code}; {len(one)} files, different: {different or 'none'}"
    )
    if not args.folder:
        shutil.rmtree(root)
    sys.exit(1 if different else 0)


main()
