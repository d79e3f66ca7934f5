#!/usr/bin/env python3
"""From treebanks to lang/<code>/model.bin: `python training/train.py id`."""
import argparse
import json
import math
import os
import random
import sys
import time
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data  # noqa: E402
import decode  # noqa: E402
import features as ft  # noqa: E402
import lexicon  # noqa: E402
import recipe  # noqa: E402
from export import export, fold, lemma_table, parity, quantise  # noqa: E402
from model import Model, name_moves  # noqa: E402
from teach import teach  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
FUNCTION = {
    "id": set("di ke dari dan untuk yang dengan pada dalam oleh atau bagi serta soal akan sebagai hingga saat nya".split()),
    "en": set("a an the of in on at to for and or as by with from but is 's n't".split()),
}


class Words:
    """Rows of forms, cached; form ids index a growing table."""

    def __init__(self, lang, vocab, count, known):
        self.affix, self.vocab, self.count, self.known = ft.AFFIX[lang], vocab, count, known
        self.blank = [len(vocab) + 1] * (lexicon.width(lang) if known else 0)
        self.ids, self.table, self.freq, self.cases = {}, [], [], []
        self.none, self.unknown = len(vocab) + 1, len(vocab)

    def id(self, form):
        i = self.ids.get(form)
        if i is None:
            keys = ft.word_keys(form, self.affix)
            rows = [self.vocab.get(k, self.none) for k in keys]
            if keys[0] not in self.vocab:
                rows[0] = self.unknown
            more = self.known.get(ft.low(form))
            rows += [self.vocab.get(k, self.none) for k in more] if more else self.blank
            i = self.ids[form] = len(self.table)
            self.table.append(rows)
            self.freq.append(self.count.get(keys[0], 0))
            self.cases.append(ft.case_class(form))
        return i

    def array(self):
        if getattr(self, "_n", -1) != len(self.table):
            self._n = len(self.table)
            self._t = torch.tensor(self.table, dtype=torch.long)
            self._f = torch.tensor(self.freq, dtype=torch.float)
        return self._t, self._f


class Labels:
    """Class numbers of the outputs."""

    def __init__(self, train, min_rule=3):
        self.upos = sorted({u for s in train for u in s.upos})
        self.feats = [f for f, c in Counter(f for s in train for f in s.feats).most_common()]
        self.deprel = [f for f, c in Counter(f for s in train for f in s.deprel).most_common()]
        self.names = NAMES
        rules = Counter(ft.lemma_rule(w, x) for s in train for w, x in zip(s.words, s.lemma))
        ordered = [r for r, _ in rules.most_common()]
        self.rules = ordered
        self.classes = sum(c >= min_rule for c in rules.values())
        self.index()

    def index(self):
        self.iu = {u: i for i, u in enumerate(self.upos)}
        self.if_ = {u: i for i, u in enumerate(self.feats)}
        self.id = {u: i for i, u in enumerate(self.deprel)}
        self.in_ = {u: i for i, u in enumerate(self.names)}
        self.ir = {u: i for i, u in enumerate(self.rules)}

    def sizes(self):
        return {"upos": len(self.upos), "feats": len(self.feats), "deprel": len(self.deprel), "names": len(self.names), "lemma": self.classes}


def encode(s, words, lab, domains):
    """A sentence as arrays."""
    n = len(s.words)
    e = {"n": n, "ids": np.array([words.id(w) for w in s.words], np.int64), "dom": domains[s.domain],
         "ctx": ft.context([words.cases[words.id(w)] for w in s.words]), "tree": bool(s.heads), "ner": bool(s.names), "s": s}
    if s.heads:
        e["upos"] = np.array([lab.iu.get(u, -100) for u in s.upos], np.int64)
        e["feats"] = np.array([lab.if_.get(u, -100) for u in s.feats], np.int64)
        e["deprel"] = np.array([lab.id.get(u, -100) for u in s.deprel], np.int64)
        e["heads"] = np.array(s.heads, np.int64)
        r = [lab.ir.get(ft.lemma_rule(w, x), -1) for w, x in zip(s.words, s.lemma)]
        e["lemma"] = np.array([x if 0 <= x < lab.classes else -100 for x in r], np.int64)
    if s.names:
        e["names"] = np.array([lab.in_[t] for t in s.names], np.int64)
    return e


