//! `TimelineJS` (Knight Lab, JSON of version 3): an event a slide.

use crate::list::List;
use crate::value::{Left, Telling, Told};
use crate::{OfEvents, Out, day};
use saksi_merge::{Event, Interval, Party, Review};
use saksi_record::Status;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// The file that `TimelineJS` reads.
pub struct Timeline<'o> {
    list: List<'o>,
}

impl<'o> Timeline<'o> {
    /// Begins the file.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>) -> io::Result<Self> {
        Ok(Self { list: List::begin(out, "{\"events\":[")? })
    }
}

impl OfEvents for Timeline<'_> {
    fn add(&mut self, told: &Told) -> io::Result<()> {
        let event = &told.event;
        if event.review == Review::Rejected {
            self.list.left.rejected += 1;
            return Ok(());
        }
        let Some((start, end)) = dates(event.time.as_ref()) else {
            self.list.left.no_time += 1;
            return Ok(());
        };
        let mut slide = json!({
            "unique_id": event.key,
            "start_date": start,
            "group": event.quad.as_str(),
            "text": { "headline": escaped(&headline(event)), "text": body(told) },
        });
        if let (Some(end), Some(slide)) = (end, slide.as_object_mut()) {
            slide.insert("end_date".into(), end);
        }
        self.list.item(&slide)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.list.end()
    }
}

/// Start and end; a month or year by itself is one date of less precision.
fn dates(time: Option<&Interval>) -> Option<(Value, Option<Value>)> {
    let time = time?;
    let known = day::known(Some(time));
    let whole = |length| time.value.as_ref().is_some_and(|value| value.len() == length);
    match (known.year, known.month, known.day) {
        (Some(year), Some(month), Some(day)) => Some((json!({ "year": year, "month": month, "day": day }), None)),
        (Some(year), Some(month), None) if whole("2025-07".len()) => {
            Some((json!({ "year": year, "month": month }), None))
        }
        (Some(year), None, None) if whole("2025".len()) => Some((json!({ "year": year }), None)),
        _ => {
            let date = |text: Option<&str>| {
                let (year, month, day) = day::parts(text?)?;
                Some(json!({ "year": year, "month": month, "day": day }))
            };
            Some((date(time.earliest.as_deref())?, Some(date(time.latest.as_deref())?)))
        }
    }
}

/// `ASSAULT, aerial: A → B`; what is not actual says so.
pub(crate) fn headline(event: &Event) -> String {
    let names = |parties: &[Party]| parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ");
    let mode = event.mode.as_ref().map(|mode| format!(", {mode}")).unwrap_or_default();
    let status = if event.status == Status::Actual { String::new() } else { format!(" ({})", event.status) };
    let (actor, recipient) = (names(&event.actor), names(&event.recipient));
    let parties = match (actor.is_empty(), recipient.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!(": {actor}"),
        (_, false) => format!(": {actor} → {recipient}").replace(":  →", ": →"),
    };
    format!("{}{mode}{parties}{status}", event.kind)
}

/// Places, counts, and each article once with its address.
fn body(told: &Told) -> String {
    let event = &told.event;
    let mut parts: Vec<String> = event.place.iter().map(|place| escaped(&place.name)).collect();
    parts.push(format!("certainty: {}", event.certainty));
    parts.push(format!("independent sources: {}", event.sources));
    let articles: BTreeMap<&str, &Telling> =
        told.tellings.iter().map(|telling| (telling.story.key.as_str(), telling)).collect();
    parts.extend(articles.values().map(|telling| {
        let story = &telling.story;
        let name = escaped(story.outlet.as_deref().or(story.title.as_deref()).unwrap_or(&story.key));
        match story.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
            Some(url) => format!("<a href=\"{}\">{name}</a>", escaped(url)),
            None => name,
        }
    }));
    format!("<p>{}</p>", parts.join("<br>"))
}

/// Words as HTML shows them.
fn escaped(words: &str) -> String {
    quick_xml::escape::escape(words).into_owned()
}
