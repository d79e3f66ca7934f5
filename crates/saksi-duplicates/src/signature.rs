//! A short form of an article's own words that shows how much two articles share.

use pulp::Arch;
use saksi_record::{Passage, Record};

/// Words in a shingle. Five in a row are seldom the same by chance; with three, articles made from common phrases look
/// alike, and with eight, a word left out here and there hides a copy.
const SHINGLE: usize = 5;
/// Minima kept. The error of the similarity is at most one in 2·√128, or 0.044.
pub(crate) const VALUES: usize = 128;

/// Bytes of a signature on disk.
pub const SIZE: usize = 8 + 4 + 2 * VALUES;

/// `MinHash` over the shingles of an article's own words (Broder 1997), and a hash of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Hash of all words in order.
    pub words: u64,
    /// Different shingles.
    pub shingles: u32,
    /// Sixteen bits of each minimum.
    pub values: [u16; VALUES],
}

impl Signature {
    /// The share of shingles that two articles have in common of those that either has (Jaccard), estimated.
    pub fn similarity(&self, other: &Self) -> f64 {
        if self.shingles == 0 || other.shingles == 0 {
            return 0.0;
        }
        let same = self.values.iter().zip(&other.values).filter(|(mine, others)| mine == others).count();
        same as f64 / VALUES as f64
    }

    /// The share of the shorter article's shingles that the longer has too, estimated.
    pub fn containment(&self, other: &Self) -> f64 {
        let jaccard = self.similarity(other);
        let (mine, others) = (f64::from(self.shingles), f64::from(other.shingles));
        let shorter = mine.min(others);
        if shorter == 0.0 { 0.0 } else { (jaccard * (mine + others) / (1.0 + jaccard) / shorter).min(1.0) }
    }

    /// The signature as bytes.
    pub fn to_bytes(&self) -> [u8; SIZE] {
        let mut bytes = [0; SIZE];
        bytes[..8].copy_from_slice(&self.words.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.shingles.to_le_bytes());
        for (place, value) in bytes[12..].chunks_exact_mut(2).zip(self.values) {
            place.copy_from_slice(&value.to_le_bytes());
        }
        bytes
    }

    /// The signature that bytes hold.
    pub fn from_bytes(bytes: &[u8; SIZE]) -> Self {
        let mut words = [0; 8];
        words.copy_from_slice(&bytes[..8]);
        let mut shingles = [0; 4];
        shingles.copy_from_slice(&bytes[8..12]);
        let mut values = [0; VALUES];
        for (value, place) in values.iter_mut().zip(bytes[12..].chunks_exact(2)) {
            *value = u16::from_le_bytes([place[0], place[1]]);
        }
        Self { words: u64::from_le_bytes(words), shingles: u32::from_le_bytes(shingles), values }
    }
}

/// The signature of a record: of its text without title and noise.
pub fn signature(record: &Record) -> Signature {
    of(&record.text, &record.passages)
}

/// The signature of a text without the passages that are its title and noise.
pub fn signature_of_parts(text: &str, passages: &[Passage]) -> Signature {
    of(text, passages)
}

/// The signature of a text as a whole.
pub fn signature_of(text: &str) -> Signature {
    of(text, &[])
}

fn of(text: &str, passages: &[Passage]) -> Signature {
    let words = words(text, passages);
    let all = words.iter().fold(0_u64, |all, word| mix(all.rotate_left(5) ^ word));
    let mut shingles: Vec<u32> = if words.len() < SHINGLE {
        if words.is_empty() { Vec::new() } else { vec![(all >> 32) as u32] }
    } else {
        words
            .windows(SHINGLE)
            .map(|words| (words.iter().fold(0_u64, |hash, word| mix(hash.rotate_left(9) ^ word)) >> 32) as u32)
            .collect()
    };
    shingles.sort_unstable();
    shingles.dedup();
    Signature { words: all, shingles: shingles.len() as u32, values: minima(&shingles) }
}

