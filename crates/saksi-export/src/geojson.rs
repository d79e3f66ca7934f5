//! `GeoJSON` (RFC 7946): an event a feature, at the places whose coordinates are known.

use crate::list::List;
use crate::value::{Left, Told};
use crate::{OfEvents, Out};
use saksi_merge::{Party, Review};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io;

/// A collection of features.
pub struct GeoJson<'o> {
    list: List<'o>,
}

impl<'o> GeoJson<'o> {
    /// Begins the file.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>) -> io::Result<Self> {
        Ok(Self { list: List::begin(out, "{\"type\":\"FeatureCollection\",\"features\":[")? })
    }
}

impl OfEvents for GeoJson<'_> {
    fn add(&mut self, told: &Told) -> io::Result<()> {
        let event = &told.event;
        if event.review == Review::Rejected {
            self.list.left.rejected += 1;
            return Ok(());
        }
        let mut points: Vec<(f64, f64)> = Vec::new();
        for point in event.place.iter().filter_map(|place| place.lon.zip(place.lat)) {
            if !points.contains(&point) {
                points.push(point);
            }
        }
        let geometry = match points[..] {
            [] => {
                self.list.left.no_place += 1;
                return Ok(());
            }
            [(lon, lat)] => json!({ "type": "Point", "coordinates": [lon, lat] }),
            _ => json!({ "type": "MultiPoint", "coordinates": points }),
        };
        let urls: BTreeSet<String> = told.tellings.iter().map(|telling| telling.story.address()).collect();
        let names = |parties: &[Party]| -> Value { parties.iter().map(|party| party.name.as_str()).collect() };
        let countries = |parties: &[Party]| -> Value { parties.iter().map(|party| party.country.as_deref()).collect() };
        let time = event.time.as_ref();
        let feature = json!({
            "type": "Feature",
            "id": event.key,
            "geometry": geometry,
            "properties": {
                "event": event.key,
                "type": event.kind,
                "mode": event.mode,
                "quad": event.quad,
                "status": event.status,
                "certainty": event.certainty,
                "actor": names(&event.actor),
                "actor_country": countries(&event.actor),
                "recipient": names(&event.recipient),
                "recipient_country": countries(&event.recipient),
                "place": event.place.iter().map(|place| place.name.as_str()).collect::<Vec<_>>(),
                "time": time.and_then(|time| time.value.as_deref()),
                "earliest": time.and_then(|time| time.earliest.as_deref()),
                "latest": time.and_then(|time| time.latest.as_deref()),
                "reports": event.reports,
                "articles": event.articles,
                "sources": event.sources,
                "languages": event.languages,
                "review": event.review,
                "urls": urls,
            },
        });
        self.list.item(&feature)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.list.end()
    }
}
