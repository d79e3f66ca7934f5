//! `saksi update`

use super::{DbArgs, gazetteer, program};
use crate::error::CliError;
use clap::Args;
use saksi::Packs;
use saksi_batch::{Given, Knobs, in_order};
use saksi_input::{About, Document, Form, Place};
use saksi_merge::Gazetteer;
use saksi_record::Basis;
use saksi_store::{Filter, Found, Incoming, Mode, Origin, Said, Source, StoreError, articles, connect, find};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  saksi update\n  saksi update 3f2a91\n\nArticles are read again from the bytes that they came as; those that were added as records, from their text. What was\ndecided about a report holds for the report that has its key afterwards, else for the one whose trigger overlaps it."
)]
pub(crate) struct UpdateArgs {
    /// Keys of articles, or the beginnings of keys that no other has [default: all]
    #[arg(value_name = "KEY")]
    pub(crate) keys: Vec<String>,
    #[command(flatten)]
    pub(crate) db: DbArgs,
    /// Articles read at the same time [default: one per core]
    #[arg(long, short, alias = "jobs", short_alias = 'j', value_name = "N")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
}

/// Articles that are written together.
const BATCH: usize = 200;

pub(crate) fn run(args: &UpdateArgs, folder: Option<&Path>, packs: &Packs) -> Result<(), Vec<CliError>> {
    let failed = |error: StoreError| vec![args.db.error()(error)];
    let gazetteer = gazetteer(packs).map_err(|error| vec![error])?;
    let mut store = args.db.store(Mode::Write, Arc::clone(&gazetteer)).map_err(|error| vec![error])?;
    let db = connect(&args.db.db, Mode::Read, args.db.wait()).map_err(failed)?;
    let keys = keys(args, &db).map_err(failed)?;
    let program = program(folder);

    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let _ = ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed));

    let (mut done, mut unread) = (Done::default(), 0_u64);
    let mut batch: Vec<(String, Incoming)> = Vec::new();
    let mut told: Option<StoreError> = None;
    // One thread takes the articles out of the file, several read them.
    let all = keys.clone();
    let sources = all.into_iter().map(move |key| {
        let source = saksi_store::source(&db, &key);
        (key, source)
    });
    let weight =
        |(_, source): &(String, Result<Source, StoreError>)| source.as_ref().map_or(0, |source| source.bytes.len());
    let work = |(key, source): (String, Result<Source, StoreError>)| match source {
        Ok(source) => again(&source, packs, &gazetteer, &program).map(|incoming| (key, incoming)),
        Err(reason) => Err(args.db.error()(reason)),
    };
    in_order(sources, weight, Knobs::threads(crate::read::threads(args.threads)), work, |read| {
        match read {
            Ok(read) => batch.push(read),
            Err(error) => {
                unread += 1;
                crate::report(&error);
            }
        }
        if batch.len() >= BATCH
            && let Err(error) = done.write(&mut store, std::mem::take(&mut batch))
        {
            told = Some(error);
        }
        if told.is_some() || stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if told.is_none()
        && let Err(error) = done.write(&mut store, batch)
    {
        told = Some(error);
    }
    let mut out = std::io::stderr().lock();
    for key in &done.unattached {
        let _ = writeln!(
            out,
            "unattached: nothing in its article answers to {key} any more; what was decided about it stays in the log"
        );
    }
    let _ = writeln!(out, "updated {}, unchanged {}, failed {unread}", done.changed, done.same);
    drop(out);
    match told {
        Some(error) => Err(failed(error)),
        None if stop.load(Ordering::Relaxed) => Err(vec![CliError::Stopped { kept: done.changed + done.same }]),
        None if unread > 0 => Err(vec![CliError::Inputs { failed: unread, of: keys.len() as u64 }]),
        None => Ok(()),
    }
}

#[derive(Default)]
struct Done {
    changed: u64,
    same: u64,
    unattached: Vec<String>,
}

impl Done {
    fn write(&mut self, store: &mut saksi_store::Store, batch: Vec<(String, Incoming)>) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        for replaced in store.replace(batch)? {
            if replaced.changed {
                self.changed += 1;
            } else {
                self.same += 1;
            }
            self.unattached.extend(replaced.unattached);
        }
        Ok(())
    }
}

fn keys(args: &UpdateArgs, db: &saksi_store::Connection) -> Result<Vec<String>, StoreError> {
    let mut keys = Vec::new();
    if args.keys.is_empty() {
        articles(db, &Filter::default(), |article| {
            keys.push(article.key);
            Ok(())
        })?;
        return Ok(keys);
    }
    for key in &args.keys {
        match find(db, key)? {
            Found::Article(article) if !keys.contains(&article) => keys.push(article),
            Found::Article(_) => {}
            Found::Event(_) | Found::Report(_) => return Err(StoreError::Unknown(key.clone())),
        }
    }
    Ok(keys)
}

/// Reads an article again.
fn again(source: &Source, packs: &Packs, gazetteer: &Gazetteer, program: &str) -> Result<Incoming, CliError> {
    let article = &source.article;
    let options = if source.original { source.options.clone() } else { of_record(article) };
    let said = |said: &Said| About {
        url: said.url.clone(),
        title: said.title.clone(),
        author: said.author.clone(),
        outlet: said.outlet.clone(),
        language: said.language.clone(),
        published: said.published.as_deref().and_then(saksi_input::when),
        undecided: said.undecided.as_deref().map(Box::from),
        charset: options.charset.clone(),
    };
    let document = Document {
        place: Place::of(article.from.as_deref().unwrap_or("-")),
        form: if options.html { Form::Html } else { Form::Text },
        bytes: source.bytes.clone(),
        about: said(&options.about),
        notes: options.notes.clone(),
    };
    let given = Given {
        published: options.given.published.clone(),
        language: options.given.language.clone(),
        outlet: options.given.outlet.clone(),
        url: options.given.url.clone(),
    };
    let record = super::add::record(&document, &given, packs)?;
    let origin = Origin { bytes: source.original.then_some(source.bytes.as_slice()), options: &options, program };
    Ok(Incoming::new(&record, &origin, gazetteer))
}

/// What a record says that was added without the bytes it was read from.
fn of_record(article: &saksi_record::Article) -> saksi_store::Options {
    let day = |basis: Basis| article.published.value.clone().filter(|_| article.published.basis == basis);
    saksi_store::Options {
        given: Said { published: day(Basis::Given), ..Said::default() },
        about: Said {
            url: article.url.clone(),
            title: article.title.clone(),
            author: article.author.clone(),
            outlet: article.outlet.clone(),
            language: Some(article.language.clone()),
            published: day(Basis::Metadata),
            undecided: None,
        },
        ..saksi_store::Options::default()
    }
}
