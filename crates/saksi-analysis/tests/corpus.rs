//! The packs' own examples of words and sentences, and what holds for any text.

use proptest::prelude::*;
use saksi_analysis::{Rules, analyze, analyze_as, analyze_pretokenized};
use saksi_lang::Pack;
use saksi_tree::{Analysis, Region, RegionKind, Span, Text};
use std::sync::LazyLock;

static RULES: LazyLock<Vec<(&str, Rules)>> = LazyLock::new(|| {
    let compile = |code| (code, Rules::compile(&Pack::builtin(code).unwrap()).unwrap());
    Pack::languages().into_iter().map(compile).collect()
});

fn read(text: &str, rules: &Rules) -> (Text, Analysis) {
    let text = Text::new(text.to_owned());
    let analysis = analyze(&text, &[Region { span: text.span(), kind: RegionKind::Body }], rules);
    (text, analysis)
}

fn corpus(code: &str, name: &str) -> Option<String> {
    let path = format!("{}/../../lang/{code}/tests/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).ok()
}

/// The words as the corpus writes them.
fn words(text: &Text, analysis: &Analysis) -> String {
    let mut out: Vec<String> = Vec::new();
    for sentence in &analysis.sentences {
        let mut at = 0;
        while at < sentence.tokens.len() {
            if let Some(multiword) = sentence.multiwords.iter().find(|multiword| multiword.first as usize == at) {
                let parts = &sentence.tokens[at..=multiword.last as usize];
                let parts: Vec<&str> = parts.iter().map(|token| token.form.as_str()).collect();
                out.push(format!("{}={}", text.slice(multiword.span), parts.join("+")));
                at = multiword.last as usize + 1;
            } else {
                out.push(sentence.tokens[at].form.to_string());
                at += 1;
            }
        }
    }
    out.join(" │ ")
}

#[test]
fn words_are_as_the_packs_say() {
    for (code, rules) in RULES.iter() {
        let Some(source) = corpus(code, "tokens.txt") else { continue };
        let lines: Vec<&str> = source.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).collect();
        for pair in lines.chunks_exact(2) {
            let (text, analysis) = read(pair[0], rules);
            assert_eq!(words(&text, &analysis), pair[1], "{code}");
        }
    }
}

#[test]
fn sentences_are_as_the_packs_say() {
    for (code, rules) in RULES.iter() {
        let Some(source) = corpus(code, "sentences.txt") else { continue };
        for line in source.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let (text, analysis) = read(&line.replace('┃', ""), rules);
            let found: Vec<&str> = analysis.sentences.iter().map(|sentence| text.slice(sentence.span)).collect();
            let wanted: Vec<&str> = line.split('┃').map(str::trim).collect();
            assert_eq!(found, wanted, "{code}");
        }
    }
}

/// What must hold for the analysis of any text.
fn check(text: &Text, analysis: &Analysis) {
    let mut at = 0;
    for sentence in &analysis.sentences {
        assert!(sentence.span.start >= at && !sentence.tokens.is_empty());
        let mut end = sentence.span.start;
        for token in &sentence.tokens {
            assert!(token.span.start >= end && token.span.end > token.span.start);
            assert_eq!(text.slice(token.span), token.form.as_str());
            end = token.span.end;
        }
        assert_eq!(end, sentence.span.end);
        at = end;
        for multiword in &sentence.multiwords {
            let parts = &sentence.tokens[multiword.first as usize..=multiword.last as usize];
            let whole: String = parts.iter().map(|token| token.form.as_str()).collect();
            assert_eq!(text.slice(multiword.span), whole);
        }
        assert_eq!(sentence.tokens.iter().filter(|token| token.head.is_none()).count(), 1);
        for word in 0..sentence.tokens.len() {
            assert!(sentence.below(word, sentence.root().unwrap()));
        }
    }
    let seen = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}');
    let tokens = analysis.sentences.iter().flat_map(|sentence| &sentence.tokens);
    let kept: String = tokens.flat_map(|token| token.form.chars()).filter(|c| seen(*c)).collect();
    assert_eq!(kept, text.as_str().chars().filter(|c| seen(*c)).collect::<String>());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_parted_without_loss(text in "(\\PC|[ \\n\u{200b}\u{200d}\u{301}😀.,\"'“”’()?!:/@#0-9A-Za-z-]){0,120}") {
        for (_, rules) in RULES.iter() {
            let (text, analysis) = read(&text, rules);
            check(&text, &analysis);
        }
    }
}

#[test]
fn hard_texts_take_bounded_time() {
    let texts = [
        ".".repeat(200_000),
        "\"(".repeat(5_000),
        "a".repeat(1_000_000),
        "a.".repeat(50_000),
        "1-".repeat(20_000),
        "a-".repeat(20_000),
        "'s".repeat(5_000),
        "kata \u{200b}👩‍👩‍👧 ".repeat(2_000),
        "| 1 | 2 | 3 ".repeat(2_000),
        "kata ".repeat(5_000),
        "Kata kata. ".repeat(5_000),
        "😀 👩‍👩‍👧".repeat(2_000),
        "!?.,;:-=$/ ".repeat(2_000),
        "a.b-".repeat(10_000),
        "ab.".repeat(20_000),
    ];
    for (_, rules) in RULES.iter() {
        for text in &texts {
            let (text, analysis) = read(text, rules);
            check(&text, &analysis);
            assert!(analysis.sentences.iter().all(|sentence| sentence.tokens.len() <= 303));
        }
    }
}

