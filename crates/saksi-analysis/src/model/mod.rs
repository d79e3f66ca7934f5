//! The network of `model.bin`: tags, lemmas, trees and names of sentences whose words are given.

mod features;
mod file;
mod gemm;
mod layers;
mod lemma;
mod net;
#[cfg(test)]
mod parity;
mod splitter;
mod tree;

use crate::split::Capitals;
use compact_str::CompactString;
use features::{Case, Reader};
use file::File;
use lemma::Lemmas;
use net::{Net, Word};
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};
use saksi_tree::{Name, NameKind, Sentence, Upos};
pub(crate) use splitter::{Splitter, Surface};
use std::borrow::Cow;

/// Words per batch: bounds memory, and is enough to keep the products large.
const BATCH: usize = 1536;
/// A longer sentence is read in pieces of this many words whose trees are joined: arc scores grow by the square.
const PIECE: usize = 512;

/// A compiled model.
#[derive(Debug)]
pub(crate) struct Model {
    file: File,
    reader: Reader,
    net: Net,
    lemmas: Lemmas,
    upos: Vec<Upos>,
    feats: Vec<CompactString>,
    deprel: Vec<CompactString>,
    special: net::Special,
    names: Vec<Option<Name>>,
}

impl Model {
    /// Opens the model of a pack, if it has one.
    ///
    /// # Errors
    /// If the file is not what its header says.
    pub(crate) fn open(pack: &Pack) -> Result<Option<Self>, PackError> {
        let Some(mut file) = File::open(pack, file::MODEL)? else { return Ok(None) };
        let reader = Reader::new(&mut file.header).ok_or_else(|| file.wrong())?;
        let net = Net::open(&file)?;
        let lemmas = Lemmas::open(&mut file)?;
        let header = &file.header;
        let root = header.deprel.iter().position(|name| name == "root").ok_or_else(|| file.wrong())?;
        if header.default_domain >= header.domains.len() || header.upos.is_empty() || header.deprel.len() < 2 {
            return Err(file.wrong());
        }
        let upos = header.upos.iter().map(|tag| Upos::parse(tag)).collect();
        let blank = |text: &String| if text == "_" { CompactString::default() } else { text.into() };
        let feats = header.feats.iter().map(blank).collect();
        let deprel = header.deprel.iter().map(CompactString::from).collect();
        let names = header.names.iter().map(|tag| name(tag)).collect();
        let special = net::Special {
            root,
            punct: header.deprel.iter().position(|name| name == "punct"),
            punctuation: header.upos.iter().position(|tag| tag == "PUNCT"),
        };
        Ok(Some(Self { file, reader, net, lemmas, upos, feats, deprel, special, names }))
    }

    pub(crate) fn treebanks(&self) -> &[String] {
        &self.file.header.domains
    }

    pub(crate) fn default_treebank(&self) -> usize {
        self.file.header.default_domain
    }

