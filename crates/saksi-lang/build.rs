//! Puts the packs into the binary: every file under `lang/` and `world/` but tests and notes.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let root = root.canonicalize().expect("the workspace exists");
    let mut out = String::from("static FILES: &[(&str, &[u8])] = &[\n");
    for top in ["lang", "world"] {
        add(&root, &root.join(top), &mut out);
    }
    out.push_str("];\n");
    let target = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("packs.rs");
    fs::write(target, out).expect("OUT_DIR can be written");
}

fn add(root: &Path, dir: &Path, out: &mut String) {
    println!("cargo::rerun-if-changed={}", dir.display());
    let mut entries: Vec<_> = fs::read_dir(dir).expect("packs can be read").filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "tests") {
                add(root, &path, out);
            }
        } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "tsv" || kind == "bin") {
            println!("cargo::rerun-if-changed={}", path.display());
            let name = path.strip_prefix(root).expect("under the root").display();
            let _ = writeln!(out, "    ({:?}, include_bytes!({:?})),", name.to_string(), path.display().to_string());
        }
    }
}
