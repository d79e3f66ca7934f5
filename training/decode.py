"""Trees and name chains from scores."""
import numpy as np


def _cycle(heads):
    n = len(heads)
    seen = [0] * n
    for i in range(1, n):
        path, j = [], i
        while j and not seen[j]:
            seen[j] = i
            path.append(j)
            j = heads[j]
        if j and seen[j] == i:
            return path[path.index(j):] if j in path else None
    return None


def _cle(s):
    """Heads of the best arborescence from node 0; s[dep, head]."""
    n = s.shape[0]
    heads = s.argmax(1)
    heads[0] = 0
    cyc = _cycle(list(heads))
    if not cyc:
        return heads
    inside = np.zeros(n, bool)
    inside[cyc] = True
    out = np.where(~inside)[0]
    m = len(out)
    t = np.full((m + 1, m + 1), -1e18)
    t[:m, :m] = s[np.ix_(out, out)]
    c = np.array(cyc)
    base = s[c, heads[c]]
    gain = s[np.ix_(c, out)] - base[:, None]
    enter = gain.argmax(0)
    t[m, :m] = gain.max(0)
    leave = s[np.ix_(out, c)]
    exit_ = leave.argmax(1)
    t[:m, m] = leave.max(1)
    np.fill_diagonal(t, -1e18)
    sub = _cle(t)
    res = heads.copy()
    for k in range(m):
        if out[k] == 0:
            continue
        res[out[k]] = c[exit_[k]] if sub[k] == m else out[sub[k]]
    h = sub[m]
    res[c[enter[h]]] = out[h]
    return res


def tree(scores):
    """Heads (0 = root) of the best tree with one root; scores [n, n+1]."""
    n = scores.shape[0]
    s = np.full((n + 1, n + 1), -1e18)
    s[1:] = scores
    np.fill_diagonal(s, -1e18)
    lo, hi = scores.min(), scores.max()
    s[1:, 0] -= (n + 1) * (hi - lo) + 1
    s[0] = -1e18
    return [int(h) for h in _cle(s)[1:]]


def viterbi(logits, trans, start):
    """Best tag chain."""
    a = start + logits[0]
    back = []
    for t in range(1, len(logits)):
        m = a[:, None] + trans
        back.append(m.argmax(0))
        a = m.max(0) + logits[t]
    k = int(a.argmax())
    out = [k]
    for b in reversed(back):
        k = int(b[k])
        out.append(k)
    return out[::-1]


def spans(tags):
    """(start, end, kind) of each BIO name."""
    out, i = set(), 0
    while i < len(tags):
        if tags[i] == "O":
            i += 1
            continue
        j = i + 1
        while j < len(tags) and tags[j] == "I" + tags[i][1:]:
            j += 1
        out.add((i, j, tags[i][2:]))
        i = j
    return out
