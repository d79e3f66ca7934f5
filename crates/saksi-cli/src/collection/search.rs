//! `saksi search`

use super::filter::{limit, note, open, told};
use super::table::{Format, FormatArgs, json, jsonl, plain};
use crate::error::CliError;
use crate::input::write_out;
use clap::Args;
use saksi_query::{Days, Found, Hit, SearchFilter, Words};
use std::fmt::Write as _;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saksi search 'Kursk troops'
  saksi search '\"pasukan Korea Utara\" -latihan' --language id
  saksi search 'drone*' --outlet Antara --from 2025-07 --to 2025-08

All words must be there. Capitals, accents and punctuation do not count.")]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    /// Words, best in quotation marks: "words one after the other", begin*, -word for what must not be there
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// Language, as id
    #[arg(long = "language", value_name = "CODE", value_delimiter = ',')]
    languages: Vec<String>,
    /// Who published it
    #[arg(long = "outlet", value_name = "NAME")]
    outlets: Vec<String>,
    /// First day, month or year of publication
    #[arg(long, alias = "published-from", value_name = "DATE")]
    from: Option<String>,
    /// Last day, month or year of publication
    #[arg(long, alias = "published-to", value_name = "DATE")]
    to: Option<String>,
    /// At most so many articles
    #[arg(long, short = 'n', value_name = "N", default_value = "20")]
    limit: usize,
    /// Leave out the first so many
    #[arg(long, value_name = "N", default_value = "0")]
    skip: usize,
    #[command(flatten)]
    format: FormatArgs,
}

pub(crate) fn run(args: &SearchArgs) -> Result<(), CliError> {
    let words = Words::parse(&args.words.join(" ")).map_err(told)?;
    let filter = SearchFilter {
        languages: args.languages.clone(),
        outlets: args.outlets.clone(),
        published: Days::parse(args.from.as_deref(), args.to.as_deref()).map_err(told)?,
    };
    let (limit, skip) = (limit(args.limit)?, if args.skip == 0 { 0 } else { self::limit(args.skip)? });
    let collection = open(&args.db)?;
    let found = saksi_query::search(&collection, &words, &filter, limit, skip).map_err(told)?;
    if found.hits.is_empty() {
        note("no article of the collection has these words");
    }
    let out = match args.format.format() {
        Format::Text => text(&found),
        Format::Json => json(&found),
        Format::Jsonl => jsonl(&found.hits),
        Format::Csv => {
            let header =
                ["article", "title", "outlet", "published", "language", "address", "score", "start", "end", "snippet"];
            args.format.csv(&header, found.hits.iter().map(row))
        }
    };
    write_out(&out)?;
    if let Some(ranked) = found.ranked {
        note(&format!("the words are in very many articles: the best of the last {ranked} are shown"));
    }
    if found.more {
        note(&format!("there are more: --skip {}", skip + found.hits.len()));
    }
    Ok(())
}

fn snippet(hit: &Hit, open: &str, close: &str) -> String {
    let Some(snippet) = &hit.snippet else { return String::new() };
    let mut text = if snippet.whole.0 { String::new() } else { "…".to_owned() };
    for part in &snippet.parts {
        let (before, after) = if part.found { (open, close) } else { ("", "") };
        text.push_str(before);
        text.push_str(&plain(&part.text));
        text.push_str(after);
    }
    if !snippet.whole.1 {
        text.push('…');
    }
    text
}

fn row(hit: &Hit) -> Vec<String> {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    let span =
        |end: fn(&saksi_query::Snippet) -> u32| hit.snippet.as_ref().map(|it| end(it).to_string()).unwrap_or_default();
    vec![
        hit.article.clone(),
        or_empty(&hit.title),
        or_empty(&hit.outlet),
        or_empty(&hit.published),
        hit.language.clone(),
        or_empty(&hit.address),
        format!("{:.4}", hit.score),
        span(|it| it.start),
        span(|it| it.end),
        snippet(hit, "", ""),
    ]
}

fn text(found: &Found) -> String {
    let (open, close) = if super::table::coloured() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("[", "]") };
    let mut out = String::new();
    for hit in &found.hits {
        let about: Vec<&str> =
            [hit.outlet.as_deref(), hit.published.as_deref(), Some(&hit.language), hit.address.as_deref()]
                .into_iter()
                .flatten()
                .collect();
        let _ = writeln!(
            out,
            "{}\n  {}  {}",
            plain(hit.title.as_deref().unwrap_or("(no title)")),
            plain(&about.join(" · ")),
            hit.article
        );
        let _ = writeln!(out, "  {}\n", snippet(hit, open, close));
    }
    out
}
