#!/usr/bin/env python3
"""Trains `lang/<code>/splitter.bin`: where sentences end. One command: `python training/splitter.py en`.

Surface tokens and what the rules say come from the program itself (the example `surface`), the ends from the treebanks' plain
text. FORMAT.md describes the file. Tried without gain: wider nets, a small net that learns from several, leaving out marks in training.
"""
import argparse
import glob
import json
import os
import random
import re
import struct
import subprocess
import sys
import time
from collections import Counter

import numpy as np
import torch
from torch import nn

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import features as ft  # noqa: E402
from evaluate import blocks, plain  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ["word", "number", "abbreviation", "abbreviation-never", "stop", "mark", "ellipsis", "open", "close", "comma", "colon", "sign", "dash", "other"]
FEATURES = [
    {"kind": "word", "tag": 1}, {"kind": "form", "tag": 2}, {"kind": "shape", "tag": 5}, {"kind": "prefix", "n": 1, "tag": 11},
    {"kind": "prefix", "n": 3, "tag": 13}, {"kind": "suffix", "n": 2, "tag": 22}, {"kind": "suffix", "n": 3, "tag": 23},
]
#: Surface tokens read at once, and how many of them at each inner edge are read for the sake of the others only.
WINDOW, MARGIN = 160, 32
SIZES = {"rows": 2900, "embed": 40, "lstm": 48, "hidden": 32}
RATE = 3e-3


def sources(lang, root):
    """(domain, treebank blocks) to learn from, the first domain's held-out part, and the second's."""
    t = os.path.join(root, "treebanks")
    if lang != "en":
        raise SystemExit(f"no recipe for {lang}")
    gum = [blocks(f) for f in sorted(glob.glob(f"{t}/en_gum-news/*.conllu"))]
    held = [b for i, d in enumerate(gum) if i % 8 == 7 for b in d]
    rest = [b for i, d in enumerate(gum) if i % 8 != 7 for b in d]
    return ["ewt", "gum"], [blocks(f"{t}/en_ewt-ud-train.rebuilt.conllu"), rest], [blocks(f"{t}/en_ewt-ud-dev.conllu"), held]


def ends(bs):
    """The plain text of the blocks and where their sentences end in it."""
    text, at, out = plain(bs), 0, set()
    for b in bs:
        words = re.search(r"^# text = (.*)$", b, re.M).group(1).strip()
        at = text.index(words, at) + len(words)
        out.add(at)
    return text, out


class Forms:
    """Numbers of forms, and their features' rows in tables of a given size."""

    def __init__(self):
        self.number, self.keys = {}, []

    def add(self, form):
        if form not in self.number:
            self.number[form] = len(self.number)
            n, w = ft.norm(form), ft.low(form)
            text = {"word": w, "form": n, "shape": ft.shape(n)}
            self.keys.append([ft.key(f["tag"], text.get(f["kind"]) or (w[:f["n"]] if f["kind"] == "prefix" else w[-f["n"]:])) for f in FEATURES])
        return self.number[form]

    def vocab(self, part, size):
        """The features seen most often in the parts, at least three times."""
        seen = Counter(k for lines_ in part for line in lines_ for form in line[:, 0] for k in self.keys[form])
        return sorted(k for k, n in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[:size] if n >= 3)

    def rows(self, vocab):
        """Rows of the features of every form; one behind the last for those without."""
        row = {k: i for i, k in enumerate(vocab)}
        return torch.tensor([[row.get(k, len(vocab)) for k in keys] for keys in self.keys])


def lines(binary, lang, bs, forms):
    """The lines of the blocks' text: per surface token its form, kind, whether the rules end a sentence, blank before, gold end."""
    text, gold = ends(bs)
    out = []
    for line in subprocess.run([binary, lang], input=text, capture_output=True, text=True, check=True).stdout.split("\n\n"):
        rows, before = [], None
        for row in line.split("\n"):
            if row:
                a, b, kind, rule = row.split("\t")
                a, b = int(a), int(b)
                rows.append((forms.add(text[a:b]), KINDS.index(kind), int(rule), int(a != before), int(b in gold)))
                before = b
        if rows:
            out.append(np.array(rows))
    return out


