//! Reads text from standard input and writes its surface tokens, a blank line behind every line of text:
//! `surface LANGUAGE`. Columns: start and end in code points, kind, 1 if the rules end a sentence behind it.
#![allow(clippy::print_stdout, reason = "a tool for training")]

use saksi_analysis::{Rules, surface};
use saksi_lang::Pack;
use saksi_tree::Text;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Read;

fn main() -> Result<(), Box<dyn Error>> {
    let code = std::env::args().nth(1).ok_or("which language?")?;
    let rules = Rules::compile(&Pack::builtin(&code)?)?;
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let text = Text::new(input);
    let mut out = String::new();
    for line in surface(&text, &rules) {
        for (span, kind, ends) in line {
            writeln!(out, "{}\t{}\t{kind}\t{}", span.start, span.end, u8::from(ends))?;
        }
        out.push('\n');
    }
    print!("{out}");
    Ok(())
}
