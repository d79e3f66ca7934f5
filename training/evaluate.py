#!/usr/bin/env python3
"""One table of scores on the held-out parts: `python training/evaluate.py [id|en] [--peers udpipe spacy]`.

Ours is the program (`target/release/saksi analyze`); UDPipe 1 and spaCy are trained here on the same trees, once, and kept
under --work. Gold tokens, then raw text. Time is one process on one core, start included unless said.
"""
import argparse
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import data  # noqa: E402
from decode import spans  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


def blocks(path):
    """The sentences of a CoNLL-U file as text blocks."""
    return [b for b in open(path, encoding="utf-8").read().split("\n\n") if b.strip()]


def held_out(lang, root):
    """(name, treebank, blocks) of the parts that are scored, and the blocks that peers train on."""
    t = os.path.join(root, "treebanks")
    if lang == "id":
        csui = blocks(f"{t}/id_csui-ud-train.conllu")
        train = [b for i, b in enumerate(csui) if i % 5 != 4] + blocks(f"{t}/id_pud-ud-test.conllu") + blocks(f"{t}/id_gsd-ud-dev.conllu")
        return [("CSUI held-out fifth", "csui", csui[4::5]), ("GSD test", "gsd", blocks(f"{t}/id_gsd-ud-test.conllu"))], train
    train = blocks(f"{t}/en_ewt-ud-train.rebuilt.conllu")
    return [("EWT dev", "ewt", blocks(f"{t}/en_ewt-ud-dev.conllu")), ("EWT test", "ewt", blocks(f"{t}/en_ewt-ud-test.conllu")),
            ("PUD", "ewt", blocks(f"{t}/en_pud-ud-test.conllu"))], train


def plain(bs):
    """The running text of the blocks, a blank line between paragraphs and documents."""
    out = []
    for b in bs:
        text = re.search(r"^# text = (.*)$", b, re.M).group(1)
        if re.search(r"^# (newdoc|newpar)", b, re.M):
            out.append("\n\n")
        elif out:
            out.append(" ")
        out.append(text)
    return "".join(out).strip() + "\n"


def bare(b):
    """A block whose annotation is blanked, tokens kept."""
    rows = []
    for line in b.split("\n"):
        if line.startswith("#"):
            rows.append(line)
            continue
        c = line.split("\t")
        if "." in c[0]:
            continue
        m = "SpaceAfter=No" if "SpaceAfter=No" in c[9] else "_"
        rows.append("\t".join([c[0], c[1]] + ["_"] * 7 + [m]))
    return "\n".join(rows) + "\n\n"


def ud_scores(gold, system):
    """The official measures, F1 in percent."""
    from udtools.udeval import evaluate, load_conllu_file
    try:
        r = evaluate(load_conllu_file(gold), load_conllu_file(system))
    except TypeError:
        r = None
    if r is None:
        raise RuntimeError("udtools has another interface; use 1.x")
    return {k: 100 * r[k].f1 for k in ("Sentences", "Words", "UPOS", "Lemmas", "UAS", "LAS")}


#: Runs a command and prints seconds and peak KiB: a process of its own, because a child begins with the memory of its parent.
MEASURE = """import os, subprocess, sys, time
t = time.time()
p = subprocess.Popen(sys.argv[2:], stdout=open(sys.argv[1], "w"))
_, status, usage = os.wait4(p.pid, 0)
print(time.time() - t, usage.ru_maxrss)
sys.exit(1 if status else 0)"""


def program(binary, lang, args, source, out):
    """Runs the program; returns seconds and peak MiB."""
    told = subprocess.run([sys.executable, "-c", MEASURE, out, binary, "analyze", "--language", lang, *args, source], stdout=subprocess.PIPE, text=True)
    if told.returncode:
        raise RuntimeError(f"{binary} failed on {source}")
    took, peak = told.stdout.split()
    return float(took), int(peak) / 1024


