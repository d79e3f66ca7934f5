//! Mentions in document order, each linked to its actor or place.

use crate::chunk::{Chunk, Hit, What};
use crate::cluster::Document;
use crate::gazetteer::Entry;
use crate::lexicon::Rules;
use crate::types::{Entities, Mention, Role};
use jiff::civil::Date;
use saksi_record::MentionForm;
use saksi_tree::{Analysis, NameKind, Sentence, Span, Text, Upos};

/// Finds the actors and places of one article, and every mention of them.
///
/// `published` dates the offices that people hold; `dateline` says where the story was filed: whose officials it may
/// name without their state.
pub fn find(
    text: &Text,
    analysis: &Analysis,
    published: Option<Date>,
    dateline: Option<Span>,
    rules: &Rules,
) -> Entities {
    let chunks: Vec<Vec<Chunk>> = analysis
        .sentences
        .iter()
        .map(|sentence| {
            let hits = rules.hits(text, sentence);
            rules.chunks(sentence, &hits)
        })
        .collect();
    let filed = dateline.and_then(|span| rules.state_in(text.slice(span)));
    let mut document = Document::new(text, rules, published, filed, &chunks);
    // Names of the body first: a headline uses short forms of what the body names in full.
    for chunks in &chunks {
        document.learn(chunks);
    }
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        document.begin_sentence(sentence, &chunks[index]);
        for (at, chunk) in chunks[index].iter().enumerate() {
            document.pronouns(index, sentence, chunk.first);
            document.own(index, sentence, chunk, chunks[index].get(at + 1));
            add(&mut document, rules, index, sentence, chunk);
        }
        document.pronouns(index, sentence, sentence.tokens.len());
    }
    let mut entities = document.entities;
    entities.mentions.sort_by_key(|mention| (mention.sentence, mention.first, u32::MAX - mention.last));
    entities
}

/// The role of embassies and consulates.
const OFFICE: &str = "office-embassy";

fn add(document: &mut Document<'_>, rules: &Rules, index: usize, sentence: &Sentence, chunk: &Chunk) {
    let why = chunk.origin.map_or_else(|| "a name of the text".to_owned(), |origin| rules.location(origin));
    let head = head_of(sentence, chunk.first, chunk.last);
    let span = sentence.tokens[chunk.first].span.cover(sentence.tokens[chunk.last].span);
    let mut mention = Mention {
        sentence: index as u32,
        first: chunk.first as u32,
        last: chunk.last as u32,
        head: head as u32,
        span,
        actor: None,
        also: Vec::new(),
        other: None,
        place: None,
        role: Role::Actor,
        form: MentionForm::Name,
        why,
    };
    let before = document.here.clone();
    document.resolve(sentence, chunk, &mut mention);
    let position = position_of(rules, sentence, chunk.first);
    if mention.place.is_some() && mention.role == Role::Actor {
        let capital = matches!(chunk.name.as_ref().map(|hit| hit.what), Some(What::Known(Entry::Capital(_))));
        let place = match position {
            Position::Where => true,
            Position::From => capital,
            Position::Else => mention.actor.is_none(),
        };
        if place && chunk.nominal.is_none() {
            mention.role = Role::Place;
        }
    }
    // "in the town of Kasserine", "di Kabupaten Yahukimo", "in the Tillaberi region"
    let noun = rules.place_noun(sentence, chunk.first).or_else(|| rules.place_noun_behind(sentence, chunk.last));
    if let Some(noun) = noun.filter(|_| mention.place.is_some() && chunk.nominal.is_none()) {
        mention.head = noun as u32;
    }
    document.note(sentence, &mention, chunk.inner);
    document.note_vessel(index as u32, sentence, chunk);
    if mention.actor.is_some() || mention.place.is_some() {
        document.entities.mentions.push(mention);
    }
    // what modifies is a mention of its own: "Russia" in "Russian foreign ministry"
    for modifier in chunk.modifiers.iter().chain(&chunk.beyond) {
        if (modifier.first, modifier.last) != (chunk.first, chunk.last) {
            inner(document, rules, index, sentence, modifier);
        }
    }
    // "marched to the Israeli embassy": where they went says nothing of who else acts there
    let site = document.nominal(chunk).is_some_and(|nominal| nominal.role == OFFICE);
    if site && matches!(sentence.tokens[head].relation(), "obl" | "nmod") {
        document.here = before;
    }
}

fn inner(document: &mut Document<'_>, rules: &Rules, index: usize, sentence: &Sentence, hit: &Hit) {
    let chunk = Chunk {
        first: hit.first,
        last: hit.last,
        nominal: match hit.what {
            What::Known(Entry::Nominal(nominal, plural)) => Some((nominal, plural)),
            _ => None,
        },
        name: Some(hit.clone()).filter(|hit| !matches!(hit.what, What::Known(Entry::Nominal(..)))),
        definite: true,
        inner: true,
        origin: hit.origin,
        ..Chunk::default()
    };
    if chunk.name.is_some() {
        document.own(index, sentence, &chunk, None);
        add(document, rules, index, sentence, &chunk);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Where,
    From,
    Else,
}

/// Whether the words before a phrase make it a place.
pub(crate) fn is_where(rules: &Rules, sentence: &Sentence, first: usize) -> bool {
    position_of(rules, sentence, first) == Position::Where
}

/// What the words before a phrase say of its place in the clause.
fn position_of(rules: &Rules, sentence: &Sentence, first: usize) -> Position {
    let mut before = first;
    while let Some(at) = before.checked_sub(1) {
        let word = crate::atoms::fold(&sentence.tokens[at].form);
        if rules.small.locative.contains(&word) {
            return Position::Where;
        }
        if rules.small.origin.contains(&word) {
            return Position::From;
        }
        let passes = rules.small.articles.contains(&word)
            || rules.small.place_words.contains(&word)
            // "in the town of Kasserine"
            || rules.place_noun(sentence, before).is_some()
            || matches!(sentence.tokens[at].upos, Upos::Adj | Upos::Det)
            || first - at <= 3
                && (word == "," || rules.small.conjunctions.contains(&word) || sentence.tokens[at].upos == Upos::Propn);
        if !passes || first - at > 5 {
            return Position::Else;
        }
        before = at;
    }
    Position::Else
}

/// The token of a phrase whose head lies outside; of several the first that is no punctuation.
pub(crate) fn head_of(sentence: &Sentence, first: usize, last: usize) -> usize {
    (first..=last)
        .filter(|&at| {
            let token = &sentence.tokens[at];
            token.upos != Upos::Punct && token.head.is_none_or(|head| (head as usize) < first || head as usize > last)
        })
        .max_by_key(|&at| {
            let token = &sentence.tokens[at];
            (
                matches!(token.relation(), "nsubj" | "obj" | "obl" | "root" | "nmod" | "iobj" | "conj" | "appos"),
                token.upos.is_nominal(),
                std::cmp::Reverse(at),
            )
        })
        .unwrap_or(first)
}

/// Whether a name of this kind can only be a place.
pub(crate) fn is_place(kind: NameKind) -> bool {
    kind == NameKind::Location
}
