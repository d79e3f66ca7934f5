//! W3C Web Annotation Data Model (Recommendation of 2017): an annotation for each field of each report.

use crate::fields::{Field, fields};
use crate::list::List;
use crate::native::review;
use crate::value::{Filed, Left, Read, words};
use crate::{OfArticles, Out};
use saksi_merge::Review;
use saksi_record::Span;
use serde_json::{Value, json};
use std::io;

/// Letters before and after the words, by which they are found again where offsets have shifted.
const CONTEXT: u32 = 32;

/// One page of annotations, as JSON-LD.
pub struct Annotations<'o> {
    list: List<'o>,
}

impl<'o> Annotations<'o> {
    /// Begins the page.
    ///
    /// # Errors
    /// If `out` cannot be written to.
    pub fn new(out: Out<'o>) -> io::Result<Self> {
        Ok(Self {
            list: List::begin(
                out,
                "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:saksi:annotations\",\"type\":\"AnnotationPage\",\"items\":[",
            )?,
        })
    }
}

impl OfArticles for Annotations<'_> {
    fn add(&mut self, read: &Read) -> io::Result<()> {
        let source = read.story().address();
        let text = read.text();
        for filed in &read.reports {
            if filed.report.review == Review::Rejected {
                self.list.left.rejected += 1;
                continue;
            }
            for (number, field) in fields(&read.record, &text, &filed.report).iter().enumerate() {
                let (start, end) = (field.span.start, field.span.end);
                let part = |from: u32, to: u32| words(&text, Span::new(from, to));
                let annotation = json!({
                    "id": format!("urn:saksi:report:{}#{number}", filed.report.key),
                    "type": "Annotation",
                    "motivation": if field.name == "trigger" { "classifying" } else { "tagging" },
                    "body": bodies(filed, field),
                    "target": {
                        "source": source,
                        "selector": [
                            { "type": "TextPositionSelector", "start": start, "end": end },
                            {
                                "type": "TextQuoteSelector",
                                "exact": part(start, end),
                                "prefix": part(start.saturating_sub(CONTEXT), start),
                                "suffix": part(end, end + CONTEXT),
                            },
                        ],
                    },
                });
                self.list.item(&annotation)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Left> {
        self.list.end()
    }
}

/// The field, what its words stand for, the report it belongs to; of the trigger also what the report says of the act.
fn bodies(filed: &Filed, field: &Field) -> Vec<Value> {
    let report = &filed.report;
    let text = |purpose: &str, value: String| json!({ "type": "TextualBody", "purpose": purpose, "value": value });
    let mut bodies = vec![text("tagging", field.name.to_owned())];
    if !field.value.is_empty() {
        bodies.push(text("identifying", field.value.clone()));
    }
    if field.name == "trigger" {
        bodies.push(text("classifying", report.kind.to_string()));
        bodies.extend(report.mode.iter().map(|mode| text("classifying", format!("mode:{mode}"))));
        bodies.extend(report.context.iter().map(|context| text("classifying", format!("context:{context}"))));
        for (name, value) in [
            ("quad", report.quad.to_string()),
            ("status", report.status.to_string()),
            ("certainty", report.certainty.to_string()),
            ("review", review(report.review)),
        ] {
            bodies.push(text("classifying", format!("{name}:{value}")));
        }
    }
    let own = filed.event.as_ref().map(|event| format!("urn:saksi:event:{}", event.key));
    bodies.push(text("linking", format!("urn:saksi:report:{}", report.key)));
    bodies.extend(own.map(|event| text("linking", event)));
    bodies
}
