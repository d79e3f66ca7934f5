//! Where a review stands, and what a key does. Nothing here touches a file or a terminal.

use super::line::Line;
use super::values::{self, FIELDS};
use super::view::Seen;
use saksi_merge::Review;
use saksi_store::Action;

/// A key, whatever the terminal calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Char(char),
    Enter,
    Escape,
    Backspace,
    Delete,
    Tab,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-U.
    Clear,
}

/// What is to be done outside after a key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Effect {
    /// Nothing but showing it.
    None,
    /// Write a decision; then [`State::decided`] or [`State::refused`].
    Decide(Action),
    /// Find out what the typed text stands for and write it; then [`State::decided`] or [`State::refused`].
    Edit { report: String, field: &'static str, typed: String },
    /// Take a decision back; then [`State::undone`] or [`State::refused`].
    Undo { seq: i64, reports: Vec<String> },
    /// Show the event at that place of the queue; then [`State::open`] or [`State::gone`].
    Open(usize),
    /// Look for reports of other events that may be of this one; then [`State::found`].
    Find { report: String, words: String },
    /// End.
    Quit,
}

/// What the keys mean now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mode {
    /// The event and its reports.
    Look,
    /// The same with the article and what led to it.
    More,
    /// What the keys do.
    Help,
    /// Which field to correct.
    Field { chosen: usize },
    /// What its value is.
    Type { field: usize, line: Line },
    /// Which event to merge with.
    Merge { line: Line, found: Vec<Seen>, chosen: usize },
    /// Whether to reject all reports of an event.
    Sure,
}

/// A review that is going on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct State {
    /// Keys of the events to go through.
    pub(crate) queue: Vec<String>,
    /// Which of them is shown.
    pub(crate) at: usize,
    /// Its reports.
    pub(crate) reports: Vec<Seen>,
    /// Which of them is meant.
    pub(crate) chosen: usize,
    pub(crate) mode: Mode,
    /// What the last key led to.
    pub(crate) message: String,
    /// Lines that are scrolled away.
    pub(crate) scroll: usize,
    /// Decisions of this review that can be taken back.
    done: Vec<Done>,
    /// Where to go once the decision is written.
    then: Then,
    /// How many decisions were made and not taken back.
    pub(crate) made: usize,
}

/// A decision that can be taken back.
#[derive(Debug, Clone, PartialEq)]
struct Done {
    /// Its number in the log.
    seq: i64,
    /// The report that was meant.
    report: String,
    /// All reports that were shown.
    shown: Vec<String>,
}

/// Where to go after a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Stay,
    /// The next report that nobody looked at, else the next event.
    Report,
    Event,
}

impl State {
    /// A review of these events; the first is opened by [`Effect::Open`] with 0.
    pub(crate) fn new(queue: Vec<String>) -> Self {
        Self {
            queue,
            at: 0,
            reports: Vec::new(),
            chosen: 0,
            mode: Mode::Look,
            message: String::new(),
            scroll: 0,
            done: Vec::new(),
            then: Then::Stay,
            made: 0,
        }
    }

    /// The report that is meant.
    pub(crate) fn report(&self) -> Option<&Seen> {
        self.reports.get(self.chosen)
    }

    /// Takes a key.
    pub(crate) fn press(&mut self, key: Key) -> Effect {
        if key == Key::Interrupt {
            return Effect::Quit;
        }
        self.message.clear();
        match self.mode.clone() {
            Mode::Look | Mode::More => self.look(key),
            Mode::Help => {
                self.go(Mode::Look);
                Effect::None
            }
            Mode::Sure => self.sure(key),
            Mode::Field { chosen } => self.field(key, chosen),
            Mode::Type { field, line } => self.typed(key, field, line),
            Mode::Merge { line, found, chosen } => self.merge(key, line, found, chosen),
        }
    }

    fn go(&mut self, mode: Mode) {
        self.mode = mode;
        self.scroll = 0;
    }

