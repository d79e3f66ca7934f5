//! Patterns over atoms: a small language with named captures, compiled to a backtracking program.
//!
//! Words stand for themselves, `{name}` captures, `<name>` is a named part or word list of the rule file,
//! `[…]` may be left out, `(a|b)` is either, `~` says that nothing stands between, `\` takes the next mark as it is.

use crate::classes::{Caps, Classes, Slot};
use crate::lex::{Atom, Kind, Vocabulary, WordId};

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    ops: Vec<Op>,
}

#[derive(Debug, Clone)]
enum Op {
    Word(WordId),
    OneOf(Box<[WordId]>),
    Capture(Slot),
    Glued,
    /// Go on at the next operation; if that fails, at the given one.
    Split(usize),
    Jump(usize),
    End,
}

#[derive(Debug, Clone)]
enum Node {
    Word(WordId),
    Capture(Slot),
    Glued,
    Any(Vec<Vec<Node>>),
}

/// Looks up what `<name>` stands for.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<Vec<String>>;

/// Compiles `source`; the error says what is wrong with it.
pub(crate) fn compile(source: &str, lookup: Lookup<'_>, words: &mut Vocabulary) -> Result<Pattern, String> {
    let mut reader = Reader { rest: source, lookup, depth: 0 };
    let ways = reader.ways(words)?;
    if !reader.rest.is_empty() {
        return Err(format!("`{}` is left over: a closing mark without an opening one", reader.rest));
    }
    let mut ops = Vec::new();
    emit_any(&ways, &mut ops);
    ops.push(Op::End);
    Ok(Pattern { ops })
}

struct Reader<'a, 'b> {
    rest: &'a str,
    lookup: Lookup<'b>,
    depth: u8,
}

impl Reader<'_, '_> {
    fn ways(&mut self, words: &mut Vocabulary) -> Result<Vec<Vec<Node>>, String> {
        let mut ways = vec![Vec::new()];
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else { return Ok(ways) };
            let way = ways.last_mut().ok_or("no way")?;
            match c {
                ')' | ']' => return Ok(ways),
                '|' => {
                    self.rest = &self.rest[1..];
                    ways.push(Vec::new());
                }
                '(' | '[' => {
                    self.rest = &self.rest[1..];
                    let mut inner = self.ways(words)?;
                    let close = if c == '(' { ')' } else { ']' };
                    self.rest =
                        self.rest.strip_prefix(close).ok_or_else(|| format!("`{c}` is not closed by `{close}`"))?;
                    if c == '[' {
                        inner.push(Vec::new());
                    }
                    way.push(Node::Any(inner));
                }
                '{' => {
                    let (name, rest) = self.rest[1..].split_once('}').ok_or("`{` is not closed")?;
                    self.rest = rest;
                    let slot = Slot::parse(name).ok_or_else(|| format!("there is no capture `{name}`"))?;
                    way.push(Node::Capture(slot));
                }
                '<' => {
                    let (name, rest) = self.rest[1..].split_once('>').ok_or("`<` is not closed")?;
                    self.rest = rest;
                    let parts = (self.lookup)(name).ok_or_else(|| format!("there is no part or list `{name}`"))?;
                    if self.depth > 8 {
                        return Err(format!("part `{name}` holds itself"));
                    }
                    let mut inner = Vec::new();
                    for part in &parts {
                        let mut reader = Reader { rest: part, lookup: self.lookup, depth: self.depth + 1 };
                        inner.extend(reader.ways(words)?);
                        if !reader.rest.is_empty() {
                            return Err(format!("part `{name}`: `{}` is left over", reader.rest));
                        }
                    }
                    way.push(Node::Any(inner));
                }
                '~' => {
                    self.rest = &self.rest[1..];
                    way.push(Node::Glued);
                }
                '\\' => {
                    let mark = self.rest[1..].chars().next().ok_or("`\\` stands at the end")?;
                    self.rest = &self.rest[1 + mark.len_utf8()..];
                    way.push(Node::Word(words.intern(mark.encode_utf8(&mut [0; 4]))));
                }
                _ => {
                    let end = self
                        .rest
                        .find(|c: char| c.is_whitespace() || "()[]{}<>|~\\".contains(c))
                        .unwrap_or(self.rest.len());
                    let (word, rest) = self.rest.split_at(end);
                    self.rest = rest;
                    way.extend(words.phrase(word).into_iter().map(Node::Word));
                }
            }
        }
    }
}

