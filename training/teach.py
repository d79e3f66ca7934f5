"""Reading sentences with an ensemble of trained models, as training material for a smaller one."""
import random

import numpy as np
import torch

import data
import decode
from model import Model


def load_teacher(path, lab):
    """A saved float model."""
    saved = torch.load(path, weights_only=False)
    model = Model(saved["dims"], len(saved["keys"]), saved["state"]["domain"].shape[0], lab.sizes())
    model.load_state_dict(saved["state"])
    model.eval()
    return model, saved["keys"]


@torch.no_grad()
def teach(paths, sents, lab, words_for, encode, batches, inputs, domains, name_domain, allowed, rules):
    """Sentences with trees, tags, lemmas and names as the teachers agree on them; gold fields stay."""
    total = [None] * len(sents)
    for path in paths:
        model, keys = load_teacher(path, lab)
        words = words_for(keys)
        items = [encode(data.Sent(s.words, name_domain if s.heads else s.domain), words, lab, domains) for s in sents]
        for i, e in enumerate(items):
            e["at"], e["gold"] = i, bool(sents[i].heads)
        trans, start = model.trans + allowed[0], model.start + allowed[1]
        for batch in batches(items, 4000, random.Random(0)):
            rows, ctx, dom, lengths, reverse, mask = inputs(batch, words, False, None)
            q, x = model.encode(rows, ctx, dom, reverse)
            up, fe, le = (t.softmax(-1) for t in model.tags(q, x))
            arcs = model.arcs(q)
            bio = model.names(q, x)
            for k, e in enumerate(batch):
                n = e["n"]
                a = arcs[k, :n, :n + 1].clone()
                a[torch.arange(n), torch.arange(n) + 1] = -1e9
                if e["gold"]:  # only names are wanted
                    got = [bio[k, :n].numpy(), trans.numpy(), start.numpy()]
                    t = total[e["at"]]
                    total[e["at"]] = got if t is None else [u + v for u, v in zip(t, got)]
                    continue
                b, i, h = torch.zeros(n * (n + 1), dtype=torch.long), torch.arange(n).repeat_interleave(n + 1), torch.arange(n + 1).repeat(n)
                p = a.softmax(-1)
                keep = p.flatten() > 0.02  # labels only of arcs that stand a chance
                lo = torch.zeros(n * (n + 1), len(lab.deprel))
                lo[keep] = model.labels(q[k:k + 1, :n], b[keep], i[keep], h[keep]).softmax(-1)
                got = [up[k, :n].numpy(), fe[k, :n].numpy(), le[k, :n].numpy(), p.numpy(), lo.view(n, n + 1, -1).numpy().astype(np.float16),
                       bio[k, :n].numpy(), trans.numpy(), start.numpy()]
                t = total[e["at"]]
                total[e["at"]] = got if t is None else [u + v for u, v in zip(t, got)]
    out = []
    root = lab.id["root"]
    for s, got in zip(sents, total):
        bio, trans, start = got[-3:]
        n = len(s.words)
        v = data.Sent(s.words, s.domain, copies=s.copies)
        if s.heads:
            for f in ("upos", "feats", "lemma", "heads", "deprel"):
                setattr(v, f, getattr(s, f))
        else:
            up, fe, le, p, lo = got[:5]
            heads = decode.tree(np.log(p / len(paths) + 1e-9))
            v.heads = heads
            v.upos = [lab.upos[c] for c in up.argmax(1)]
            v.feats = [lab.feats[c] for c in fe.argmax(1)]
            rel = lo[np.arange(n), heads].astype(np.float32)
            rel[:, root] = -1
            v.deprel = ["root" if h == 0 else lab.deprel[c] for h, c in zip(heads, rel.argmax(1))]
            v.lemma = [rules(w, u, int(c)) for w, u, c in zip(s.words, v.upos, le.argmax(1))]
        v.names = s.names or [lab.names[c] for c in decode.viterbi(bio, trans, start)]
        out.append(v)
    return out
