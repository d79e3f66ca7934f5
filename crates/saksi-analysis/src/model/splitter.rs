//! The network of `splitter.bin`: behind which surface tokens of a line a sentence ends.

use super::features::Reader;
use super::file::{Affix, Feature, File, Keys};
use super::gemm::tanh;
use super::layers::{BiLstm, Layer, relu};
use compact_str::CompactString;
use pulp::Arch;
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};
use serde::Deserialize;

const FILE: (&str, &[u8; 8]) = ("splitter.bin", b"SAKSISPL");

#[derive(Debug, Deserialize)]
struct Header {
    domains: Vec<String>,
    default_domain: usize,
    normalize: Vec<(String, String)>,
    features: Vec<Feature>,
    affix: Affix,
    kinds: Vec<String>,
    dims: Dims,
    /// How many surface tokens are read at once.
    window: usize,
    /// How many of them, at an inner edge, are read for the sake of the others only.
    margin: usize,
}

#[derive(Debug, Deserialize, Clone, Copy)]
struct Dims {
    embed: usize,
    lstm: usize,
    hidden: usize,
}

/// Surface tokens per batch.
const BATCH: usize = 4096;

/// A compiled splitter.
#[derive(Debug)]
pub(crate) struct Splitter {
    arch: Arch,
    file: File<Header>,
    reader: Reader,
    vocab: Keys,
    /// Rows of the features, one behind the last for unknown ones.
    embed: Vec<f32>,
    /// Rows of the kinds, in the order in which they were asked for.
    kinds: Vec<Vec<f32>>,
    ends: Vec<f32>,
    space: Vec<f32>,
    domain: Vec<f32>,
    lstm: BiLstm,
    hidden: Layer,
    out: Layer,
}

/// A surface token as the splitter reads it.
#[derive(Debug, Clone)]
pub(crate) struct Surface {
    /// As written.
    pub(crate) form: CompactString,
    /// Its kind: an index into the names given to [`Splitter::open`].
    pub(crate) kind: usize,
    /// Whether the rules end a sentence behind it.
    pub(crate) ends: bool,
    /// Whether a blank stands before it; the first of a line has one.
    pub(crate) space: bool,
}

impl Splitter {
    /// Opens the splitter of a pack, if it has one. `kinds` names the kinds of tokens.
    ///
    /// # Errors
    /// If the file is not what its header says, or does not know one of the kinds.
    pub(crate) fn open(pack: &Pack, kinds: &[&str]) -> Result<Option<Self>, PackError> {
        let Some(mut file) = File::<Header>::open(pack, FILE)? else { return Ok(None) };
        let Dims { embed, lstm, hidden } = file.header.dims;
        let header = &mut file.header;
        let (normalize, affix) = (std::mem::take(&mut header.normalize), std::mem::take(&mut header.affix));
        let reader = Reader::of(&header.features, normalize, affix).ok_or_else(|| file.wrong())?;
        let header = &file.header;
        let sizes = embed > 0 && lstm > 0 && hidden > 0 && header.window > 2 * header.margin;
        if !sizes || header.default_domain >= header.domains.len() {
            return Err(file.wrong());
        }
        let vocab = file.keys("vocab")?;
        let rows = file.numbers("kind", header.kinds.len() * embed)?;
        let row = |kind: &&str| {
            let at = header.kinds.iter().position(|known| known == kind).ok_or_else(|| file.wrong())?;
            Ok(rows[at * embed..(at + 1) * embed].to_vec())
        };
        let kinds = kinds.iter().map(row).collect::<Result<_, PackError>>()?;
        let splitter = Self {
            arch: Arch::new(),
            embed: file.numbers("embed", (vocab.count() + 1) * embed)?,
            kinds,
            ends: file.numbers("ends", 2 * embed)?,
            space: file.numbers("space", 2 * embed)?,
            domain: file.numbers("domain", header.domains.len() * embed)?,
            lstm: BiLstm::open(&file, 0, embed, lstm)?,
            hidden: Layer::open(&file, "hidden", 2 * lstm)?,
            out: Layer::open(&file, "out", hidden)?,
            reader,
            vocab,
            file,
        };
        let fits = splitter.hidden.bias.len() == hidden && splitter.out.bias.len() == 1;
        if fits { Ok(Some(splitter)) } else { Err(splitter.file.wrong()) }
    }

