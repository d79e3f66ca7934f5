use crate::args::{ReadArgs, ReadFormat};
use crate::error::CliError;
use crate::input;
use crate::render;
use crate::rows;
use saksi::Packs;
use saksi_record::Record;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Reads every file and writes the records in the order of the files, whatever the number of threads.
pub(crate) fn run(args: &ReadArgs, packs: &Packs) -> Result<(), Vec<CliError>> {
    let format =
        args.format.unwrap_or(if std::io::stdout().is_terminal() { ReadFormat::Text } else { ReadFormat::Json });
    let many = args.files.len() > 1;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let jobs = args.jobs.map_or(cores, std::num::NonZeroUsize::get).min(args.files.len());
    let next = AtomicUsize::new(0);
    let line = Mutex::new(Line { waiting: BTreeMap::new(), next: 0, errors: Vec::new(), dead: false });
    if matches!(format, ReadFormat::Csv | ReadFormat::Tsv) {
        input::write_out(&rows::header(format)).map_err(|error| vec![error])?;
    }
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = args.files.get(index) else { break };
                    let done = input::record(file, &args.about, packs).map(|record| show(&record, format, many));
                    let mut line = line.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    line.put(index, done);
                    if line.dead {
                        break;
                    }
                }
            });
        }
    });
    let line = line.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if line.errors.is_empty() { Ok(()) } else { Err(line.errors) }
}

/// Finished articles waiting for those before them.
struct Line {
    waiting: BTreeMap<usize, Result<String, CliError>>,
    next: usize,
    errors: Vec<CliError>,
    /// The output cannot be written any more.
    dead: bool,
}

impl Line {
    fn put(&mut self, index: usize, done: Result<String, CliError>) {
        self.waiting.insert(index, done);
        while let Some(done) = self.waiting.remove(&self.next) {
            self.next += 1;
            match done {
                Ok(text) if !self.dead => {
                    if let Err(error) = input::write_out(&text) {
                        self.errors.push(error);
                        self.dead = true;
                    }
                }
                Ok(_) => {}
                Err(error) => self.errors.push(error),
            }
        }
    }
}

fn show(record: &Record, format: ReadFormat, many: bool) -> String {
    match format {
        ReadFormat::Text => render::article(record),
        ReadFormat::Json if !many => format!("{}\n", serde_json::to_string_pretty(record).unwrap_or_default()),
        ReadFormat::Json | ReadFormat::Jsonl => format!("{}\n", serde_json::to_string(record).unwrap_or_default()),
        ReadFormat::Csv | ReadFormat::Tsv => rows::rows(record, format),
    }
}
