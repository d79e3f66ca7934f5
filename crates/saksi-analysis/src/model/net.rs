//! The network's arithmetic.

use super::features::Reader;
use super::file::{Dims, File, Keys};
use super::gemm::{Panels, add_product, exp};
use super::layers::{BiLstm, Layer, relu, spread};
use super::tree;
use pulp::Arch;
use rustc_hash::FxHashMap;
use saksi_lang::PackError;
use std::ops::Range;

/// The embedding table: bytes where they lie in the file, or numbers.
#[derive(Debug)]
enum Table {
    Bytes { rows: Range<usize>, scale: Vec<f32> },
    Numbers(Vec<f32>),
}

/// The weights, laid out for use.
#[derive(Debug)]
pub(super) struct Net {
    arch: Arch,
    dims: Dims,
    vocab: Keys,
    table: Table,
    context: Vec<f32>,
    domain: Vec<f32>,
    mix: Layer,
    gain: Vec<f32>,
    shift: Vec<f32>,
    lstm: Vec<BiLstm>,
    tag: [Panels; 2],
    tag_bias: Vec<f32>,
    name: [Panels; 2],
    name_bias: Vec<f32>,
    upos: Layer,
    feats: Layer,
    lemma: Layer,
    bio: Layer,
    dependent: Layer,
    head: Layer,
    arc: Panels,
    arc_head: Vec<f32>,
    arc_root: Vec<f32>,
    arc_distance: Vec<f32>,
    label_dependent: Layer,
    label_head: Panels,
    label_root: Vec<f32>,
    label_distance: Vec<f32>,
    label: Layer,
    moves: Vec<f32>,
    start: Vec<f32>,
    buckets: Vec<usize>,
}

/// A word to read: its form's number and its sentence's context row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Word {
    pub(super) form: usize,
    pub(super) context: usize,
}

/// What one batch gave.
pub(super) struct Read {
    pub(super) sentences: Vec<Output>,
    tags: Vec<f32>,
    #[cfg(test)]
    pub(super) values: super::parity::Values,
}

/// The classes that are read in a way of their own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Special {
    /// The label of the root.
    pub(super) root: usize,
    /// The label of punctuation.
    pub(super) punct: Option<usize>,
    /// The tag of punctuation.
    pub(super) punctuation: Option<usize>,
}

/// What one sentence gave: class numbers per word.
#[derive(Debug, Default)]
pub(super) struct Output {
    /// Row of its first word in the batch.
    pub(super) first: usize,
    pub(super) upos: Vec<usize>,
    /// The tag and the label that come first if the word can be no punctuation.
    pub(super) word_upos: Vec<usize>,
    pub(super) word_labels: Vec<usize>,
    pub(super) feats: Vec<usize>,
    /// 1-based, 0 for the root.
    pub(super) heads: Vec<usize>,
    pub(super) labels: Vec<usize>,
    pub(super) sure: Vec<f32>,
    pub(super) names: Vec<usize>,
}

