//! GEXF 1.3 (gexf.net): actors as nodes, and for each pair and quad category an edge that counts events.

use crate::value::{Left, Told, dyads};
use crate::{OfEvents, Out};
use compact_str::CompactString;
use saksi_merge::Party;
use saksi_record::Quad;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

/// What an edge counts.
#[derive(Debug, Default)]
struct Edge {
    events: u64,
    reports: u64,
    first: Option<CompactString>,
    last: Option<CompactString>,
}

/// A network of actors. What is held in memory grows with its nodes and edges, not with the events.
pub struct Gexf<'o> {
    out: Out<'o>,
    nodes: BTreeMap<CompactString, Party>,
    edges: BTreeMap<(CompactString, CompactString, Quad), Edge>,
    left: Left,
}

impl<'o> Gexf<'o> {
    /// A network without nodes; it is written once it is finished.
    pub fn new(out: Out<'o>) -> Self {
        Self { out, nodes: BTreeMap::new(), edges: BTreeMap::new(), left: Left::default() }
    }
}

impl OfEvents for Gexf<'_> {
    fn add(&mut self, told: &Told) -> io::Result<()> {
        let event = &told.event;
        if !self.left.takes_event(told) {
            return Ok(());
        }
        let pairs: Vec<_> =
            dyads(&event.actor, &event.recipient).into_iter().filter_map(|(one, other)| one.zip(other)).collect();
        self.left.no_dyad += u64::from(pairs.is_empty());
        self.left.written += u64::from(!pairs.is_empty());
        for (one, other) in pairs {
            for party in [one, other] {
                self.nodes.entry(party.key.clone()).or_insert_with(|| party.clone());
            }
            let edge = self.edges.entry((one.key.clone(), other.key.clone(), event.quad)).or_default();
            edge.events += 1;
            edge.reports += u64::from(event.reports);
            let time = event.time.as_ref();
            if let Some((earliest, latest)) = time.and_then(|time| time.earliest.as_ref().zip(time.latest.as_ref())) {
                if edge.first.as_ref().is_none_or(|first| earliest < first) {
                    edge.first = Some(earliest.clone());
                }
                if edge.last.as_ref().is_none_or(|last| latest > last) {
                    edge.last = Some(latest.clone());
                }
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        let Self { out, nodes, edges, left } = *self;
        out.write_all(HEAD.as_bytes())?;
        let mut numbers = BTreeMap::new();
        for (number, (key, party)) in nodes.iter().enumerate() {
            numbers.insert(key, number);
            let mut line = format!("<node id=\"n{number}\" label=\"{}\"><attvalues>", escaped(&party.name));
            let values = [
                ("key", Some(key.as_str())),
                ("kind", Some(party.kind.as_str())),
                ("country", party.country.as_deref()),
                ("sector", party.sector.as_deref()),
            ];
            attributes(&mut line, &values);
            line.push_str("</attvalues></node>\n");
            out.write_all(line.as_bytes())?;
        }
        out.write_all(b"</nodes>\n<edges>\n")?;
        for (number, ((one, other, quad), edge)) in edges.iter().enumerate() {
            let (source, target) = (numbers[one], numbers[other]);
            let mut line = format!("<edge id=\"e{number}\" source=\"n{source}\" target=\"n{target}\"");
            let _ = write!(line, " kind=\"{quad}\" weight=\"{}\"", edge.events);
            if let (Some(first), Some(last)) = (&edge.first, &edge.last) {
                let _ = write!(line, " start=\"{}\" end=\"{}\"", escaped(first), escaped(last));
            }
            line.push_str("><attvalues>");
            let (events, reports) = (edge.events.to_string(), edge.reports.to_string());
            attributes(
                &mut line,
                &[("quad", Some(quad.as_str())), ("events", Some(&events)), ("reports", Some(&reports))],
            );
            line.push_str("</attvalues></edge>\n");
            out.write_all(line.as_bytes())?;
        }
        out.write_all(b"</edges>\n</graph>\n</gexf>\n")?;
        out.flush()?;
        Ok(left)
    }
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>saksi</creator></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date">
<attributes class="node" mode="static">
<attribute id="key" title="key" type="string"/>
<attribute id="kind" title="kind" type="string"/>
<attribute id="country" title="country" type="string"/>
<attribute id="sector" title="sector" type="string"/>
</attributes>
<attributes class="edge" mode="static">
<attribute id="quad" title="quad" type="string"/>
<attribute id="events" title="events" type="integer"/>
<attribute id="reports" title="reports" type="integer"/>
</attributes>
<nodes>
"#;

fn attributes(line: &mut String, values: &[(&str, Option<&str>)]) {
    for (name, value) in values {
        if let Some(value) = value {
            let _ = write!(line, "<attvalue for=\"{name}\" value=\"{}\"/>", escaped(value));
        }
    }
}

/// Words in an attribute; what XML 1.0 cannot hold is left out.
fn escaped(words: &str) -> String {
    let held: String = words.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    quick_xml::escape::escape(&held).into_owned()
}
