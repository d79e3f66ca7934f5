//! The command line as a user meets it: what it prints, and what it says when the input is bad.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn saksi(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_saksi")).args(args).output().unwrap()
}

fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_saksi"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // the program may stop reading early; that is its right
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn example(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name).to_string_lossy().into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(output)))
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn reads_an_article_from_a_file_and_from_a_pipe() {
    let path = example("border-talks.en.txt");
    let from_file = json(&saksi(&["read", &path, "--published", "2026-03-04"]));
    let from_pipe = json(&piped(&["read", "-", "--published", "2026-03-04"], &std::fs::read(&path).unwrap()));
    assert_eq!(from_file["events"], from_pipe["events"]);
    assert_eq!(from_file["article"]["published"]["basis"], "given");
    assert!(from_pipe["article"]["from"].is_null());
    assert!(!from_file["events"].as_array().unwrap().is_empty());
}

#[test]
fn several_files_give_one_record_each_in_order_whatever_the_threads() {
    let (a, b) = (example("border-talks.en.txt"), example("bantuan-gempa.id.txt"));
    let files = [a.as_str(), b.as_str(), a.as_str(), b.as_str(), a.as_str()];
    let with = |jobs: &str| saksi(&[&["read", "--format", "jsonl", "--jobs", jobs], &files[..]].concat()).stdout;
    let one = with("1");
    assert_eq!(one, with("4"));
    let languages: Vec<String> = String::from_utf8(one)
        .unwrap()
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["article"]["language"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(languages, ["en", "id", "en", "id", "en"]);
}

#[test]
fn tables_have_one_row_an_event() {
    let path = example("border-talks.en.txt");
    let events = json(&saksi(&["read", &path]))["events"].as_array().unwrap().len();
    let tsv = String::from_utf8(saksi(&["read", &path, "--format", "tsv"]).stdout).unwrap();
    assert_eq!(tsv.lines().count(), events + 1);
    let columns = tsv.lines().next().unwrap().split('\t').count();
    assert!(tsv.lines().all(|line| line.split('\t').count() == columns));
    let csv = saksi(&["read", &path, "--format", "csv"]).stdout;
    assert_eq!(csv::Reader::from_reader(csv.as_slice()).records().count(), events);
}

#[test]
fn the_text_format_has_no_colour_in_a_pipe_and_names_every_event() {
    let path = example("border-talks.en.txt");
    let text = String::from_utf8(saksi(&["read", &path, "--format", "text"]).stdout).unwrap();
    assert!(!text.contains('\u{1b}'));
    assert!(text.contains("according to") && text.contains("e1"));
}

#[test]
fn a_control_character_of_the_article_does_not_reach_the_terminal() {
    let output = piped(
        &["read", "-", "--format", "text", "--language", "en"],
        b"Rebels attacked \x1b[31mGoma\x1b[0m on Monday.\n",
    );
    assert!(!output.stdout.contains(&0x1b));
}

#[test]
fn tables_hold_the_codebooks_code_and_score() {
    let path = file("shelling.txt", b"Rebels shelled the town of Goma on Monday.\n");
    let csv = saksi(&["read", path.to_str().unwrap(), "--format", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let header = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| row.get(header.iter().position(|column| column == name).unwrap()).unwrap();
    assert_eq!((cell("type"), cell("mode")), ("ASSAULT", "heavy-weapons"));
    assert_eq!((cell("cameo"), cell("intensity")), ("194", "-9.5"));
}

#[test]
fn explain_names_frame_and_path() {
    let output = saksi(&["explain", &example("border-talks.en.txt"), "--event", "e1"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("frames/"), "{text}");
    assert!(text.contains("CAMEO "), "{text}");
    let json = json(&saksi(&["explain", &example("border-talks.en.txt"), "--format", "json"]));
    assert!(json[0]["why"][0].as_str().unwrap().contains("frame"));
    assert!(json[0]["cameo"].as_str().is_some_and(|code| code.len() >= 3), "{}", json[0]);
    assert!(json[0]["intensity"].as_f64().is_some(), "{}", json[0]);
}

#[test]
fn explain_of_an_event_that_is_not_there_is_a_usage_error() {
    let output = saksi(&["explain", &example("border-talks.en.txt"), "--event", "e999"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no event `e999`"));
}

#[test]
fn a_missing_file_is_named_and_the_others_are_read() {
    let output = saksi(&["read", "--format", "jsonl", "nowhere.txt", &example("border-talks.en.txt")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("nowhere.txt: there is no such file"));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
}

#[test]
fn a_folder_is_read_file_by_file() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("folder");
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["border-talks.en.txt", "bantuan-gempa.id.txt"] {
        std::fs::copy(example(name), folder.join(name)).unwrap();
    }
    let output = saksi(&["read", folder.to_str().unwrap(), "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
}

#[test]
fn a_table_is_read_by_the_columns_that_are_named() {
    let path = file("table.csv", b"headline,lead,day\nRebels attack,Rebels attacked Goma on Monday.,2026-03-04\n");
    let columns = ["--column", "text=lead", "--column", "published=day"];
    let record = json(&saksi(&[&["read", path.to_str().unwrap()], &columns[..]].concat()));
    assert_eq!(record["text"], "Rebels attack\n\nRebels attacked Goma on Monday.");
    assert_eq!(record["article"]["published"]["value"], "2026-03-04");
    assert_eq!(record["article"]["published"]["basis"], "metadata");
    assert!(record["article"]["from"].as_str().unwrap().ends_with("table.csv:2"));
    let output = saksi(&["read", path.to_str().unwrap(), "--column", "body=lead"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no part `body`"));
}

#[test]
fn an_address_is_not_fetched() {
    let output = saksi(&["read", "https://example.org/"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("add --fetch FOLDER"));
    let list = file("addresses.txt", b"https://example.org/a\nhttps://example.org/b\n");
    let table = file("addresses.csv", b"url,note\n\"https://example.org/a,b\",x\n");
    let column = file("column.txt", b"url\nhttps://example.org/a,b\n");
    for path in [list, table, column] {
        let output = saksi(&["read", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("add --fetch FOLDER"), "{}", stderr(&output));
    }
}

/// A port that nobody may connect to, and its list of addresses.
fn forbidden() -> (std::net::TcpListener, [String; 3]) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let addresses = ["127.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]"].map(|host| format!("http://{host}:{port}/a"));
    (listener, addresses)
}

fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[test]
fn each_address_that_cannot_be_fetched_is_an_error_row_with_its_reason() {
    let (listener, addresses) = forbidden();
    let list =
        file("list.txt", format!("# three\n{}\n{}\nhttp://nowhere.invalid/x\n", addresses[0], addresses[1]).as_bytes());
    let (pages, output) = (empty_folder("list-pages"), empty_folder("list-out"));
    let article = example("border-talks.en.txt");
    let run = saksi(&[
        "read",
        &article,
        list.to_str().unwrap(),
        &addresses[2],
        &addresses[0],
        "--fetch",
        pages.to_str().unwrap(),
        "--delay",
        "0",
        "-o",
        output.to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(1), "{}", stderr(&run));
    assert!(stderr(&run).contains("1 articles read"), "{}", stderr(&run));
    let rows = std::fs::read_to_string(output.join("failures-00000.jsonl")).unwrap();
    let rows: Vec<serde_json::Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let urls: Vec<&str> = rows.iter().map(|row| row["url"].as_str().unwrap()).collect();
    // the one that is named twice stands there once
    assert_eq!(urls, [&addresses[0], &addresses[1], "http://nowhere.invalid/x", &addresses[2]]);
    assert!(rows[0]["reason"].as_str().unwrap().contains("127.0.0.1, which is not public"), "{}", rows[0]);
    assert!(listener.accept().is_err());
    // and again: nothing is asked for, and nothing changes
    let again = [
        "read",
        &article,
        list.to_str().unwrap(),
        &addresses[2],
        &addresses[0],
        "--fetch",
        pages.to_str().unwrap(),
        "--delay",
        "0",
        "-o",
        output.to_str().unwrap(),
        "--resume",
    ];
    let log = std::fs::read(pages.join("fetched.jsonl")).unwrap();
    assert_eq!(stderr(&saksi(&again)).lines().last(), stderr(&run).lines().last());
    assert_eq!(std::fs::read(pages.join("fetched.jsonl")).unwrap(), log);
}

#[test]
fn a_list_on_standard_input_is_fetched_too() {
    let (listener, addresses) = forbidden();
    let pages = empty_folder("stdin-pages");
    let output = piped(&["read", "-", "--fetch", pages.to_str().unwrap()], addresses.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output).matches("which is not public").count(), 3, "{}", stderr(&output));
    assert!(listener.accept().is_err());
}

#[test]
fn the_pages_that_a_folder_holds_are_read_in_the_order_of_the_list() {
    // As a run before left them: nothing is asked for again.
    let pages = empty_folder("held-pages");
    std::fs::create_dir_all(&pages).unwrap();
    let mut archive = saksi_input::WarcWriter::new(std::fs::File::create(pages.join("pages-00001.warc.gz")).unwrap());
    let mut log = String::new();
    for (name, town) in [("one", "Goma"), ("two", "Bunia")] {
        let url = format!("https://news.example.org/{name}");
        let start = archive.written();
        let page =
            format!("<html><h1>Attack</h1><p>Rebels attacked the town of {town} on Monday, the army said.</p></html>");
        let response =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len());
        archive.write(&[("WARC-Type", "response"), ("WARC-Target-URI", &url)], response.as_bytes()).unwrap();
        let line = serde_json::json!({
            "url": url, "led_to": url, "when": "2026-03-04T00:00:00Z", "outcome": "kept", "status": 200, "etag": null,
            "last_modified": null, "archive": "pages-00001.warc.gz", "end": archive.written(), "kind": "",
            "page": { "archive": "pages-00001.warc.gz", "start": start }
        });
        log = log + &line.to_string() + "\n";
    }
    std::fs::write(pages.join("fetched.jsonl"), log).unwrap();
    let list = file(
        "held.csv",
        b"published,url\n2026-03-05,https://news.example.org/two\n2026-03-04,https://news.example.org/one\n",
    );
    let output = empty_folder("held-out");
    let run = saksi(&[
        "read",
        list.to_str().unwrap(),
        "--fetch",
        pages.to_str().unwrap(),
        "-o",
        output.to_str().unwrap(),
        "--resume",
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let records = std::fs::read_to_string(output.join("records-00000.jsonl")).unwrap();
    let records: Vec<serde_json::Value> = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<(&str, &str)> = records
        .iter()
        .map(|record| {
            let article = &record["article"];
            (article["from"].as_str().unwrap(), article["published"]["value"].as_str().unwrap())
        })
        .collect();
    assert_eq!(told, [("https://news.example.org/two", "2026-03-05"), ("https://news.example.org/one", "2026-03-04")]);
}

#[test]
fn what_cannot_be_fetched_is_told_of_without_a_connection() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fetch");
    let _ = std::fs::remove_dir_all(&folder);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let output = saksi(&["fetch", &format!("http://2130706433:{port}/"), "nowhere", "-o", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("127.0.0.1, which is not public") && said.contains("nowhere: not an address"), "{said}");
    assert!(said.contains("0 pages kept\n2 failed"), "{said}");
    assert!(listener.accept().is_err());
    assert_eq!(saksi(&["fetch", "-o", "x"]).status.code(), Some(2));
}

#[test]
fn every_bad_line_is_told_of_and_counted() {
    let lines = b"{\"text\":\"Rebels attacked Goma on Monday.\"}\n{\"text\":\n{\"x\":1}\n";
    let output = piped(&["read", "-", "--format", "jsonl"], lines);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("-:2: not a JSON object") && said.contains("-:3: no text"), "{said}");
    assert!(said.contains("2 of 3 inputs could not be read"), "{said}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
}

#[test]
fn binary_input_is_refused() {
    let bytes: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let path = file("binary.bin", &[b"\x7fELF\0\0\0\0".as_slice(), &bytes].concat());
    let output = saksi(&["read", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("binary.bin"));
}

#[test]
fn an_empty_file_gives_an_honest_empty_record() {
    let path = file("empty.txt", b"");
    let record = json(&saksi(&["read", path.to_str().unwrap()]));
    assert_eq!(record["text"], "");
    assert_eq!(record["events"].as_array().unwrap().len(), 0);
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_at_once() {
    let path = file("large.txt", &vec![b'a'; 100 << 20]);
    let output = saksi(&["read", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("too large"));
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    let line = "Rebels attacked the town of Goma on Monday. ".repeat(24_000);
    let path = file("line.txt", line.as_bytes());
    let output = saksi(&["read", path.to_str().unwrap(), "--format", "csv"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn a_date_that_is_no_day_is_a_usage_error() {
    for date in ["2025-02-30", "13/07/2025", "yesterday", "2025-7-1", ""] {
        let output = saksi(&["read", &example("border-talks.en.txt"), "--published", date]);
        assert_eq!(output.status.code(), Some(2), "{date}");
        assert!(stderr(&output).contains("2025-07-13"), "{date}");
    }
}

#[test]
fn a_script_without_a_pack_gives_a_record_with_a_note_and_no_events() {
    let text = "В понедельник войска атаковали город. Министерство сообщило о гибели двенадцати солдат.\n";
    let record = json(&piped(&["read", "-"], text.as_bytes()));
    assert_eq!(record["events"].as_array().unwrap().len(), 0);
    assert_eq!(record["article"]["language"], "ru");
    assert!(record["notes"][0]["message"].as_str().unwrap().contains("no language pack"));
}

#[test]
fn only_noise_gives_passages_and_no_events() {
    let record = json(&piped(&["read", "-", "--language", "en"], b"READ MORE: Israel strikes Gaza again\n"));
    assert_eq!(record["events"].as_array().unwrap().len(), 0);
    assert_eq!(record["passages"][0]["kind"], "related-link");
}

#[test]
fn only_a_title_is_read_as_a_title() {
    let record = json(&piped(&["read", "-", "--language", "en"], b"Rebels Attack Army Base in Goma\n"));
    assert_eq!(record["passages"][0]["kind"], "title");
}

#[test]
fn an_unknown_language_is_a_usage_error() {
    let output = piped(&["read", "-", "--language", "xx"], b"Text.");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no language pack reads `xx`"));
}

#[test]
fn the_schema_in_the_docs_is_the_one_of_the_types() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/record.schema.json");
    let kept = std::fs::read_to_string(kept).unwrap();
    assert_eq!(kept, String::from_utf8(saksi(&["schema"]).stdout).unwrap(), "run `cargo xtask schema`");
}

#[test]
fn trees_come_out_as_conllu_with_offsets() {
    let output = piped(&["analyze", "-", "--language", "en"], "“Rebels” attacked Goma.\n".as_bytes());
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, sentences) = saksi_tree::read_conllu(&text).unwrap();
    assert_eq!(sentences.len(), 1);
    assert!(text.contains("start_char=1|end_char=7"), "{text}");
}

#[test]
fn completions_and_manual_pages_are_written() {
    assert!(saksi(&["completions", "bash"]).stdout.len() > 500);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    std::fs::create_dir_all(&folder).unwrap();
    assert!(saksi(&["man", folder.to_str().unwrap()]).status.success());
    assert!(folder.join("saksi-read.1").exists());
}

fn page(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages").join(name).to_string_lossy().into_owned()
}

#[test]
fn a_page_is_told_by_its_content_and_read() {
    let bytes = std::fs::read(page("en-newspaper.html")).unwrap();
    let record = json(&piped(&["read", "-", "--format", "json"], &bytes));
    assert_eq!(record["article"]["published"]["value"], "2025-07-09");
    assert_eq!(record["article"]["published"]["basis"], "metadata");
    assert_eq!(record["article"]["outlet"], "The Meridian");
    assert!(!record["events"].as_array().unwrap().is_empty());
}

#[test]
fn clean_shows_a_page_with_its_noise_in_brackets() {
    let shown = saksi(&["clean", &page("id-strong-paragraph.html")]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("[related-link:Baca juga: Tiga Pasar Terbakar dalam Sebulan]"), "{shown}");
    assert!(shown.contains("outlet: Harian Sukamaju"), "{shown}");
    let body = saksi(&["clean", "--body", &page("id-strong-paragraph.html")]);
    let body = String::from_utf8(body.stdout).unwrap();
    assert!(body.starts_with("Kebakaran melanda Pasar Induk Sukamaju") && !body.contains("Baca juga"), "{body}");
}

#[test]
fn clean_maps_every_run_of_the_text_to_bytes_of_the_page() {
    let path = page("en-entities-and-inline-tags.html");
    let bytes = std::fs::read(&path).unwrap();
    let clean = json(&saksi(&["clean", &path, "--format", "json"]));
    let text: Vec<char> = clean["text"].as_str().unwrap().chars().collect();
    let mut next = 0;
    for run in clean["bytes"].as_array().unwrap() {
        let [start, end, from, to] = [0, 1, 2, 3].map(|at| run[at].as_u64().unwrap() as usize);
        assert_eq!(start, next);
        next = end;
        let words: String = text[start..end].iter().collect();
        let source = std::str::from_utf8(&bytes[from..to]).unwrap();
        let inserted = source.is_empty() && words.trim().is_empty();
        let reference = source.starts_with('&') && source.ends_with(';') && end == start + 1;
        assert!(words == source || inserted || reference || words == " ", "{words:?} is {source:?}");
    }
    assert_eq!(next, text.len());
}

#[test]
fn a_text_is_its_own_bytes() {
    let clean = json(&saksi(&["clean", &example("border-talks.en.txt"), "--format", "json"]));
    assert!(clean["bytes"].is_null());
    assert!(clean["passages"].as_array().unwrap().iter().any(|passage| passage["kind"] == "machine-residue"));
}