impl Net {
    pub(super) fn open(file: &File) -> Result<Self, PackError> {
        let header = &file.header;
        let dims = header.dims;
        let Dims { embed, pieces, word, lstm, layers } = dims;
        if embed == 0 || pieces == 0 || word == 0 || lstm == 0 || layers == 0 {
            return Err(file.wrong());
        }
        let size = |name: &str| file.shape(name);
        let layer = |name: &str, rows: usize| Layer::open(file, name, rows);
        // Both halves of r = [q ; x] have their own panels.
        let halves = |name: &str| -> Result<([Panels; 2], Vec<f32>), PackError> {
            let columns = size(&format!("{name}.b"))?;
            let weight = file.numbers(&format!("{name}.w"), (2 * lstm + word) * columns)?;
            let (q, x) = weight.split_at(2 * lstm * columns);
            let panels = [Panels::new(q, 2 * lstm, columns), Panels::new(x, word, columns)];
            Ok((panels, file.numbers(&format!("{name}.b"), columns)?))
        };
        let mut stack = Vec::new();
        for level in 0..layers {
            let rows = if level == 0 { word } else { 2 * lstm };
            stack.push(BiLstm::open(file, level, rows, lstm)?);
        }
        let vocab = file.keys("vocab")?;
        let rows = vocab.count() + 1;
        let table = match file.rows("embed", rows, embed)? {
            Some((rows, scale)) => Table::Bytes { rows, scale },
            None => Table::Numbers(file.numbers("embed", rows * embed)?),
        };
        let q = 2 * lstm;
        let (tag, tag_bias) = halves("tag")?;
        let (name, name_bias) = halves("name")?;
        let (tags, names) = (tag_bias.len(), name_bias.len());
        let dependent = layer("arcd", q)?;
        let arc = dependent.bias.len();
        let label_dependent = layer("labd", q)?;
        let labels = label_dependent.bias.len();
        let distances = 2 * header.distance_buckets.len() + 1;
        let kinds = header.names.len();
        let net = Self {
            arch: Arch::new(),
            dims,
            vocab,
            table,
            context: file.numbers("context", 4 * embed)?,
            domain: file.numbers("domain", header.domains.len() * embed)?,
            mix: layer("mix", embed)?,
            gain: file.numbers("mix.g", word)?,
            shift: file.numbers("mix.h", word)?,
            lstm: stack,
            tag,
            tag_bias,
            name,
            name_bias,
            upos: layer("upos", tags)?,
            feats: layer("feats", tags)?,
            lemma: layer("lemma", tags)?,
            bio: layer("bio", names)?,
            head: layer("arch", q)?,
            dependent,
            arc: Panels::new(&file.numbers("arc.u", arc * arc)?, arc, arc),
            arc_head: file.numbers("arc.k", arc)?,
            arc_root: file.numbers("arc.root", arc)?,
            arc_distance: file.numbers("arc.dist", distances)?,
            label_head: Panels::new(&file.numbers("labh.w", q * labels)?, q, labels),
            label_dependent,
            label_root: file.numbers("label.root", labels)?,
            label_distance: file.numbers("label.dist", distances * labels)?,
            label: layer("label", labels)?,
            moves: file.numbers("names.trans", kinds * kinds)?,
            start: file.numbers("names.start", kinds)?,
            buckets: header.distance_buckets.clone(),
        };
        let fits = net.mix.bias.len() == pieces * word
            && net.upos.bias.len() == header.upos.len()
            && net.feats.bias.len() == header.feats.len()
            && net.label.bias.len() == header.deprel.len()
            && net.bio.bias.len() == kinds
            && net.head.bias.len() == arc
            && kinds > 0
            && net.lemma.bias.len() == header.lemma_classes;
        if fits { Ok(net) } else { Err(file.wrong()) }
    }

