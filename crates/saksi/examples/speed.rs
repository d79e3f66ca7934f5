//! Times every stage over files, on one core: `cargo run --release -p saksi --example speed -- CODE FILE…`
//!
//! Prints words and articles per second of each stage, and the share each has in the whole.

use saksi_lang::Pack;
use saksi_record::{Basis, Published};
use saksi_tree::Text;
use std::time::{Duration, Instant};

/// Every article is read this often; the fastest pass of each stage counts.
const PASSES: usize = 5;

struct Rules {
    clean: saksi_clean::Rules,
    analysis: saksi_analysis::Rules,
    entities: saksi_entities::Rules,
    time: saksi_time::Rules,
    attribution: saksi_attribution::Rules,
    events: saksi_events::Rules,
}

#[allow(clippy::print_stdout, reason = "a benchmark prints")]
fn main() {
    let mut args = std::env::args().skip(1);
    let code = args.next().unwrap_or_else(|| "en".into());
    let files: Vec<String> = args.collect();
    let loading = Instant::now();
    let pack = Pack::builtin(&code).expect("a pack of that code");
    let world = Pack::builtin("world").expect("world facts");
    let rules = Rules {
        clean: saksi_clean::Rules::compile(&pack, &world).expect("clean rules"),
        analysis: saksi_analysis::Rules::compile(&pack).expect("analysis rules"),
        entities: saksi_entities::Rules::compile(&pack, &world).expect("entity rules"),
        time: saksi_time::Rules::compile(&pack).expect("time rules"),
        attribution: saksi_attribution::Rules::compile(&pack).expect("attribution rules"),
        events: saksi_events::Rules::compile(&pack).expect("event rules"),
    };
    println!("load {:.1} ms", loading.elapsed().as_secs_f64() * 1000.0);
    let mut best = [Duration::MAX; 6];
    let (mut words, articles) = (0, files.len());
    for _ in 0..PASSES {
        let mut spent = [Duration::ZERO; 6];
        words = 0;
        for file in &files {
            let bytes = std::fs::read(file).expect("a readable file");
            words += one(&bytes, &rules, &mut spent);
        }
        for (best, spent) in best.iter_mut().zip(spent) {
            *best = spent.min(*best);
        }
    }
    let all: Duration = best.iter().sum();
    let names = ["clean", "analysis", "entities", "time", "attribution", "events"];
    println!(
        "{articles} articles, {words} words\n{:12} {:>10} {:>11} {:>6}",
        "stage", "words/s", "articles/s", "share"
    );
    for (name, spent) in names.iter().zip(best).chain([(&"all", all)]) {
        let seconds = spent.as_secs_f64();
        println!(
            "{name:12} {:>10.0} {:>11.1} {:>5.0}%",
            words as f64 / seconds,
            articles as f64 / seconds,
            100.0 * seconds / all.as_secs_f64()
        );
    }
}

/// Runs the stages over one article and adds the time of each; gives the number of words.
fn one(bytes: &[u8], rules: &Rules, spent: &mut [Duration; 6]) -> usize {
    let mut clock = Instant::now();
    let mut lap = |stage: usize| {
        spent[stage] += clock.elapsed();
        clock = Instant::now();
    };
    let Ok(decoded) = saksi_page::decode(bytes) else { return 0 };
    let text = Text::new(decoded.text);
    let cleaned = saksi_clean::clean(&text, &rules.clean);
    lap(0);
    let analysis = saksi_analysis::analyze(&text, &cleaned.regions, &rules.analysis);
    lap(1);
    let entities = saksi_entities::find(&text, &analysis, None, None, &rules.entities);
    lap(2);
    let published = Published { value: None, basis: Basis::None };
    let times = saksi_time::resolve(&text, &analysis, published, cleaned.dateline, &rules.time);
    lap(3);
    let saksi_attribution::Found { said, .. } =
        saksi_attribution::find(&text, &analysis, &entities, &rules.attribution);
    lap(4);
    let context =
        saksi_events::Context { text: &text, analysis: &analysis, entities: &entities, times: &times, said: &said };
    let coded = saksi_events::code(context, &rules.events);
    lap(5);
    std::hint::black_box(coded);
    analysis.sentences.iter().map(|sentence| sentence.tokens.len()).sum()
}