class Net(nn.Module):
    """Sums of rows, one BiLSTM, a hidden layer, one number: above 0, a sentence ends behind the token."""

    def __init__(self, d, rows, domains):
        super().__init__()
        e = d["embed"]
        self.embed = nn.Embedding(rows + 1, e)
        self.kind, self.ends = nn.Embedding(len(KINDS), e), nn.Embedding(2, e)
        self.space, self.domain = nn.Embedding(2, e), nn.Embedding(domains, e)
        for table in (self.embed, self.kind, self.ends, self.space, self.domain):
            nn.init.normal_(table.weight, std=0.1)
        self.lstm = nn.LSTM(e, d["lstm"], bidirectional=True, batch_first=True)
        self.hidden, self.out, self.drop = nn.Linear(2 * d["lstm"], d["hidden"]), nn.Linear(d["hidden"], 1), nn.Dropout(0.3)

    def forward(self, x, rows, domain, lengths):
        r = rows[x[..., 0]]
        if self.training:  # features not seen in training have the last row
            r = torch.where(torch.rand(r.shape) < 0.1, self.embed.num_embeddings - 1, r)
        v = self.embed(r).sum(2) + self.kind(x[..., 1]) + self.ends(x[..., 2]) + self.space(x[..., 3]) + self.domain(domain).unsqueeze(1)
        packed = nn.utils.rnn.pack_padded_sequence(self.drop(torch.tanh(v)), lengths, batch_first=True, enforce_sorted=False)
        q, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        return self.out(torch.relu(self.hidden(self.drop(q))))[..., 0]


def pad(items):
    """A batch of (line, domain)."""
    n = max(len(line) for line, _ in items)
    x = torch.zeros(len(items), n, 5, dtype=torch.long)
    for k, (line, _) in enumerate(items):
        x[k, :len(line)] = torch.from_numpy(line)
    return x, torch.tensor([d for _, d in items]), torch.tensor([len(line) for line, _ in items])


def windows(n):
    """(from, to, first kept, last kept + 1) of the windows over n tokens."""
    if n <= WINDOW:
        return [(0, n, 0, n)]
    out, at = [], 0
    while True:
        to = min(at + WINDOW, n)
        out.append((at, to, at + MARGIN if at else 0, to - MARGIN if to < n else n))
        if to == n:
            return out
        at += WINDOW - 2 * MARGIN


def items_of(part, merge):
    """Training items: lines, some joined with their followers, cut into windows."""
    out = []
    for domain, lines_ in enumerate(part):
        i = 0
        while i < len(lines_):
            j = i + 1
            while j < len(lines_) and j - i < 6 and random.random() < merge:
                j += 1
            line = np.concatenate(lines_[i:j])
            out += [(line[a:b], domain) for a in range(0, len(line), WINDOW) for b in [min(a + WINDOW, len(line))]]
            i = j
    return out


@torch.no_grad()
def read(net, rows, lines_, domain):
    """What the net gives for every token."""
    net.eval()
    jobs = [(k, w) for k, line in enumerate(lines_) for w in windows(len(line))]
    jobs.sort(key=lambda job: job[1][0] - job[1][1])
    out = [np.zeros(len(line), np.float32) for line in lines_]
    for i in range(0, len(jobs), 64):
        part = jobs[i:i + 64]
        x, d, n = pad([(lines_[k][a:b], domain) for k, (a, b, _, _) in part])
        for z, (k, (a, _, first, last)) in zip(net(x, rows, d, n), part):
            out[k][first:last] = z[first - a:last - a].numpy()
    return out


def score(lines_, given):
    """F1 of sentences, in percent; the end of a line always ends one."""
    tp = found = gold = 0
    for line, z in zip(lines_, given):
        p, g = z > 0, line[:, 4] > 0
        p[-1] = g[-1] = True
        spans = [set(zip([0, *(np.nonzero(v)[0][:-1] + 1)], np.nonzero(v)[0])) for v in (p, g)]
        tp, found, gold = tp + len(spans[0] & spans[1]), found + len(spans[0]), gold + len(spans[1])
    return 200 * tp / max(1, found + gold)


def train(d, seed, part, forms, held, epochs, merge, rate=RATE, size=32):
    """Trains one net; prints its scores on the held-out parts."""
    torch.manual_seed(seed)
    random.seed(seed)
    vocab = forms.vocab(part, d["rows"])
    rows, net = forms.rows(vocab), Net(d, len(vocab), len(part))
    opt, begin = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01), time.time()
    mean = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99))
    for epoch in range(epochs):
        items = items_of(part, merge)
        random.shuffle(items)
        batches = []
        for i in range(0, len(items), 16 * size):
            chunk = sorted(items[i:i + 16 * size], key=lambda item: len(item[0]))
            batches += [chunk[j:j + size] for j in range(0, len(chunk), size)]
        random.shuffle(batches)
        net.train()
        for at, batch in enumerate(batches):
            opt.param_groups[0]["lr"] = rate * max(0.02, 1 - (epoch + at / len(batches)) / epochs)
            x, domain, lengths = pad(batch)
            z = net(x, rows, domain, lengths)
            weight = (torch.arange(z.shape[1])[None] < lengths[:, None]).float()
            weight[torch.arange(len(lengths)), lengths - 1] = 0.1  # the end of a line needs no learning
            loss = nn.functional.binary_cross_entropy_with_logits(z, x[..., 4].float(), weight, reduction="sum") / (size * 80)
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            mean.update_parameters(net)
        if epoch % 3 == 2 or epoch == epochs - 1:
            told = [read(mean.module, rows, h, k) for k, h in enumerate(held)]
            marks = " ".join(f"{score(h, z):.2f}" for h, z in zip(held, told))
            print(f"  seed {seed} epoch {epoch + 1}: {marks} ({time.time() - begin:.0f} s)", flush=True)
    return mean.module, rows, vocab


