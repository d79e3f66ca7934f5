//! What holds for every text, however odd.

use proptest::prelude::*;
use saksi_clean::{Profiles, Rules, clean, identify, identify_sentence};
use saksi_lang::Pack;
use saksi_record::PassageKind;
use saksi_tree::{Span, Text};
use std::sync::LazyLock;

struct Packs {
    rules: Vec<Rules>,
    profiles: Profiles,
}

static PACKS: LazyLock<Packs> = LazyLock::new(|| {
    let world = Pack::builtin("world").unwrap();
    let packs: Vec<Pack> = Pack::languages().iter().map(|code| Pack::builtin(code).unwrap()).collect();
    let rules = packs.iter().map(|pack| Rules::compile(pack, &world).unwrap()).collect();
    Packs { rules, profiles: Profiles::compile(&packs, &world).unwrap() }
});

/// Lines made of labels, residue, datelines and words, joined as an extractor might.
fn article() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Baca juga: Harga Beras Naik".to_owned()),
        Just("READ MORE: ".to_owned()),
        Just("Note: the text is formatted as requested.".to_owned()),
        Just("KYIV, July 9 (Reuters) - ".to_owned()),
        Just("(Foto: Dok. BNPB)".to_owned()),
        Just("“Sure, here is the rewritten text:".to_owned()),
        Just("Presiden mengatakan bahwa ia akan datang.".to_owned()),
        Just("The army denied it on Monday.".to_owned()),
        Just("[Gambas:Video 20detik]".to_owned()),
        Just("Related stories".to_owned()),
        Just("By Ann Smith".to_owned()),
        "[\\PC]{0,12}",
        "[A-Za-z .,:\"()*|#-]{0,30}",
    ];
    let gap = prop_oneof![Just(" "), Just(""), Just("\n"), Just("\n\n"), Just("\r\n"), Just("\u{a0} "), Just("\t")];
    proptest::collection::vec((piece, gap), 0..14)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn regions_and_noise_cover_every_letter_once(article in article()) {
        let text = Text::new(article);
        for rules in &PACKS.rules {
            let cleaned = clean(&text, rules);
            let mut covered = vec![0_u8; text.len() as usize];
            let mut last = 0;
            for passage in &cleaned.passages {
                prop_assert!(passage.start >= last && passage.start < passage.end && passage.end <= text.len());
                last = passage.end;
                let words = text.slice(Span::new(passage.start, passage.end));
                prop_assert_eq!(words.trim(), words);
                if passage.kind != PassageKind::Title {
                    covered[passage.start as usize..passage.end as usize].iter_mut().for_each(|times| *times += 1);
                }
            }
            last = 0;
            for region in &cleaned.regions {
                prop_assert!(region.span.start >= last && region.span.end <= text.len() && !region.span.is_empty());
                last = region.span.end;
                covered[region.span.start as usize..region.span.end as usize].iter_mut().for_each(|times| *times += 1);
            }
            for (at, c) in text.as_str().chars().enumerate() {
                prop_assert!(covered[at] <= 1, "twice at {}", at);
                prop_assert!(covered[at] == 1 || !c.is_alphanumeric(), "`{}` left out at {}", c, at);
            }
        }
    }

    #[test]
    fn any_bytes_are_text_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(decoded) = saksi_page::decode(&bytes) {
            let told = identify(&decoded.text, &PACKS.profiles);
            prop_assert!((0.0..=1.0).contains(&told.confidence));
            identify_sentence(&decoded.text, &told.language, &PACKS.profiles);
            clean(&Text::new(decoded.text), &PACKS.rules[0]);
        }
    }
}
