//! Reads text (or, with `--pretokenized`, CoNLL-U) from standard input and writes CoNLL-U:
//! `conllu LANGUAGE [--pretokenized] [--treebank NAME] [--time]`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for measuring")]

use saksi_analysis::{Rules, analyze_as, analyze_pretokenized};
use saksi_lang::Pack;
use saksi_tree::{Region, RegionKind, Text, read_conllu, write_conllu};
use std::error::Error;
use std::io::Read;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let options: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| options.iter().any(|option| option == name);
    let after = |name: &str| options.iter().position(|option| option == name).and_then(|at| options.get(at + 1));
    let code = options.first().ok_or("which language?")?;
    let begin = Instant::now();
    let rules = Rules::compile(&Pack::builtin(code)?)?;
    let loaded = begin.elapsed();
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let treebank = after("--treebank").map(String::as_str);
    let begin = Instant::now();
    let (text, sentences) = if has("--pretokenized") {
        let (text, sentences) = read_conllu(&input)?;
        (Text::new(text), analyze_pretokenized(sentences, &rules, treebank))
    } else {
        let text = Text::new(input);
        let regions = [Region { span: text.span(), kind: RegionKind::Body }];
        let analysis = analyze_as(&text, &regions, &rules, treebank);
        (text, analysis.sentences)
    };
    let took = begin.elapsed();
    if has("--time") {
        let words: usize = sentences.iter().map(|sentence| sentence.tokens.len()).sum();
        eprintln!("load {loaded:.1?}, {words} words in {took:.1?}: {:.0} words/s", words as f64 / took.as_secs_f64());
        return Ok(());
    }
    for (number, sentence) in sentences.iter().enumerate() {
        let mut out = String::new();
        write_conllu(&mut out, sentence, number + 1, text.slice(sentence.span));
        print!("{out}");
    }
    Ok(())
}