    fn look(&mut self, key: Key) -> Effect {
        let more = self.mode == Mode::More;
        match key {
            Key::Char('q') => return Effect::Quit,
            Key::Escape if more => self.go(Mode::Look),
            Key::Char('w') => self.go(if more { Mode::Look } else { Mode::More }),
            Key::Char('?' | 'h') => self.go(Mode::Help),
            Key::Char('n') | Key::Right => return self.step(1),
            Key::Char('p') | Key::Left => return self.step(-1),
            Key::Char('j') | Key::Down | Key::Tab => self.choose(1),
            Key::Char('k') | Key::Up => self.choose(-1),
            Key::PageDown | Key::Char(' ') => self.scroll += 10,
            Key::PageUp => self.scroll = self.scroll.saturating_sub(10),
            Key::Home => self.scroll = 0,
            Key::Char('u') => match self.done.last() {
                Some(done) => return Effect::Undo { seq: done.seq, reports: done.shown.clone() },
                None => self.say("nothing of this review is left to undo; `saksi undo` takes back older decisions"),
            },
            Key::Char(letter) => return self.decide(letter),
            _ => {}
        }
        Effect::None
    }

    /// The keys that need a report.
    fn decide(&mut self, letter: char) -> Effect {
        let Some(report) = self.report().map(|seen| seen.report.key.clone()) else {
            self.say("there is no event here");
            return Effect::None;
        };
        match letter {
            'a' => return self.write(Action::Accept { reports: vec![report] }, Then::Report),
            'r' => return self.write(Action::Reject { reports: vec![report] }, Then::Report),
            'A' => return self.write(Action::Accept { reports: self.keys() }, Then::Event),
            'R' if self.reports.len() > 1 => self.mode = Mode::Sure,
            'R' => return self.write(Action::Reject { reports: self.keys() }, Then::Event),
            'e' => self.go(Mode::Field { chosen: 0 }),
            'm' => {
                self.go(Mode::Merge { line: Line::default(), found: Vec::new(), chosen: 0 });
                return Effect::Find { report, words: String::new() };
            }
            's' if self.reports.len() < 2 => self.say("this is the only report of the event"),
            's' => {
                let from = self.keys().into_iter().filter(|key| *key != report).collect();
                return self.write(Action::Split { report, from }, Then::Stay);
            }
            other => self.say(&format!("`{other}` does nothing here; ? shows what the keys do")),
        }
        Effect::None
    }

    fn write(&mut self, action: Action, then: Then) -> Effect {
        self.then = then;
        Effect::Decide(action)
    }

