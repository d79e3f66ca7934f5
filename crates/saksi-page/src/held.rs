//! Which blocks the article's own metadata holds: JSON-LD may carry the whole text.

use crate::measure::Measured;
use crate::tree::Tree;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// How many words in a row are compared.
const GRAM: usize = 4;
/// A block is in the metadata's text if this share of its word runs is.
const HELD: f32 = 0.5;
/// The metadata's text must hold this share of the words of the blocks, or it is only their beginning.
const WHOLE: f32 = 0.7;
/// Metadata that holds a smaller share of all running text is the text's first lines and does not say where it ends.
const LEAD: f32 = 0.4;

/// From the first to the last block of `blocks` that `said`, the text in metadata, holds; `None` where it does not hold the
/// article as a whole.
pub(crate) fn held(tree: &Tree, measured: &Measured, blocks: &[usize], said: &str) -> Option<Range<usize>> {
    let mut last = 0;
    let grams: FxHashSet<u64> = grams(said).inspect(|gram| last = *gram).collect();
    let (mut all, mut both) = (0_usize, 0_usize);
    let mut range: Option<Range<usize>> = None;
    let mut inside = (0, 0);
    let mut ends = false;
    for &at in blocks {
        let block = &measured.blocks[at];
        let text = measured.text(tree, block);
        let (mut count, mut known, mut end) = (0_usize, 0_usize, 0);
        for gram in self::grams(&text) {
            count += 1;
            known += usize::from(grams.contains(&gram));
            end = gram;
        }
        all += count;
        both += known;
        if count > 0 && known as f32 >= count as f32 * HELD {
            range = Some(range.map_or(at, |range| range.start)..at + 1);
            inside = (all, both);
            ends = end == last;
        }
    }
    // What stands behind the last held block does not count against the whole.
    let enough = inside.1 as f32 >= inside.0 as f32 * WHOLE
        && inside.1 * 2 > grams.len()
        && inside.0 as f32 >= all as f32 * LEAD;
    // A text cut off ends inside a block.
    range.filter(|_| enough && ends)
}

fn grams(text: &str) -> impl Iterator<Item = u64> + '_ {
    let mut last: [u64; GRAM] = [0; GRAM];
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.enumerate().filter_map(move |(at, word)| {
        let mut hasher = FxHasher::default();
        word.hash(&mut hasher);
        last.rotate_left(1);
        last[GRAM - 1] = hasher.finish();
        let mut hasher = FxHasher::default();
        last.hash(&mut hasher);
        (at + 1 >= GRAM).then(|| hasher.finish())
    })
}
