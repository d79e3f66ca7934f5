"""Reading treebanks and name lists into plain sentences."""
import ast
import csv
import glob
import os
import re
from dataclasses import dataclass, field


@dataclass
class Sent:
    """One sentence; fields that its source does not have stay empty."""

    words: list
    domain: str
    upos: list = field(default_factory=list)
    feats: list = field(default_factory=list)
    lemma: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deprel: list = field(default_factory=list)
    names: list = field(default_factory=list)
    copies: float = 1.0


def read_conllu(path, domain):
    """Sentences of a CoNLL-U file; MISC kept for names."""
    out, cur = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if cur:
                out.append(cur)
            cur = []
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                cur.append(c)
    if cur:
        out.append(cur)
    sents = []
    for rows in out:
        s = Sent([r[1] for r in rows], domain, [r[3] for r in rows], [r[5] for r in rows], [r[2] for r in rows],
                 [int(r[6]) for r in rows], [r[7] for r in rows])
        s.misc = [r[9] for r in rows]
        sents.append(s)
    return sents


def check(s):
    """Whether the tree has one root and no loop."""
    if sum(h == 0 for h in s.heads) != 1:
        return False
    for i in range(len(s.heads)):
        j, n = i + 1, 0
        while j:
            j = s.heads[j - 1]
            n += 1
            if n > len(s.heads):
                return False
    return True


def read_bio(path, sep, word, tag, domain, kinds):
    """Sentences of a column file with BIO tags, kinds mapped to PER, ORG, LOC."""
    sents, cur = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line.strip():
            if cur:
                sents.append(cur)
            cur = []
            continue
        c = line.split(sep)
        if len(c) > max(word, tag) and c[word].strip():
            cur.append((c[word].strip(), c[tag].strip()))
    if cur:
        sents.append(cur)
    out = []
    for rows in sents:
        tags, prev = [], "O"
        for _, t in rows:
            kind = kinds.get(t[2:]) if t[:2] in ("B-", "I-") else None
            if kind is None:
                tags.append("O")
                prev = "O"
            else:
                tags.append(("I-" if t[0] == "I" and prev == kind else "B-") + kind)
                prev = kind
        out.append(Sent([w for w, _ in rows], domain, names=tags))
    return out


TITLES = set("""president prime minister foreign secretary general mr mrs ms dr sir lord king queen prince princess senator colonel major
captain lieutenant ambassador spokesman spokesperson spokeswoman envoy special chief director chairman justice judge commander deputy
vice defence defense state governor mayor representative officer sergeant pope sheikh shaikh imam the u.s. us uk united nations of for to and""".split())
SMALL = {"of", "for", "the", "and", "on", "in", "de", "al", "bin", "ibn", "-", "'s", "&", "to", "el", "von", "van"}


def tidy_names(s):
    """Keeps proper names only: no leading article, no bare titles, no common nouns."""
    tags = s.names
    out = ["O"] * len(tags)
    i = 0
    while i < len(tags):
        if tags[i] == "O":
            i += 1
            continue
        kind, j = tags[i][2:], i + 1
        while j < len(tags) and tags[j] == "I-" + kind:
            j += 1
        a, b = i, j
        while a < b and (s.words[a].lower() in ("the", "a", "an", "'s") or not s.words[a][:1].isupper()):
            a += 1
        while a < b and kind == "PER" and s.words[a].lower() in TITLES:
            a += 1
        c = a
        while c < b and (s.words[c][:1].isupper() or s.words[c].lower() in SMALL or s.words[c][:1].isdigit()):
            c += 1
        while c > a and not s.words[c - 1][:1].isupper() and not s.words[c - 1][:1].isdigit():
            c -= 1
        if c > a and not all(w.lower() in TITLES for w in s.words[a:c]):
            out[a] = "B-" + kind
            for k in range(a + 1, c):
                out[k] = "I-" + kind
        i = j
    s.names = out
    return s


