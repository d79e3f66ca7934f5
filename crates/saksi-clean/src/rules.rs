//! The clean rules of one language, compiled from `clean/rules.tsv` and `clean/words.tsv` of its pack and of `world`.

use crate::pattern::{Classes, Pattern};
use crate::phrases::Phrases;
use crate::words::{Word, hash};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Location, Pack, PackError, Row};
use saksi_record::PassageKind;
use std::sync::Arc;

/// Where a pack's rules stand.
const RULES: &str = "clean/rules.tsv";
/// Where a pack's word classes stand.
const WORDS: &str = "clean/words.tsv";

/// The clean rules of one language, with those of no language.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub(crate) all: Vec<Rule>,
    /// Those that are tried where a line starts, where a sentence or a bracket does, and elsewhere.
    at_start: Listed,
    at_sentence: Listed,
    within: Listed,
    classes: Classes,
    small: FxHashSet<String>,
}

/// Rules by what they begin with.
#[derive(Debug, Clone, Default)]
struct Listed {
    /// By the number of the word.
    index: FxHashMap<u64, Vec<u32>>,
    /// Those that may begin with anything.
    anywhere: Vec<u32>,
}

/// One rule: what marks noise, and how far the noise goes.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// As a passage names it: `id/clean/baca-juga`.
    pub(crate) name: String,
    pub(crate) kind: PassageKind,
    pub(crate) at: At,
    pub(crate) pattern: Pattern,
    pub(crate) to: To,
    /// What else the sentence must hold outside quotation marks: one of these, each of which is several groups that must
    /// all be there with one of their phrases. Nothing if empty.
    pub(crate) with: Vec<Vec<Phrases>>,
    /// What the sentence must not hold.
    pub(crate) unless: Phrases,
    /// Phrases of a subject; an article that speaks of it may quote what the rule looks for.
    pub(crate) topic: Option<Arc<Phrases>>,
    /// Where it stands.
    #[cfg_attr(not(test), allow(dead_code, reason = "only the tests of the rules name their lines"))]
    pub(crate) location: Location,
    /// Lines on which it must and must not fire.
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are run by the tests"))]
    pub(crate) examples: (String, String),
}

/// Where in a line a rule may match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// At its start, bullets and markdown aside.
    Start,
    /// At its start, if the line is one sentence and, but for residue, below the line that may be the title.
    Alone,
    /// At its start, below the line that may be the title.
    Inner,
    /// At its start, if no other rule matches there and the line is a paragraph of its own without a final mark, below
    /// the line that may be the title and not in a list of its like.
    Lone,
    /// At its start, if the line is one sentence that names nobody: no word but the first is capitalised, save those of
    /// class `machine-name`.
    Plain,
    /// At its start, if the line speaks to somebody (class `address`) outside quotation marks and no other line does.
    Aside,
    /// Where a remark begins that names nobody: a bracket, a sentence or, if the noise goes to the end of the line, the
    /// whole line. The conditions look at all of it, and all of it is noise.
    Remark,
    /// Where a remark begins right behind residue on its line.
    Behind,
    /// At its start, right under the title, if it begins with a name that no other line knows.
    Signed,
    /// At its start, in the first lines of the text, below the line that may be the title.
    Under,
    /// At its start, in the first lines of the text.
    Top,
    /// At its start, in the last lines of the text.
    Tail,
    /// Where a sentence begins, also one glued to the sentence before.
    Sentence,
    /// Anywhere.
    Any,
}

/// How far the noise goes that a rule found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    /// Only what the pattern matched.
    Match,
    /// To the colon that ends the announcement, else to the end of the sentence.
    Colon,
    /// To the end of the sentence.
    Sentence,
    /// To the end of the headline that follows.
    Headline,
    /// To the end of the line.
    Line,
    /// To the end of the line and over the headlines on the lines that follow.
    Block,
    /// From the start of the line to the end of the match.
    Back,
}

impl To {
    /// Whether the noise is a label and the headline that it points to.
    pub(crate) fn is_headline(self) -> bool {
        matches!(self, Self::Headline | Self::Block)
    }
}

impl Rules {
    /// Compiles the clean rules of a language; those of `world` hold in every language.
    ///
    /// A pack without `clean/` has only the rules of `world`.
    ///
    /// # Errors
    /// What is wrong with a table, and where.
    pub fn compile(pack: &Pack, world: &Pack) -> Result<Self, PackError> {
        let mut rules = Self::default();
        // The language's own words join the classes of `world` before any rule takes a class in.
        for pack in [world, pack] {
            rules.add_classes(pack)?;
        }
        for pack in [world, pack] {
            rules.add_rules(pack)?;
        }
        rules.finish();
        Ok(rules)
    }

