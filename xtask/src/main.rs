//! Chores of the project: `cargo xtask gate`, `bless`, `mutate`, `mutate-pages`, `mutate-inputs`, `generate`, `records`, `schema`, `new-language`.

mod bless;
mod gate;
mod generate;
mod mutate;
mod pages;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo run -p xtask -- CHORE

  gate [--lower]      score the program on ../shared/gold and compare with gate.toml; --lower accepts lower figures
  bless               mark corpus cases that come out wrong, unmark those that come right
  mutate COUNT        read that many mutated articles and look for panics
  mutate-pages COUNT  the same with pages
  mutate-inputs COUNT the same with feeds, tables, JSON Lines and web archives
  generate COUNT [--seed N] [--copies N]
                      make up that many articles as JSON Lines; of a thousand, N are copies of an earlier one
  records COUNT [--seed N] [--copies N] [--from N]
                      make up that many records as JSON Lines, of some ten events each; acts are told by several
  schema              write docs/record.schema.json from the types
  new-language CODE   write the skeleton of a language pack";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["gate"] => gate::run(false),
        ["gate", "--lower"] => gate::run(true),
        ["bless"] => bless::run(),
        ["mutate", count] => mutate::articles(count),
        ["mutate-pages", count] => mutate::pages(count),
        ["mutate-inputs", count] => mutate::inputs(count),
        ["generate", count, options @ ..] => generate::run(count, options),
        ["records", count, options @ ..] => generate::records(count, options),
        ["schema"] => pages::schema(),
        ["new-language", code] => pages::new_language(code),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(message) => {
            if !message.is_empty() {
                print(&message);
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            print(&message);
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stdout, reason = "a chore talks to whoever runs it")]
fn print(message: &str) {
    println!("{message}");
}
