"""Writing model.bin and parity files."""
import json
import struct
from collections import Counter, defaultdict

import numpy as np
import torch

import features as ft
from model import Model


class Lemmas:
    """The table from form and tag to lemma rule."""

    def __init__(self, table):
        self.table = table

    def get(self, form, upos, default):
        n = ft.norm(form)
        r = self.table.get(ft.key(250, n + "\t" + upos))
        if r is None:
            r = self.table.get(ft.key(251, n.lower() + "\t" + upos))
        return default if r is None else r


#: The treebanks whose lemmas the table holds: the one whose manner is followed, first.
LEMMA_SOURCES = {"id": ["csui"], "en": ["ewt", "gum"]}


def lemma_table(train, lab, lang):
    """Rules of the forms seen in training, as written, where the treebank agrees with itself."""
    table = {}
    for source in reversed(LEMMA_SOURCES[lang]):
        exact = defaultdict(Counter)
        for s in train:
            if s.domain == source:
                for w, u, x in zip(s.words, s.upos, s.lemma):
                    if x != "_":
                        exact[ft.norm(w), u][lab.ir[ft.lemma_rule(w, x)]] += 1
        for (n, u), c in exact.items():
            r, k = c.most_common(1)[0]
            if k >= 0.6 * sum(c.values()):
                table[ft.key(250, n + "\t" + u)] = r
    return Lemmas(table)


def fold(model, d, keys, known, domains, lab):
    """A model without word-list features: what they add stands in the row of each listed word."""
    tags = {k for ks in known.values() for k in ks}
    row = {k: i for i, k in enumerate(keys)}
    plain = [k for k in keys if k not in tags]
    w = model.embed.weight.detach()
    rows = {k: w[row[k]].clone() for k in plain}
    word = ft.FEATURES[0]["tag"]
    for low, ks in known.items():
        more = [row[k] for k in ks if k in row]
        if more:
            k = ft.key(word, low)
            rows[k] = (rows[k] if k in rows else w[len(keys)].clone()) + w[more].sum(0)
    new = sorted(rows)
    out = Model(d, len(new), domains, lab.sizes())
    state = {k: v for k, v in model.state_dict().items() if k != "embed.weight"}
    state["embed.weight"] = torch.stack([rows[k] for k in new] + [w[len(keys)], w[len(keys) + 1]])
    out.load_state_dict(state)
    out.eval()
    return out, new


def quantise(model):
    """Rounds the weights to what the file holds: int8 rows for embeddings, halves for matrices."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if name == "embed.weight":
                s = p.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
                p.copy_((p / s).round().clamp(-127, 127) * s)
            elif p.dim() == 2 and p.numel() > 4096:
                p.copy_(p.half().float())


def export(path, lang, model, d, keys, lab, domains, lemmas, allowed, scores, args):
    """Writes the file; the model must be quantised."""
    t = {}
    sd = {k: v.detach() for k, v in model.state_dict().items()}

    def put(name, arr, dtype):
        t[name] = (np.ascontiguousarray(arr), dtype)

    def mat(name, x):
        x = x.numpy()
        put(name, x.astype(np.float16) if x.size > 4096 else x.astype(np.float32), "f16" if x.size > 4096 else "f32")

    def vec(name, x):
        put(name, x.numpy().astype(np.float32), "f32")

    put("vocab", np.array(keys, np.uint64), "u64")
    e = sd["embed.weight"][:-1]
    s = e.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
    put("embed", (e / s).round().clamp(-127, 127).numpy().astype(np.int8), "i8")
    vec("embed.scale", s[:, 0])
    vec("context", sd["context"])
    vec("domain", sd["domain"])
    mat("mix.w", sd["mix.weight"].T)
    vec("mix.b", sd["mix.bias"])
    vec("mix.g", sd["norm.weight"])
    vec("mix.h", sd["norm.bias"])
    for i in range(d["layers"]):
        for k in "fb":
            p = f"lstm.{i}.{k}."
            mat(p + "wx", sd[p + "weight_ih_l0"].T)
            mat(p + "wh", sd[p + "weight_hh_l0"].T)
            vec(p + "b", sd[p + "bias_ih_l0"] + sd[p + "bias_hh_l0"])
    for a in ("tag", "name", "upos", "feats", "lemma", "bio", "arcd", "arch", "labd", "label"):
        mat(a + ".w", sd[a + ".weight"].T)
        vec(a + ".b", sd[a + ".bias"])
    mat("labh.w", sd["labh.weight"].T)
    mat("arc.u", sd["arcu"])
    vec("arc.k", sd["arck"])
    vec("arc.root", sd["arcroot"])
    vec("arc.dist", sd["arcdist"])
    vec("label.root", sd["labroot"])
    vec("label.dist", sd["labdist"])
    vec("names.trans", sd["trans"] + allowed[0])
    vec("names.start", sd["start"] + allowed[1])
    pairs = sorted(lemmas.table.items())
    put("lemma.keys", np.array([k for k, _ in pairs], np.uint64), "u64")
    put("lemma.values", np.array([v for _, v in pairs], np.uint16), "u16")
    tensors, off = {}, 0
    for name, (a, dt) in t.items():
        tensors[name] = {"dtype": dt, "shape": list(a.shape), "offset": off}
        off += (a.nbytes + 63) // 64 * 64
    dims = {k: v for k, v in d.items() if k != "distance_buckets"}
    header = {"language": lang, "version": 1, "domains": domains, "default_domain": 0, "normalize": ft.NORMALIZE, "features": ft.FEATURES,
              "affix": ft.AFFIX[lang], "dims": dims, "distance_buckets": d["distance_buckets"], "upos": lab.upos, "feats": lab.feats,
              "deprel": lab.deprel, "names": lab.names, "lemma_rules": [list(r) for r in lab.rules], "lemma_classes": lab.classes,
              "scores": scores, "seed": args["seed"], "tensors": tensors}
    j = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    with open(path, "wb") as f:
        f.write(b"SAKSIMDL" + struct.pack("<II", 1, len(j)) + j)
        f.write(b"\0" * (-f.tell() % 64))
        for a, _ in t.values():
            f.write(a.tobytes())
            f.write(b"\0" * (-a.nbytes % 64))


@torch.no_grad()
def parity(path, model, items, words, lab, allowed, lemmas):
    """What the model gives on a few sentences, step by step."""
    from train import inputs, predict
    predict(model, items, words, lab, allowed, lemmas)
    out = []
    for e in items:
        rows, ctx, dom, _, reverse, _ = inputs([e], words, False, None)
        q, x = model.encode(rows, ctx, dom, reverse)
        up, fe, le = model.tags(q, x)
        arcs = model.arcs(q)
        none = words.none
        h = torch.tensor(e["out"]["heads"])
        n = e["n"]
        lo = model.labels(q, torch.zeros(n, dtype=torch.long), torch.arange(n), h)
        out.append({"words": e["s"].words, "domain": e["dom"], "context": e["ctx"],
                    "rows": [[-1 if r == none else r for r in w] for w in rows[0].tolist()],
                    "x": x[0, :, :8].tolist(), "q": q[0, :, :8].tolist(), "upos_logits": up[0].tolist(), "feats_argmax": fe[0].argmax(-1).tolist(),
                    "lemma_argmax": le[0].argmax(-1).tolist(), "bio_logits": model.names(q, x)[0].tolist(), "arc": arcs[0].tolist(),
                    "label_logits": lo.tolist(), **e["out"]})
    json.dump(out, open(path, "w"), ensure_ascii=False)