    /// Compiles the clean rules that hold in every language.
    ///
    /// # Errors
    /// What is wrong with a table, and where.
    pub fn compile_world(world: &Pack) -> Result<Self, PackError> {
        let mut rules = Self::default();
        rules.add_classes(world)?;
        rules.add_rules(world)?;
        rules.finish();
        Ok(rules)
    }

    fn add_classes(&mut self, pack: &Pack) -> Result<(), PackError> {
        if pack.bytes(WORDS).is_some() {
            let table = pack.table(WORDS)?;
            let (class, phrases) = (table.column("class")?, table.column("phrases")?);
            let mut found: FxHashMap<String, Vec<Pattern>> = FxHashMap::default();
            for row in table.rows() {
                let patterns = self.patterns(row, phrases)?;
                found.entry(row.cell(class).to_owned()).or_default().extend(patterns);
            }
            for (class, patterns) in found {
                let known = self.classes.entry(class).or_default();
                *known = Arc::new(Phrases::new(known.all().iter().cloned().chain(patterns).collect()));
            }
        }
        Ok(())
    }

    fn add_rules(&mut self, pack: &Pack) -> Result<(), PackError> {
        if pack.bytes(RULES).is_none() {
            return Ok(());
        }
        let table = pack.table(RULES)?;
        let [name, kind, at, pattern, to] = [
            table.column("name")?,
            table.column("kind")?,
            table.column("at")?,
            table.column("pattern")?,
            table.column("to")?,
        ];
        let [with, unless, topic] = [table.column("with")?, table.column("unless")?, table.column("topic")?];
        let (yes, no) = (table.column("yes")?, table.column("no")?);
        for row in table.rows() {
            let entry = |reason: String| PackError::Entry { at: row.location(), reason };
            let topic = match row.cell(topic) {
                "" => None,
                class => Some(self.classes.get(class).cloned().ok_or_else(|| entry(format!("no class `{class}`")))?),
            };
            self.all.push(Rule {
                name: format!("{}/clean/{}", pack.code(), row.cell(name)),
                kind: row
                    .cell(kind)
                    .parse()
                    .map_err(|()| entry(format!("`{}` is no kind of passage", row.cell(kind))))?,
                at: At::parse(row.cell(at)).ok_or_else(|| {
                    entry(format!(
                        "`{}` is none of start alone inner lone plain aside remark behind signed under top tail sentence any",
                        row.cell(at)
                    ))
                })?,
                pattern: Pattern::parse(row.cell(pattern), &self.classes).map_err(entry)?,
                to: To::parse(row.cell(to)).ok_or_else(|| {
                    entry(format!("`{}` is none of match colon sentence headline line block back", row.cell(to)))
                })?,
                with: self.conditions(row, with)?,
                unless: Phrases::new(self.patterns(row, unless)?),
                topic,
                location: row.location(),
                examples: (row.cell(yes).to_owned(), row.cell(no).to_owned()),
            });
        }
        Ok(())
    }

    fn patterns(&self, row: Row<'_>, column: usize) -> Result<Vec<Pattern>, PackError> {
        self.compiled(row, row.cell(column))
    }

    /// A cell of conditions: `||` between those of which one must hold, `&&` between groups of phrases.
    fn conditions(&self, row: Row<'_>, column: usize) -> Result<Vec<Vec<Phrases>>, PackError> {
        let some = row.cell(column).split("||").filter(|condition| !condition.trim().is_empty());
        let group = |group| self.compiled(row, group).map(Phrases::new);
        some.map(|condition| condition.split("&&").map(group).collect()).collect()
    }

    fn compiled(&self, row: Row<'_>, cell: &str) -> Result<Vec<Pattern>, PackError> {
        phrases(cell)
            .map(|phrase| {
                Pattern::parse(phrase, &self.classes).map_err(|reason| PackError::Entry { at: row.location(), reason })
            })
            .collect()
    }

