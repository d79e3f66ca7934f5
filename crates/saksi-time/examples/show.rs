//! Shows the times of sentences: `show LANGUAGE PUBLISHED < LINES`, one sentence a line; `-` for no publication day.

#[path = "../tests/common/mod.rs"]
mod common;

use saksi_lang::Pack;
use saksi_record::{Basis, Published};
use saksi_time::{Rules, resolve};
use saksi_tree::{Span, Text};
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let code = arguments.first().map_or("en", String::as_str);
    let rules = Rules::compile(&Pack::builtin(code).expect("a language with a pack")).expect("good rules");
    let value = arguments.get(1).filter(|day| *day != "-").cloned();
    let basis = if value.is_some() { Basis::Given } else { Basis::None };
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("the lines are UTF-8");
    let mut out = String::new();
    for line in input.lines() {
        let text = Text::new(line.to_owned());
        let analysis = common::split(&text, false);
        let times = resolve(&text, &analysis, Published { value: value.clone(), basis }, None, &rules);
        let _ = writeln!(out, "{line}");
        for found in times.found {
            let time = found.time;
            let days = time.earliest.zip(time.latest).map_or_else(String::new, |(from, to)| format!("{from}…{to}"));
            let words = text.slice(Span::new(time.start, time.end));
            let value = time.value.as_deref().unwrap_or("-");
            let _ = writeln!(
                out,
                "    [{words}] {} {value} {days} {:?} {:?} {}",
                time.timex, time.anchor, found.lead, time.rule
            );
        }
        for note in times.notes {
            let _ = writeln!(out, "    note: {}", note.message);
        }
    }
    std::io::stdout().write_all(out.as_bytes()).expect("the output can be written");
}