    /// The keys of the reports shown.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.reports.iter().map(|seen| seen.report.key.clone()).collect()
    }

    fn say(&mut self, message: &str) {
        message.clone_into(&mut self.message);
    }

    /// Goes to an event before or after this one.
    fn step(&mut self, by: isize) -> Effect {
        if let Some(at) = self.at.checked_add_signed(by).filter(|at| *at < self.queue.len()) {
            return Effect::Open(at);
        }
        self.say(if by < 0 { "this is the first event" } else { "this is the last event; q ends the review" });
        Effect::None
    }

    /// Goes to another report of the event.
    fn choose(&mut self, by: isize) {
        let count = self.reports.len().max(1);
        self.chosen = (self.chosen + count).saturating_add_signed(by) % count;
        self.scroll = 0;
    }

    fn sure(&mut self, key: Key) -> Effect {
        self.mode = Mode::Look;
        if key == Key::Char('y') {
            return self.write(Action::Reject { reports: self.keys() }, Then::Event);
        }
        self.say("nothing was rejected");
        Effect::None
    }

    fn field(&mut self, key: Key, chosen: usize) -> Effect {
        let last = FIELDS.len() - 1;
        let chosen = match key {
            Key::Escape | Key::Char('q') => {
                self.go(Mode::Look);
                return Effect::None;
            }
            Key::Down | Key::Tab | Key::Char('j') => {
                if chosen == last {
                    0
                } else {
                    chosen + 1
                }
            }
            Key::Up | Key::Char('k') => {
                if chosen == 0 {
                    last
                } else {
                    chosen - 1
                }
            }
            Key::Enter => return self.open_field(chosen),
            // Every field has its letter: that of its name, or the one that `letter` gives it.
            Key::Char(letter) => match (0..FIELDS.len()).find(|at| field_letter(*at) == letter) {
                Some(at) => return self.open_field(at),
                None => chosen,
            },
            _ => chosen,
        };
        self.mode = Mode::Field { chosen };
        Effect::None
    }

    fn open_field(&mut self, field: usize) -> Effect {
        let now = self.report().map(|seen| values::text(&seen.report, FIELDS[field].name)).unwrap_or_default();
        self.go(Mode::Type { field, line: Line::of(&now) });
        Effect::None
    }

    fn typed(&mut self, key: Key, field: usize, mut line: Line) -> Effect {
        let name = FIELDS[field].name;
        match key {
            Key::Escape => {
                self.go(Mode::Field { chosen: field });
                return Effect::None;
            }
            Key::Enter => {
                let Some(seen) = self.report() else { return Effect::None };
                let (report, typed) = (seen.report.key.clone(), line.text().to_owned());
                if typed.trim() == values::text(&seen.report, name) {
                    self.go(Mode::Look);
                    self.say("nothing was changed");
                    return Effect::None;
                }
                self.then = Then::Stay;
                return Effect::Edit { report, field: name, typed };
            }
            Key::Tab => {
                if let Some(seen) = self.report() {
                    line = complete(&values::choices(seen.report.kind, name), &line);
                }
            }
            key => edit(&mut line, key),
        }
        self.mode = Mode::Type { field, line };
        Effect::None
    }

    fn merge(&mut self, key: Key, mut line: Line, found: Vec<Seen>, chosen: usize) -> Effect {
        let Some(report) = self.report().map(|seen| seen.report.key.clone()) else { return Effect::None };
        match key {
            Key::Escape => self.go(Mode::Look),
            Key::Down | Key::Tab if !found.is_empty() => {
                let chosen = (chosen + 1) % found.len();
                self.mode = Mode::Merge { line, found, chosen };
            }
            Key::Up if !found.is_empty() => {
                let chosen = (chosen + found.len() - 1) % found.len();
                self.mode = Mode::Merge { line, found, chosen };
            }
            Key::Enter => match found.get(chosen) {
                Some(other) => {
                    let other = other.report.key.clone();
                    return self.write(Action::Merge { one: report, other }, Then::Stay);
                }
                None => self.say("no event is chosen; type words of its articles, or Esc"),
            },
            key => {
                let before = line.text().to_owned();
                edit(&mut line, key);
                let words = line.text().to_owned();
                self.mode = Mode::Merge { line, found, chosen };
                if words != before {
                    return Effect::Find { report, words };
                }
            }
        }
        Effect::None
    }

    /// Shows the reports of the event at a place of the queue; of them the given one, else the first nobody looked at.
    pub(crate) fn open(&mut self, at: usize, reports: Vec<Seen>, report: Option<&str>) {
        let unreviewed = || reports.iter().position(|seen| seen.report.review == Review::Unreviewed);
        let given = report.and_then(|key| reports.iter().position(|seen| seen.report.key == key));
        self.chosen = given.or_else(unreviewed).unwrap_or(0);
        if let (Some(key), Some(seen)) = (self.queue.get_mut(at), reports.first()) {
            key.clone_from(&seen.event);
        }
        self.at = at;
        self.reports = reports;
        self.go(Mode::Look);
    }

    /// Takes an event that is no longer there out of the queue, and goes to the next, or the one before.
    pub(crate) fn gone(&mut self, at: usize) -> Effect {
        if at < self.queue.len() {
            self.queue.remove(at);
        }
        if self.queue.is_empty() {
            self.reports.clear();
            self.chosen = 0;
            self.at = 0;
            self.say("no event is left; q ends the review");
            return Effect::None;
        }
        Effect::Open(at.min(self.queue.len() - 1))
    }

    /// Notes a decision that was written. `events` are the events, each with its reports, that the reports shown are of now.
    pub(crate) fn decided(&mut self, seq: i64, report: &str, what: &str, events: Vec<Vec<Seen>>) -> Effect {
        let shown = self.keys();
        self.made += 1;
        let unreviewed = |key: &&String| {
            let now = events.iter().flatten().find(|seen| seen.report.key == **key);
            **key != report && now.is_some_and(|seen| seen.report.review == Review::Unreviewed)
        };
        // Those after the chosen one first, then those before it.
        let order = shown.iter().skip(self.chosen).chain(shown.iter().take(self.chosen));
        let next = if self.then == Then::Report { order.into_iter().find(unreviewed).cloned() } else { None };
        self.done.push(Done { seq, report: report.to_owned(), shown: shown.clone() });
        self.place(events, Some(self.at), next.as_deref().unwrap_or(report));
        self.say(what);
        if self.then == Then::Stay || next.is_some() {
            return Effect::None;
        }
        if self.at + 1 < self.queue.len() {
            return Effect::Open(self.at + 1);
        }
        self.say(&format!("{what}; this was the last event, q ends the review"));
        Effect::None
    }

    /// Notes that the last decision was taken back, with the events that the reports shown then are of now.
    pub(crate) fn undone(&mut self, events: Vec<Vec<Seen>>) {
        let Some(done) = self.done.pop() else { return };
        self.made = self.made.saturating_sub(1);
        self.place(events, None, &done.report);
        self.say("undone");
    }

    /// Puts events into the queue in the place of one of it, or of their own, and shows the one with that report. Those in
    /// which nothing is left to review are left out.
    fn place(&mut self, events: Vec<Vec<Seen>>, instead: Option<usize>, show: &str) {
        let is_shown = |reports: &Vec<Seen>| reports.iter().any(|seen| seen.report.key == show);
        let is_open = |reports: &Vec<Seen>| reports.iter().any(|seen| seen.report.review == Review::Unreviewed);
        let all: Vec<String> = events.iter().filter_map(|reports| Some(reports.first()?.event.clone())).collect();
        let mut place = None;
        let mut queue = Vec::new();
        for (at, key) in self.queue.drain(..).enumerate() {
            let replaced = instead == Some(at);
            if replaced || (instead.is_none() && place.is_none() && all.contains(&key)) {
                place = Some(queue.len());
            }
            if !replaced && !all.contains(&key) {
                queue.push(key);
            }
        }
        let mut place = place.unwrap_or(self.at).min(queue.len());
        let mut here = None;
        for reports in events {
            let Some(key) = reports.first().map(|seen| seen.event.clone()) else { continue };
            if is_shown(&reports) || is_open(&reports) {
                queue.insert(place, key);
                if is_shown(&reports) {
                    here = Some((place, reports));
                }
                place += 1;
            }
        }
        self.queue = queue;
        if let Some((at, reports)) = here {
            self.open(at, reports, Some(show));
        } else {
            self.reports.clear();
            self.chosen = 0;
            self.at = self.at.min(self.queue.len().saturating_sub(1));
        }
    }

    /// Shows what was found to merge with.
    pub(crate) fn found(&mut self, seen: Vec<Seen>) {
        if let Mode::Merge { found, chosen, .. } = &mut self.mode {
            *found = seen;
            *chosen = 0;
        }
    }

    /// Notes that something could not be done; what was typed stays.
    pub(crate) fn refused(&mut self, why: &str) {
        self.then = Then::Stay;
        self.say(why);
    }
}