    /// The sums of the feature rows of each form, one row of `embed` numbers each.
    pub(super) fn embed<'a>(&self, file: &File, forms: impl Iterator<Item = &'a str>, reader: &Reader) -> Vec<f32> {
        let width = self.dims.embed;
        let unknown = self.vocab.count();
        let mut sums = Vec::new();
        for form in forms {
            let from = sums.len();
            sums.resize(from + width, 0.0);
            let sum = &mut sums[from..];
            reader.keys(form, |key, is_word| {
                let Some(row) = file.find(&self.vocab, key).or(is_word.then_some(unknown)) else { return };
                match &self.table {
                    Table::Bytes { rows, scale } => {
                        let start = rows.start + row * width;
                        let scale = scale[row];
                        for (sum, byte) in sum.iter_mut().zip(file.slice(start..start + width)) {
                            *sum += f32::from(*byte as i8) * scale;
                        }
                    }
                    Table::Numbers(numbers) => {
                        for (sum, number) in sum.iter_mut().zip(&numbers[row * width..(row + 1) * width]) {
                            *sum += number;
                        }
                    }
                }
            });
        }
        sums
    }

    fn apply(&self, layer: &Layer, left: &[f32], rows: usize) -> Vec<f32> {
        layer.apply(self.arch, left, rows)
    }

    /// Word vectors of different words (form and context), one row of `word` numbers each.
    fn words(&self, words: &[Word], sums: &[f32], domain: usize) -> Vec<f32> {
        let Dims { embed, pieces, word: width, .. } = self.dims;
        let mut left = Vec::with_capacity(words.len() * embed);
        let domain = &self.domain[domain * embed..(domain + 1) * embed];
        for word in words {
            let sum = &sums[word.form * embed..(word.form + 1) * embed];
            let context = &self.context[word.context * embed..(word.context + 1) * embed];
            left.extend(sum.iter().zip(context).zip(domain).map(|((a, b), c)| a + b + c));
        }
        let mixed = self.apply(&self.mix, &left, words.len());
        let mut out = Vec::with_capacity(words.len() * width);
        for row in mixed.chunks_exact(pieces * width) {
            let from = out.len();
            out.extend_from_slice(&row[..width]);
            let vector = &mut out[from..];
            for piece in row.chunks_exact(width).skip(1) {
                for (best, other) in vector.iter_mut().zip(piece) {
                    *best = best.max(*other);
                }
            }
            let mean = vector.iter().sum::<f32>() / width as f32;
            let variance = vector.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / width as f32;
            let scale = 1.0 / (variance + 1e-5).sqrt();
            for ((value, gain), shift) in vector.iter_mut().zip(&self.gain).zip(&self.shift) {
                *value = (*value - mean) * scale * gain + shift;
            }
        }
        out
    }

    /// Reads a batch of sentences, which must be sorted from long to short.
    pub(super) fn read(&self, sentences: &[&[Word]], sums: &[f32], domain: usize, special: Special) -> Read {
        let root = special.root;
        let mut firsts = Vec::with_capacity(sentences.len());
        let mut unique: FxHashMap<Word, usize> = FxHashMap::default();
        let mut different: Vec<Word> = Vec::new();
        let mut rows = Vec::new();
        for sentence in sentences {
            firsts.push((rows.len(), sentence.len()));
            for word in *sentence {
                rows.push(*unique.entry(*word).or_insert_with(|| {
                    different.push(*word);
                    different.len() - 1
                }));
            }
        }
        let count = rows.len();
        let x = self.words(&different, sums, domain);
        let mut q = Vec::new();
        let own: Vec<usize> = (0..count).collect();
        for (level, lstm) in self.lstm.iter().enumerate() {
            q = match level {
                0 => lstm.run(self.arch, &x, &rows, &firsts),
                _ => lstm.run(self.arch, &q, &own, &firsts),
            };
        }
        let gather = |[from_q, from_x]: &[Panels; 2], bias: &[f32]| {
            let width = from_x.columns();
            let mut per_word = spread(bias, different.len());
            add_product(self.arch, &x, from_x, &mut per_word);
            let mut out: Vec<f32> =
                rows.iter().flat_map(|row| &per_word[row * width..(row + 1) * width]).copied().collect();
            add_product(self.arch, &q, from_q, &mut out);
            relu(&mut out);
            out
        };
        let tags = gather(&self.tag, &self.tag_bias);
        let names = gather(&self.name, &self.name_bias);
        let upos = self.apply(&self.upos, &tags, count);
        let feats = self.apply(&self.feats, &tags, count);
        let bio = self.apply(&self.bio, &names, count);
        let mut dependents = self.apply(&self.dependent, &q, count);
        relu(&mut dependents);
        let mut heads = self.apply(&self.head, &q, count);
        relu(&mut heads);
        let mut wanted = spread(&self.arc_head, count);
        add_product(self.arch, &dependents, &self.arc, &mut wanted);
        let mut out = Vec::with_capacity(sentences.len());
        let mut chosen = vec![0; count];
        #[cfg(test)]
        let mut arcs = Vec::new();
        for &(first, length) in &firsts {
            let scores = self.arcs(&wanted, &heads, first, length);
            let found = tree::heads(&scores, length);
            let sure = (0..length)
                .map(|at| share(&scores[at * (length + 1)..(at + 1) * (length + 1)], found[at], at + 1))
                .collect();
            chosen[first..first + length].copy_from_slice(&found);
            #[cfg(test)]
            arcs.push(scores);
            let kinds = self.start.len();
            let width = self.upos.bias.len();
            let tags_of: Vec<usize> = (first..first + length).map(|at| top(&upos, at, width, &[])).collect();
            out.push(Output {
                first,
                word_upos: tags_of
                    .iter()
                    .zip(first..)
                    .map(
                        |(&tag, at)| if Some(tag) == special.punctuation { top(&upos, at, width, &[tag]) } else { tag },
                    )
                    .collect(),
                upos: tags_of,
                feats: (first..first + length).map(|at| top(&feats, at, self.feats.bias.len(), &[])).collect(),
                heads: found,
                labels: Vec::new(),
                word_labels: Vec::new(),
                sure,
                names: self.viterbi(&bio[first * kinds..(first + length) * kinds]),
            });
        }
        let labels = self.labels(&q, &chosen, &firsts, count);
        let width = self.label.bias.len();
        for output in &mut out {
            for at in 0..output.heads.len() {
                let row = &labels[(output.first + at) * width..(output.first + at + 1) * width];
                let is_root = output.heads[at] == 0;
                let label = if is_root { root } else { best(row, &[root]) };
                let of_word = if Some(label) == special.punct && !is_root { best(row, &[root, label]) } else { label };
                output.word_labels.push(of_word);
                output.sure[at] *= if output.heads[at] == 0 { 1.0 } else { share(row, label, root) };
                output.labels.push(label);
            }
        }
        Read {
            sentences: out,
            #[cfg(test)]
            values: super::parity::Values {
                x: rows.iter().flat_map(|row| x[row * self.dims.word..][..8].to_vec()).collect(),
                q: q.chunks_exact(2 * self.dims.lstm).flat_map(|row| row[..8].to_vec()).collect(),
                upos: upos.clone(),
                bio: bio.clone(),
                arcs,
                labels,
            },
            tags,
        }
    }

    /// Head scores of one sentence: row i-1 holds those of word i, root first.
    fn arcs(&self, wanted: &[f32], heads: &[f32], first: usize, length: usize) -> Vec<f32> {
        let width = self.arc_root.len();
        let range = first * width..(first + length) * width;
        let mut candidates = self.arc_root.clone();
        candidates.extend_from_slice(&heads[range.clone()]);
        let panels = Panels::transposed(&candidates, length + 1, width);
        let mut scores = Vec::with_capacity(length * (length + 1));
        for word in 1..=length {
            scores.extend((0..=length).map(|head| self.arc_distance[self.bucket(word, head)]));
        }
        add_product(self.arch, &wanted[range], &panels, &mut scores);
        scores
    }

    fn bucket(&self, word: usize, head: usize) -> usize {
        if head == 0 {
            return 0;
        }
        let away = word.abs_diff(head);
        let bucket = self.buckets.iter().take_while(|least| **least <= away).count();
        if head < word { bucket } else { bucket + self.buckets.len() }
    }

    /// Label scores of every word for its chosen head.
    fn labels(&self, q: &[f32], chosen: &[usize], firsts: &[(usize, usize)], count: usize) -> Vec<f32> {
        let width = self.label_root.len();
        let mut hidden = self.apply(&self.label_dependent, q, count);
        let mut above = vec![0.0; count * width];
        add_product(self.arch, q, &self.label_head, &mut above);
        for &(first, length) in firsts {
            for at in 0..length {
                let head = chosen[first + at];
                let bucket = self.bucket(at + 1, head) * width;
                let vector = if head == 0 {
                    &self.label_root[..]
                } else {
                    &above[(first + head - 1) * width..(first + head) * width]
                };
                let distance = &self.label_distance[bucket..bucket + width];
                let row = &mut hidden[(first + at) * width..(first + at + 1) * width];
                for ((cell, a), b) in row.iter_mut().zip(vector).zip(distance) {
                    *cell = (*cell + a + b).max(0.0);
                }
            }
        }
        self.apply(&self.label, &hidden, count)
    }

    /// The lemma rules that the network prefers for the words in the given rows of the batch.
    pub(super) fn lemmas(&self, read: &Read, rows: &[usize]) -> Vec<usize> {
        let width = self.tag_bias.len();
        let tags: Vec<f32> = rows.iter().flat_map(|row| &read.tags[row * width..(row + 1) * width]).copied().collect();
        let scores = self.apply(&self.lemma, &tags, rows.len());
        (0..rows.len()).map(|at| top(&scores, at, self.lemma.bias.len(), &[])).collect()
    }

    /// The best sequence of name tags.
    fn viterbi(&self, scores: &[f32]) -> Vec<usize> {
        let kinds = self.start.len();
        let mut rows = scores.chunks_exact(kinds);
        let Some(first) = rows.next() else { return Vec::new() };
        let mut sums: Vec<f32> = first.iter().zip(&self.start).map(|(a, b)| a + b).collect();
        let mut back: Vec<usize> = Vec::new();
        for row in rows {
            let mut next = Vec::with_capacity(kinds);
            for (to, score) in row.iter().enumerate() {
                let from: Vec<f32> =
                    sums.iter().enumerate().map(|(from, sum)| sum + self.moves[from * kinds + to]).collect();
                let chosen = top(&from, 0, kinds, &[]);
                back.push(chosen);
                next.push(from[chosen] + score);
            }
            sums = next;
        }
        let mut tags = vec![top(&sums, 0, kinds, &[])];
        for step in back.chunks_exact(kinds).rev() {
            tags.push(step[tags[tags.len() - 1]]);
        }
        tags.reverse();
        tags
    }
}

/// The class with the highest score in row `at`; the lowest on ties.
fn top(scores: &[f32], at: usize, width: usize, skip: &[usize]) -> usize {
    best(&scores[at * width..(at + 1) * width], skip)
}

/// The class with the highest score but those of `skip`.
fn best(row: &[f32], skip: &[usize]) -> usize {
    let mut found = None;
    for (class, score) in row.iter().enumerate() {
        if !skip.contains(&class) && found.is_none_or(|found: usize| *score > row[found]) {
            found = Some(class);
        }
    }
    found.unwrap_or(0)
}

/// The softmax share of class `chosen`, leaving out class `skip`.
fn share(row: &[f32], chosen: usize, skip: usize) -> f32 {
    let sum: f32 =
        row.iter().enumerate().map(|(class, score)| if class == skip { 0.0 } else { exp(score - row[chosen]) }).sum();
    1.0 / sum.max(1.0)
}
