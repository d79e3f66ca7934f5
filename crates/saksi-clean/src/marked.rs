//! What a page's markup says of its text, laid over what the rules found.

use crate::lines::Line;
use crate::passages::Piece;
use crate::words::{Gap, Word};
use saksi_page::{Mark, Markup};
use saksi_record::{PassageKind, Span};
use std::ops::Range;

/// What marks the place in bold letters that a text begins with.
const PLACE: &str = "page/place";

/// What a stretch of a line is: noise with the rule that says so, or `None` for evidence.
type Noise = Option<(PassageKind, String)>;

/// Marked words of a line.
pub(crate) type Words = (Range<usize>, Noise);

/// The marks of a text, asked for line by line.
pub(crate) struct Marked<'m> {
    marks: &'m [Mark],
    links: &'m [Span],
}

impl<'m> Marked<'m> {
    pub(crate) fn new(markup: &'m Markup) -> Self {
        Self { marks: &markup.marks, links: &markup.links }
    }

    /// The words of a line's links, in order. Lines must be asked for in order.
    pub(crate) fn links(&mut self, line: &Line) -> Vec<Range<usize>> {
        let span = line.span();
        let passed = self.links.iter().take_while(|link| link.end <= span.start).count();
        self.links = &self.links[passed..];
        let inside = self.links.iter().take_while(|link| link.start < span.end);
        inside.map(|link| words_of(line, *link)).filter(|words| !words.is_empty()).collect()
    }

    /// The marked words of a line, in order. Lines must be asked for in order.
    pub(crate) fn words(&mut self, line: &Line) -> Vec<Words> {
        let span = line.span();
        let passed = self.marks.iter().take_while(|mark| mark.span.end <= span.start).count();
        self.marks = &self.marks[passed..];
        let mut found: Vec<Words> = Vec::new();
        for mark in self.marks.iter().take_while(|mark| mark.span.start < span.end) {
            let mut words = words_of(line, mark.span);
            // "<b>Jakarta</b>: Presiden …"
            let colon = line.words.get(words.end).is_some_and(|word| word.folded == ":" && word.gap == Gap::None);
            words.end += usize::from(mark.rule == PLACE && colon);
            if !words.is_empty() {
                // A headline is evidence; no rule may take it for noise.
                let noise = (mark.kind != PassageKind::Title).then(|| (mark.kind, format!("clean/{}", mark.rule)));
                found.push((words, noise));
            }
        }
        found
    }
}

fn words_of(line: &Line, span: Span) -> Range<usize> {
    let from = line.words.partition_point(|word| word.span.start < span.start);
    from..line.words.partition_point(|word| word.span.start < span.end).max(from)
}

/// The word after the headline that a label at `label` points to, where the headline is a link: the label stands right
/// before it, or in it.
pub(crate) fn pointed_to(words: &[Word], label: Range<usize>, links: &[Range<usize>]) -> Option<usize> {
    let link = links.get(links.partition_point(|link| link.end <= label.start))?;
    // A label that a rule knows may have taken in the headline's first words.
    let behind = words.get(label.end..link.start).is_none_or(|between| between.iter().all(|word| !word.is_word()));
    (behind && link.start >= label.start || link.contains(&label.start)).then_some(link.end.max(label.start + 1))
}

/// The pieces of a line with its marked words cut out of them and put in again as what they are marked.
pub(crate) fn overlay(pieces: Vec<Piece>, marked: &[Words], line: usize) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let mut at = piece.words.start;
        let mut noise = piece.noise.clone();
        for (words, _) in marked.iter().filter(|(words, _)| words.end > piece.words.start) {
            if words.start >= piece.words.end {
                break;
            }
            if at < words.start {
                out.push(Piece { line, words: at..words.start, noise: noise.clone() });
            } else {
                // What a rule found inside the mark ends with the mark.
                noise = None;
            }
            at = words.end.max(at);
        }
        if at < piece.words.end {
            out.push(Piece { line, words: at..piece.words.end, noise });
        }
    }
    out.extend(marked.iter().map(|(words, noise)| Piece { line, words: words.clone(), noise: noise.clone() }));
    out.sort_by_key(|piece| piece.words.start);
    out
}

/// The piece that is marked as the headline.
pub(crate) fn title(lines: &[Line], pieces: &[Piece], marks: &[Mark]) -> Option<usize> {
    let mark = marks.iter().find(|mark| mark.kind == PassageKind::Title)?;
    pieces.iter().position(|piece| {
        let first = &lines[piece.line].words[piece.words.start.min(lines[piece.line].words.len() - 1)];
        piece.noise.is_none()
            && !piece.words.is_empty()
            && first.span.start >= mark.span.start
            && first.span.start < mark.span.end
    })
}

#[cfg(test)]
mod tests {
    use crate::{Rules, clean_marked};
    use saksi_lang::Pack;
    use saksi_page::{Mark, Markup};
    use saksi_record::{PassageKind, Span};
    use saksi_tree::Text;

    /// What is noise of a text in which `marked` is marked as a pointer to another story.
    fn noise(text: &str, marked: &str) -> Vec<(PassageKind, String)> {
        let rules = Rules::compile(&Pack::builtin("id").unwrap(), &Pack::builtin("world").unwrap()).unwrap();
        let text = Text::new(text.to_owned());
        let at = text.as_str().find(marked).unwrap();
        let span = text.span_of_bytes(at..at + marked.len());
        let marks = [Mark { span, kind: PassageKind::RelatedLink, rule: "page/related" }];
        let markup = Markup { marks: marks.into(), ..Markup::default() };
        let passages = clean_marked(&text, &markup, &rules).passages;
        passages.iter().map(|found| (found.kind, text.slice(Span::new(found.start, found.end)).to_owned())).collect()
    }

    #[test]
    fn a_mark_inside_a_line_leaves_the_rest_of_it_evidence() {
        let text = "Banjir melanda kota itu. Lihat pula Harga Beras Naik Ribuan warga mengungsi, kata bupati.";
        let found = noise(text, "Lihat pula Harga Beras Naik");
        assert_eq!(found, [(PassageKind::RelatedLink, "Lihat pula Harga Beras Naik".to_owned())]);
    }

    #[test]
    fn a_pointer_ends_with_the_link_it_points_with() {
        let rules = Rules::compile(&Pack::builtin("id").unwrap(), &Pack::builtin("world").unwrap()).unwrap();
        let text = Text::new("Banjir surut. Baca juga: Harga beras naik Warga pulang ke rumah.".to_owned());
        let markup = Markup { links: vec![Span::new(25, 41)], ..Markup::default() };
        let passages = clean_marked(&text, &markup, &rules).passages;
        assert_eq!(text.slice(Span::new(passages[0].start, passages[0].end)), "Baca juga: Harga beras naik");
    }

    #[test]
    fn rules_still_hold_beside_a_mark() {
        let text = "Warga mengungsi ke bukit.\n\nPeta banjir Warga antre beras di Kudus. (Dok. BNPB)";
        let found = noise(text, "Peta banjir");
        assert_eq!(
            found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
            [PassageKind::RelatedLink, PassageKind::Caption]
        );
    }
}