/// The letter that opens a field: the first of its name that no field before it has.
pub(crate) fn field_letter(field: usize) -> char {
    let mut taken = vec!['j', 'k', 'q'];
    for (at, known) in FIELDS.iter().enumerate() {
        let letter = known.name.chars().find(|letter| !taken.contains(letter)).unwrap_or('?');
        if at == field {
            return letter;
        }
        taken.push(letter);
    }
    '?'
}

fn edit(line: &mut Line, key: Key) {
    match key {
        Key::Char(letter) => line.insert(letter),
        Key::Backspace => line.backspace(),
        Key::Delete => line.delete(),
        Key::Left => line.left(),
        Key::Right => line.right(),
        Key::Home => line.home(),
        Key::End => line.end(),
        Key::Clear => line.clear(),
        _ => {}
    }
}

/// The next of the field's values that begins with what is typed; where the line holds a whole value, the one after it.
fn complete(choices: &[&str], line: &Line) -> Line {
    let typed = line.text().trim();
    let next = match choices.iter().position(|choice| choice.eq_ignore_ascii_case(typed)) {
        Some(at) => choices.get((at + 1) % choices.len()),
        None => choices.iter().find(|choice| choice.to_lowercase().starts_with(&typed.to_lowercase())),
    };
    next.map_or_else(|| line.clone(), |choice| Line::of(choice))
}
