//! `saksi timeline`

use super::filter::{FilterArgs, empty, limit, more, note, open_for_names, told};
use super::say::{self, COLUMNS, Precision, line, number, when};
use super::table::{Format, FormatArgs, json, jsonl, short, width};
use crate::error::CliError;
use crate::input::write_out;
use clap::{Args, ValueEnum};
use saksi::Packs;
use saksi_merge::Event;
use saksi_query::{Order, Page};
use serde::Serialize;
use std::fmt::Write as _;

/// The longest bar.
const BAR: usize = 40;
/// Days that are shown one by one; more are shown by month.
const SINGLE_DAYS: i32 = 92;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saksi timeline --dyad PRK~RUS --from 2025-07-01 --to 2025-07-31
  saksi timeline --place Kursk --by month
  saksi timeline --words 'ceasefire' --format json")]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    filter: FilterArgs,
    /// At most so many events
    #[arg(long, short = 'n', value_name = "N", default_value = "200")]
    limit: usize,
    /// The latest first; what is of no known day comes last
    #[arg(long)]
    reverse: bool,
    /// Go on after this event: what the page before named
    #[arg(long, value_name = "KEY")]
    after: Option<String>,
    /// What to bring together [default: days, or months where there are many]
    #[arg(long, value_enum)]
    by: Option<By>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Day,
    Month,
    Year,
}

/// An event with its time in words.
#[derive(Debug, Serialize)]
struct Entry {
    when: String,
    precision: Precision,
    event: Event,
}

#[derive(Debug, Serialize)]
struct Timeline {
    entries: Vec<Entry>,
    next: Option<String>,
    stopped: bool,
}

pub(crate) fn run(args: &TimelineArgs, packs: &Packs) -> Result<(), CliError> {
    let filter = args.filter.filter(packs)?;
    let page = Page { limit: limit(args.limit)?, order: Order::Time, reverse: args.reverse, after: args.after.clone() };
    let collection = open_for_names(&args.db, packs, args.filter.names_actors())?;
    let found = saksi_query::events(&collection, &filter, &page).map_err(told)?;
    if found.events.is_empty() && !found.stopped {
        empty(&collection, &filter, "event")?;
    }
    let entry = |event: Event| {
        let (when, precision) = when(event.time.as_ref());
        Entry { when, precision, event }
    };
    let entries = found.events.into_iter().map(entry).collect();
    let timeline = Timeline { entries, next: found.next, stopped: found.stopped };
    let out = match args.format.format() {
        Format::Text => text(&timeline.entries, args.by),
        Format::Json => json(&timeline),
        Format::Jsonl => jsonl(&timeline.entries),
        Format::Csv => {
            let header: Vec<&str> = ["when", "precision"].into_iter().chain(COLUMNS).collect();
            let rows = timeline.entries.iter().map(|entry| {
                let precision = serde_json::to_value(entry.precision).unwrap_or_default();
                let first = [entry.when.clone(), precision.as_str().unwrap_or_default().to_owned()];
                first.into_iter().chain(say::row(&entry.event)).collect()
            });
            args.format.csv(&header, rows)
        }
    };
    write_out(&out)?;
    if timeline.next.is_some() && !timeline.stopped && args.format.format() == Format::Text {
        note("the last group may go on");
    }
    more(timeline.next.as_ref(), timeline.stopped);
    Ok(())
}

/// Events of one stretch of time under its name, with a bar as long as they are many.
fn text(entries: &[Entry], by: Option<By>) -> String {
    let by = by.unwrap_or_else(|| fitting(entries));
    let mut groups: Vec<(String, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        let name = group(entry, by);
        match groups.last_mut() {
            Some((last, members)) if *last == name => members.push(entry),
            _ => groups.push((name, vec![entry])),
        }
    }
    let most = groups.iter().map(|(_, members)| members.len()).max().unwrap_or(1);
    let room = usize::from(width());
    let mut out = String::new();
    for (name, members) in groups {
        let bar = "#".repeat((members.len() * BAR).div_ceil(most));
        let _ = writeln!(out, "{name}  {bar} {}", number(members.len() as u64, "event", "events"));
        for entry in members {
            let own = if entry.when == name { String::new() } else { format!("{}  ", entry.when) };
            let sources = number(u64::from(entry.event.sources), "source", "sources");
            let tail = format!("  [{sources}] {}", entry.event.key);
            let what = format!("  {own}{}", line(&entry.event));
            let _ = writeln!(out, "{}{tail}", short(&what, room.saturating_sub(tail.chars().count()).max(40)));
        }
        out.push('\n');
    }
    out
}

/// Days where there are few of them, months where there are more.
fn fitting(entries: &[Entry]) -> By {
    let mut days = entries.iter().filter_map(|entry| {
        let time = entry.event.time.as_ref()?;
        time.earliest.as_deref()?.parse::<jiff::civil::Date>().ok()
    });
    let Some(first) = days.next() else { return By::Day };
    let (low, high) = days.fold((first, first), |(low, high), day| (low.min(day), high.max(day)));
    let span = high.since(low).map_or(i32::MAX, |span| span.get_days());
    if span <= SINGLE_DAYS { By::Day } else { By::Month }
}

/// The name of the stretch that an event belongs to: one that holds it as a whole, or its own days.
fn group(entry: &Entry, by: By) -> String {
    let length = match by {
        By::Day => 10,
        By::Month => 7,
        By::Year => 4,
    };
    let ends = entry.event.time.as_ref().and_then(|time| time.earliest.as_deref().zip(time.latest.as_deref()));
    match ends.map(|(first, last)| (first.get(..length), last.get(..length))) {
        Some((Some(first), Some(last))) if first == last => first.to_owned(),
        _ => entry.when.clone(),
    }
}
