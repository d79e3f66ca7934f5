//! Where the words of gold stand in its article.

use crate::gold::{Attribution, GoldError};
use crate::letters::Letters;
use crate::reading::Extent;

/// The place of `needle`, from where `within` begins.
pub(crate) fn place(letters: &Letters, of: &str, needle: &str, within: &str) -> Result<Extent, GoldError> {
    let missing =
        |part: &str, needle: &str| GoldError::NotFound { of: format!("{part}{of}"), needle: needle.to_owned() };
    if needle.is_empty() {
        return Err(GoldError::Empty { of: of.to_owned() });
    }
    let from = letters.find(within, 0).ok_or_else(|| missing("`in` of ", within))?;
    letters.find(needle, from.start as usize).ok_or_else(|| missing("", needle))
}

/// The places of an attribution's parts.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) source: Option<Extent>,
    pub(crate) cue: Option<Extent>,
    pub(crate) content: Vec<Extent>,
}

/// The parts of an attribution: its content, the source nearest to the content, and the cue nearest to the source.
///
/// Source and cue stand outside the content wherever they can.
pub(crate) fn said(letters: &Letters, gold: &Attribution) -> Result<Said, GoldError> {
    let pieces = gold.content.pieces().iter();
    let content = pieces
        .map(|piece| place(letters, &format!("the content of {}", gold.id), piece, ""))
        .collect::<Result<Vec<_>, _>>()?;
    let outside = |of: &str, needle: &Option<String>| {
        let Some(needle) = needle.as_deref().filter(|needle| !needle.is_empty()) else { return Ok(Vec::new()) };
        let all = letters.words(needle);
        if all.is_empty() {
            return Err(GoldError::NotFound { of: format!("the {of} of {}", gold.id), needle: needle.to_owned() });
        }
        let free = |place: &Extent| !content.iter().any(|piece| piece.overlaps(*place));
        let outside: Vec<Extent> = all.iter().copied().filter(free).collect();
        Ok(if outside.is_empty() { all } else { outside })
    };
    let to_content = |place: &Extent| content.iter().map(|piece| place.gap(*piece)).min().unwrap_or(0);
    let source = outside("source", &gold.source)?.into_iter().min_by_key(to_content);
    let near = source.or(content.first().copied());
    let to_near = |place: &Extent| near.map_or(0, |near| place.gap(near));
    let cue = outside("cue", &gold.cue)?.into_iter().min_by_key(to_near);
    Ok(Said { source, cue, content })
}
