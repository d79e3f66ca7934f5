//! Reads `model.bin` and `splitter.bin`: header and tensors, as `training/FORMAT.md` describes them.

use saksi_lang::{Pack, PackError};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the file of the network begins with, and its name.
pub(super) const MODEL: (&str, &[u8; 8]) = ("model.bin", b"SAKSIMDL");

/// The header of `model.bin`.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    pub(super) domains: Vec<String>,
    pub(super) default_domain: usize,
    pub(super) normalize: Vec<(String, String)>,
    pub(super) features: Vec<Feature>,
    pub(super) affix: Affix,
    pub(super) dims: Dims,
    pub(super) upos: Vec<String>,
    pub(super) feats: Vec<String>,
    pub(super) deprel: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) lemma_rules: Vec<(u8, usize, String, usize, String)>,
    pub(super) lemma_classes: usize,
    pub(super) distance_buckets: Vec<usize>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Feature {
    pub(super) kind: String,
    #[serde(default)]
    pub(super) n: usize,
    pub(super) tag: u8,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Affix {
    pub(super) prefixes: Vec<String>,
    pub(super) suffixes: Vec<String>,
    pub(super) min_stem: usize,
}

#[derive(Debug, Deserialize, Clone, Copy)]
pub(super) struct Dims {
    pub(super) embed: usize,
    pub(super) pieces: usize,
    pub(super) word: usize,
    pub(super) lstm: usize,
    pub(super) layers: usize,
}

#[derive(Debug, Deserialize)]
struct Tensors {
    tensors: BTreeMap<String, Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
}

/// A file, with its header read.
#[derive(Debug)]
pub(super) struct File<H = Header> {
    pub(super) header: H,
    tensors: BTreeMap<String, Entry>,
    bytes: Cow<'static, [u8]>,
    blob: usize,
    wrong: PackError,
}

/// A sorted list of keys in the file.
#[derive(Debug, Clone)]
pub(super) struct Keys(Range<usize>);

impl Keys {
    pub(super) fn count(&self) -> usize {
        self.0.len() / 8
    }
}

impl<H: DeserializeOwned> File<H> {
    /// Opens a file of a pack that begins with `magic`, if there is one.
    ///
    /// # Errors
    /// If it does not begin so, or is cut short.
    pub(super) fn open(pack: &Pack, (name, magic): (&str, &[u8; 8])) -> Result<Option<Self>, PackError> {
        let Some(bytes) = pack.shared(name) else { return Ok(None) };
        let fail = |reason: &str| PackError::Entry { at: pack.location(name, 0), reason: reason.to_owned() };
        let number = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|b| b.try_into().ok())
                .map(u32::from_le_bytes)
                .ok_or_else(|| fail("cut short"))
        };
        if !bytes.starts_with(magic) {
            return Err(fail(&format!("does not begin with {}", String::from_utf8_lossy(magic))));
        }
        if number(8)? != 1 {
            return Err(fail("not version 1 of the file"));
        }
        let end = 16 + number(12)? as usize;
        let json = bytes.get(16..end).ok_or_else(|| fail("cut short"))?;
        let header = serde_json::from_slice(json).map_err(|error| fail(&error.to_string()))?;
        let Tensors { tensors } = serde_json::from_slice(json).map_err(|error| fail(&error.to_string()))?;
        Ok(Some(Self {
            header,
            tensors,
            blob: end.next_multiple_of(64),
            wrong: fail("cut short, or a tensor of the wrong shape"),
            bytes,
        }))
    }
}

impl<H> File<H> {
    /// The error for a file that does not hold what its header says.
    pub(super) fn wrong(&self) -> PackError {
        self.wrong.clone()
    }

    fn entry(&self, name: &str, dtype: &str, width: usize) -> Result<(&Entry, Range<usize>), PackError> {
        let entry = self.tensors.get(name).filter(|entry| entry.dtype == dtype).ok_or_else(|| self.wrong())?;
        let count: usize =
            entry.shape.iter().try_fold(1_usize, |a, b| a.checked_mul(*b)).ok_or_else(|| self.wrong())?;
        let from = self.blob.checked_add(entry.offset).ok_or_else(|| self.wrong())?;
        let to = count.checked_mul(width).and_then(|size| from.checked_add(size)).ok_or_else(|| self.wrong())?;
        if to > self.bytes.len() {
            return Err(self.wrong());
        }
        Ok((entry, from..to))
    }

