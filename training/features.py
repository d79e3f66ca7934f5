"""Word features, their keys, and lemma rules, as FORMAT.md describes them."""

MASK = (1 << 64) - 1

NORMALIZE = [
    ["\u201c", '"'], ["\u201d", '"'], ["\u201e", '"'], ["\u201f", '"'], ["\u00ab", '"'], ["\u00bb", '"'],
    ["\u2018", "'"], ["\u2019", "'"], ["\u201a", "'"], ["\u201b", "'"], ["\u0060", "'"], ["\u00b4", "'"], ["\u02bc", "'"],
    ["\u2010", "-"], ["\u2011", "-"], ["\u2012", "-"], ["\u2013", "-"], ["\u2014", "-"], ["\u2015", "-"], ["\u2212", "-"],
    ["\u2026", "..."], ["\u00a0", " "],
]
NORM_MAP = {ord(a): b for a, b in NORMALIZE}
DIGITS = {ord(c): "0" for c in "0123456789"}

FEATURES = [
    {"kind": "word", "tag": 1},
    {"kind": "form", "tag": 2},
    {"kind": "stem", "tag": 3},
    {"kind": "affix", "tag": 4},
    {"kind": "shape", "tag": 5},
    {"kind": "prefix", "n": 1, "tag": 11},
    {"kind": "prefix", "n": 2, "tag": 12},
    {"kind": "prefix", "n": 3, "tag": 13},
    {"kind": "prefix", "n": 4, "tag": 14},
    {"kind": "suffix", "n": 1, "tag": 21},
    {"kind": "suffix", "n": 2, "tag": 22},
    {"kind": "suffix", "n": 3, "tag": 23},
    {"kind": "suffix", "n": 4, "tag": 24},
    {"kind": "suffix", "n": 5, "tag": 25},
]
#: Features that all but spell the word: dropped together to train for unseen words.
LEXICAL = [0, 1, 2, 8, 12, 13]


def key(tag: int, text: str) -> int:
    """The 64-bit key of a feature string."""
    h = 0xCBF29CE484222325
    for b in bytes([tag]) + text.encode("utf-8", "surrogatepass"):
        h = ((h ^ b) * 0x100000001B3) & MASK
    h ^= h >> 32
    h = (h * 0x9E3779B97F4A7C15) & MASK
    return h ^ (h >> 29)


def norm(form: str) -> str:
    """Quotes and dashes unified."""
    return form.translate(NORM_MAP)


def low(form: str) -> str:
    """Normalised, lowercased, digits as 0."""
    return norm(form).lower().translate(DIGITS)


def shape(text: str) -> str:
    """Character classes, runs cut to 3, 12 in all."""
    out = []
    for c in text:
        k = "d" if c in "0123456789" else "X" if c.isupper() else "x" if c.islower() else c
        if k in "dXx" and len(out) >= 3 and out[-1] == out[-2] == out[-3] == k:
            continue
        out.append(k)
    return "".join(out[:12])


def split_affixes(word: str, affix: dict) -> tuple[str, str, str]:
    """Longest listed prefix and suffix that leave a stem."""
    least = affix["min_stem"]
    p = max((a for a in affix["prefixes"] if word.startswith(a) and len(word) - len(a) >= least), key=len, default="")
    rest = word[len(p):]
    s = max((a for a in affix["suffixes"] if rest.endswith(a) and len(rest) - len(a) >= least), key=len, default="")
    return p, rest[: len(rest) - len(s)], s


def word_keys(form: str, affix: dict) -> list[int]:
    """The keys of a form's features in the order of FEATURES."""
    n = norm(form)
    w = low(form)
    p, stem, s = split_affixes(w, affix)
    out = []
    for f in FEATURES:
        kind = f["kind"]
        if kind == "word":
            text = w
        elif kind == "form":
            text = n
        elif kind == "stem":
            text = stem
        elif kind == "affix":
            text = p + "-" + s
        elif kind == "shape":
            text = shape(n)
        elif kind == "prefix":
            text = w[: f["n"]]
        else:
            text = w[-f["n"]:]
        out.append(key(f["tag"], text))
    return out


