//! `saksi events`

use super::filter::{FilterArgs, PageArgs, empty, more, open_for_names, told};
use super::say::{COLUMNS, parties, places, row, what, when};
use super::table::{Format, FormatArgs, json, jsonl, table};
use crate::error::CliError;
use crate::input::write_out;
use clap::Args;
use saksi::Packs;
use saksi_merge::Event;

const EXAMPLES: &str = "\
Examples:
  saksi events --dyad PRK~RUS --from 2025-07
  saksi events --actor Lavrov --type CONSULT --order sources
  saksi events --place Kursk --status actual --certainty probable --min-sources 2
  saksi events --words 'drone*' --language id --format csv --spreadsheet > events.csv";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EventsArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    page: PageArgs,
}

pub(crate) fn run(args: &EventsArgs, packs: &Packs) -> Result<(), CliError> {
    let filter = args.filter.filter(packs)?;
    let page = args.page.page()?;
    let collection = open_for_names(&args.db, packs, args.filter.names_actors())?;
    let found = saksi_query::events(&collection, &filter, &page).map_err(told)?;
    if found.events.is_empty() && !found.stopped {
        empty(&collection, &filter, "event")?;
    }
    let out = match args.format.format() {
        Format::Text if found.events.is_empty() => String::new(),
        Format::Text => table(&HEADER, found.events.iter().map(cells)),
        Format::Json => json(&found),
        Format::Jsonl => jsonl(&found.events),
        Format::Csv => args.format.csv(&COLUMNS, found.events.iter().map(row)),
    };
    write_out(&out)?;
    more(found.next.as_ref(), found.stopped);
    Ok(())
}

const HEADER: [&str; 8] = ["when", "who", "did what", "to whom", "where", "sources", "how sure", "key"];

fn cells(event: &Event) -> Vec<String> {
    let reports = if event.reports == event.sources { String::new() } else { format!(" of {}", event.reports) };
    let differ = if event.differences.is_empty() { "" } else { ", they differ" };
    vec![
        when(event.time.as_ref()).0,
        parties(&event.actor),
        what(event),
        parties(&event.recipient),
        places(event),
        format!("{}{reports}{differ}", event.sources),
        event.certainty.to_string(),
        event.key.clone(),
    ]
}
