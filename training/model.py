"""The network of FORMAT.md."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Lstm(nn.Module):
    """One bidirectional layer over padded sentences, the backward half on reversed words."""

    def __init__(self, size, hidden):
        super().__init__()
        self.f = nn.LSTM(size, hidden, batch_first=True)
        self.b = nn.LSTM(size, hidden, batch_first=True)
        for m in (self.f, self.b):
            nn.init.orthogonal_(m.weight_hh_l0)
            for k in range(4):
                nn.init.xavier_uniform_(m.weight_ih_l0.data[k * hidden:(k + 1) * hidden])
            nn.init.zeros_(m.bias_ih_l0)
            nn.init.zeros_(m.bias_hh_l0)
            m.bias_ih_l0.data[hidden:2 * hidden] = 1.0

    def forward(self, x, reverse):
        """`reverse` [B, n]: the position of the word that stands at each place when read backwards."""
        f = self.f(x)[0]
        idx = reverse.unsqueeze(-1)
        b = self.b(torch.gather(x, 1, idx.expand(-1, -1, x.shape[-1])))[0]
        return torch.cat([f, torch.gather(b, 1, idx.expand(-1, -1, b.shape[-1]))], -1)


def mask_drop(x, p, training):
    """Dropout with one mask for all words of a sentence."""
    if not training or p == 0:
        return x
    m = torch.empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - p) / (1 - p)
    return x * m


class Model(nn.Module):
    """Embeddings, mixer, BiLSTM, heads."""

    def __init__(self, d, rows, domains, sizes):
        super().__init__()
        self.d = d
        E, P, D, H, L = d["embed"], d["pieces"], d["word"], d["lstm"], d["layers"]
        T, N, A, B = d["tag"], d["name"], d["arc"], d["label"]
        self.rows = rows
        self.embed = nn.EmbeddingBag(rows + 2, E, mode="sum", padding_idx=rows + 1)  # rows: unknown word, rows+1: nothing
        nn.init.normal_(self.embed.weight, std=d.get("init", 0.02))
        self.embed.weight.data[rows + 1] = 0
        self.context = nn.Parameter(torch.zeros(4, E))
        self.domain = nn.Parameter(torch.randn(domains, E) * 0.1)
        self.mix = nn.Linear(E, P * D)
        self.norm = nn.LayerNorm(D)
        self.lstm = nn.ModuleList(Lstm(D if i == 0 else 2 * H, H) for i in range(L))
        R = 2 * H + D
        self.tag, self.name = nn.Linear(R, T), nn.Linear(R, N)
        self.upos, self.feats, self.lemma = nn.Linear(T, sizes["upos"]), nn.Linear(T, sizes["feats"]), nn.Linear(T, sizes["lemma"])
        self.bio = nn.Linear(N, sizes["names"])
        self.trans = nn.Parameter(torch.zeros(sizes["names"], sizes["names"]))
        self.start = nn.Parameter(torch.zeros(sizes["names"]))
        self.arcd, self.arch = nn.Linear(2 * H, A), nn.Linear(2 * H, A)
        self.arcu = nn.Parameter(torch.empty(A, A))
        nn.init.xavier_uniform_(self.arcu)
        self.arck = nn.Parameter(torch.zeros(A))
        self.arcroot = nn.Parameter(torch.rand(A) * 0.1)
        K = len(d["distance_buckets"])
        self.arcdist = nn.Parameter(torch.zeros(2 * K + 1))
        self.labd, self.labh = nn.Linear(2 * H, B), nn.Linear(2 * H, B, bias=False)
        self.labroot = nn.Parameter(torch.zeros(B))
        self.labdist = nn.Parameter(torch.zeros(2 * K + 1, B))
        self.label = nn.Linear(B, sizes["deprel"])
        self.p_word, self.p_lstm, self.p_head = 0.25, 0.33, 0.33
        n = 1024
        i = torch.arange(n).view(-1, 1)
        j = torch.arange(n + 1).view(1, -1)
        dist = (i + 1 - j).abs()
        k = sum((dist >= b).long() for b in d["distance_buckets"])
        bucket = torch.where(j <= i, k, K + k)
        bucket[:, 0] = 0
        bucket[torch.arange(n), torch.arange(n) + 1] = 0
        self.register_buffer("bucket", bucket, persistent=False)

    def encode(self, rows, ctx, dom, reverse):
        """rows [B, n, F], ctx [B], dom [B] -> q [B, n, 2H], x [B, n, D]."""
        B, n, f = rows.shape
        e = self.embed(rows.view(B * n, f)).view(B, n, -1)
        e = e + (self.context[ctx] + self.domain[dom]).unsqueeze(1)
        m = self.mix(e)
        m = m.view(B, n, self.d["pieces"], -1).amax(2)
        x = self.norm(m)
        q = mask_drop(x, self.p_word, self.training)
        for layer in self.lstm:
            q = mask_drop(layer(q, reverse), self.p_lstm, self.training)
        return q, x

    def tags(self, q, x):
        """Flat q [w, 2H], x [w, D] -> upos, feats, lemma logits."""
        t = F.dropout(F.relu(self.tag(torch.cat([q, x], -1))), self.p_head, self.training)
        return self.upos(t), self.feats(t), self.lemma(t)

    def names(self, q, x):
        """Name logits."""
        return self.bio(F.dropout(F.relu(self.name(torch.cat([q, x], -1))), self.p_head, self.training))

    def arcs(self, q):
        """q [B, n, 2H] -> scores [B, n, n+1]."""
        B, n, _ = q.shape
        ad = mask_drop(F.relu(self.arcd(q)), self.p_head, self.training)
        ah = F.relu(self.arch(q))
        ah = torch.cat([self.arcroot.expand(B, 1, -1), ah], 1)
        ah = mask_drop(ah, self.p_head, self.training)
        s = torch.bmm(ad @ self.arcu + self.arck, ah.transpose(1, 2))
        return s + self.arcdist[self.bucket[:n, :n + 1]]

    def labels(self, q, b, i, h):
        """Label logits of arcs: sentence b, dependent i (0-based), head h (0 = root)."""
        n = q.shape[1]
        head = torch.cat([self.labroot.expand(q.shape[0], 1, -1), self.labh(q)], 1)
        z = self.labd(q)[b, i] + head[b, h] + self.labdist[self.bucket[:n, :n + 1][i, h]]
        return self.label(F.dropout(F.relu(z), self.p_head, self.training))

    def crf_loss(self, logits, gold, lengths, allowed):
        """Negative log likelihood per word of gold tags [B, n] under the chain."""
        B, n, K = logits.shape
        trans, start = self.trans + allowed[0], self.start + allowed[1]
        rng = torch.arange(B)
        a = start + logits[:, 0]
        s = start[gold[:, 0]] + logits[rng, 0, gold[:, 0]]
        for t in range(1, n):
            on = (lengths > t)
            new = torch.logsumexp(a.unsqueeze(2) + trans, 1) + logits[:, t]
            a = torch.where(on.unsqueeze(1), new, a)
            s = s + torch.where(on, trans[gold[:, t - 1], gold[:, t]] + logits[rng, t, gold[:, t]], torch.zeros(()))
        return (torch.logsumexp(a, 1) - s).sum() / lengths.sum()


def name_moves(names):
    """The forbidden moves (-1e4) of BIO: transitions and starts."""
    K = len(names)
    trans, start = torch.zeros(K, K), torch.zeros(K)
    for j, t in enumerate(names):
        if t[0] == "I":
            start[j] = -1e4
            for i, u in enumerate(names):
                if u == "O" or u[2:] != t[2:]:
                    trans[i, j] = -1e4
    return trans, start
