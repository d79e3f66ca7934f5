//! `saksi list`

use super::DbArgs;
use crate::error::CliError;
use crate::input;
use clap::{Args, ValueEnum};
use saksi_batch::rows::{Delimiter, line};
use saksi_store::{Filter, Listed, Mode, StoreError, articles, connect};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  saksi list\n  saksi list --language id --from 2025-07-01 --to 2025-07-31\n  saksi list --outlet Antara --format csv > articles.csv"
)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// Only articles in this language
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Only articles of this outlet
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Only articles published on this day or later
    #[arg(long, value_name = "DATE", value_parser = crate::args::day)]
    pub(crate) from: Option<String>,
    /// Only articles published on this day or before
    #[arg(long, value_name = "DATE", value_parser = crate::args::day)]
    pub(crate) to: Option<String>,
    /// No more than so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// How to write them
    #[arg(long, short, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person: one article a line
    Text,
    /// One JSON object a line
    Json,
    /// A table, separated by commas
    Csv,
}

/// The columns of the table.
const COLUMNS: [&str; 10] =
    ["key", "published", "language", "outlet", "title", "url", "source", "witness", "reports", "program"];
/// Letters of a key that are shown to a person; `saksi show` takes them.
const SHORT: usize = 12;
/// Bytes that are gathered before they are written.
const BLOCK: usize = 64 << 10;

pub(crate) fn run(args: &ListArgs) -> Result<(), CliError> {
    let db = connect(&args.db.db, Mode::Read, args.db.wait()).map_err(args.db.error())?;
    let filter = Filter {
        language: args.language.clone(),
        outlet: args.outlet.clone(),
        from: args.from.clone(),
        to: args.to.clone(),
        limit: args.limit,
    };
    let mut out = String::new();
    if args.format == Format::Csv {
        out.push_str(&line(Delimiter::Comma, COLUMNS));
    }
    let mut failed = None;
    articles(&db, &filter, |article| {
        match args.format {
            Format::Text => out.push_str(&text(&article)),
            Format::Json => {
                out.push_str(&serde_json::to_string(&article).unwrap_or_default());
                out.push('\n');
            }
            Format::Csv => out.push_str(&line(Delimiter::Comma, cells(&article).iter().map(String::as_str))),
        }
        if out.len() > BLOCK {
            if let Err(error) = input::write_out(&out) {
                failed = Some(error);
                return Err(StoreError::Io(String::new()));
            }
            out.clear();
        }
        Ok(())
    })
    .map_err(|error| failed.take().unwrap_or_else(|| args.db.error()(error)))?;
    input::write_out(&out)
}

fn text(article: &Listed) -> String {
    let key = &article.key[..SHORT.min(article.key.len())];
    let copy = if article.witness == article.key { "" } else { " (copy)" };
    let reports = article.reports;
    format!(
        "{key}  {}  {:3} {reports:4} reports  {}{}{copy}\n",
        article.published.as_deref().unwrap_or("no date   "),
        article.language,
        article.outlet.as_ref().map(|outlet| format!("{outlet}: ")).unwrap_or_default(),
        article.title.as_deref().or(article.source.as_deref()).unwrap_or("no title").replace('\n', " "),
    )
}

fn cells(article: &Listed) -> [String; 10] {
    let of = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        article.key.clone(),
        of(&article.published),
        article.language.clone(),
        of(&article.outlet),
        of(&article.title),
        of(&article.url),
        of(&article.source),
        article.witness.clone(),
        article.reports.to_string(),
        article.program.clone(),
    ]
}
