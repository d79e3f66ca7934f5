//! `saksi who`

use super::filter::{limit, note, open_for_names, told};
use super::say::{line, number, when};
use super::table::{Format, FormatArgs, json, plain};
use crate::error::CliError;
use crate::input::write_out;
use clap::Args;
use saksi::Packs;
use saksi_query::{Counts, Who};
use std::fmt::Write as _;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saksi who Lavrov
  saksi who 'Kim Jong Un' --limit 20 --format json")]
pub(crate) struct WhoArgs {
    #[command(flatten)]
    pub(crate) db: super::DbArgs,
    /// The actor: a name in any spelling, or a key
    #[arg(value_name = "ACTOR")]
    actor: String,
    /// So many of each list at most
    #[arg(long, short = 'n', value_name = "N", default_value = "10")]
    limit: usize,
    #[command(flatten)]
    format: FormatArgs,
}

pub(crate) fn run(args: &WhoArgs, packs: &Packs) -> Result<(), CliError> {
    let limit = limit(args.limit)?;
    let collection = open_for_names(&args.db, packs, true)?;
    let found = saksi_query::who(&collection, &args.actor, limit).map_err(told)?;
    if found.is_none() {
        note(&format!("no actor of the collection is called `{}`", args.actor));
    }
    let out = match (args.format.format(), &found) {
        (Format::Text, None) => String::new(),
        (Format::Text, Some(who)) => text(who),
        (Format::Json, _) => json(&found),
        (Format::Jsonl, _) => format!("{}\n", serde_json::to_string(&found).unwrap_or_default()),
        (Format::Csv, _) => {
            let header = ["key", "name", "role", "counted", "value", "value_key", "events"];
            args.format.csv(&header, found.iter().flat_map(rows))
        }
    };
    write_out(&out)
}

/// What is counted, one number a row.
fn rows(who: &Who) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (role, counts) in [("actor", &who.did), ("recipient", &who.done_to_it)] {
        let mut row = |counted: &str, value: &str, key: &str, events: u64| {
            let cells = [&who.actor.key, &who.actor.name, role, counted, value, key];
            let cells = cells.into_iter().map(ToOwned::to_owned);
            rows.push(cells.chain([events.to_string()]).collect::<Vec<String>>());
        };
        counts.quads.iter().for_each(|(quad, events)| row("quad", quad, "", *events));
        counts.types.iter().for_each(|(kind, events)| row("type", kind, "", *events));
        for other in &counts.counterparts {
            row("counterpart", &other.name, &other.key, other.events);
        }
    }
    rows
}

fn text(who: &Who) -> String {
    let mut out = String::new();
    let actor = &who.actor;
    let about: Vec<&str> =
        [Some(actor.kind.as_str()), actor.country.as_deref(), who.sector.as_deref(), who.wikidata.as_deref()]
            .into_iter()
            .flatten()
            .collect();
    let _ = writeln!(out, "{} ({})  {}", plain(&actor.name), about.join(", "), actor.key);
    let names: Vec<String> = who.names.iter().map(|(name, articles)| format!("{} ({articles})", plain(name))).collect();
    let _ = writeln!(out, "names: {}\n", names.join(", "));
    part(&mut out, "did", &who.did);
    part(&mut out, "had done to it", &who.done_to_it);
    let between = who.said_between.as_ref().map(|(first, last)| format!(", {first} to {last}")).unwrap_or_default();
    let _ = writeln!(out, "said: {}{between}", number(who.said, "report", "reports"));
    for said in &who.last_said {
        let day = said.published.as_deref().unwrap_or("no day");
        let _ =
            writeln!(out, "  {day}  {} {} {}: {}", said.stance, said.status, said.kind, plain(said.sentence.trim()));
    }
    out
}

fn part(out: &mut String, what: &str, counts: &Counts) {
    let _ = writeln!(out, "{what}: {}", number(counts.events, "event", "events"));
    let list = |counts: &std::collections::BTreeMap<String, u64>| {
        let mut most: Vec<(&String, &u64)> = counts.iter().collect();
        most.sort_by_key(|(name, events)| (std::cmp::Reverse(**events), (*name).clone()));
        most.iter().map(|(name, events)| format!("{name} {events}")).collect::<Vec<_>>().join(", ")
    };
    if counts.events > 0 {
        let _ = writeln!(out, "  by quad: {}\n  by type: {}", list(&counts.quads), list(&counts.types));
    }
    if !counts.counterparts.is_empty() {
        let others = counts.counterparts.iter().map(|other| format!("{} {}", plain(&other.name), other.events));
        let among =
            if counts.counted < counts.events { format!(" (of the last {})", counts.counted) } else { String::new() };
        let _ = writeln!(out, "  with{among}: {}", others.collect::<Vec<_>>().join(", "));
    }
    for event in &counts.latest {
        let _ = writeln!(out, "  {}  {}  {}", when(event.time.as_ref()).0, plain(&line(event)), event.key);
    }
    out.push('\n');
}
