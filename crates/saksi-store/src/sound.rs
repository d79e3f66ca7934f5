use saksi_record::Record;

/// What makes a record unfit for a collection, if something does: spans outside its text, ids that stand for nothing, an id that
/// is not of its text.
///
/// # Errors
/// What is wrong, in a few words.
pub fn sound(record: &Record) -> Result<(), String> {
    let length = record.text.chars().count() as u32;
    let inside = |what: &str, start: u32, end: u32| {
        if start <= end && end <= length {
            Ok(())
        } else {
            Err(format!("{what} reaches from {start} to {end} in a text of {length}"))
        }
    };
    let id = &blake3::hash(record.text.as_bytes()).to_hex()[..32];
    if record.article.id != id {
        return Err(format!("its id is {} and that of its text {id}", record.article.id));
    }
    for passage in &record.passages {
        inside("a passage", passage.start, passage.end)?;
    }
    for sentence in &record.sentences {
        inside("a sentence", sentence.start, sentence.end)?;
    }
    for actor in &record.actors {
        actor.mentions.iter().try_for_each(|mention| inside(&actor.id, mention.start, mention.end))?;
    }
    for place in &record.places {
        place.mentions.iter().try_for_each(|mention| inside(&place.id, mention.start, mention.end))?;
    }
    for said in &record.attributions {
        said.content.iter().chain(&said.cue).try_for_each(|span| inside(&said.id, span.start, span.end))?;
        if let (Some(start), Some(end)) = (said.source.start, said.source.end) {
            inside(&said.id, start, end)?;
        }
    }
    for event in &record.events {
        inside(&event.id, event.trigger.start, event.trigger.end)?;
        event.quantities.iter().try_for_each(|quantity| inside(&event.id, quantity.start, quantity.end))?;
        if event.sentence as usize >= record.sentences.len() {
            return Err(format!("{} stands in sentence {} of {}", event.id, event.sentence, record.sentences.len()));
        }
        for id in event.actor.iter().chain(&event.recipient) {
            if !record.actors.iter().any(|actor| actor.id == *id) {
                return Err(format!("{} names {id}, which is no actor", event.id));
            }
        }
    }
    Ok(())
}