/// Hashes of the words outside the passages, without case and marks.
fn words(text: &str, passages: &[Passage]) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut hash = 0_u64;
    let mut open = false;
    let mut passages = passages.iter().peekable();
    for (at, letter) in text.chars().enumerate() {
        while passages.peek().is_some_and(|passage| passage.end as usize <= at) {
            passages.next();
        }
        let noise = passages.peek().is_some_and(|passage| passage.start as usize <= at);
        if !noise && letter.is_alphanumeric() {
            open = true;
            if letter.is_ascii() {
                hash = step(hash, letter.to_ascii_lowercase());
            } else {
                for lower in letter.to_lowercase() {
                    hash = step(hash, lower);
                }
            }
        } else if open {
            words.push(mix(hash));
            hash = 0;
            open = false;
        }
    }
    if open {
        words.push(mix(hash));
    }
    words
}

fn step(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3).rotate_left(7)
}

/// The last step of `SplitMix64`: every bit of the input changes half of the output.
pub(crate) const fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

/// One hash function a value: an odd factor and a summand.
const FUNCTIONS: ([u32; VALUES], [u32; VALUES]) = {
    let (mut factors, mut summands) = ([0; VALUES], [0; VALUES]);
    let mut at = 0;
    while at < VALUES {
        let drawn = mix(at as u64);
        factors[at] = (drawn >> 32) as u32 | 1;
        summands[at] = drawn as u32;
        at += 1;
    }
    (factors, summands)
};

fn minima(shingles: &[u32]) -> [u16; VALUES] {
    let (factors, summands) = &FUNCTIONS;
    let mut least = [u32::MAX; VALUES];
    Arch::new().dispatch(|| {
        for shingle in shingles {
            for ((least, factor), summand) in least.iter_mut().zip(factors).zip(summands) {
                let hash = shingle.wrapping_mul(*factor).wrapping_add(*summand);
                *least = (*least).min(hash);
            }
        }
    });
    // The high bits of a minimum are nearly all zero; its low ones are spread anew.
    least.map(|least| (least.wrapping_mul(0x9e37_79b1) >> 16) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_record::PassageKind;

    #[test]
    fn case_marks_and_noise_do_not_count() {
        let plain = signature_of("Rebels attacked the town of Goma on Monday and left again");
        assert_eq!(plain, signature_of("REBELS attacked — the town of “Goma” on Monday, and left again."));
        let text = "Rebels attacked the town of Goma READ MORE: Floods on Monday and left again";
        let start = text.find("READ").unwrap() as u32;
        let passage = Passage { kind: PassageKind::RelatedLink, start, end: start + 17, rule: String::new() };
        assert_eq!(plain, of(text, &[passage]));
    }

    #[test]
    fn similarity_is_close_to_the_share_of_shingles() {
        let words = |range: std::ops::Range<u32>| range.map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        for shared in [0_u32, 250, 500, 750, 1000] {
            let (one, other) = (signature_of(&words(0..1000)), signature_of(&words(1000 - shared..2000 - shared)));
            let union = 2000.0 - f64::from(shared);
            let truth = f64::from(shared.saturating_sub(4)) / union;
            assert!((one.similarity(&other) - truth).abs() < 0.13, "{shared}: {} {truth}", one.similarity(&other));
        }
        let (long, short) = (signature_of(&words(0..1000)), signature_of(&words(0..250)));
        assert!(long.containment(&short) > 0.75, "{}", long.containment(&short));
    }

    #[test]
    fn bytes_hold_the_whole_signature() {
        let signature = signature_of("Rebels attacked the town of Goma on Monday and left again");
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), signature);
    }

    #[test]
    fn an_empty_text_is_like_nothing() {
        let empty = signature_of(" … ");
        assert_eq!((empty.shingles, empty.similarity(&empty), empty.containment(&empty)), (0, 0.0, 0.0));
    }
}