def train_udpipe(train, dev, path, tagger="", parser=""):
    """UDPipe 1 with its default settings, or others for its tagger and parser; each of its three parts is kept, so that a run cut off goes on."""
    import ufal.udpipe as u
    reader = u.InputFormat.newConlluInputFormat()

    def read(bs):
        out, err = u.Sentences(), u.ProcessingError()
        reader.setText("\n\n".join(bs) + "\n\n")
        s = u.Sentence()
        while reader.nextSentence(s, err):
            out.append(s)
            s = u.Sentence()
        return out

    trees, held = read(train), read(dev)
    done = []
    for part, settings in (("tokenizer", ""), ("tagger", tagger), ("parser", parser)):
        kept = path if part == "parser" else f"{path}.{part}"
        if not os.path.exists(kept):
            options = [f"from_model=file:{last}" for last in done[-1:]] * len(done) + [settings] + ["none"] * (2 - len(done))
            err = u.ProcessingError()
            model = u.Trainer.train("morphodita_parsito", trees, held, *options, err)
            if err.occurred():
                raise RuntimeError(err.message)
            open(kept, "wb").write(bytes(model))
        done.append(kept)


def run_udpipe(path, source, out, raw):
    """UDPipe over a file; returns seconds without loading."""
    import ufal.udpipe as u
    model = u.Model.load(path)
    pipe = u.Pipeline(model, "tokenize" if raw else "conllu", u.Pipeline.DEFAULT, u.Pipeline.DEFAULT, "conllu")
    t = time.time()
    err = u.ProcessingError()
    text = pipe.process(open(source, encoding="utf-8").read(), err)
    open(out, "w", encoding="utf-8").write(text)
    return time.time() - t


def train_spacy(train, path, steps):
    """spaCy's small-CNN tagger, lemmatizer and parser on the same trees."""
    import random
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    nlp = spacy.blank("xx")
    t2v = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 96, "depth": 4, "embed_size": 2000, "window_size": 1,
           "maxout_pieces": 3, "subword_features": True}
    nlp.add_pipe("tok2vec", config={"model": t2v})
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("trainable_lemmatizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("parser", config={"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False,
                                             "hidden_width": 64, "maxout_pieces": 2, "use_upper": False, "tok2vec": shared}})
    examples = []
    for b in train:
        rows = [c for c in (r.split("\t") for r in b.split("\n") if r[:1] != "#") if c[0].isdigit()]
        words = [c[1] for c in rows]
        ref = Doc(nlp.vocab, words=words, lemmas=[c[2] for c in rows], pos=[c[3] for c in rows], morphs=["" if c[5] == "_" else c[5] for c in rows],
                  heads=[int(c[6]) - 1 if c[6] != "0" else i for i, c in enumerate(rows)], deps=["ROOT" if c[6] == "0" else c[7] for c in rows])
        examples.append(Example(Doc(nlp.vocab, words=words), ref))
    random.seed(1)
    opt = nlp.initialize(lambda: examples[:2000])
    for _ in range(steps):
        nlp.update(random.sample(examples, min(64, len(examples))), sgd=opt, drop=0.1)
    nlp.to_disk(path)


def run_spacy(path, bs, out):
    """spaCy over gold tokens; returns seconds without loading."""
    import spacy
    from spacy.tokens import Doc
    nlp = spacy.load(path)
    docs, ids = [], []
    for b in bs:
        rows = [c for c in (r.split("\t") for r in b.split("\n") if r[:1] != "#") if c[0].isdigit()]
        ids.append(rows)
        docs.append(Doc(nlp.vocab, words=[c[1] for c in rows], sent_starts=[True] + [False] * (len(rows) - 1)))
    t = time.time()
    docs = list(nlp.pipe(docs))
    took = time.time() - t
    with open(out, "w", encoding="utf-8") as f:
        for b, rows, doc in zip(bs, ids, docs):
            i = 0
            roots = [t.i for t in doc if t.head.i == t.i]
            for line in bare(b).strip().split("\n"):
                c = line.split("\t")
                if c[0].isdigit():
                    w = doc[i]
                    head = 0 if w.i == roots[0] else roots[0] + 1 if w.head.i == w.i else w.head.i + 1
                    c[2], c[3], c[5], c[6] = w.lemma_ or "_", w.pos_ or "X", str(w.morph) or "_", str(head)
                    c[7] = "root" if head == 0 else ("parataxis" if w.dep_ in ("ROOT", "") else w.dep_)
                    i += 1
                elif "-" in c[0] and not c[0].startswith("#"):
                    pass
                f.write("\t".join(c) + "\n")
            f.write("\n")
    return took


