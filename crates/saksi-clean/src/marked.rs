//! What a page's markup says of its text, laid over what the rules found.

use crate::lines::Line;
use crate::passages::Piece;
use saksi_page::Mark;
use saksi_record::PassageKind;
use std::ops::Range;

/// What a stretch of a line is: noise with the rule that says so, or `None` for evidence.
type Noise = Option<(PassageKind, String)>;

/// The marks of a text, asked for line by line.
pub(crate) struct Marked<'m> {
    marks: &'m [Mark],
}

impl<'m> Marked<'m> {
    /// `marks` stand in text order.
    pub(crate) fn new(marks: &'m [Mark]) -> Self {
        Self { marks }
    }

    /// The marked words of a line, in order. Lines must be asked for in order.
    pub(crate) fn words(&mut self, line: &Line) -> Vec<(Range<usize>, Noise)> {
        let span = line.span();
        let passed = self.marks.iter().take_while(|mark| mark.span.end <= span.start).count();
        self.marks = &self.marks[passed..];
        let mut found: Vec<(Range<usize>, Noise)> = Vec::new();
        for mark in self.marks.iter().take_while(|mark| mark.span.start < span.end) {
            let from = line.words.partition_point(|word| word.span.start < mark.span.start);
            let to = line.words.partition_point(|word| word.span.start < mark.span.end);
            if from < to {
                // A headline is evidence; no rule may take it for noise.
                let noise = (mark.kind != PassageKind::Title).then(|| (mark.kind, format!("clean/{}", mark.rule)));
                found.push((from..to, noise));
            }
        }
        found
    }
}

/// The pieces of a line with its marked words cut out of them and put in again as what they are marked.
pub(crate) fn overlay(pieces: Vec<Piece>, marked: &[(Range<usize>, Noise)], line: usize) -> Vec<Piece> {
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
        piece.noise.is_none() && !piece.words.is_empty() && first.span.start >= mark.span.start && first.span.start < mark.span.end
    })
}

#[cfg(test)]
mod tests {
    use crate::{Rules, clean_marked};
    use saksi_lang::Pack;
    use saksi_page::Mark;
    use saksi_record::{PassageKind, Span};
    use saksi_tree::Text;

    /// What is noise of a text in which `marked` is marked as a pointer to another story.
    fn noise(text: &str, marked: &str) -> Vec<(PassageKind, String)> {
        let rules = Rules::compile(&Pack::builtin("id").unwrap(), &Pack::builtin("world").unwrap()).unwrap();
        let text = Text::new(text.to_owned());
        let at = text.as_str().find(marked).unwrap();
        let span = text.span_of_bytes(at..at + marked.len());
        let marks = [Mark { span, kind: PassageKind::RelatedLink, rule: "page/related" }];
        let passages = clean_marked(&text, &marks, &rules).passages;
        passages.iter().map(|found| (found.kind, text.slice(Span::new(found.start, found.end)).to_owned())).collect()
    }

    #[test]
    fn a_mark_inside_a_line_leaves_the_rest_of_it_evidence() {
        let text = "Banjir melanda kota itu. Lihat pula Harga Beras Naik Ribuan warga mengungsi, kata bupati.";
        let found = noise(text, "Lihat pula Harga Beras Naik");
        assert_eq!(found, [(PassageKind::RelatedLink, "Lihat pula Harga Beras Naik".to_owned())]);
    }

    #[test]
    fn rules_still_hold_beside_a_mark() {
        let text = "Warga mengungsi ke bukit.\n\nPeta banjir Warga antre beras di Kudus. (Dok. BNPB)";
        let found = noise(text, "Peta banjir");
        assert_eq!(found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [PassageKind::RelatedLink, PassageKind::Caption]);
    }
}