def without(s, drop):
    """The sentence without the words at `drop`, which must be leaves."""
    keep = [i for i in range(len(s.words)) if i not in drop]
    new = {old + 1: i + 1 for i, old in enumerate(keep)}
    new[0] = 0
    v = data.Sent([s.words[i] for i in keep], s.domain, copies=s.copies)
    for f in ("upos", "feats", "lemma", "deprel", "names"):
        x = getattr(s, f)
        setattr(v, f, [x[i] for i in keep] if x else [])
    v.heads = [new[s.heads[i]] for i in keep] if s.heads else []
    prev = "O"
    for i, t in enumerate(v.names):
        if t[0] == "I" and prev[2:] != t[2:]:
            v.names[i] = "B" + t[1:]
        prev = v.names[i]
    return v


def bare_verb(form, lemma):
    """An Indonesian active verb as headlines write it: menyerang -> serang, menegaskan -> tegaskan."""
    low, root = form.lower(), lemma.lower()
    if not low.startswith("me") or len(root) < 3:
        return None
    at = low.find(root)
    at = at + len(root) if at > 1 else low.find(root[1:], 2) + len(root) - 1 if low.find(root[1:], 2) > 0 else -1
    if at < 0 or low[at:] not in ("", "kan", "i"):
        return None
    return root + low[at:]


def headline(s, lang, rng):
    """What headlines leave out: verbal prefixes in Indonesian, articles and forms of be in English."""
    if lang == "id":
        v = data.Sent(list(s.words), s.domain, s.upos, s.feats, s.lemma, s.heads, s.deprel, s.names)
        for i, w in enumerate(s.words):
            if s.upos and s.upos[i] == "VERB" and rng.random() < 0.7:
                b = bare_verb(w, s.lemma[i])
                if b:
                    v.words[i] = b[:1].upper() + b[1:] if w[:1].isupper() else b
        return v
    if not s.heads:
        return s
    heads = set(s.heads)
    be = rng.random() < 0.4
    drop = {i for i, w in enumerate(s.words) if i + 1 not in heads and (w.lower() in ("a", "an", "the") and s.upos[i] == "DET" or be
            and s.lemma[i] == "be" and s.deprel[i] in ("aux:pass", "aux", "cop"))}
    return without(s, drop) if drop and len(drop) < len(s.words) - 1 else s


def variant(s, kind, lang, rng):
    """A sentence as a headline would have it: title case, lower case, capitals, or without its last mark."""
    if kind == "title" or kind == "titlebare" or (kind == "bare" and rng.random() < 0.3):
        s = headline(s, lang, rng)
    if kind in ("bare", "titlebare") and len(s.words) > 3 and s.words[-1] in ".!?" and len(s.words) not in (s.heads or []):
        s = without(s, {len(s.words) - 1})
    v = data.Sent(list(s.words), s.domain, s.upos, s.feats, s.lemma, s.heads, s.deprel, s.names)
    if kind in ("title", "titlebare"):
        v.words = [w if w.lower() in FUNCTION[lang] and i else w[:1].upper() + w[1:] for i, w in enumerate(s.words)]
    elif kind == "lower":
        v.words = [w.lower() for w in s.words]
    elif kind == "upper":
        v.words = [w.upper() for w in s.words]
    return v


