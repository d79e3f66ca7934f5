//! How far a run has come, on one line of a terminal.

use saksi_batch::Summary;
use saksi_input::{Progress, Source};
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(500);
/// No time left is told before so much time has passed.
const SETTLED: Duration = Duration::from_secs(3);

/// The line; it shows nothing where standard error is no terminal.
pub(crate) struct Line {
    shown: bool,
    total: Option<u64>,
    progress: Arc<Progress>,
    begun: Instant,
    last: Instant,
    first: Option<u64>,
}

impl Line {
    pub(crate) fn new(sources: &[Source], progress: Arc<Progress>) -> Self {
        let shown = std::io::stderr().is_terminal();
        let total = if shown { Progress::total(sources) } else { None };
        let now = Instant::now();
        Self { shown, total, progress, begun: now, last: now, first: None }
    }

    pub(crate) fn show(&mut self, summary: &Summary) {
        let now = Instant::now();
        if !self.shown || now - self.last < EVERY {
            return;
        }
        self.last = now;
        let first = *self.first.get_or_insert(summary.found);
        let read = self.progress.read.load(Ordering::Relaxed);
        let text = text(summary, summary.found - first, now - self.begun, read, self.total);
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "\r{text}\x1b[K").and_then(|()| out.flush());
    }

    /// The same for adding to a collection.
    pub(crate) fn show_counts(&mut self, added: u64, known: u64, failed: u64) {
        let now = Instant::now();
        if !self.shown || now - self.last < EVERY {
            return;
        }
        self.last = now;
        let read = self.progress.read.load(Ordering::Relaxed);
        let mut text = format!("{added} added");
        if known > 0 {
            let _ = write!(text, " · {known} already there");
        }
        if let Some(total) = self.total.filter(|total| *total > 0) {
            let share = (read as f64 / total as f64).min(1.0);
            let _ = write!(text, " · {:.0}%", share * 100.0);
        }
        if failed > 0 {
            let _ = write!(text, " · {failed} failed");
        }
        let mut out = std::io::stderr().lock();
        let _ = std::io::Write::write_all(&mut out, format!("\r{text}\x1b[K").as_bytes()).and_then(|()| out.flush());
    }

    pub(crate) fn clear(&self) {
        if self.shown && self.last > self.begun {
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "\r\x1b[K").and_then(|()| out.flush());
        }
    }
}

fn text(summary: &Summary, since: u64, passed: Duration, read: u64, total: Option<u64>) -> String {
    let seconds = passed.as_secs_f64().max(0.001);
    let mut parts = vec![format!("{} articles", summary.records), format!("{:.0}/s", since as f64 / seconds)];
    if let Some(total) = total.filter(|total| *total > 0) {
        let share = (read as f64 / total as f64).min(1.0);
        parts.push(format!("{:.0}%", share * 100.0));
        if passed > SETTLED && share > 0.0 {
            parts.push(format!("{} left", span(seconds * (1.0 - share) / share)));
        }
    } else {
        parts.push(format!("{} MB", read >> 20));
    }
    if summary.failures() > 0 {
        parts.push(format!("{} failed", summary.failures()));
    }
    parts.join(" · ")
}

/// Seconds for a person.
fn span(seconds: f64) -> String {
    let seconds = seconds.ceil() as u64;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_share_and_time_left_are_told() {
        let summary = Summary { found: 1000, records: 990, ..Summary::default() };
        let line = text(&summary, 1000, Duration::from_secs(10), 25, Some(100));
        assert_eq!(line, "990 articles · 100/s · 25% · 30 s left");
        assert_eq!(span(3700.0), "1 h 1 min");
    }
}