    /// Fills tags, lemmas, heads, relations and names in the manner of treebank `domain`, whose lemmas deal with
    /// `capitals` so.
    pub(crate) fn fill(&self, sentences: &mut [Sentence], domain: usize, capitals: Option<&Capitals>) {
        // Every different form is looked up once.
        let mut forms: FxHashMap<CompactString, usize> = FxHashMap::default();
        let mut known: Vec<(String, Case)> = Vec::new();
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            let ids: Vec<usize> = sentence
                .tokens
                .iter()
                .map(|token| {
                    *forms.entry(token.form.clone()).or_insert_with(|| {
                        let norm = self.reader.norm(&token.form);
                        known.push((norm.clone(), Case::of(&norm)));
                        known.len() - 1
                    })
                })
                .collect();
            for (part, ids) in ids.chunks(PIECE).enumerate() {
                let context = features::context(ids.iter().map(|id| known[*id].1));
                let words = ids.iter().map(|&form| Word { form, context }).collect();
                pieces.push(Piece { sentence: at, from: part * PIECE, words });
            }
        }
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.words.len()));
        let sums = self.net.embed(&self.file, known.iter().map(|(norm, _)| norm.as_str()), &self.reader);
        let mut rest = pieces.as_slice();
        while !rest.is_empty() {
            let mut words = 0;
            let count = rest
                .iter()
                .take_while(|piece| {
                    words += piece.words.len();
                    words <= BATCH
                })
                .count()
                .max(1);
            let (batch, after) = rest.split_at(count);
            rest = after;
            let read = self.net.read(
                &batch.iter().map(|piece| piece.words.as_slice()).collect::<Vec<_>>(),
                &sums,
                domain,
                self.special,
            );
            let mut unknown = Vec::new();
            for (piece, out) in batch.iter().zip(&read.sentences) {
                self.put(&mut sentences[piece.sentence], piece, out, (&known, capitals), &mut unknown);
            }
            // Words that the table of lemmas lacks are asked of the network, all at once.
            let rows: Vec<usize> = unknown.iter().map(|unknown| unknown.row).collect();
            for (Unknown { sentence, token, norm, .. }, rule) in unknown.iter().zip(self.net.lemmas(&read, &rows)) {
                sentences[*sentence].tokens[*token].lemma = self.lemmas.apply(rule, norm);
            }
        }
    }

    /// Writes what the network gave for a piece; words without a known lemma go to `unknown` with their batch row.
    fn put(
        &self,
        sentence: &mut Sentence,
        piece: &Piece,
        out: &net::Output,
        (known, capitals): (&[(String, Case)], Option<&Capitals>),
        unknown: &mut Vec<Unknown>,
    ) {
        let capitals = capitals.filter(|_| piece.words.first().is_some_and(|word| features::is_plain(word.context)));
        // The root of a later piece hangs on the sentence's first root.
        let above = if piece.from == 0 { None } else { Some(0) };
        let tokens = &mut sentence.tokens[piece.from..piece.from + piece.words.len()];
        for (at, token) in tokens.iter_mut().enumerate() {
            let norm = &known[piece.words[at].form].0;
            // what has letters is no punctuation, whatever the treebank made of it
            let lettered = norm.chars().any(char::is_alphabetic);
            let upos = if lettered { out.word_upos[at] } else { out.upos[at] };
            token.upos = self.upos[upos];
            token.feats.clone_from(&self.feats[out.feats[at]]);
            let tag = self.file.header.upos[upos].as_str();
            let capital = norm.starts_with(char::is_uppercase);
            let first = piece.from + at == 0;
            let small = capitals.is_some_and(|capitals| capitals.first_small) && capital && first;
            let kept = capital && !first && capitals.is_some_and(|capitals| capitals.inner_kept.contains(&token.upos));
            let norm = if small { Cow::Owned(norm.to_lowercase()) } else { Cow::Borrowed(norm.as_str()) };
            match self.lemmas.known(&self.file, &norm, tag) {
                _ if kept => token.lemma = norm.as_ref().into(),
                Some(rule) => token.lemma = self.lemmas.apply(rule, &norm),
                None => {
                    let (token, row) = (piece.from + at, out.first + at);
                    unknown.push(Unknown { sentence: piece.sentence, token, row, norm: norm.into_owned() });
                }
            }
            token.head = match out.heads[at] {
                0 => above,
                head => Some((piece.from + head - 1) as u32),
            };
            let label = if lettered { out.word_labels[at] } else { out.labels[at] };
            token.deprel.clone_from(&self.deprel[label]);
            if out.heads[at] == 0 && above.is_some() {
                token.deprel = CompactString::const_new("parataxis");
            }
            token.score = out.sure[at];
            token.name = self.names[out.names[at]];
        }
        if piece.from == 0 || sentence.tokens.len() > PIECE {
            join(sentence);
        }
    }
}

/// Hangs later pieces' roots on the root of the first piece.
fn join(sentence: &mut Sentence) {
    if sentence.tokens.len() <= PIECE {
        return;
    }
    let Some(root) = sentence.tokens[..PIECE].iter().position(|token| token.head.is_none()) else { return };
    for from in (PIECE..sentence.tokens.len()).step_by(PIECE) {
        for token in sentence.tokens.iter_mut().skip(from).take(PIECE) {
            if token.head.is_some_and(|head| (head as usize) < PIECE) {
                token.head = Some(root as u32);
            }
        }
    }
}

/// A word whose lemma the table does not know.
struct Unknown {
    sentence: usize,
    token: usize,
    /// Its row in the batch.
    row: usize,
    /// What the lemma is made of.
    norm: String,
}

/// Part of a sentence that is read at once: mostly the whole.
struct Piece {
    sentence: usize,
    from: usize,
    words: Vec<Word>,
}

fn name(tag: &str) -> Option<Name> {
    let (begin, kind) = tag.split_once('-')?;
    let kind = match kind {
        "PER" => NameKind::Person,
        "ORG" => NameKind::Organization,
        "LOC" => NameKind::Location,
        _ => NameKind::Other,
    };
    Some(Name { kind, begins: begin == "B" })
}