def gum_names(s):
    """Names from GUM's Entity= brackets: proper-noun mentions of persons, places, organisations."""
    kinds = {"person": "PER", "place": "LOC", "organization": "ORG"}
    spans, stack = [], []
    for i, misc in enumerate(s.misc):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", misc)
        if not m:
            continue
        for part in re.findall(r"\(?[^()]+\)?", m.group(1)):
            body = part.strip("()")
            ident = body.split("-")[0]
            if part.startswith("("):
                stack.append((ident, body, i))
                if part.endswith(")"):
                    _, full, start = stack.pop()
                    spans.append((start, i, full))
            elif part.endswith(")"):
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == ident:
                        _, full, start = stack.pop(k)
                        spans.append((start, i, full))
                        break
    tags = ["O"] * len(s.words)
    for a, b, full in sorted(spans, key=lambda x: x[0] - x[1]):
        kind = kinds.get((full.split("-") + [""])[1])
        if kind is None:
            continue
        heads = [i for i in range(a, b + 1) if not (a <= s.heads[i] - 1 <= b)]
        if len(heads) != 1 or s.upos[heads[0]] != "PROPN":
            continue
        h = heads[0]
        lo = hi = h
        while lo > a and (s.upos[lo - 1] == "PROPN" or s.words[lo - 1] == "-" or (kind == "ORG" and s.words[lo - 1].lower() in ("of", "for", "&"))
                          or (s.upos[lo - 1] in ("ADJ", "NOUN") and kind != "PER" and s.words[lo - 1][:1].isupper())):
            lo -= 1
        while hi < b and (s.upos[hi + 1] == "PROPN" or (s.words[hi + 1] == "-") or (s.words[hi + 1].lower() in ("of", "for", "and", "the")
                          and kind != "PER" and hi + 2 <= b and (s.upos[hi + 2] == "PROPN" or s.words[hi + 2].lower() == "the"))
                          or (kind != "PER" and s.words[hi + 1][:1].isupper() and s.upos[hi + 1] in ("NOUN", "ADJ"))):
            hi += 1
        while lo < hi and not s.words[lo][:1].isalnum():
            lo += 1
        while hi > lo and s.words[hi].lower() in ("-", "of", "for", "and", "the"):
            hi -= 1
        if kind == "PER":
            while lo < hi and s.words[lo].lower() in TITLES:
                lo += 1
        for k in range(lo, hi + 1):
            tags[k] = ("B-" if k == lo else "I-") + kind
    # repair: an I after a different mention's overwrite
    prev = "O"
    for i, t in enumerate(tags):
        if t[0] == "I" and prev[2:] != t[2:]:
            tags[i] = "B" + t[1:]
        prev = tags[i]
    s.names = tags
    return s


IDNER = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def joined_words(path):
    """Surface words that a treebank splits: lowercased form -> parts."""
    out, lines = {}, open(path, encoding="utf-8").read().split("\n")
    for i, line in enumerate(lines):
        m = re.match(r"(\d+)-(\d+)\t([^\t]+)\t", line)
        if m:
            n = int(m.group(2)) - int(m.group(1)) + 1
            out[m.group(3).lower()] = [x.split("\t")[1] for x in lines[i + 1:i + 1 + n]]
    return out


def split_words(s, known, single):
    """The sentence with enclitics split as the treebank does; names follow."""
    words, names = [], []
    for k, w in enumerate(s.words):
        tag = s.names[k] if s.names else None
        parts, low = None, w.lower()
        if low in known and low not in single:
            p = known[low]
            if len(p) == 2 and len("".join(p)) == len(w):
                parts = [w[:len(p[0])], w[len(p[0]):]]
        elif low not in single:
            for e in ("nya", "lah", "kah", "pun"):
                if low.endswith(e) and len(low) > 6 and (e == "nya" or low[:-len(e)] in single):
                    parts = [w[:-len(e)], w[-len(e):]]
        for p in parts or [w]:
            if tag:
                names.append("I" + tag[1:] if tag[0] == "B" and names and p != (parts or [w])[0] else tag)
            words.append(p)
    return Sent(words, s.domain, names=names)


def read_passages(path):
    """The passages of a question-answering table, as word lists."""
    out, seen = [], set()
    for row in csv.reader(open(path, encoding="utf-8")):
        if len(row) > 1 and row[1].startswith("["):
            words = [w for w in ast.literal_eval(row[1]) if w.strip() and " " not in w]
            cur = []
            for w in words:
                cur.append(w)
                if w in ".?!" and len(cur) > 4:
                    if tuple(cur) not in seen:
                        seen.add(tuple(cur))
                        out.append(cur)
                    cur = []
            if len(cur) > 4 and tuple(cur) not in seen:
                seen.add(tuple(cur))
                out.append(cur)
    return [w for w in out if len(w) < 80]