def case_class(form: str) -> tuple[bool, bool, bool]:
    """Whether the first char is cased, is uppercase, and whether the word is in capitals."""
    n = norm(form)
    first = n[:1]
    ups = sum(c.isupper() for c in n)
    return (first.isupper() or first.islower(), first.isupper(), ups >= 2 and not any(c.islower() for c in n))


def context(cases) -> int:
    """The context row of a sentence: 0 plain, 1 title case, 2 capitals, 3 no capital at all."""
    cased = sum(c[0] for c in cases)
    up = sum(c[1] for c in cases)
    caps = sum(c[2] for c in cases)
    if cased < 3:
        return 0
    if 10 * caps >= 7 * cased:
        return 2
    if 10 * up >= 6 * cased:
        return 1
    return 3 if up == 0 else 0


def _base(form: str, case: int) -> str:
    n = norm(form)
    if case == 0:
        return n
    n = n.lower()
    return n[:1].upper() + n[1:] if case == 2 else n


def _common(a: str, b: str) -> tuple[int, int, int]:
    best = (0, 0, 0)
    row = [0] * (len(b) + 1)
    for i in range(len(a)):
        prev = 0
        for j in range(len(b)):
            prev, row[j + 1] = row[j + 1], prev + 1 if a[i] == b[j] else 0
            if row[j + 1] > best[0]:
                best = (row[j + 1], i + 1 - row[j + 1], j + 1 - row[j + 1])
    return best


def lemma_rule(form: str, lemma: str) -> tuple:
    """The shortest rule that makes the lemma from the form."""
    best = None
    for case in (1, 0, 2):
        b = _base(form, case)
        n, i, j = _common(b, lemma)
        if n == 0:
            continue
        rule = (case, i, lemma[:j], len(b) - i - n, lemma[j + n:])
        cost = rule[1] + len(rule[2]) + rule[3] + len(rule[4])
        if best is None or cost < best[0]:
            best = (cost, n, rule)
    if best is None or best[2][1] > 250 or best[2][3] > 250 or (best[1] < 2 and best[0] > 2):
        return (1, 255, lemma, 0, "")
    if apply_rule(form, best[2]) != lemma:
        return (1, 255, lemma, 0, "")
    return best[2]


def apply_rule(form: str, rule) -> str:
    """The lemma a rule makes from a form."""
    case, front, add, back, end = rule
    if front == 255:
        return add
    b = _base(form, case)
    if front + back > len(b):
        return b
    return (add + b[front: len(b) - back] + end) or b


AFFIX = {
    "id": {
        "prefixes": ["memper", "diper", "teper", "berke", "keber", "menge", "penge", "meng", "meny", "mem", "men", "me", "peng",
                     "peny", "pem", "pen", "per", "pe", "ber", "be", "ter", "te", "di", "ke", "se", "non", "anti", "pasca", "pra"],
        "suffixes": ["kannya", "annya", "inya", "kan", "an", "i", "nya", "lah", "kah", "pun", "wan", "isasi", "isme", "is"],
        "min_stem": 3,
    },
    "en": {
        "prefixes": ["un", "re", "dis", "mis", "over", "under", "inter", "anti", "pre", "non", "counter", "super", "multi", "out", "in", "im"],
        "suffixes": ["ings", "ing", "ed", "ies", "es", "s", "er", "ers", "est", "ly", "ment", "ments", "ness", "tion", "tions", "ation",
                     "ations", "ity", "able", "ible", "al", "ive", "ful", "less", "ous", "ism", "ist", "ists", "ian", "ians", "'s", "n't", "ized", "ize"],
        "min_stem": 3,
    },
}
