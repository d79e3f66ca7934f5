"""How the shipped models are made: three wide teachers, then one small model that also learns from what they read."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REGULAR = ["--word-alpha", "0.5", "--word-drop", "0.06", "--feature-drop", "0.1"]
WIDE = ["--dims", "128,2,256,224,2,160,96,160,160", "--drop", "0.35", *REGULAR]
DEEP = ["--dims", "128,2,192,160,3,160,96,128,128", "--drop", "0.33", *REGULAR]
SMALL = ["--dims", "128,2,128,128,2,128,64,112,112", "--drop", "0.25", *REGULAR]
RECIPES = {
    "id": {"teachers": [("41", "12", WIDE), ("42", "12", DEEP), ("43", "12", WIDE)], "student": ("44", "14", SMALL)},
    "en": {"teachers": [("22", "9", WIDE), ("52", "9", DEEP), ("53", "9", WIDE)], "student": ("54", "12", SMALL)},
}


def run(lang, args, passed):
    """Trains teachers that are not yet under the work folder, then the student; returns the exit status."""
    os.makedirs(args.work, exist_ok=True)
    script = os.path.join(HERE, "train.py")
    saved = []
    for seed, epochs, flags in RECIPES[lang]["teachers"]:
        path = os.path.join(args.work, f"{lang}.{seed}.pt")
        saved.append(path)
        if not os.path.exists(path):
            status = subprocess.call([sys.executable, script, lang, "--seed", seed, "--epochs", epochs, *flags, *passed, "--save", path,
                                      "--out", os.path.join(args.work, f"{lang}.{seed}.bin")])
            if status:
                return status
    seed, epochs, flags = RECIPES[lang]["student"]
    more = ["--parity", args.parity] if args.parity else []
    return subprocess.call([sys.executable, script, lang, "--seed", seed, "--epochs", epochs, *flags, *passed, "--teachers", *saved, *more,
                            "--save", os.path.join(args.work, f"{lang}.{seed}.pt"),
                            "--out", args.out or os.path.join(HERE, "..", "lang", lang, "model.bin")])