def apart(run, *args):
    """Runs a peer in a process of its own; returns what it returns and the process's peak MiB, Python included."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measured, (run, args))


def measured(run, args):
    """What `run` returns, and the peak MiB of this process."""
    told = run(*args)
    return told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def train_spacy_names(sents, path, steps):
    """spaCy's small-CNN entity recogniser."""
    import random
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    nlp = spacy.blank("xx")
    nlp.add_pipe("ner")
    examples = []
    for s in sents:
        tags = [t if t == "O" or t[0] in "BI" else "O" for t in s.names]
        ref = Doc(nlp.vocab, words=s.words, ents=tags)
        examples.append(Example(Doc(nlp.vocab, words=s.words), ref))
    random.seed(1)
    opt = nlp.initialize(lambda: examples)
    for _ in range(steps):
        nlp.update(random.sample(examples, min(64, len(examples))), sgd=opt, drop=0.1)
    nlp.to_disk(path)


def spacy_names_f1(path, sents):
    """F1 of names over gold tokens through spaCy."""
    import spacy
    from spacy.tokens import Doc
    nlp = spacy.load(path)
    tp = g = p = 0
    for s in sents:
        doc = nlp(Doc(nlp.vocab, words=s.words))
        tags = [t.ent_iob_ if t.ent_iob_ in ("O", "") else f"{t.ent_iob_}-{t.ent_type_}" for t in doc]
        a, b = spans(s.names), spans([t or "O" for t in tags])
        tp, g, p = tp + len(a & b), g + len(a), p + len(b)
    return 200 * tp / max(1, g + p)