#[test]
fn capitals_of_lemmas_follow_the_treebank() {
    let (_, rules) = RULES.iter().find(|(code, _)| *code == "id").unwrap();
    let lemmas = |text: &str| -> Vec<String> {
        let (_, analysis) = read(text, rules);
        analysis.sentences.iter().flat_map(|s| &s.tokens).map(|token| token.lemma.to_string()).collect()
    };
    let first = lemmas("Pemerintah menyerang desa itu kemarin malam.");
    assert_eq!(first[..2], ["perintah", "serang"]);
    let inner = lemmas("Desa itu diserang tentara Kwamalasamutu dan Bank Sentral kemarin malam.");
    assert_eq!((inner[0].as_str(), inner[4].as_str(), inner[6].as_str()), ("desa", "Kwamalasamutu", "Bank"));
    // Where every word has a capital, capitals say nothing.
    assert_eq!(lemmas("Tentara Israel Menyerang Desa Di Gaza")[2], "serang");
}

#[test]
fn no_sentence_crosses_a_region_or_a_line() {
    let (_, rules) = &RULES[0];
    let text = Text::new("satu dua\ntiga empat lima enam".into());
    let regions = [(0, 19), (19, 29)].map(|(from, to)| Region { span: Span::new(from, to), kind: RegionKind::Body });
    let analysis = analyze_as(&text, &regions, rules, None);
    let found: Vec<&str> = analysis.sentences.iter().map(|sentence| text.slice(sentence.span)).collect();
    assert_eq!(found, ["satu dua", "tiga empat", "lima enam"]);
    assert_eq!(analysis.sentences.iter().map(|sentence| sentence.paragraph).collect::<Vec<_>>(), [0, 1, 1]);
}

#[test]
fn sentences_without_marks_are_parted_in_the_manner_of_the_web() {
    let (_, rules) = RULES.iter().find(|(code, _)| *code == "en").unwrap();
    let lines = [
        "Please call me tomorrow if you can. Thanks, Phillip Allen\n",
        "thanks for the help i will call you tomorrow\n",
        "The staff (Dr. Lee in particular) were great! We will be back.\n",
    ];
    let read = |text: &str, treebank| {
        let text = Text::new(text.to_owned());
        let regions = [Region { span: text.span(), kind: RegionKind::Body }];
        let analysis = analyze_as(&text, &regions, rules, treebank);
        check(&text, &analysis);
        analysis.sentences.iter().map(|sentence| text.slice(sentence.span).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read(lines[0], Some("ewt"))[1..], ["Thanks,", "Phillip Allen"]);
    // A line stands for itself, however many are read together, and however long.
    let alone: Vec<String> = lines.iter().flat_map(|line| read(line, Some("ewt"))).collect();
    let repeated: Vec<&String> = alone.iter().cycle().take(alone.len() * 400).collect();
    assert_eq!(read(&lines.concat().repeat(400), Some("ewt")).iter().collect::<Vec<_>>(), repeated);
    assert!(read(&"We will be back. ".repeat(1_500), None).iter().all(|sentence| sentence == "We will be back."));
    assert_eq!(read("?! ... -- , , ;", Some("ewt")).join(" ").matches(',').count(), 2);
}

#[test]
fn text_wrapped_by_hand_is_joined() {
    let (_, rules) = RULES.iter().find(|(code, _)| *code == "en").unwrap();
    let words = "the small town near the old border was quiet again after a long and very hard winter";
    let sentence = format!("Yesterday {}.", [words; 5].join(" and "));
    let mut wrapped = String::new();
    let mut width = 0;
    for word in sentence.split(' ') {
        if width + word.len() + 1 > 72 {
            wrapped.push('\n');
            width = 0;
        } else if width > 0 {
            wrapped.push(' ');
            width += 1;
        }
        wrapped.push_str(word);
        width += word.len();
    }
    assert_eq!(read(&wrapped, rules).1.sentences.len(), 1);
}

#[test]
fn given_words_are_kept() {
    for (_, rules) in RULES.iter() {
        let (_, analysis) = read("satu dua. tiga", rules);
        let words: Vec<_> = analysis.sentences.iter().flat_map(|s| &s.tokens).map(|t| t.form.clone()).collect();
        let again = analyze_pretokenized(analysis.sentences, rules, None);
        assert_eq!(again.iter().flat_map(|s| &s.tokens).map(|t| t.form.clone()).collect::<Vec<_>>(), words);
        let mut long = again[0].clone();
        long.tokens = long.tokens.iter().cycle().take(1_300).cloned().collect();
        let long = &analyze_pretokenized(vec![long], rules, None)[0];
        assert_eq!(long.tokens.iter().filter(|token| token.head.is_none()).count(), 1);
        assert!((0..long.tokens.len()).all(|word| long.below(word, long.root().unwrap())));
    }
}
