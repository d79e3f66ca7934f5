//! Many articles into a folder: the same bytes whatever the threads, and whenever a run was stopped.

use saksi_testkit::{Templates, generate};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Articles that are read; `SAKSI_ARTICLES` and `SAKSI_KILLS` ask for more.
const ARTICLES: u64 = 60;
const KILLS: u64 = 8;

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

fn tmp(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    let _ = std::fs::remove_file(&path);
    path
}

/// Made-up articles as JSON Lines, packed, with lines among them that are none.
fn dump(name: &str, count: u64) -> PathBuf {
    let languages = Templates::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).unwrap();
    let path = tmp(name);
    let mut out = flate2::write::GzEncoder::new(std::fs::File::create(&path).unwrap(), flate2::Compression::fast());
    for number in 0..count {
        let made = generate(&languages, 7, 200, number);
        let line = serde_json::json!({"title": made.title, "text": made.text(), "published": made.published});
        std::io::Write::write_all(&mut out, format!("{line}\n").as_bytes()).unwrap();
        if number % 17 == 3 {
            std::io::Write::write_all(&mut out, b"{\"cut\": \n").unwrap();
        }
    }
    out.finish().unwrap();
    path
}

fn command(input: &Path, output: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_saksi"));
    command.arg("read").arg(input).arg("-o").arg(output).args(["--part", "7"]).args(more);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn run(input: &Path, output: &Path, more: &[&str]) -> Output {
    command(input, output, more).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file of a folder, hidden ones too.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for folder in [folder.to_owned(), folder.join(".saksi")] {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                found.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{name} differs");
    }
}

#[test]
fn threads_do_not_change_a_byte() {
    let input = dump("threads.jsonl.gz", 40);
    let one = tmp("threads-1");
    let done = run(&input, &one, &["--threads", "1"]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    assert!(said(&done).contains("40 articles read"), "{}", said(&done));
    assert!(said(&done).contains("3 failed: 3 no JSON object"), "{}", said(&done));
    for threads in ["2", "8"] {
        let other = tmp("threads-n");
        run(&input, &other, &["--threads", threads]);
        assert_same(&one, &other);
    }
    let records: Vec<String> = files(&one)
        .iter()
        .filter(|(name, _)| name.starts_with("records-"))
        .flat_map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(records.iter().any(|record| record.contains("\"group\":{\"id\":")));
    let streamed =
        Command::new(env!("CARGO_BIN_EXE_saksi")).arg("read").arg(&input).args(["--format", "jsonl"]).output().unwrap();
    assert_eq!(records, String::from_utf8(streamed.stdout).unwrap().lines().collect::<Vec<_>>());
}

#[test]
fn a_run_that_is_killed_at_any_moment_ends_with_the_same_bytes() {
    let input = dump("kill.jsonl.gz", asked("SAKSI_ARTICLES", ARTICLES));
    for format in ["jsonl", "csv", "parquet"] {
        let whole = tmp("kill-whole");
        let begun = Instant::now();
        run(&input, &whole, &["--format", format]);
        let usual = begun.elapsed().as_millis() as u64;
        let killed = tmp("kill-killed");
        let (mut kills, mut state) = (0, 0x2545_f491_4f6c_dd1d_u64);
        let asked = asked("SAKSI_KILLS", KILLS);
        loop {
            let mut child = command(&input, &killed, &["--format", format, "--resume"]).spawn().unwrap();
            if kills < asked {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                std::thread::sleep(Duration::from_millis((state >> 33) % (2 * usual / asked).max(1)));
                if child.try_wait().unwrap().is_none() {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    kills += 1;
                    continue;
                }
            }
            assert_eq!(child.wait().unwrap().code(), Some(1));
            break;
        }
        assert!(2 * kills >= asked, "the run was done after {kills} kills");
        assert_same(&whole, &killed);
    }
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    assert!(Command::new("kill").arg("-INT").arg(child.id().to_string()).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupt_stops_after_a_part_and_says_how_to_go_on() {
    let input = dump("interrupt.jsonl.gz", 300);
    let output = tmp("interrupt");
    let child = command(&input, &output, &["--threads", "1"]).spawn().unwrap();
    let begun = Instant::now();
    while !output.join("records-00001.jsonl").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(5));
    }
    interrupt(&child);
    let stopped = child.wait_with_output().unwrap();
    assert_eq!(stopped.status.code(), Some(130), "{}", said(&stopped));
    assert!(said(&stopped).contains("--resume"), "{}", said(&stopped));
    assert!(!files(&output).keys().any(|name| name.starts_with("tmp-") || name == "summary.json"));
}

/// Starts a run and kills it once its second part is there.
fn killed(input: &Path, output: &Path) {
    let mut child = command(input, output, &["--threads", "1"]).spawn().unwrap();
    let begun = Instant::now();
    while !output.join("records-00001.jsonl").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!output.join("summary.json").exists());
}

#[test]
fn a_journal_that_is_cut_off_is_mended() {
    let input = dump("torn.jsonl.gz", 60);
    let (whole, begun, torn) = (tmp("torn-whole"), tmp("torn-begun"), tmp("torn"));
    run(&input, &whole, &[]);
    killed(&input, &begun);
    let text = std::fs::read(begun.join(".saksi/journal.jsonl")).unwrap();
    for keep in [text.len(), text.len() - 1, text.len() - 3, text.len() / 2, 20, 0] {
        let _ = std::fs::remove_dir_all(&torn);
        std::fs::create_dir_all(torn.join(".saksi")).unwrap();
        for (name, bytes) in files(&begun) {
            let inner = begun.join(".saksi").join(&name).exists();
            std::fs::write(if inner { torn.join(".saksi").join(name) } else { torn.join(name) }, bytes).unwrap();
        }
        std::fs::write(torn.join(".saksi/journal.jsonl"), &text[..keep]).unwrap();
        std::fs::write(torn.join(".saksi/tmp-records-00002.jsonl"), "half").unwrap();
        let done = run(&input, &torn, &["--resume"]);
        assert_eq!(done.status.code(), Some(1), "{}", said(&done));
        assert_same(&whole, &torn);
    }
}

#[test]
fn a_run_goes_on_only_as_it_was_begun() {
    let input = dump("same.jsonl.gz", 60);
    let output = tmp("same");
    killed(&input, &output);
    let again = run(&input, &output, &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("add --resume"), "{}", said(&again));
    let other = run(&input, &output, &["--resume", "--format", "csv"]);
    assert!(said(&other).contains("begun with format"), "{}", said(&other));

    let usual = std::fs::read(&input).unwrap();
    std::fs::copy(dump("other.jsonl.gz", 4), &input).unwrap();
    let done = run(&input, &output, &["--resume"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(said(&done).contains("are not those that were read before"), "{}", said(&done));
    std::fs::write(&input, usual).unwrap();

    let part = std::fs::read(output.join("records-00000.jsonl")).unwrap();
    std::fs::write(output.join("records-00000.jsonl"), "x").unwrap();
    let done = run(&input, &output, &["--resume"]);
    assert!(said(&done).contains("records-00000.jsonl: the part is gone or was changed"), "{}", said(&done));
    std::fs::write(output.join("records-00000.jsonl"), part).unwrap();

    let done = run(&input, &output, &["--resume"]);
    assert!(said(&done).contains("60 articles read"), "{}", said(&done));
    // once more: there is nothing left to do, and it says the same
    assert_eq!(said(&run(&input, &output, &["--resume"])), said(&done));
}

#[test]
fn a_folder_that_is_not_a_run_is_left_alone() {
    let input = dump("alone.jsonl.gz", 2);
    let output = tmp("alone");
    std::fs::create_dir_all(&output).unwrap();
    std::fs::write(output.join("thesis.txt"), "x").unwrap();
    for more in [&[][..], &["--resume"]] {
        let done = run(&input, &output, more);
        assert_eq!(done.status.code(), Some(2));
        assert!(said(&done).contains("is not empty"), "{}", said(&done));
    }
    let done = run(&output, &output.join("inner"), &[]);
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("lies in a folder that is read"), "{}", said(&done));
}

#[test]
fn failures_stand_in_a_table_with_their_place_and_reason() {
    let input = dump("failures.jsonl.gz", 10);
    let output = tmp("failures");
    run(&input, &output, &[]);
    let failures = std::fs::read_to_string(output.join("failures-00000.jsonl")).unwrap();
    let row: serde_json::Value = serde_json::from_str(failures.lines().next().unwrap()).unwrap();
    assert!(row["from"].as_str().unwrap().ends_with("failures.jsonl.gz:5"), "{row}");
    assert_eq!(row["kind"], "no JSON object");
    let summary: serde_json::Value =
        serde_json::from_slice(&std::fs::read(output.join("summary.json")).unwrap()).unwrap();
    assert_eq!((&summary["records"], &summary["failed"]["no JSON object"]), (&10.into(), &1.into()));
}

#[test]
fn copies_are_grouped_with_their_earliest_and_their_credit() {
    let input = tmp("copies.jsonl");
    let body = "Rebels attacked the town of Goma on Monday and killed at least 12 people, the army said. \
        The fighters came from the north and left again in the evening, witnesses told reporters. \
        The government sent troops to the town and closed the road to the border for two days.";
    let cut = body.split(". ").next().unwrap();
    let lines = [
        serde_json::json!({"title": "Attack on Goma", "text": body, "published": "2026-03-05T10:00:00Z"}),
        serde_json::json!({"title": "Floods", "text": "Rivers rose in Demak on Tuesday after days of heavy rain.", "published": "2026-03-04"}),
        serde_json::json!({"title": "Twelve dead", "text": format!("{body} (Reuters)"), "published": "2026-03-05T08:00:00Z"}),
        serde_json::json!({"title": "Goma", "text": format!("{cut}."), "published": "2026-03-06"}),
    ];
    std::fs::write(&input, lines.map(|line| format!("{line}\n")).concat()).unwrap();
    let output = tmp("copies");
    let done = run(&input, &output, &[]);
    assert!(said(&done).contains("2 of them copies, in 1 groups"), "{}", said(&done));
    let groups = std::fs::read_to_string(output.join("groups.jsonl")).unwrap();
    let rows: Vec<serde_json::Value> = groups.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        rows.iter().map(|row| row["kind"].as_str().unwrap()).collect::<Vec<_>>(),
        ["exact", "earliest", "abridged"]
    );
    assert_eq!(rows[1]["credit"], "Reuters");
    assert!(rows.iter().all(|row| row["group"] == rows[1]["article"]));
    assert!(!files(&output).keys().any(|name| name.starts_with("signatures-")));
    let records = std::fs::read_to_string(output.join("records-00000.jsonl")).unwrap();
    let records: Vec<serde_json::Value> = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (record, kind) in records.iter().zip(["exact", "", "earliest", "abridged"]) {
        let group = &record["article"]["group"];
        match kind {
            "" => assert!(group.is_null(), "{group}"),
            kind => assert_eq!((&group["kind"], &group["id"]), (&kind.into(), &records[2]["article"]["id"])),
        }
        assert_eq!(group["earliest"] == true, kind == "earliest");
    }
    assert_eq!(records[2]["article"]["credit"], "Reuters");
}

#[test]
fn the_tables_say_the_group_of_each_article_and_event() {
    let input = dump("tables.jsonl.gz", 40);
    let (lines, tables) = (tmp("tables-lines"), tmp("tables-csv"));
    run(&input, &lines, &["--format", "jsonl"]);
    run(&input, &tables, &["--format", "csv"]);
    let rows = |stem: &str| -> Vec<BTreeMap<String, String>> {
        let files = files(&tables).into_iter().filter(|(name, _)| name.starts_with(stem) && name.ends_with("csv"));
        files
            .flat_map(|(_, bytes)| {
                csv::Reader::from_reader(bytes.as_slice()).deserialize().collect::<Result<Vec<_>, _>>().unwrap()
            })
            .collect()
    };
    let (mut articles, mut events) = (rows("articles-").into_iter(), rows("events-").into_iter());
    let mut copies = 0;
    for (_, bytes) in files(&lines).iter().filter(|(name, _)| name.starts_with("records-")) {
        for line in String::from_utf8_lossy(bytes).lines() {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let group = &record["article"]["group"];
            let told = ["id", "earliest", "kind"].map(|key| match &group[key] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            copies += u64::from(told[1] == "false");
            let row = articles.next().unwrap();
            assert_eq!(row["article"], record["article"]["id"].as_str().unwrap());
            assert_eq!(["group", "group_earliest", "group_kind"].map(|column| row[column].clone()), told);
            for _ in record["events"].as_array().unwrap() {
                let row = events.next().unwrap();
                assert_eq!(["group", "group_earliest"].map(|column| row[column].as_str()), [&told[0], &told[1]]);
            }
        }
    }
    assert!(articles.next().is_none() && events.next().is_none() && copies > 0);
}

#[test]
fn articles_that_are_read_together_without_a_folder_say_their_group_and_a_pipe_none() {
    let text =
        "Attack on Goma\n\nRebels attacked the town of Goma on Monday and killed at least 12 people, the army said.\n";
    let (one, two) = (tmp("one.txt"), tmp("two.txt"));
    for path in [&one, &two] {
        std::fs::write(path, text).unwrap();
    }
    let groups = |sources: &[&Path]| -> Vec<serde_json::Value> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_saksi"));
        command.arg("read").args(sources).args(["--format", "jsonl"]).stdin(std::fs::File::open(&one).unwrap());
        let lines = String::from_utf8(command.output().unwrap().stdout).unwrap();
        lines
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["article"]["group"].clone())
            .collect()
    };
    let kinds: Vec<_> = groups(&[&one, &two]).iter().map(|group| group["kind"].clone()).collect();
    assert_eq!(kinds, ["earliest", "exact"]);
    assert!(groups(&[&one])[0].is_null());
    assert!(groups(&[&one, Path::new("-")]).iter().all(serde_json::Value::is_null));
}