def load(lang, root, extra=None):
    """Training sentences, sentences without trees for a teacher to read, held-out parts by name, and domains."""
    t = os.path.join(root, "treebanks")
    n = os.path.join(root, "ner")
    if lang == "id":
        csui = read_conllu(f"{t}/id_csui-ud-train.conllu", "csui")
        pud = read_conllu(f"{t}/id_pud-ud-test.conllu", "pud")
        gsd = read_conllu(f"{t}/id_gsd-ud-dev.conllu", "gsd")
        silver = read_conllu(f"{t}/id_gsd-silver-train.conllu", "silver")
        train = [s for i, s in enumerate(csui) if i % 5 != 4]
        copies(train, 3.0)
        copies(pud, 1.5)
        copies(gsd, 1.5)
        copies(silver, 0.7)
        names = copies(read_bio(f"{n}/idner-news-2k/train.txt", " ", 0, 2, "csui", IDNER), 1.5)
        dev = {"csui": [s for i, s in enumerate(csui) if i % 5 == 4], "gsd": read_conllu(f"{t}/id_gsd-ud-test.conllu", "gsd"),
               "idner": read_bio(f"{n}/idner-news-2k/dev.txt", " ", 0, 2, "csui", IDNER)}
        known = {}
        for f in ("id_gsd-ud-dev", "id_pud-ud-test", "id_csui-ud-train"):
            known.update(joined_words(f"{t}/{f}.conllu"))
        single = {w.lower() for s in train + pud for w in s.words}
        pool = [split_words(s, known, single) for s in names]
        pool += [Sent(s.words, "csui") for s in pud + gsd + silver]
        grit = []
        if extra and os.path.isdir(f"{extra}/id"):
            kinds = {"PERSON": "PER", "ORGANISATION": "ORG", "PLACE": "LOC"}
            for part in ("train", "valid"):
                grit += read_bio(f"{extra}/id/nergrit_ner-grit.{part}.txt", "\t", 0, 1, "grit", kinds)
            copies(grit, 0.7)
            pool += [Sent(split_words(s, known, single).words, "csui") for s in grit]
            pool += [split_words(Sent(w, "csui"), known, single) for w in read_passages(f"{extra}/id/facqa_qa-factoid-itb.train.csv")]
        return train + pud + gsd + silver + names + grit, pool, dev, ["csui", "pud", "gsd", "silver", "grit"]
    ewt = read_conllu(f"{t}/en_ewt-ud-train.rebuilt.conllu", "ewt")
    gum = []
    for f in sorted(glob.glob(f"{t}/en_gum-news/*.conllu")):
        gum += [gum_names(s) for s in read_conllu(f, "gum")]
    held = [s for i, s in enumerate(gum) if i % 10 == 9]
    gum = copies([s for i, s in enumerate(gum) if i % 10 != 9], 1.5)
    if extra and os.path.isdir(f"{extra}/en_gum"):
        for f in sorted(glob.glob(f"{extra}/en_gum/*.conllu")):
            gum += [gum_names(s) for s in read_conllu(f, "gum")]
    kinds = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
    re3d = [tidy_names(s) for s in read_bio(f"{n}/re3d/CONLL-format/data/train/re3d-train.conll", "\t", 0, 1, "gum", kinds)]
    copies(re3d, 1.5)
    kinds = {"person": "PER", "corporation": "ORG", "group": "ORG", "location": "LOC"}
    wnut = copies(read_bio(f"{n}/wnut17/CONLL-format/data/train/wnut17train.conll", "\t", 0, 1, "ewt", kinds), 0.3)
    dev = {"ewt": read_conllu(f"{t}/en_ewt-ud-dev.conllu", "ewt"), "gum": held, "pud": read_conllu(f"{t}/en_pud-ud-test.conllu", "ewt"),
           "ewt_test": read_conllu(f"{t}/en_ewt-ud-test.conllu", "ewt")}
    pool = [Sent(s.words, "ewt", names=s.names) for s in re3d] + [Sent(s.words, "ewt", names=s.names) for s in gum]
    return ewt + gum + re3d + wnut, pool, dev, ["ewt", "gum"]


def copies(sents, k):
    """Sets how often an epoch sees each sentence, on average."""
    for s in sents:
        s.copies = k
    return sents