def batches(items, size, rng):
    """Batches of about `size` words, of sentences of like length."""
    order = sorted(items, key=lambda e: e["n"] + rng.random() * 3)
    out, cur, n = [], [], 0
    for e in order:
        cur.append(e)
        n += e["n"]
        if n >= size:
            out.append(cur)
            cur, n = [], 0
    if cur:
        out.append(cur)
    rng.shuffle(out)
    return out


def pad(arrays, fill):
    n = max(len(a) for a in arrays)
    out = np.full((len(arrays), n), fill, np.int64)
    for i, a in enumerate(arrays):
        out[i, :len(a)] = a
    return torch.from_numpy(out)


def inputs(batch, words, train, args):
    """Padded rows, context, domain, lengths, reversal, mask."""
    table, freq = words.array()
    lengths = torch.tensor([e["n"] for e in batch])
    ids = pad([e["ids"] for e in batch], 0)
    n = ids.shape[1]
    pos = torch.arange(n).unsqueeze(0)
    mask = pos < lengths.unsqueeze(1)
    reverse = torch.where(mask, lengths.unsqueeze(1) - 1 - pos, pos)
    rows = table[ids]
    if train:
        f = freq[ids]
        drop = torch.rand(ids.shape) < args.word_alpha / (args.word_alpha + f) + args.word_drop
        lex = torch.tensor(ft.LEXICAL)
        sub = rows[drop]
        sub[:, lex] = words.none
        sub[:, 0] = words.unknown
        rows[drop] = sub
        rows[torch.rand(rows.shape) < args.feature_drop] = words.none
        if words.blank:
            tail = rows[..., len(ft.FEATURES):]
            tail[torch.rand(ids.shape) < 0.1] = words.none
    rows[~mask] = words.none
    ctx = torch.tensor([e["ctx"] for e in batch])
    dom = torch.tensor([e["dom"] for e in batch])
    return rows, ctx, dom, lengths, reverse, mask


def step_loss(model, batch, words, allowed, args):
    """The summed losses of a batch."""
    rows, ctx, dom, lengths, reverse, mask = inputs(batch, words, True, args)
    q, x = model.encode(rows, ctx, dom, reverse)
    loss = 0.0
    it = [i for i, e in enumerate(batch) if e["tree"]]
    if it:
        n = q.shape[1]
        if len(it) == len(batch):
            qt, xt, mt = q, x, mask
        else:
            sel = torch.tensor(it)
            qt, xt, mt = q[sel], x[sel], mask[sel]
        sub = [batch[i] for i in it]

        def gold(name, fill=-100):
            g = np.full((len(sub), n), fill, np.int64)
            for i, e in enumerate(sub):
                g[i, :e["n"]] = e[name]
            return torch.from_numpy(g)

        up, fe, le = model.tags(qt[mt], xt[mt])
        loss = loss + F.cross_entropy(up, gold("upos")[mt], ignore_index=-100)
        loss = loss + 0.5 * F.cross_entropy(fe, gold("feats")[mt], ignore_index=-100)
        loss = loss + 0.5 * F.cross_entropy(le, gold("lemma")[mt], ignore_index=-100)
        s = model.arcs(qt)
        valid = torch.cat([torch.ones(len(sub), 1, dtype=torch.bool), mt], 1).unsqueeze(1)
        s = s.masked_fill(~valid, -1e9)
        s = s.masked_fill(F.pad(torch.eye(n, dtype=torch.bool), (1, 0)).unsqueeze(0), -1e9)
        h = gold("heads")
        loss = loss + args.arc_weight * F.cross_entropy(s[mt], h[mt])
        b, i = mt.nonzero(as_tuple=True)
        lo = model.labels(qt, b, i, h[mt])
        loss = loss + F.cross_entropy(lo, gold("deprel")[mt], ignore_index=-100)
    inr = [i for i, e in enumerate(batch) if e["ner"]]
    if inr:
        sel = torch.tensor(inr)
        lens = lengths[sel]
        n = int(lens.max())
        g = pad([batch[i]["names"] for i in inr], 0)
        logits = model.names(q[sel][:, :n], x[sel][:, :n])
        loss = loss + args.name_weight * len(inr) / len(batch) * model.crf_loss(logits, g, lens, allowed) * 2
    return loss