fn emit_any(ways: &[Vec<Node>], ops: &mut Vec<Op>) {
    let single = |way: &Vec<Node>| match way.as_slice() {
        [Node::Word(id)] => Some(*id),
        _ => None,
    };
    if ways.len() > 1
        && let Some(ids) = ways.iter().map(single).collect::<Option<Vec<_>>>()
    {
        ops.push(Op::OneOf(ids.into()));
        return;
    }
    let mut ends = Vec::new();
    for (number, way) in ways.iter().enumerate() {
        let split = ops.len();
        let last = number + 1 == ways.len();
        if !last {
            ops.push(Op::Split(0));
        }
        for node in way {
            match node {
                Node::Word(id) => ops.push(Op::Word(*id)),
                Node::Capture(slot) => ops.push(Op::Capture(*slot)),
                Node::Glued => ops.push(Op::Glued),
                Node::Any(inner) => emit_any(inner, ops),
            }
        }
        if !last {
            ends.push(ops.len());
            ops.push(Op::Jump(0));
            ops[split] = Op::Split(ops.len());
        }
    }
    let end = ops.len();
    for at in ends {
        ops[at] = Op::Jump(end);
    }
}

/// What can begin a match of a pattern.
#[derive(Debug, Clone, Default)]
pub(crate) struct Starts {
    /// Known words.
    pub(crate) words: Vec<WordId>,
    /// A run of digits.
    pub(crate) digits: bool,
}

impl Pattern {
    /// What can begin a match.
    pub(crate) fn starts(&self, classes: &Classes) -> Starts {
        let mut starts = Starts::default();
        let mut seen = vec![false; self.ops.len()];
        let mut todo = vec![0];
        while let Some(at) = todo.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.ops[at] {
                Op::Word(id) => starts.words.push(*id),
                Op::OneOf(ids) => starts.words.extend(ids.iter()),
                Op::Capture(slot) => classes.starts(*slot, &mut starts),
                Op::Glued => todo.push(at + 1),
                Op::Split(other) => todo.extend([at + 1, *other]),
                Op::Jump(to) => todo.push(*to),
                Op::End => {}
            }
        }
        starts.words.sort_unstable();
        starts.words.dedup();
        starts
    }

    /// Matches at atom `from`: one past the last atom, and what was captured.
    pub(crate) fn matches(&self, atoms: &[Atom], from: usize, classes: &Classes) -> Option<(usize, Caps)> {
        let mut stack = vec![(0_usize, from, Caps::default())];
        'paths: while let Some((mut op, mut at, mut caps)) = stack.pop() {
            loop {
                match &self.ops[op] {
                    Op::Word(id) => {
                        if atoms.get(at).is_none_or(|atom| atom.id != *id) {
                            continue 'paths;
                        }
                        at += 1;
                    }
                    Op::OneOf(ids) => {
                        if atoms.get(at).is_none_or(|atom| !ids.contains(&atom.id)) {
                            continue 'paths;
                        }
                        at += 1;
                    }
                    Op::Capture(slot) => match classes.capture(*slot, atoms, at, &mut caps) {
                        Some(taken) => at += taken,
                        None => continue 'paths,
                    },
                    Op::Glued => {
                        if atoms.get(at).is_none_or(|atom| !atom.glued) {
                            continue 'paths;
                        }
                    }
                    Op::Split(other) => stack.push((*other, at, caps)),
                    Op::Jump(to) => {
                        op = *to;
                        continue;
                    }
                    Op::End => {
                        if at > from && whole(atoms, at) {
                            return Some((at, caps));
                        }
                        continue 'paths;
                    }
                }
                op += 1;
            }
        }
        None
    }
}

/// Whether a match may end before atom `at`: not inside a word or a number.
fn whole(atoms: &[Atom], at: usize) -> bool {
    let Some(next) = atoms.get(at).filter(|next| next.glued) else { return true };
    let last = atoms[at - 1];
    if last.kind == Kind::Mark {
        return true;
    }
    let digits_follow = || atoms.get(at + 1).is_some_and(|after| after.glued && after.kind == Kind::Digits);
    next.kind == Kind::Mark
        && !next.is_mark('%')
        && (last.kind != Kind::Digits || next.is_mark('(') || !digits_follow())
}
