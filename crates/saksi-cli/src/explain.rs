use crate::args::{ExplainArgs, ExplainFormat};
use crate::error::CliError;
use crate::input;
use crate::render;
use saksi::Packs;
use saksi_lang::Codebook;
use saksi_record::{Event, Record, Span};
use serde::Serialize;
use std::fmt::Write as _;

/// One event with the evidence for each of its fields.
#[derive(Debug, Serialize)]
struct Explanation<'a> {
    event: &'a Event,
    /// CAMEO code, and PLOVER score from -10 to +10; null for a mode that the codebook lacks.
    cameo: Option<&'static str>,
    intensity: Option<f64>,
    sentence: Evidence,
    trigger: Evidence,
    actor: Vec<Named>,
    recipient: Vec<Named>,
    time: Option<Evidence>,
    place: Vec<Named>,
    quantities: Vec<Evidence>,
    /// The chain of sources, nearest first.
    attribution: Vec<Source>,
    why: &'a [String],
}

#[derive(Debug, Serialize)]
struct Evidence {
    start: u32,
    end: u32,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
}

#[derive(Debug, Serialize)]
struct Named {
    id: String,
    name: String,
    mentions: Vec<Evidence>,
}

#[derive(Debug, Serialize)]
struct Source {
    id: String,
    name: String,
    cue: Option<Evidence>,
    content: Vec<Evidence>,
    why: Vec<String>,
}

pub(crate) fn run(args: &ExplainArgs, packs: &Packs) -> Result<(), CliError> {
    let record = input::record(&args.file, &args.about, packs)?;
    let chosen: Vec<&Event> =
        record.events.iter().filter(|event| args.event.as_ref().is_none_or(|id| *id == event.id)).collect();
    if let Some(id) = &args.event
        && chosen.is_empty()
    {
        let known = record.events.len();
        return Err(CliError::Usage {
            reason: format!("the record has no event `{id}`; it has {known}, numbered from e1"),
            help: "run `saksi explain` without --event to see them all",
        });
    }
    let explained: Vec<Explanation<'_>> = chosen.iter().map(|event| explain(&record, event)).collect();
    match args.format {
        ExplainFormat::Json => {
            input::write_out(&format!("{}\n", serde_json::to_string_pretty(&explained).unwrap_or_default()))
        }
        ExplainFormat::Text => {
            let mut out = String::new();
            for explanation in &explained {
                write(&mut out, explanation);
            }
            if explained.is_empty() {
                out.push_str("No events.\n");
            }
            for note in &record.notes {
                let _ = writeln!(out, "note ({}): {}", note.stage, note.message);
            }
            input::write_out(&out)
        }
    }
}

fn explain<'a>(record: &'a Record, event: &'a Event) -> Explanation<'a> {
    let evidence = |start: u32, end: u32, rule: Option<String>| Evidence {
        start,
        end,
        text: record.text.chars().skip(start as usize).take((end - start) as usize).collect(),
        rule,
    };
    let span = |span: Span| evidence(span.start, span.end, None);
    let actors = |ids: &[String]| {
        ids.iter()
            .filter_map(|id| record.actors.iter().find(|actor| actor.id == *id))
            .map(|actor| Named {
                id: actor.id.clone(),
                name: actor.name.clone(),
                mentions: actor.mentions.iter().map(|mention| evidence(mention.start, mention.end, None)).collect(),
            })
            .collect::<Vec<_>>()
    };
    let sentence = record.sentences.get(event.sentence as usize);
    let code = Codebook::builtin().code(event.kind, event.mode.as_deref());
    Explanation {
        event,
        cameo: code.map(|code| code.cameo.as_str()),
        intensity: code.map(|code| code.intensity),
        sentence: sentence.map_or_else(|| span(event.trigger), |sentence| evidence(sentence.start, sentence.end, None)),
        trigger: span(event.trigger),
        actor: actors(&event.actor),
        recipient: actors(&event.recipient),
        time: event
            .time
            .as_ref()
            .and_then(|time| record.times.get(time.from? as usize))
            .map(|time| evidence(time.start, time.end, Some(time.rule.clone()))),
        place: event
            .place
            .iter()
            .filter_map(|id| record.places.iter().find(|place| place.id == *id))
            .map(|place| Named {
                id: place.id.clone(),
                name: place.name.clone(),
                mentions: place.mentions.iter().map(|mention| evidence(mention.start, mention.end, None)).collect(),
            })
            .collect(),
        quantities: event.quantities.iter().map(|quantity| evidence(quantity.start, quantity.end, None)).collect(),
        attribution: event
            .attribution
            .iter()
            .filter_map(|id| record.attributions.iter().find(|said| said.id == *id))
            .map(|said| Source {
                id: said.id.clone(),
                name: render::source(record, said),
                cue: said.cue.map(span),
                content: said.content.iter().map(|&piece| span(piece)).collect(),
                why: said.why.clone(),
            })
            .collect(),
        why: &event.why,
    }
}

fn write(out: &mut String, explanation: &Explanation<'_>) {
    let event = explanation.event;
    let mode = event.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let _ = writeln!(out, "{} {}{mode}", event.id, event.kind);
    let mut field = |name: &str, value: String| {
        let _ = writeln!(out, "  {name:<11} {value}");
    };
    let at = |evidence: &Evidence| format!("‘{}’ [{}–{}]", one_line(&evidence.text), evidence.start, evidence.end);
    if let (Some(cameo), Some(intensity)) = (explanation.cameo, explanation.intensity) {
        field("codebook", format!("CAMEO {cameo}, intensity {intensity}"));
    }
    field("sentence", at(&explanation.sentence));
    field("trigger", at(&explanation.trigger));
    for actor in &explanation.actor {
        field("actor", format!("{} {}", actor.id, actor.name));
    }
    for recipient in &explanation.recipient {
        field("recipient", format!("{} {}", recipient.id, recipient.name));
    }
    for place in &explanation.place {
        field("place", format!("{} {}", place.id, place.name));
    }
    if let (Some(time), Some(evidence)) = (&event.time, &explanation.time) {
        let value = time.value.as_deref().unwrap_or("unknown");
        field("time", format!("{value} from {}, rule {}", at(evidence), evidence.rule.as_deref().unwrap_or_default()));
    }
    for quantity in &explanation.quantities {
        field("quantity", at(quantity));
    }
    field("status", format!("{}, certainty {}, confidence {:.2}", event.status, event.certainty, event.confidence));
    for source in &explanation.attribution {
        let cue = source.cue.as_ref().map_or_else(|| "no cue".to_owned(), at);
        field("according to", format!("{} {}: {cue}", source.id, source.name));
        for reason in &source.why {
            field("", format!("· {reason}"));
        }
    }
    for reason in explanation.why {
        field("why", reason.clone());
    }
    out.push('\n');
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