def rounded(net):
    """Rounds the weights as the file holds them: bytes with a scale per row, small tables as they are."""
    with torch.no_grad():
        for p in (net.embed.weight, net.lstm.weight_ih_l0, net.lstm.weight_hh_l0, net.lstm.weight_ih_l0_reverse, net.lstm.weight_hh_l0_reverse, net.hidden.weight):
            m = p if p is net.embed.weight else p.T
            s = m.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
            p.copy_((m / s).round().clamp(-127, 127).mul(s) if m is p else ((m / s).round().clamp(-127, 127) * s).T)


def export(path, lang, net, vocab, d, domains, seed, scores):
    """Writes the file; the net must be rounded."""
    sd, t = {k: v.detach() for k, v in net.state_dict().items()}, {}

    def vec(name, x):
        t[name] = (x.contiguous().numpy().astype(np.float32), "f32")

    def mat(name, x):
        s = x.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
        t[name] = ((x / s).round().clamp(-127, 127).numpy().astype(np.int8), "i8")
        vec(name + ".scale", s[:, 0])

    t["vocab"] = (np.array(vocab, np.uint64), "u64")
    mat("embed", sd["embed.weight"])
    for name in ("kind", "ends", "space", "domain"):
        vec(name, sd[name + ".weight"])
    for side, end in (("f", ""), ("b", "_reverse")):
        mat(f"lstm.0.{side}.wx", sd["lstm.weight_ih_l0" + end].T)
        mat(f"lstm.0.{side}.wh", sd["lstm.weight_hh_l0" + end].T)
        vec(f"lstm.0.{side}.b", sd["lstm.bias_ih_l0" + end] + sd["lstm.bias_hh_l0" + end])
    mat("hidden.w", sd["hidden.weight"].T)
    vec("hidden.b", sd["hidden.bias"])
    vec("out.w", sd["out.weight"].T)
    vec("out.b", sd["out.bias"])
    tensors, off = {}, 0
    for name, (a, dtype) in t.items():
        tensors[name] = {"dtype": dtype, "shape": list(a.shape), "offset": off}
        off += (a.nbytes + 63) // 64 * 64
    header = {"language": lang, "version": 1, "domains": domains, "default_domain": len(domains) - 1, "normalize": ft.NORMALIZE, "features": FEATURES,
              "affix": {"prefixes": [], "suffixes": [], "min_stem": 3}, "kinds": KINDS, "dims": d, "window": WINDOW, "margin": MARGIN,
              "scores": scores, "seed": seed, "tensors": tensors}
    j = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    with open(path, "wb") as f:
        f.write(b"SAKSISPL" + struct.pack("<II", 1, len(j)) + j)
        f.write(b"\0" * (-f.tell() % 64))
        for a, _ in t.values():
            f.write(a.tobytes() + b"\0" * (-a.nbytes % 64))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("lang", choices=["en"])
    ap.add_argument("--data", default=os.environ.get("SAKSI_DATA", os.path.join(HERE, "..", "..", "shared", "data")))
    ap.add_argument("--surface", help="the built example; without it cargo builds it")
    ap.add_argument("--out", default=None)
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--merge", type=float, default=0.3, help="the share of lines joined with the next")
    ap.add_argument("--seed", type=int, default=1)
    args = ap.parse_args()
    torch.set_num_threads(1)
    surface = args.surface
    if not surface:
        target = os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "..", "target"))
        subprocess.run(["cargo", "build", "--release", "-p", "saksi-analysis", "--example", "surface"], check=True, cwd=os.path.join(HERE, ".."))
        surface = os.path.join(target, "release", "examples", "surface")
    domains, learn, held = sources(args.lang, args.data)
    forms = Forms()
    part, held = [[lines(surface, args.lang, bs, forms) for bs in side] for side in (learn, held)]
    print("held out, by rule: " + " ".join(f"{score(h, [line[:, 2] for line in h]):.2f}" for h in held), flush=True)
    net, rows, vocab = train(SIZES, args.seed, part, forms, held, args.epochs, args.merge)
    rounded(net)
    scores = {name: round(score(h, read(net, rows, h, k)), 2) for k, (name, h) in enumerate(zip(domains, held))}
    path = args.out or os.path.join(HERE, "..", "lang", args.lang, "splitter.bin")
    export(path, args.lang, net, vocab, SIZES, domains, args.seed, scores)
    print(f"{path}: {os.path.getsize(path)} bytes, F1 of sentences on the held-out parts {scores}")


if __name__ == "__main__":
    main()
