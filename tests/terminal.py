#!/usr/bin/env python3
"""Drives `saksi review` in a pseudo-terminal, as a person would: terminal.py SAKSI

Checks that keys decide and are kept in the log, that the screen follows the window's size and holds wide characters, that
a window of one line is stood, and that the terminal is as it was before after q, Ctrl-C, SIGTERM and a lost file.
"""
import fcntl
import os
import pty
import re
import select
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata
from pathlib import Path

ARTICLES = {
    "one.txt": "Rebels attack Bunia\n\nRebels attacked the town of Bunia on Monday, the army said. Lavrov met Kim Jong Un in Wonsan on Saturday.\n",
    "two.txt": "Lavrov in Wonsan\n\nRussian Foreign Minister Sergei Lavrov met Kim Jong Un 金正恩 in Wonsan on Saturday, KCNA reported.\n",
}


class Terminal:
    """A program in a pseudo-terminal, and what its screen shows."""

    def __init__(self, command, rows=30, columns=100, env=None):
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.process = subprocess.Popen(
            command, stdin=self.slave, stdout=self.slave, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0), env={**os.environ, "TERM": "xterm-256color", **(env or {})})
        self.raw = b""
        self.said = b""

    def resize(self, rows, columns):
        self.rows, self.columns = rows, columns
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds=0.6):
        """What was written until it is quiet for a while."""
        self.raw = b""
        end = time.time() + 10
        quiet = time.time() + seconds
        while time.time() < min(end, quiet):
            if select.select([self.master], [], [], 0.05)[0]:
                try:
                    self.raw += os.read(self.master, 65536)
                except OSError:
                    break
                quiet = time.time() + seconds
        self.said += self.raw
        return self.screen()

    def screen(self):
        """The lines of the last frame: each begins with a move to its row."""
        lines = {}
        for row, text in re.findall(r"\x1b\[(\d+);1H(.*?)(?=\x1b\[\d+;1H|\Z)", self.raw.decode("utf-8", "replace"), re.S):
            lines[int(row)] = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)
        return [lines[row] for row in sorted(lines)]

    def send(self, keys, seconds=0.6):
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)
        return self.read(seconds)

    def end(self, seconds=10):
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit("the program does not end")
        self.read(0.1)
        self.told = self.process.stderr.read().decode()
        return code

    def is_restored(self):
        return termios.tcgetattr(self.slave) == self.before and b"\x1b[?1049l" in self.said and b"\x1b[?25h" in self.said


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def check(what, holds, seen=""):
    if not holds:
        raise SystemExit(f"FAILED: {what}\n{seen}")
    print(f"ok: {what}")


def run(*command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)


def entries(db):
    with sqlite3.connect(f"file:{db}?mode=ro", uri=True) as connection:
        return connection.execute("SELECT who, action FROM log ORDER BY seq").fetchall()


def main(saksi):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        db = folder / "news.db"
        for name, text in ARTICLES.items():
            (folder / name).write_text(text)
        added = run(saksi, "add", *[folder / name for name in ARTICLES], "--db", db, "--published", "2025-07-13")
        check("articles are added", added.returncode == 0, added.stderr)
        review = [str(saksi), "review", "--db", str(db), "--who", "ana"]

        piped = run(*review, stdin=subprocess.DEVNULL)
        check("without a terminal it says what to do", piped.returncode == 2 and "--decisions" in piped.stderr, piped.stderr)

        terminal = Terminal(review)
        first = terminal.read(1.5)
        check("the first event is shown", first and first[0].startswith("1/") and "a accept" in first[-1], first)
        check("the screen is as high as the window", len(first) == 30, len(first))
        events = int(first[0].split("/")[1].split()[0])
        terminal.send("?")
        check("help is shown", any("split it off" in line for line in terminal.screen()), terminal.screen())
        terminal.send("x")
        for size in [(12, 40), (5, 20), (2, 10), (1, 1), (50, 200)]:
            terminal.resize(*size)
            os.kill(terminal.process.pid, signal.SIGWINCH)
            lines = terminal.read()
            fits = len(lines) <= size[0] and all(width(line.rstrip()) <= size[1] for line in lines)
            check(f"a window of {size[0]} lines and {size[1]} columns is filled and kept to", lines and fits, lines)
        check("nothing is decided before a key decides", entries(db) == [], entries(db))
        terminal.send("e")
        terminal.send("s")
        terminal.send("\x15done\r")
        shown = "\n".join(terminal.screen())
        check("a bad value is refused and stays", "`done` is none of" in shown and "status: done" in shown, shown)
        terminal.send("\x15future\r")
        check("a field is corrected", "status corrected" in "\n".join(terminal.screen()), terminal.screen())
        terminal.send("u")
        check("and undone", "undone" in "\n".join(terminal.screen()), terminal.screen())
        for _ in range(events):
            terminal.send("A", 0.4)
        check("every event is accepted", sum('"accept"' in action for _, action in entries(db)) == events, entries(db))
        terminal.send("q")
        check("q ends it", terminal.end() == 0 and "decisions made" in terminal.told, terminal.told)
        check("the terminal is as before", terminal.is_restored())
        check("the log names who", {who for who, _ in entries(db)} == {"ana"}, entries(db))

        done = run(*review, stdin=subprocess.DEVNULL)
        terminal = Terminal(review)
        check("with nothing left it says so", terminal.end() == 0 and "nothing to review" in terminal.told, terminal.told)

        again = review + ["--review", "accepted,edited"]
        wide = Terminal(again, 30, 60)
        frames = [wide.read(1.5)]
        for _ in range(events):
            frames.append(wide.send("j", 0.4))
            frames.append(wide.send("n", 0.4))
        chinese = [frame for frame in frames if any("金正恩" in line for line in frame)]
        check("wide characters are shown", chinese, frames)
        check("and counted", all(width(line.rstrip()) <= 60 for frame in chinese for line in frame), chinese)
        wide.send("m")
        wide.send("rebels")
        wide.send(b"\x1b", 1.0)
        wide.send("\x03")
        check("Ctrl-C ends it", wide.end() == 0)
        check("the terminal is as before after Ctrl-C", wide.is_restored())

        killed = Terminal(again)
        killed.read(1.5)
        killed.process.send_signal(signal.SIGTERM)
        check("SIGTERM ends it", killed.end() == 0)
        check("the terminal is as before after SIGTERM", killed.is_restored())

        busy = Terminal(again + ["--wait", "0"])
        busy.read(1.5)
        other = sqlite3.connect(db, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        busy.send("r", 1.5)
        check("a file in use is told of", "in use" in "\n".join(busy.screen()), busy.screen())
        other.execute("ROLLBACK")
        other.close()
        busy.send("q")
        check("and the review goes on until q", busy.end() == 0 and busy.is_restored(), busy.told)

        gold = folder / "gold"
        exported = run(saksi, "review", "--db", db, "--export-gold", gold)
        check("reviewed articles are exported", exported.returncode == 0 and len(list(gold.glob("*.json"))) == len(ARTICLES), exported.stderr)
        scored = run(saksi, "score", gold)
        full = re.search(r"full .*F1 (\S+)", scored.stdout)
        check("accepted as read they score 1", scored.returncode == 0 and full and full.group(1) == "1.000", scored.stdout + scored.stderr)
        kept = run(saksi, "score", gold, "--db", db)
        check("so do the collection's records", kept.stdout == scored.stdout, kept.stdout + kept.stderr)
        twice = run(saksi, "review", "--db", db, "--export-gold", gold)
        check("nothing is written over", twice.returncode == 2 and "is there already" in twice.stderr, twice.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
