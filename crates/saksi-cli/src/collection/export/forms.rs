//! The forms by their names.

use super::With;
use crate::error::CliError;
use clap::ValueEnum;
use saksi_export::{
    Annotations, EventReport, Events, FollowTheMoney, GdeltEvents, GdeltMentions, GeoJson, Gexf, Icews, OfArticles,
    OfEvents, Out, Polecat, Reports, Spans, Timeline,
};

/// The files of GDELT, named as its own are.
pub(super) const GDELT_EVENTS: &str = "events.export.CSV";
pub(super) const GDELT_MENTIONS: &str = "events.mentions.CSV";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// saksi's events: what all reports of one act say together
    Events,
    /// saksi's reports: an act as one article tells it
    Reports,
    /// Where in the texts each field of each report stands
    Spans,
    /// POLECAT's 40 columns
    Polecat,
    /// ICEWS's 20 columns
    Icews,
    /// GDELT 2, both tables in a folder
    Gdelt,
    /// GDELT 2's 61 columns of events
    GdeltEvents,
    /// GDELT 2's 16 columns of mentions
    GdeltMentions,
    /// The columns of the R package eventreport
    Eventreport,
    /// A timeline for `TimelineJS`
    Timelinejs,
    /// A map: events whose coordinates are known
    Geojson,
    /// A network of actors for Gephi
    Gexf,
    /// W3C Web Annotation
    WebAnnotation,
    /// UIMA CAS JSON for `INCEpTION`, a file for each article in a folder
    Cas,
    /// Entities for `FollowTheMoney`, Aleph and `OpenAleph`
    Followthemoney,
}

impl Form {
    /// Whether it can be written as CSV, TSV, JSON Lines or Parquet.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Events | Self::Reports | Self::Spans | Self::Polecat | Self::Icews | Self::Eventreport)
    }

    /// Whether it has no meaning unless reports of one event are brought together.
    pub(super) fn needs_events(self) -> bool {
        matches!(self, Self::GdeltMentions | Self::Eventreport)
    }
}

pub(super) enum Writer<'o> {
    Events(Box<dyn OfEvents + 'o>),
    Articles(Box<dyn OfArticles + 'o>),
}

/// What writes a form of one stream.
pub(super) fn writer<'o>(form: Form, out: Out<'o>, with: With<'o>) -> Result<Writer<'o>, CliError> {
    let With { layout, codes, gazetteer } = with;
    Ok(match form {
        Form::Events => Writer::Events(Box::new(Events::new(out, layout)?)),
        Form::Reports => Writer::Articles(Box::new(Reports::new(out, layout)?)),
        Form::Spans => Writer::Articles(Box::new(Spans::new(out, layout)?)),
        Form::Polecat => Writer::Articles(Box::new(Polecat::new(out, layout, codes)?)),
        Form::Icews => Writer::Articles(Box::new(Icews::new(out, layout, codes)?)),
        Form::GdeltEvents => Writer::Events(Box::new(GdeltEvents::new(out, codes)?)),
        Form::GdeltMentions => Writer::Articles(Box::new(GdeltMentions::new(out)?)),
        Form::Eventreport => Writer::Articles(Box::new(EventReport::new(out, layout, codes)?)),
        Form::Timelinejs => Writer::Events(Box::new(Timeline::new(out)?)),
        Form::Geojson => Writer::Events(Box::new(GeoJson::new(out)?)),
        Form::Gexf => Writer::Events(Box::new(Gexf::new(out))),
        Form::WebAnnotation => Writer::Articles(Box::new(Annotations::new(out)?)),
        Form::Followthemoney => Writer::Events(Box::new(FollowTheMoney::new(out, codes, gazetteer))),
        Form::Gdelt | Form::Cas => {
            return Err(CliError::Usage { reason: "this form is a folder".into(), help: "name one with --output" });
        }
    })
}

/// A key as the name of a file.
pub(super) fn file_name(key: &str) -> String {
    key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}
