use crate::find::Draft;
use crate::kind;
use crate::types::Said;
use crate::view::{Input, View};
use saksi_record::{Attribution, Form, MentionForm, Source, SourceKind};
use saksi_tree::{Span, Upos};

/// What stands between two sentences and belongs to none: a related link or a remark inside a paragraph.
fn gaps(views: &[View<'_>], input: &Input<'_>) -> Vec<Span> {
    let pairs = views.windows(2).map(|pair| (pair[0].sentence.span.end, pair[1].sentence.span.start));
    pairs
        .filter(|(from, to)| from < to)
        .map(|(from, to)| Span::new(from, to))
        .filter(|gap| input.text.slice(*gap).chars().any(|letter| !letter.is_whitespace()))
        .collect()
}

/// The parts of a piece of content outside the gaps, without blanks around them: a quotation may run on behind a related link.
fn without(piece: Span, gaps: &[Span], input: &Input<'_>) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut from = piece.start;
    let ends = gaps.iter().filter(|gap| gap.overlaps(piece)).map(|gap| (gap.start, gap.end));
    for (to, next) in ends.chain([(piece.end, piece.end)]) {
        if from < to {
            let part = input.text.slice(Span::new(from, to));
            let before = part.chars().take_while(|letter| letter.is_whitespace()).count() as u32;
            let behind = part.chars().rev().take_while(|letter| letter.is_whitespace()).count() as u32;
            if before + behind < to - from {
                parts.push(Span::new(from + before, to - behind));
            }
        }
        from = from.max(next);
    }
    parts
}

/// Gives the drafts of the article their actors, kinds, carriers and forms.
pub(crate) fn settle(drafts: Vec<Draft>, views: &[View<'_>], input: &Input<'_>) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::with_capacity(drafts.len());
    let vias = carriers(&drafts, views);
    let gaps = gaps(views, input);
    for (index, draft) in drafts.into_iter().enumerate() {
        let view = &views[draft.sentence];
        let last = said.iter().rev().find(|before| (draft.sentence as u32).saturating_sub(before.sentence) <= 6);
        let phrase = draft.source;
        let mut actor = phrase.and_then(|phrase| kind::actor(view, input, phrase));
        let pronoun = phrase.is_some_and(|phrase| {
            phrase.first == phrase.last
                && (input.rules.words.pronouns.has(&view.low[phrase.first]) || view.upos(phrase.first) == Upos::Pron)
        });
        let mut kind = phrase.map_or(SourceKind::Unknown, |phrase| kind::of(view, input, phrase, actor));
        if draft.continues || pronoun && actor.is_none() {
            actor =
                actor.or_else(|| last.and_then(|last| last.actor)).or_else(|| subject_before(draft.sentence, input));
            if let Some(last) = last.filter(|last| last.actor == actor) {
                kind = last.attribution.source.kind;
            }
        } else if phrase.is_some_and(|phrase| pronoun || kind::is_bare(view, input, phrase))
            && let Some(same) = said.iter().find(|before| actor.is_some() && before.actor == actor)
        {
            // A pronoun or mere name is what its first mention said.
            kind = same.attribution.source.kind;
        }
        if kind == SourceKind::Unknown {
            kind = actor.and_then(|actor| kind::of_actor(input, actor)).unwrap_or(kind);
        }
        let span = phrase.and_then(|phrase| view.span(phrase.first, phrase.last));
        let tokens = &view.sentence.tokens;
        let cue = draft.cue.map(|(first, last)| {
            Span::new(tokens[first].span.start, tokens[last].span.end.max(tokens[first].span.end))
        });
        said.push(Said {
            attribution: Attribution {
                id: index.to_string(),
                source: Source {
                    start: span.map(|span| span.start),
                    end: span.map(|span| span.end),
                    actor: actor.map(|actor| actor.to_string()),
                    kind,
                },
                cue,
                form: form(&draft.content, input),
                content: draft.content.iter().flat_map(|&piece| without(piece, &gaps, input)).collect(),
                stance: draft.stance,
                channel: draft.channel,
                via: vias[index].map(|via| via.to_string()),
                why: vec![draft.why],
            },
            actor,
            via: vias[index].map(|via| via as u32),
            sentence: draft.sentence as u32,
            cue: draft.cue.map(|(first, _)| first as u32),
            pieces: pieces(&draft.content, views),
            certainty: draft.certainty,
        });
    }
    said
}

/// For each draft the one that carries it: the smallest whose content holds its cue.
fn carriers(drafts: &[Draft], views: &[View<'_>]) -> Vec<Option<usize>> {
    let size = |draft: &Draft| draft.content.iter().map(|span| span.len()).sum::<u32>();
    let holds = |outer: &Draft, inner: &Draft| {
        inner.cue.is_some_and(|(first, _)| {
            let cue = views[inner.sentence].sentence.tokens[first].span;
            outer.content.iter().any(|span| span.contains(cue))
        })
    };
    (0..drafts.len())
        .map(|index| {
            drafts[index].carrier.or_else(|| {
                (0..drafts.len())
                    .filter(|&other| {
                        other != index
                            && holds(&drafts[other], &drafts[index])
                            && !holds(&drafts[index], &drafts[other])
                    })
                    .min_by_key(|&other| size(&drafts[other]))
            })
        })
        .collect()
}

/// The actor in subject position nearest before a sentence.
pub(crate) fn subject_before(sentence: usize, input: &Input<'_>) -> Option<u32> {
    (sentence.saturating_sub(3)..sentence).rev().find_map(|at| {
        input
            .entities
            .in_sentence(at)
            .iter()
            .find(|mention| {
                let token = &input.analysis.sentences[at].tokens[mention.head as usize];
                mention.actor.is_some() && token.relation() == "nsubj" && mention.form != MentionForm::Metonym
            })
            .and_then(|mention| mention.actor)
    })
}

/// How much of the content stands in quotation marks.
fn form(content: &[Span], input: &Input<'_>) -> Form {
    let (mut quoted, mut all) = (0, 0);
    for span in content {
        let mut inside = false;
        for (at, letter) in (span.start..).zip(input.text.slice(*span).chars()) {
            if letter.is_alphanumeric() {
                if !inside {
                    all += 1;
                    quoted += u32::from(input.quotes.iter().any(|quote| quote.span.start <= at && at < quote.span.end));
                }
                inside = true;
            } else if letter.is_whitespace() {
                inside = false;
            }
        }
    }
    match quoted {
        0 => Form::Indirect,
        _ if quoted == all => Form::Direct,
        _ => Form::Mixed,
    }
}

fn pieces(content: &[Span], views: &[View<'_>]) -> Vec<(u32, u32, u32)> {
    let mut found = Vec::new();
    for span in content {
        let from = views.partition_point(|view| view.sentence.span.end <= span.start);
        for view in views[from..].iter().take_while(|view| view.sentence.span.start < span.end) {
            let tokens = view.sentence.tokens_in(*span);
            if !tokens.is_empty() {
                found.push((view.at as u32, tokens.start as u32, tokens.end as u32 - 1));
            }
        }
    }
    found
}