    /// A tensor as numbers, which must be `count` in all.
    pub(super) fn numbers(&self, name: &str, count: usize) -> Result<Vec<f32>, PackError> {
        let dtype = self.tensors.get(name).map_or("", |entry| entry.dtype.as_str());
        let numbers: Vec<f32> = match dtype {
            "f32" => {
                let (_, range) = self.entry(name, "f32", 4)?;
                let cells = self.bytes[range].chunks_exact(4);
                cells.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
            }
            "f16" => {
                let (_, range) = self.entry(name, "f16", 2)?;
                self.bytes[range].chunks_exact(2).map(|b| half(u16::from_le_bytes([b[0], b[1]]))).collect()
            }
            "i8" => {
                let (entry, range) = self.entry(name, "i8", 1)?;
                let rows = entry.shape.first().copied().unwrap_or(0);
                let scale = self.numbers(&format!("{name}.scale"), rows)?;
                let width = (range.len() / rows.max(1)).max(1);
                let cells = self.bytes[range].chunks_exact(width).zip(scale);
                cells.flat_map(|(row, scale)| row.iter().map(move |b| f32::from(*b as i8) * scale)).collect()
            }
            _ => return Err(self.wrong()),
        };
        if numbers.len() == count { Ok(numbers) } else { Err(self.wrong()) }
    }

    /// The number of entries of a tensor of one dimension.
    pub(super) fn shape(&self, name: &str) -> Result<usize, PackError> {
        match self.tensors.get(name).map(|entry| entry.shape.as_slice()) {
            Some([count]) => Ok(*count),
            _ => Err(self.wrong()),
        }
    }

    /// A list of keys.
    pub(super) fn keys(&self, name: &str) -> Result<Keys, PackError> {
        Ok(Keys(self.entry(name, "u64", 8)?.1))
    }

    /// The index of `key` in a list, if it is there.
    pub(super) fn find(&self, keys: &Keys, key: u64) -> Option<usize> {
        let bytes = &self.bytes[keys.0.clone()];
        let at = |index: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[index * 8..index * 8 + 8]);
            u64::from_le_bytes(word)
        };
        let (mut low, mut high) = (0, bytes.len() / 8);
        while low < high {
            let middle = usize::midpoint(low, high);
            if at(middle) < key { low = middle + 1 } else { high = middle }
        }
        (low < bytes.len() / 8 && at(low) == key).then_some(low)
    }

    /// Small whole numbers.
    pub(super) fn shorts(&self, name: &str) -> Result<Vec<u16>, PackError> {
        let (_, range) = self.entry(name, "u16", 2)?;
        Ok(self.bytes[range].chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect())
    }

    /// The embedding table where it lies: rows of bytes with a scale each. `None` if it is stored otherwise.
    #[allow(clippy::type_complexity, reason = "the bytes and their scales")]
    pub(super) fn rows(
        &self,
        name: &str,
        rows: usize,
        width: usize,
    ) -> Result<Option<(Range<usize>, Vec<f32>)>, PackError> {
        if self.tensors.get(name).is_none_or(|entry| entry.dtype != "i8") {
            return Ok(None);
        }
        let (_, range) = self.entry(name, "i8", 1)?;
        if range.len() != rows * width {
            return Err(self.wrong());
        }
        Ok(Some((range, self.numbers(&format!("{name}.scale"), rows)?)))
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &[u8] {
        &self.bytes[range]
    }
}

/// IEEE half to single precision.
fn half(bits: u16) -> f32 {
    // Shifting exponent and fraction up and multiplying by 2^112 mends the exponent's bias, subnormals included.
    let magnitude = f32::from_bits(u32::from(bits & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(magnitude.to_bits() | u32::from(bits & 0x8000) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read() {
        for (bits, value) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0x7bff, 65504.0)]
        {
            assert!((half(bits) - value).abs() <= value.abs() * 1e-6, "{bits:x}");
        }
    }
}
