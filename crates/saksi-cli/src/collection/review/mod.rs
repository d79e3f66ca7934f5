//! `saksi review`

mod decisions;
mod draw;
mod gold;
mod line;
mod state;
mod terminal;
#[cfg(test)]
mod tests;
mod values;
mod view;
mod work;

use super::filter::{self, note};
use crate::error::CliError;
use crate::input;
use clap::Args;
use decisions::Wrong;
use draw::Look;
use saksi::Packs;
use saksi_merge::{Gazetteer, Review};
use saksi_query::Filter;
use saksi_store::{Mode, Store};
use state::{Effect, State};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use terminal::{Came, Screen};
use work::Work;

/// Wrong lines of a table that are told of.
const TOLD: usize = 20;
/// Events gone through at most.
const MOST: usize = 10_000;

const EXAMPLES: &str = "\
Examples:
  saksi review --db news.db
  saksi review --country PRK --status actual --who ana
  saksi review --decisions decisions.csv
  saksi review --export-gold gold/ && saksi score gold/

In the terminal one key decides: a accepts, r rejects, e corrects a field, m merges, s splits, u undoes, ? shows the others.
docs/review.md has the columns of a table of decisions.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    db: super::DbArgs,
    /// Who decides [default: the name of the user]
    #[arg(long, value_name = "NAME", env = "SAKSI_WHO")]
    who: Option<String>,
    /// Take the decisions out of a table, CSV or JSON Lines, all or none; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "export_gold")]
    decisions: Option<PathBuf>,
    /// Write the articles that were reviewed wholly as gold: NAME.txt and NAME.json each
    #[arg(long, value_name = "FOLDER")]
    export_gold: Option<PathBuf>,
    /// Only this event, by its key or the key of a report
    #[arg(long, value_name = "KEY")]
    event: Option<String>,
    #[command(flatten)]
    filter: filter::FilterArgs,
}

pub(crate) fn run(args: &ReviewArgs, packs: &Packs) -> Result<(), Vec<CliError>> {
    let one = |error| vec![error];
    if let Some(folder) = &args.export_gold {
        let db = saksi_store::connect(&args.db.db, Mode::Read, args.db.wait()).map_err(args.db.error()).map_err(one)?;
        let count = gold::export(&db, folder, args.db.error()).map_err(one)?;
        note(&format!("{count} articles written to {}", folder.display()));
        return Ok(());
    }
    if let Some(path) = &args.decisions {
        return table(args, path, packs);
    }
    if !terminal::is_there() {
        return Err(one(CliError::Usage {
            reason: "there is no terminal to review in".into(),
            help: "`saksi review --decisions FILE` takes decisions out of a table; docs/review.md has its columns",
        }));
    }
    let gazetteer = super::gazetteer(packs).map_err(one)?;
    let store = args.db.store(Mode::Write, Arc::clone(&gazetteer)).map_err(one)?;
    let queue = queue(args, &store, packs).map_err(one)?;
    if queue.is_empty() {
        note("there is nothing to review");
        return Ok(());
    }
    let work = Work { store, gazetteer: &gazetteer, who: super::who(args.who.as_deref()) };
    terminal(work, queue, args).map_err(one)
}

/// The keys of the events to go through.
fn queue(args: &ReviewArgs, store: &Store, packs: &Packs) -> Result<Vec<String>, CliError> {
    if let Some(key) = &args.event {
        return Ok(vec![saksi_store::look::event_key(store.connection(), key).map_err(args.db.error())?]);
    }
    let collection = filter::open_for_names(&args.db, packs, args.filter.names_actors())?;
    let (keys, more) = filter::keys(&collection, &which(args.filter.filter(packs)?), MOST)?;
    if more {
        note(&format!("these are the first {MOST} events; the others come when these are reviewed, or ask for less"));
    }
    Ok(keys)
}

/// What a filter means for a review: where it names no state, events with a report that nobody looked at.
fn which(filter: Filter) -> Filter {
    if filter.reviews.is_empty() {
        let reviews = vec![Review::Unreviewed, Review::Accepted, Review::Edited, Review::Rejected];
        Filter { unseen: true, reviews, ..filter }
    } else {
        filter
    }
}