@torch.no_grad()
def predict(model, items, words, lab, allowed, lemmas, size=4000):
    """Fills e['out'] of each item."""
    model.eval()
    trans, start = (model.trans + allowed[0]).numpy(), (model.start + allowed[1]).numpy()
    rng = random.Random(0)
    root = lab.id["root"]
    for batch in batches(items, size, rng):
        rows, ctx, dom, lengths, reverse, mask = inputs(batch, words, False, None)
        q, x = model.encode(rows, ctx, dom, reverse)
        up, fe, le = (t.argmax(-1).numpy() for t in model.tags(q, x))
        arcs = model.arcs(q).numpy()
        bio = model.names(q, x).numpy()
        heads = np.zeros(up.shape, np.int64)
        for k, e in enumerate(batch):
            heads[k, :e["n"]] = decode.tree(arcs[k, :e["n"], :e["n"] + 1])
        b, i = mask.nonzero(as_tuple=True)
        h = torch.from_numpy(heads)[mask]
        lo = model.labels(q, b, i, h)
        lo[h != 0, root] = -1e9
        lo[h == 0] = -1e9
        lo[h == 0, root] = 0
        rel = np.zeros(up.shape, np.int64)
        rel[mask.numpy()] = lo.argmax(-1).numpy()
        for k, e in enumerate(batch):
            n = e["n"]
            upos = [lab.upos[c] for c in up[k, :n]]
            e["out"] = {"upos": upos, "feats": [lab.feats[c] for c in fe[k, :n]], "heads": heads[k, :n].tolist(),
                        "deprel": [lab.deprel[c] for c in rel[k, :n]],
                        "lemma": [ft.apply_rule(w, lab.rules[lemmas.get(w, u, int(c))]) for w, u, c in zip(e["s"].words, upos, le[k, :n])],
                        "names": [lab.names[c] for c in decode.viterbi(bio[k, :n], trans, start)]}


