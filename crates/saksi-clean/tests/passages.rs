//! The passage cases of each pack: `lang/<code>/tests/passages*.txt`.

use saksi_clean::{Rules, clean};
use saksi_lang::Pack;
use saksi_record::PassageKind;
use saksi_tree::{RegionKind, Span, Text};

const HEAD: &str = "Kota Menang Council Votes Plan\n\nThe council met on 4 May and the vote was 12 to 3.\n\n";
const FOOT: &str = "\n\nThe vote was 12 to 3, the clerk wrote.\n\nNo more was known of it.\n\nIt was late by then.\n\n\
    And so it was.\n\nThen it rained.\n\nIt did so for a day.\n\nThe sun rose.\n\nAll was well.\n\nIt was so.\n";

/// The text of a case, and the noise it should hold.
fn parse(case: &str) -> (String, Vec<(String, String)>) {
    let case = case.replace('↵', "\n").replace('␣', "\u{a0}");
    let mut text = String::new();
    let mut noise = Vec::new();
    for (index, part) in case.split('⟦').enumerate() {
        if index == 0 {
            text.push_str(part);
            continue;
        }
        let (marked, rest) = part.split_once('⟧').expect("every ⟦ is closed");
        let (kind, words) = marked.split_once('|').expect("the kind stands before a bar");
        assert!(kind.parse::<PassageKind>().is_ok(), "{kind}");
        noise.push((kind.to_owned(), words.to_owned()));
        text.push_str(words);
        text.push_str(rest);
    }
    (text, noise)
}

/// The case files of a pack, with their names.
fn files(code: &str) -> Vec<(String, String)> {
    let folder = format!("{}/../../lang/{code}/tests", env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("passages"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    found.sort();
    found
}

/// Noise passages as kind and words.
type Noise = Vec<(String, String)>;

/// What a case expects, and what is found in it.
fn found_in(case: &str, rules: &Rules) -> (Noise, Noise) {
    let first = format!("\n\n{HEAD}{}", FOOT.trim_start());
    let (headline, body) = HEAD.split_once("\n\n").expect("a headline and a paragraph");
    let (headline, under) = (format!("{headline}\n\n"), format!("\n\n{}{FOOT}", body.trim_end()));
    let place = |name: &str| case.strip_prefix(name);
    let (head, case, foot) = match (place("tail "), place("first "), place("under "), place("whole ")) {
        (Some(case), ..) => (HEAD, case, "\n"),
        (_, Some(case), ..) => ("", case, first.as_str()),
        (.., Some(case), _) => (headline.as_str(), case, under.as_str()),
        (.., Some(case)) => ("", case, "\n"),
        _ => (HEAD, case, FOOT),
    };
    let (line, expected) = parse(case);
    let text = Text::new(format!("{head}{line}{foot}"));
    let from = head.chars().count() as u32;
    let to = from + line.chars().count() as u32;
    let found = clean(&text, rules)
        .passages
        .iter()
        .filter(|passage| passage.start < to && passage.end > from)
        .map(|passage| {
            let words = text.slice(Span::new(passage.start, passage.end)).to_owned();
            (passage.kind.to_string(), words)
        })
        .collect();
    (expected, found)
}

#[test]
fn the_cases_of_every_pack_come_out_as_marked() {
    let world = Pack::builtin("world").unwrap();
    let mut wrong = Vec::new();
    for code in Pack::languages() {
        let rules = Rules::compile(&Pack::builtin(code).unwrap(), &world).unwrap();
        for (name, cases) in files(code) {
            let cases = cases.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
            for (number, case) in cases {
                let (case, known_wrong) =
                    case.split_once(" :known-wrong ").map_or((case, false), |(case, _)| (case, true));
                let (expected, found) = found_in(case, &rules);
                if known_wrong && found == expected {
                    wrong.push(format!("{code}/{name}:{} comes out right now: take `:known-wrong` away", number + 1));
                } else if !known_wrong && found != expected {
                    wrong.push(format!("{code}/{name}:{}\n  want {expected:?}\n  have {found:?}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

fn english() -> Rules {
    Rules::compile(&Pack::builtin("en").unwrap(), &Pack::builtin("world").unwrap()).unwrap()
}

fn title(article: &str) -> Option<String> {
    clean(&Text::new(article.into()), &english()).title
}

#[test]
fn the_first_line_is_the_title_if_it_looks_like_one() {
    assert_eq!(title("Talks fail\n\nBoth sides left.").as_deref(), Some("Talks fail"));
    assert_eq!(title("# Talks fail\n\nBoth sides left.").as_deref(), Some("Talks fail"));
    assert_eq!(title("**Talks fail**\n\nBoth sides left.").as_deref(), Some("Talks fail"));
    assert_eq!(title("Both sides left the hall on Monday.\n\nThe talks failed."), None);
    assert_eq!(title("GENEVA, May 4 (Reuters) - Both sides left.\n\nThe talks failed."), None);
}

#[test]
fn a_title_is_found_after_residue_and_labels() {
    let article =
        "Sure, here is the rewritten article:\n\nTitle: Talks fail in Rome\n\nBy Ann Smith\n\nBoth sides left.";
    assert_eq!(title(article).as_deref(), Some("Talks fail in Rome"));
}

#[test]
fn a_wrapped_paragraph_is_one_region() {
    let article =
        "Talks fail\n\nBoth sides left the hall on Monday after the talks had\nfailed, the envoy said.\n\nNobody came.";
    let text = Text::new(article.into());
    let cleaned = clean(&text, &english());
    let bodies: Vec<_> = cleaned.regions.iter().filter(|region| region.kind == RegionKind::Body).collect();
    assert_eq!(bodies.len(), 2);
    assert!(text.slice(bodies[0].span).ends_with("said."));
}

#[test]
fn empty_texts_titles_alone_and_noise_alone_work() {
    assert!(clean(&Text::new(String::new()), &english()).regions.is_empty());
    assert!(clean(&Text::new(" \n\n\u{a0}\n".into()), &english()).passages.is_empty());
    assert_eq!(title("Talks fail in Rome").as_deref(), Some("Talks fail in Rome"));
    let noise = clean(&Text::new("ADVERTISEMENT\n\n© 2025 The Daily\n".into()), &english());
    assert_eq!((noise.passages.len(), noise.regions.len()), (2, 0));
}

#[test]
fn author_outlet_and_date_come_from_byline_and_dateline() {
    let article = "Talks fail\n\nBy Ann Smith | Tuesday, July 8, 2025\n\nROME (Reuters) - Both sides left the hall.";
    let text = Text::new(article.into());
    let cleaned = clean(&text, &english());
    assert_eq!(cleaned.author.as_deref(), Some("Ann Smith"));
    assert_eq!(cleaned.outlet.as_deref(), Some("Reuters"));
    assert!(text.slice(cleaned.dateline.unwrap()).ends_with("2025"));
    assert_eq!(text.slice(cleaned.filed_from.unwrap()), "ROME");
}

#[test]
fn an_article_about_chatbots_may_quote_them() {
    let article = "Chatbot gives odd answers\n\nChatGPT was asked about the treaty by a reporter.\n\n\
        As an AI language model, I cannot verify this.\n\nThe answer by ChatGPT went round the world, OpenAI said.";
    let cleaned = clean(&Text::new(article.into()), &english());
    assert!(cleaned.passages.iter().all(|passage| passage.kind == PassageKind::Title), "{:?}", cleaned.passages);
}