/// How long the screen may take to close once the program is asked to end.
const GRACE: Duration = Duration::from_secs(2);

/// Reviews in the terminal until it is ended.
fn terminal(mut work: Work<'_>, queue: Vec<String>, args: &ReviewArgs) -> Result<(), CliError> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // Where no handler can be set the program ends at once, and what was decided is on disk.
    let _ = ctrlc::set_handler(move || {
        asked.store(true, Ordering::Relaxed);
        // A terminal that hung up gives its reader no way to return; what was decided is on disk.
        std::thread::sleep(GRACE);
        std::process::exit(i32::from(CliError::Stopped { kept: 0 }.code()));
    });
    let mut state = State::new(queue);
    let colour = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let failed = args.db.error();
    let drawn = |error: std::io::Error| CliError::Output { reason: error.to_string() };
    let done = (|| {
        let _screen = Screen::open().map_err(drawn)?;
        let mut goes_on = work.follow(&mut state, Effect::Open(0)).map_err(&failed)?;
        let mut stale = true;
        while goes_on && !stop.load(Ordering::Relaxed) {
            if stale {
                let (width, height) = Screen::size();
                Screen::draw(&draw::screen(&state, Look { width, height, colour })).map_err(drawn)?;
                stale = false;
            }
            match Screen::wait().map_err(drawn)? {
                Came::Key(key) => {
                    let effect = state.press(key);
                    goes_on = work.follow(&mut state, effect).map_err(&failed)?;
                    stale = true;
                }
                Came::Resize => stale = true,
                Came::Nothing => {}
            }
        }
        Ok(())
    })();
    let many = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    note(&format!("{} made", many(state.made, "decision")));
    done
}

/// Takes decisions out of a table.
fn table(args: &ReviewArgs, path: &Path, packs: &Packs) -> Result<(), Vec<CliError>> {
    let one = |error| vec![error];
    let bytes = input::bytes(path).map_err(one)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| one(CliError::input(path, "is not in UTF-8", "save the table as CSV in UTF-8")))?;
    let wrong = |all: Vec<Wrong>| told(path, &all);
    let rows = decisions::rows(&text).map_err(wrong)?;
    let gazetteer: Arc<Gazetteer> = super::gazetteer(packs).map_err(one)?;
    let mut store = args.db.store(Mode::Write, Arc::clone(&gazetteer)).map_err(one)?;
    let decisions = decisions::decisions(&rows, &store, &gazetteer).map_err(wrong)?;
    let own = super::who(args.who.as_deref());
    let all: Vec<_> = decisions
        .iter()
        .map(|decision| (decision.who.clone().unwrap_or_else(|| own.clone()), decision.action.clone()))
        .collect();
    if all.is_empty() {
        note("the table holds no decision");
        return Ok(());
    }
    match store.decide_all(&super::now(), &all) {
        Ok(entries) => {
            note(&format!("{} decisions written", entries.len()));
            Ok(())
        }
        Err((number, error @ (saksi_store::StoreError::Decision(_) | saksi_store::StoreError::Unknown(_)))) => {
            let line = decisions.get(number).map_or(0, |decision| decision.line);
            Err(told(path, &[Wrong { line, why: error.to_string() }]))
        }
        Err((_, error)) => Err(one(args.db.error()(error))),
    }
}

/// What is wrong with a table, line by line.
fn told(path: &Path, wrong: &[Wrong]) -> Vec<CliError> {
    let mut errors: Vec<CliError> = wrong
        .iter()
        .take(TOLD)
        .map(|Wrong { line, why }| {
            let place = PathBuf::from(format!("{}:{line}", path.display()));
            CliError::input(&place, why, "mend the line and give the table again; nothing was written")
        })
        .collect();
    if wrong.len() > TOLD {
        let more = format!("{} more lines are wrong", wrong.len() - TOLD);
        errors.push(CliError::input(path, more, "mend those above first"));
    }
    errors
}
