use crate::find::Draft;
use crate::view::{Input, View};
use saksi_record::{Certainty, Stance};
use saksi_tree::Span;

/// Fewest words of a quotation without a cue that counts as speech; a shorter one may be a title or a name.
const FEWEST_WORDS: usize = 3;

/// Adds the quotations that have no cue of their own and go on with the speaker before, and puts drafts in order.
pub(crate) fn add(drafts: &mut Vec<Draft>, views: &[View<'_>], input: &Input<'_>) {
    for (index, quote) in input.quotes.iter().enumerate() {
        let taken = drafts.iter().any(|draft| draft.content.iter().any(|span| span.overlaps(quote.span)));
        let words = input.text.slice(quote.span).split_whitespace().count();
        if taken || words < FEWEST_WORDS {
            continue;
        }
        let at = views.partition_point(|view| view.sentence.span.end <= quote.span.start);
        let Some(view) = views.get(at) else { continue };
        // Only a quotation that is a sentence of its own.
        if view.is_title() || view.sentence.span.start != quote.span.start || !whole(quote.span, views, at) {
            continue;
        }
        let before = drafts.iter().rfind(|draft| draft.sentence < at || draft.sentence == at && draft.cue.is_none());
        let Some(before) = before else { continue };
        let paragraph = views[before.sentence].sentence.paragraph;
        let near = paragraph == view.sentence.paragraph && at - before.sentence <= 2
            || index > 0
                && input.quotes[index - 1].open
                && view.sentence.paragraph == input.quotes[index - 1].paragraph + 1;
        let spoke = before.content.iter().any(|span| input.quotes.iter().any(|quote| quote.span.overlaps(*span)));
        if !near || !spoke && before.sentence + 1 != at {
            continue;
        }
        let draft = Draft {
            sentence: at,
            cue: None,
            source: None,
            content: vec![quote.span],
            stance: Stance::Asserts,
            certainty: Certainty::Certain,
            channel: None,
            carrier: None,
            under: None,
            continues: true,
            why: "a quotation that goes on with the speaker before".to_owned(),
        };
        let place = drafts.partition_point(|other| other.sentence <= at);
        for other in drafts.iter_mut() {
            other.carrier = other.carrier.map(|carrier| if carrier >= place { carrier + 1 } else { carrier });
        }
        drafts.insert(place, draft);
    }
}

/// Whether nothing but punctuation follows the quotation in its last sentence.
fn whole(quote: Span, views: &[View<'_>], from: usize) -> bool {
    views[from..].iter().find(|view| view.sentence.span.end >= quote.end).is_some_and(|view| {
        (0..view.len()).all(|at| view.sentence.tokens[at].span.start < quote.end || view.is_punct(at))
    })
}