    fn finish(&mut self) {
        for (at, rule) in self.all.iter().enumerate() {
            let sentence = matches!(rule.at, At::Remark | At::Behind | At::Sentence | At::Any);
            // What a machine added may follow a pointer's headline, which has no final mark.
            let inside = rule.at == At::Any || rule.at == At::Sentence && rule.kind == PassageKind::MachineResidue;
            let lists = std::iter::once(&mut self.at_start)
                .chain(sentence.then_some(&mut self.at_sentence))
                .chain(inside.then_some(&mut self.within));
            let firsts = rule.pattern.firsts().map(|mut firsts| {
                firsts.sort_unstable();
                firsts.dedup();
                firsts
            });
            for list in lists {
                match &firsts {
                    None => list.anywhere.push(at as u32),
                    Some(firsts) => {
                        for first in firsts {
                            list.index.entry(hash(first)).or_default().push(at as u32);
                        }
                    }
                }
            }
        }
        self.small = self.class("small").iter().flat_map(|phrase| phrase.firsts().unwrap_or_default()).collect();
    }

    /// The rules that may begin with `word`, the first of its line, of its sentence or of neither.
    pub(crate) fn beginning(
        &self,
        word: &Word,
        starts_line: bool,
        starts_sentence: bool,
    ) -> impl Iterator<Item = &Rule> {
        let rules = match () {
            () if starts_line => &self.at_start,
            () if starts_sentence || matches!(word.folded.as_str(), "(" | "[") => &self.at_sentence,
            () => &self.within,
        };
        let listed = rules.index.get(&word.hash).map_or(&[][..], Vec::as_slice);
        listed.iter().chain(&rules.anywhere).map(|&at| &self.all[at as usize])
    }

    /// The phrases of a class; none if no pack has it.
    pub(crate) fn class(&self, name: &str) -> &[Pattern] {
        self.classes.get(name).map_or(&[], |phrases| phrases.all())
    }

    /// The longest phrase of class `name` that begins at word `at`: the word after it.
    pub(crate) fn phrase(&self, name: &str, line: &[Word], at: usize) -> Option<usize> {
        self.classes.get(name)?.longest(line, at)
    }

    /// Whether title case leaves the word small.
    pub(crate) fn is_small(&self, word: &Word) -> bool {
        self.small.contains(&word.folded)
    }
}

impl At {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "start" => Self::Start,
            "alone" => Self::Alone,
            "inner" => Self::Inner,
            "lone" => Self::Lone,
            "plain" => Self::Plain,
            "aside" => Self::Aside,
            "remark" => Self::Remark,
            "behind" => Self::Behind,
            "signed" => Self::Signed,
            "under" => Self::Under,
            "top" => Self::Top,
            "tail" => Self::Tail,
            "sentence" => Self::Sentence,
            "any" => Self::Any,
            _ => return None,
        })
    }
}

impl To {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "match" => Self::Match,
            "colon" => Self::Colon,
            "sentence" => Self::Sentence,
            "headline" => Self::Headline,
            "line" => Self::Line,
            "block" => Self::Block,
            "back" => Self::Back,
            _ => return None,
        })
    }
}

/// The phrases of a cell, which `|` outside braces sets apart.
fn phrases(cell: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    cell.split(move |c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == '|' && depth == 0
    })
    .map(str::trim)
    .filter(|phrase| !phrase.is_empty())
}

/// The words of a line that is the whole text.
#[cfg(test)]
pub(crate) fn words_of(line: &str) -> Vec<Word> {
    let text = saksi_tree::Text::new(line.to_owned());
    crate::words::words(&text, text.span())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean;
    use saksi_tree::Text;

    /// Each rule fires on its `yes` line, at the start or end of an article if it asks for that, and not on its `no` line.
    #[test]
    fn every_rule_holds_on_its_examples() {
        let world = Pack::builtin("world").unwrap();
        let mut wrong = Vec::new();
        for code in Pack::languages() {
            let rules = Rules::compile(&Pack::builtin(code).unwrap(), &world).unwrap();
            for rule in &rules.all {
                if rule.name.starts_with("world/") && code != "en" {
                    continue;
                }
                let (yes, no) = &rule.examples;
                let body = "The council met on Monday and then went home without a word.";
                let article = |line: &str| match rule.at {
                    At::Tail => format!("A Headline Stands Here\n\n{body}\n\n{line}\n"),
                    _ => format!("A Headline Stands Here\n\n{line}\n\n{body}\n\n{body}\n"),
                };
                for (line, should) in [(yes, true), (no, false)] {
                    let text = Text::new(article(line));
                    let found = clean(&text, &rules);
                    let fired = found.passages.iter().any(|passage| passage.rule == rule.name);
                    let other: Vec<_> = found.passages.iter().skip(1).map(|passage| passage.rule.as_str()).collect();
                    if line.is_empty() || fired != should && (!should || other.is_empty()) {
                        wrong.push(format!("{}: {} {should} {line:?}, found {other:?}", rule.location, rule.name));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
