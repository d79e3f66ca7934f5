//! The commands over a collection, as a person types them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const SAKSI: &str = env!("CARGO_BIN_EXE_saksi");
const STORY: &str =
    "Gempa Guncang Rawasari\n\nPolisi menangkap tiga orang di Rawasari, Senin (4/3), kata Bupati Rawasari.\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("saksi-collection-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn saksi(folder: &Path, args: &[&str]) -> Output {
    Command::new(SAKSI).args(args).current_dir(folder).env_remove("SAKSI_DB").output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_same_bytes_are_added_once_and_records_count_as_the_article() {
    let folder = Folder::new("add");
    fs::write(folder.0.join("a.txt"), STORY).unwrap();
    fs::write(folder.0.join("b.txt"), STORY).unwrap();
    assert_eq!(said(&saksi(&folder.0, &["add", "a.txt"])), "added 1, already there 0, failed 0\n");
    assert_eq!(said(&saksi(&folder.0, &["add", "b.txt", "a.txt"])), "added 0, already there 2, failed 0\n");
    let records = saksi(&folder.0, &["read", "a.txt", "--format", "jsonl"]);
    fs::write(folder.0.join("records.jsonl"), &records.stdout).unwrap();
    assert_eq!(said(&saksi(&folder.0, &["add", "records.jsonl"])), "added 0, already there 1, failed 0\n");
    let other = saksi(&folder.0, &["add", "a.txt", "--outlet", "Warta"]);
    assert_eq!(said(&other), "added 1, already there 0, failed 0\n");
    let list = out(&saksi(&folder.0, &["list", "--format", "csv"]));
    assert_eq!(list.lines().count(), 3, "{list}");
    let missing = saksi(&folder.0, &["add", "none.txt", "a.txt"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(said(&missing).contains("none.txt: there is no such file"), "{}", said(&missing));
    assert_eq!(out(&saksi(&folder.0, &["verify"])), "whole\n");
}

#[test]
fn what_was_added_can_be_shown_read_again_and_removed() {
    let folder = Folder::new("show");
    fs::write(folder.0.join("a.txt"), STORY).unwrap();
    saksi(&folder.0, &["add", "a.txt", "--published", "2024-03-05", "--language", "id"]);
    let listed: serde_json::Value =
        serde_json::from_str(out(&saksi(&folder.0, &["list", "--format", "json"])).trim()).unwrap();
    let key = listed["key"].as_str().unwrap().to_owned();
    let record: serde_json::Value =
        serde_json::from_str(&out(&saksi(&folder.0, &["show", &key[..6], "--format", "json"]))).unwrap();
    assert_eq!(record["article"]["published"]["value"], "2024-03-05");
    assert!(out(&saksi(&folder.0, &["show", &key])).contains("menangkap"));
    let report = out(&saksi(&folder.0, &["show", &key])).lines().last().unwrap().to_owned();
    let report = report.split_whitespace().last().unwrap();
    assert!(out(&saksi(&folder.0, &["show", report])).contains("Polisi menangkap tiga orang"));
    assert_eq!(said(&saksi(&folder.0, &["update"])), "updated 0, unchanged 1, failed 0\n");
    assert_eq!(saksi(&folder.0, &["show", "zzz"]).status.code(), Some(2));
    assert_eq!(said(&saksi(&folder.0, &["remove", &key])), "removed 1\n");
    assert_eq!(out(&saksi(&folder.0, &["list"])), "");
    assert_eq!(out(&saksi(&folder.0, &["verify"])), "whole\n");
}

#[test]
fn a_file_that_is_no_collection_is_told_of() {
    let folder = Folder::new("foreign");
    fs::write(folder.0.join("a.txt"), STORY).unwrap();
    for (args, message) in [
        (vec!["list", "--db", "a.txt"], "a.txt: is no collection of saksi: it is not an SQLite file"),
        (vec!["list", "--db", "none.db"], "none.db: there is no such collection"),
        (vec!["add", "a.txt", "--db", "none/a.db"], "there is no folder none"),
    ] {
        let output = saksi(&folder.0, &args);
        assert_eq!(output.status.code(), Some(3), "{args:?}");
        assert!(said(&output).contains(message), "{}", said(&output));
    }
    assert_eq!(fs::read_to_string(folder.0.join("a.txt")).unwrap(), STORY);
}

#[test]
fn a_translation_is_no_second_witness() {
    let folder = Folder::new("translation");
    let story = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/stories/kharkiv-odesa");
    let add = |file: &str, published: &str| {
        let path = story.join(file);
        let added = saksi(&folder.0, &["add", path.to_str().unwrap(), "--published", published]);
        assert_eq!(said(&added), "added 1, already there 0, failed 0\n");
    };
    // `d` is `c` translated; `a` is an article of its own on the same events.
    add("d.id.txt", "2025-10-12");
    add("c.en.txt", "2025-10-11");
    add("a.en.txt", "2025-10-11");
    let listed = || -> Vec<[String; 3]> {
        let list = out(&saksi(&folder.0, &["list", "--format", "json"]));
        let of = |line: &str| {
            let listed: serde_json::Value = serde_json::from_str(line).unwrap();
            ["source", "key", "witness"].map(|name| listed[name].as_str().unwrap().to_owned())
        };
        list.lines().map(of).collect()
    };
    let of = |all: &[[String; 3]], file: &str| all.iter().find(|[source, ..]| source.ends_with(file)).unwrap().clone();
    let all = listed();
    let [_, original, witness] = of(&all, "c.en.txt");
    assert_eq!(witness, original);
    assert_eq!(of(&all, "d.id.txt")[2], original);
    let [_, key, witness] = of(&all, "a.en.txt");
    assert_eq!(witness, key);
    assert_eq!(said(&saksi(&folder.0, &["remove", &original])), "removed 1\n");
    let [_, key, witness] = of(&listed(), "d.id.txt");
    assert_eq!(witness, key);
    assert_eq!(out(&saksi(&folder.0, &["verify"])), "whole\n");
}

#[cfg(unix)]
#[test]
fn ctrl_c_keeps_what_was_added_and_exits_130() {
    let folder = Folder::new("interrupted");
    let line = |number: u32| {
        let text = format!("{STORY}\nKorban ke-{number} dirawat di rumah sakit.");
        serde_json::json!({ "text": text, "language": "id" }).to_string() + "\n"
    };
    fs::write(folder.0.join("many.jsonl"), (0..50_000).map(line).collect::<String>()).unwrap();
    let child = Command::new(SAKSI)
        .args(["add", "many.jsonl"])
        .current_dir(&folder.0)
        .env_remove("SAKSI_DB")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let count = || out(&saksi(&folder.0, &["list", "--format", "csv"])).lines().count().saturating_sub(1);
    let until = Instant::now() + Duration::from_secs(60);
    while count() == 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    let before = count();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130), "{}", said(&ended));
    let after = count();
    assert!(before > 0 && before <= after && after < 50_000, "{before} {after}");
    assert!(said(&ended).contains(&format!("added {after}")), "{}", said(&ended));
    assert_eq!(out(&saksi(&folder.0, &["verify"])), "whole\n");
}

/// The long run is `bench/kill_add.py`.
#[test]
fn killed_at_any_moment_nothing_that_was_acknowledged_is_lost() {
    let folder = Folder::new("killed");
    let source = |number: usize| {
        let name = format!("{number}.txt");
        fs::write(folder.0.join(&name), format!("{STORY}\nKorban ke-{number} dirawat di rumah sakit.\n")).unwrap();
        name
    };
    let begun = Instant::now();
    saksi(&folder.0, &["add", &source(1000)]);
    let usual = begun.elapsed();
    for number in 0..20_u32 {
        let name = source(number as usize);
        let mut child = Command::new(SAKSI)
            .args(["add", &name])
            .current_dir(&folder.0)
            .env_remove("SAKSI_DB")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let until = Instant::now() + usual * (number % 10) / 6;
        while Instant::now() < until && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        let acknowledged = child.wait().unwrap().success();
        assert_eq!(out(&saksi(&folder.0, &["verify"])), "whole\n");
        if acknowledged {
            assert_eq!(said(&saksi(&folder.0, &["add", &name])), "added 0, already there 1, failed 0\n");
        }
    }
}