def score(items):
    """Scores in percent over predicted items."""
    c = Counter()
    for e in items:
        s, o = e["s"], e["out"]
        if s.heads:
            for k in range(e["n"]):
                c["n"] += 1
                c["upos"] += s.upos[k] == o["upos"][k]
                c["feats"] += s.feats[k] == o["feats"][k]
                c["lemma"] += s.lemma[k] == o["lemma"][k] or s.lemma[k] == "_"
                ua = s.heads[k] == o["heads"][k]
                c["uas"] += ua
                c["las"] += ua and s.deprel[k].split(":")[0] == o["deprel"][k].split(":")[0]
                c["lasx"] += ua and s.deprel[k] == o["deprel"][k]
        if s.names:
            g, p = decode.spans(s.names), decode.spans(o["names"])
            c["tp"] += len(g & p)
            c["g"] += len(g)
            c["p"] += len(p)
    r = {k: round(100 * c[k] / c["n"], 2) for k in ("upos", "feats", "lemma", "uas", "las", "lasx")} if c["n"] else {}
    if c["g"]:
        r["names"] = round(200 * c["tp"] / (c["g"] + c["p"]), 2)
    return r


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("lang")
    ap.add_argument("--data", default=os.environ.get("SAKSI_DATA", os.path.join(HERE, "..", "..", "shared", "data")))
    ap.add_argument("--extra", default=os.environ.get("SAKSI_EXTRA"), help="folder with further open texts, see README")
    ap.add_argument("--teachers", nargs="*", default=[], help="saved models whose joint reading is learnt")
    ap.add_argument("--out", default=None)
    ap.add_argument("--parity", default=None)
    ap.add_argument("--epochs", type=int, default=0, help="default: 20 for id, 12 for en")
    ap.add_argument("--minutes", type=float, default=0, help="stop by the clock instead (scores then depend on the machine)")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--batch", type=int, default=1000)
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--dims", default=None, help="train one model of these sizes; without it the whole recipe runs")
    ap.add_argument("--work", default=os.path.join(HERE, "..", "out", "train"), help="where the recipe keeps its teachers")
    ap.add_argument("--word-alpha", type=float, default=0.25)
    ap.add_argument("--word-drop", type=float, default=0.03)
    ap.add_argument("--feature-drop", type=float, default=0.05)
    ap.add_argument("--arc-weight", type=float, default=1.0)
    ap.add_argument("--name-weight", type=float, default=1.0)
    ap.add_argument("--drop", type=float, default=0.33)
    ap.add_argument("--ema", type=float, default=0.998)
    ap.add_argument("--decay", type=float, default=0.0)
    ap.add_argument("--save", default=None, help="also save the float model here")
    args = ap.parse_args()
    if args.dims is None:
        sys.exit(recipe.run(args.lang, args, ["--data", args.data, *(["--extra", args.extra] if args.extra else [])]))
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    lang = args.lang
    t0 = time.time()
    train, pool, dev, domain_names = data.load(lang, args.data, args.extra)
    domains = {d: i for i, d in enumerate(domain_names)}
    lab = Labels([s for s in train if s.heads])
    known = lexicon.load(lang)
    seen, count = Counter(), Counter()
    for s in train:
        keys = set()
        for w in s.words:
            ks = ft.word_keys(w, ft.AFFIX[lang])
            count[ks[0]] += 1
            keys.update(zip(ks, (f["tag"] for f in ft.FEATURES)))
            keys.update((k, 200) for k in known.get(ft.low(w), ()))
        seen.update(keys)
    least = {"id": (2, 2), "en": (2, 3)}[lang]
    keys = sorted(k for (k, tag), c in seen.items() if c >= least[tag > 2])
    vocab = {k: i for i, k in enumerate(keys)}
    words = Words(lang, vocab, count, known)
    lemmas = lemma_table(train, lab, lang)
    allowed = name_moves(NAMES)
    if args.teachers:
        keep = [s for s in train if not (s.names and not s.heads)]  # sentences with names alone come back from the pool with trees
        own = [s for s in keep if s.heads]
        copied = {"id": 1.0, "en": 1.0}[lang]
        told = teach(args.teachers, own + pool, lab, lambda k: Words(lang, {x: i for i, x in enumerate(k)}, count, known), encode, batches, inputs,
                     domains, {'id': 'csui', 'en': 'gum'}[lang], allowed, lambda w, u, c: ft.apply_rule(w, lab.rules[lemmas.get(w, u, c)]))
        for s in told[len(own):]:
            s.copies = copied
        train = told + [s for s in train if s.names and not s.heads]
        print(f"teachers read {len(told)} sentences of which {len(pool)} new, {time.time() - t0:.0f} s", flush=True)
    items = [encode(s, words, lab, domains) for s in train]
    devs = {k: [encode(s, words, lab, domains) for s in v] for k, v in dev.items()}
    for e in items:
        e["copies"] = e["s"].copies
    kinds = ["title", "titlebare", "lower", "upper", "bare"]
    extra = []
    for s in train:  # one variant of each kind, ready for sampling
        extra.append([encode(variant(s, k, lang, rng), words, lab, domains) for k in kinds])
    d = dict(zip(["embed", "pieces", "word", "lstm", "layers", "tag", "name", "arc", "label"], map(int, args.dims.split(","))))
    d["distance_buckets"] = [1, 2, 3, 4, 5, 7, 10, 15, 25]
    model = Model(d, len(keys), len(domains), lab.sizes())
    model.p_word, model.p_lstm, model.p_head = args.drop * 0.75, args.drop, args.drop
    print(f"{lang}: {len(train)} sentences, {len(keys)} rows, {sum(p.numel() for p in model.parameters())} parameters, "
          f"sizes {lab.sizes()}, ready in {time.time() - t0:.0f} s", flush=True)
    opt = torch.optim.AdamW(model.parameters(), lr=args.lr, betas=(0.9, 0.95), eps=1e-8, weight_decay=args.decay, fused=True)
    ema = {k: v.detach().clone() for k, v in model.state_dict().items()}
    start, best, step, epoch, ntok = time.time(), -1, 0, 0, 0
    total = args.minutes * 60
    epochs = args.epochs or {"id": 20, "en": 12}[lang]
    steps = 0
    out = args.out or os.path.join(HERE, "..", "lang", lang, "model.bin")
    done = False
    while not done:
        epoch += 1
        chosen = []
        for e, ex in zip(items, extra):
            k = int(e["copies"]) + (rng.random() < e["copies"] % 1)
            for _ in range(k):
                r = rng.random()
                chosen.append(e if r > 0.29 else ex[0] if r < 0.05 else ex[1] if r < 0.15 else ex[2] if r < 0.18 else ex[3] if r < 0.20 else ex[4])
        model.train()
        losses = 0.0
        bs = batches(chosen, args.batch, rng)
        steps = steps or epochs * len(bs)
        for batch in bs:
            frac = (time.time() - start) / total if total else step / steps
            if frac >= 1:
                done = True
                break
            lr = args.lr * min(1, (step + 1) / 200) * (0.5 * (1 + math.cos(math.pi * frac)) * 0.98 + 0.02)
            for g in opt.param_groups:
                g["lr"] = lr
            loss = step_loss(model, batch, words, allowed, args)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0, foreach=True)
            opt.step()
            losses += loss.item()
            step += 1
            ntok += sum(e["n"] for e in batch)
            if step % 5 == 0:
                dec = min(args.ema, (1 + step) / (10 + step)) ** 5
                with torch.no_grad():
                    for k, v in model.state_dict().items():
                        ema[k].lerp_(v, 1 - dec)
        done = done or (not total and step >= steps)
        if (frac < 0.6 or epoch % 2) and epoch % 5 and not done:
            continue
        keep = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(ema)
        res = {}
        for k, v in devs.items():
            if k in ("ewt_test",) or (k in ("pud", "gsd") and not done):
                continue
            predict(model, v, words, lab, allowed, lemmas)
            res[k] = score(v)
        main_dev = "csui" if lang == "id" else "ewt"
        total_score = res[main_dev]["las"] + 0.5 * res[main_dev]["upos"] + 0.1 * res["idner" if lang == "id" else "gum"]["names"]
        print(f"epoch {epoch} step {step} {time.time() - start:.0f} s {ntok / (time.time() - start):.0f} w/s loss {losses / max(1, len(bs)):.3f} {json.dumps(res)}", flush=True)
        if total_score > best:
            best = total_score
            best_state = {k: v.clone() for k, v in ema.items()}
        model.load_state_dict(keep)
    model.load_state_dict(best_state)
    if args.save:
        torch.save({"state": best_state, "dims": d, "keys": keys, "args": vars(args)}, args.save)
    model, keys = fold(model, d, keys, known, len(domains), lab)
    words = Words(lang, {k: i for i, k in enumerate(keys)}, count, {})
    devs = {k: [encode(s, words, lab, domains) for s in v] for k, v in dev.items()}
    quantise(model)
    final = {}
    for k, v in devs.items():
        predict(model, v, words, lab, allowed, lemmas)
        final[k] = score(v)
    export(out, lang, model, d, keys, lab, domain_names, lemmas, allowed, final, vars(args))
    print("exported", out, os.path.getsize(out), json.dumps(final), flush=True)
    if args.parity:
        parity(args.parity, model, [devs["csui" if lang == "id" else "ewt"][i] for i in range(8)], words, lab, allowed, lemmas)


if __name__ == "__main__":
    main()
