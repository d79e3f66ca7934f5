"""What word lists know of a word beyond its spelling, as further features.

They need no code at run time: at export they are added into the row of the word itself. Source: spacy-lookups-data (MIT):
Brown clusters and probabilities of English words, roots of Indonesian words.
"""
import gzip
import importlib.util
import json
import os

import features as ft

#: How many of the likeliest English words get a row for their cluster's sake.
ENGLISH_WORDS = 40000
BITS = (3, 4, 6, 8, 10)


def _table(name):
    spec = importlib.util.find_spec("spacy_lookups_data")
    if spec is None:
        return None
    path = os.path.join(os.path.dirname(spec.origin), "data", name)
    return json.loads(gzip.open(path).read()) if os.path.exists(path) else None


def load(lang):
    """Lowercased word -> feature keys (tags 200 and up); empty, with a word said, where the package is missing."""
    if lang == "en":
        clusters, probs = _table("en_lexeme_cluster.json.gz"), _table("en_lexeme_prob.json.gz")
        if not clusters or not probs:
            print("spacy-lookups-data is not installed: training without word clusters")
            return {}
        best = {}
        for word, c in clusters.items():
            if c and len(word) < 30:
                low = ft.low(word)
                p = probs.get(word, -30)
                if low not in best or p > best[low][0]:
                    best[low] = (p, c)
        out = {}
        for low, (_, c) in sorted(best.items(), key=lambda x: -x[1][0])[:ENGLISH_WORDS]:
            out[low] = [ft.key(200, str(c))] + [ft.key(201 + i, str(c & ((1 << b) - 1))) for i, b in enumerate(BITS)]
        return out
    roots = _table("id_lemma_lookup.json.gz")
    if not roots:
        print("spacy-lookups-data is not installed: training without roots")
        return {}
    out = {}
    for word, root in roots.items():
        if " " not in word and word != root:
            rule = ft.lemma_rule(word.lower(), root.lower())
            out[ft.low(word)] = [ft.key(210, root.lower()), ft.key(211, json.dumps(rule))]
        elif " " not in word:
            out[ft.low(word)] = [ft.key(210, root.lower()), ft.key(211, "=")]
    return out


def width(lang):
    """How many such features a word has."""
    return 1 + len(BITS) if lang == "en" else 2