    /// The manner of a treebank, or the usual one.
    pub(crate) fn domain(&self, treebank: Option<&str>) -> usize {
        let header = &self.file.header;
        let asked = treebank.and_then(|name| header.domains.iter().position(|known| known == name));
        asked.unwrap_or(header.default_domain)
    }

    /// For every token of every line, how much speaks for a sentence that ends behind it: above 0, one does.
    pub(crate) fn read(&self, lines: &[Vec<Surface>], domain: usize) -> Vec<Vec<f32>> {
        let header = &self.file.header;
        let mut out: Vec<Vec<f32>> = lines.iter().map(|line| vec![0.0; line.len()]).collect();
        let mut jobs: Vec<(usize, Window)> = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            jobs.extend(windows(line.len(), header.window, header.margin).map(|window| (number, window)));
        }
        jobs.sort_by_key(|(_, window)| std::cmp::Reverse(window.to - window.from));
        let mut sums = FxHashMap::default();
        let mut rest = jobs.as_slice();
        while !rest.is_empty() {
            let mut count = 0;
            let fit = rest.iter().take_while(|(_, window)| {
                count += window.to - window.from;
                count <= BATCH
            });
            let (batch, after) = rest.split_at(fit.count().max(1));
            rest = after;
            let mut left = Vec::new();
            let mut firsts = Vec::new();
            for (number, window) in batch {
                firsts.push((left.len() / header.dims.embed, window.to - window.from));
                for token in &lines[*number][window.from..window.to] {
                    self.input(token, domain, &mut sums, &mut left);
                }
            }
            let rows: Vec<usize> = (0..left.len() / header.dims.embed).collect();
            let q = self.lstm.run(self.arch, &left, &rows, &firsts);
            let mut hidden = self.hidden.apply(self.arch, &q, rows.len());
            relu(&mut hidden);
            let scores = self.out.apply(self.arch, &hidden, rows.len());
            for ((number, window), (first, _)) in batch.iter().zip(firsts) {
                let from = first + window.kept.start - window.from;
                out[*number][window.kept.clone()].copy_from_slice(&scores[from..from + window.kept.len()]);
            }
        }
        out
    }

    /// Adds the input row of a token to `left`; `sums` holds the feature sums of forms seen before.
    fn input(
        &self,
        token: &Surface,
        domain: usize,
        sums: &mut FxHashMap<CompactString, Vec<f32>>,
        left: &mut Vec<f32>,
    ) {
        let width = self.file.header.dims.embed;
        let sum = sums.entry(token.form.clone()).or_insert_with(|| {
            let mut sum = vec![0.0; width];
            self.reader.keys(&self.reader.norm(&token.form), |key, _| {
                let row = self.file.find(&self.vocab, key).unwrap_or(self.vocab.count());
                for (sum, number) in sum.iter_mut().zip(&self.embed[row * width..]) {
                    *sum += number;
                }
            });
            sum
        });
        let row = |table: &[f32], at: usize| table[at * width..(at + 1) * width].to_vec();
        let (ends, space) = (usize::from(token.ends), usize::from(token.space));
        let others =
            [&self.kinds[token.kind], &row(&self.ends, ends), &row(&self.space, space), &row(&self.domain, domain)];
        left.extend((0..width).map(|at| tanh(sum[at] + others.iter().map(|row| row[at]).sum::<f32>())));
    }
}

/// A stretch of a line that is read at once.
struct Window {
    from: usize,
    to: usize,
    /// The tokens whose scores are kept.
    kept: std::ops::Range<usize>,
}

/// The windows over `count` tokens, which overlap by two margins.
fn windows(count: usize, window: usize, margin: usize) -> impl Iterator<Item = Window> {
    let step = window - 2 * margin;
    let last = count.saturating_sub(window).div_ceil(step);
    (0..=last).map(move |number| {
        let from = number * step;
        let to = (from + window).min(count);
        let start = if number == 0 { 0 } else { from + margin };
        let end = if number == last { count } else { to - margin };
        Window { from, to, kept: start..end }
    })
}

#[cfg(test)]
mod tests {
    use super::windows;

    #[test]
    fn windows_keep_every_token_once() {
        for count in [0, 1, 159, 160, 161, 256, 257, 1_000, 5_000] {
            let mut at = 0;
            for window in windows(count, 160, 32) {
                assert!(
                    window.to - window.from <= 160 && window.from <= window.kept.start && window.kept.end <= window.to
                );
                assert_eq!(window.kept.start, at);
                at = window.kept.end;
            }
            assert_eq!(at, count);
        }
    }
}