def names_f1(binary, sents, work):
    """F1 of names over gold tokens through the program."""
    src, out = f"{work}/names.in.conllu", f"{work}/names.out.conllu"
    with open(src, "w", encoding="utf-8") as f:
        for s in sents:
            for i, w in enumerate(s.words):
                f.write(f"{i + 1}\t{w}" + "\t_" * 8 + "\n")
            f.write("\n")
    program(binary, "id", ["--pretokenized"], src, out)
    tp = g = p = 0
    got = blocks(out)
    for s, b in zip(sents, got):
        tags = []
        for r in b.split("\n"):
            c = r.split("\t")
            if c[0].isdigit():
                m = re.search(r"NER=([BI]-\w+)", c[9])
                tags.append(m.group(1) if m else "O")
        a, b_ = spans(s.names), spans(tags)
        tp, g, p = tp + len(a & b_), g + len(a), p + len(b_)
    return 200 * tp / max(1, g + p)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("langs", nargs="*", default=["id", "en"])
    ap.add_argument("--data", default=os.environ.get("SAKSI_DATA", os.path.join(HERE, "..", "..", "shared", "data")))
    ap.add_argument("--binary", default=os.path.join(HERE, "..", "target", "release", "saksi"))
    ap.add_argument("--work", default=os.path.join(HERE, "..", "out", "evaluate"))
    ap.add_argument("--peers", nargs="*", default=["udpipe"])
    ap.add_argument("--udpipe-tagger", default="", help="settings of UDPipe's tagger where its defaults take too long: iterations=6")
    ap.add_argument("--udpipe-parser", default="", help="settings of UDPipe's parser where its defaults take too long: structured_interval=0")
    ap.add_argument("--spacy-steps", type=int, default=1500)
    ap.add_argument("--spacy-names-steps", type=int, default=600)
    args = ap.parse_args()
    os.makedirs(args.work, exist_ok=True)
    if not os.path.isdir(args.data):
        print(f"no data at {args.data}: nothing to score")
        return
    head = ["system", "part", "input", "sents", "words", "UPOS", "lemma", "UAS", "LAS", "words/s", "MiB", "model MB"]
    rows = []
    for lang in args.langs:
        parts, train = held_out(lang, args.data)
        size = os.path.getsize(os.path.join(HERE, "..", "lang", lang, "model.bin")) / 1e6
        models = {}
        for peer in args.peers:
            path = f"{args.work}/{lang}.{peer}"
            if not os.path.exists(path):
                (train_udpipe(train, parts[0][2], path, args.udpipe_tagger, args.udpipe_parser) if peer == "udpipe" else train_spacy(train, path, args.spacy_steps))
            models[peer] = path
        for name, bank, bs in parts:
            gold, src, text = (f"{args.work}/{lang}.{bank}.{k}" for k in ("gold.conllu", "in.conllu", "txt"))
            open(gold, "w", encoding="utf-8").write("\n\n".join(re.sub(r"^\d+\.\d+\t.*\n", "", b, flags=re.M) for b in bs) + "\n\n")
            open(src, "w", encoding="utf-8").write("".join(bare(b) for b in bs))
            open(text, "w", encoding="utf-8").write(plain(bs))
            n = sum(1 for b in bs for r in b.split("\n") if r.split("\t")[0].isdigit())
            out = f"{args.work}/{lang}.out.conllu"

            def add(system, kind, took, mem, mb):
                s = ud_scores(gold, out)
                rows.append([system, name, kind] + [f"{s[k]:.1f}" for k in ("Sentences", "Words", "UPOS", "Lemmas", "UAS", "LAS")]
                            + [f"{n / took:.0f}", mem, mb])

            if os.path.exists(args.binary):
                for kind, extra, source in (("gold tokens", ["--pretokenized"], src), ("raw", ["--raw"], text)):
                    took, mem = program(args.binary, lang, [*extra, "--treebank", bank], source, out)
                    add("saksi", kind, took, f"{mem:.0f}", f"{size:.1f}")
            else:
                print(f"no program at {args.binary}: build it with cargo build --release")
            if "udpipe" in models:
                for kind, raw, source in (("gold tokens", False, src), ("raw", True, text)):
                    took, mem = apart(run_udpipe, models["udpipe"], source, out, raw)
                    add("UDPipe 1", kind, took, f"{mem:.0f}", f"{os.path.getsize(models['udpipe']) / 1e6:.1f}")
            if "spacy" in models:
                took, mem = apart(run_spacy, models["spacy"], bs, out)
                add("spaCy", "gold tokens", took, f"{mem:.0f}", f"{sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(models['spacy']) for f in fs) / 1e6:.1f}")
        if lang == "id" and os.path.exists(args.binary):
            _, pool, dev, _ = data.load("id", args.data)
            sents = dev["idner"]
            rows.append(["saksi", "idner-news dev, names F1", "gold tokens", f"{names_f1(args.binary, sents, args.work):.1f}"] + [""] * 8)
            if "spacy" in models:
                path = f"{args.work}/id.spacy-names"
                if not os.path.exists(path):
                    train_spacy_names([s for s in pool if s.names], path, args.spacy_names_steps)
                rows.append(["spaCy", "idner-news dev, names F1", "gold tokens", f"{spacy_names_f1(path, sents):.1f}"] + [""] * 8)
    widths = [max(len(str(r[i])) for r in [head, *rows]) for i in range(len(head))]
    for r in [head, *rows]:
        print("  ".join(str(c).ljust(w) for c, w in zip(r, widths)).rstrip())
    print(f"peak of this script itself: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
