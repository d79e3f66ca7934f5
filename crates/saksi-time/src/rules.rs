//! The rules of a language: `rules/time.toml` and the lexicons it draws on.

use crate::calendar::{Part, Unit};
use crate::classes::{Class, Classes, NumberKind, fill};
use crate::lex::{Atom, Vocabulary};
use crate::pattern::{Pattern, compile};
use rustc_hash::FxHashSet;
use saksi_lang::{Pack, PackError, Row};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "rules/time.toml";

/// What a rule makes of its captures. The set is closed; a language only names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Make {
    /// A date, in full or the instance the clause points to.
    Date,
    /// A date in numbers, whose day and month may have changed places.
    Numeric,
    /// A weekday, month or season with "last", "this", "next".
    Nearest,
    /// A weekday of last, this, next week.
    WeekdayOfWeek,
    /// Last, this, next week, month, year.
    Unit,
    /// So many units before or after publication.
    Ago,
    /// So many units before or after the time named before in the text.
    Text,
    /// So many days from publication.
    Deictic,
    /// A time of the day that the text is speaking of.
    OfDay,
    /// A length.
    Duration,
    /// A length that ends at publication.
    DurationPast,
    /// A length that begins at publication.
    DurationNext,
    /// Every so often.
    Set,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// Three months of a year.
    Quarter,
    /// Six months of a year.
    Half,
    /// From one to the other, as one expression.
    Range,
    /// Two days that share a month, as two expressions.
    Pair,
    /// No time at all: words that look like one.
    Nothing,
}

/// Where alone a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Only {
    /// Not where it is written with a capital inside a sentence: "USA Today".
    Lower,
    /// Not in a headline, where every word may have a capital: "Thousands to March in Rome".
    Body,
    /// At the beginning of a sentence or in a headline, where every word may have a capital.
    Opening,
    /// Before a mark or at the end of the sentence.
    Closing,
}

/// A rule of a language that a test can run.
#[derive(Debug, Clone)]
pub struct Example {
    /// The rule it belongs to.
    pub rule: String,
    /// The publication day the examples of the language are read with.
    pub published: String,
    /// The sentence.
    pub text: String,
    /// The expression and its value; none where the rule must find nothing.
    pub is: Option<(String, String)>,
    /// Whether no other rule may find anything either.
    pub alone: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RuleFile {
    examples_published: String,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    parts: BTreeMap<String, String>,
    classes: ClassFile,
    lead: LeadFile,
    clause: ClauseFile,
    rule: Vec<RuleEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ClassFile {
    shift: BTreeMap<String, i32>,
    portion: BTreeMap<String, i32>,
    deictic: BTreeMap<String, i32>,
    decade: BTreeMap<String, i32>,
    ordinal_suffix: Vec<String>,
    before_noon: Vec<String>,
    after_noon: Vec<String>,
    zone: Vec<String>,
    /// Nouns that make a number before them a count and no year.
    counted: Vec<String>,
    /// Words that make a number after them a number and no year.
    numbered: Vec<String>,
    /// Between a word such as "since" and its time.
    about: Vec<String>,
    /// Between two times that share a year.
    joins: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeadFile {
    since: Vec<String>,
    until: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    during: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClauseFile {
    future: Vec<String>,
    past: Vec<String>,
    breaks: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RuleEntry {
    name: String,
    #[serde(rename = "match")]
    pattern: String,
    value: Make,
    by: Option<i32>,
    unit: Option<String>,
    part: Option<String>,
    after: Option<String>,
    not_after: Option<String>,
    before: Option<String>,
    not_before: Option<String>,
    only: Option<Only>,
    #[serde(default, rename = "why")]
    _why: String,
    #[serde(default)]
    yes: Vec<String>,
    #[serde(default)]
    no: Vec<String>,
}

/// A compiled rule.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) pattern: Pattern,
    pub(crate) make: Make,
    pub(crate) by: i32,
    pub(crate) unit: Option<Unit>,
    pub(crate) part: Option<Part>,
    after: Option<usize>,
    not_after: Option<usize>,
    before: Option<usize>,
    not_before: Option<usize>,
    pub(crate) only: Option<Only>,
}

/// The words that say how a time bounds an act.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leads {
    pub(crate) since: Class,
    pub(crate) until: Class,
    pub(crate) before: Class,
    pub(crate) after: Class,
    pub(crate) during: Class,
}

/// The words that say which way a clause looks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clause {
    pub(crate) future: Class,
    pub(crate) past: Class,
    pub(crate) breaks: Class,
}

/// What [`crate::resolve`] needs of a language, compiled once.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(crate) words: Vocabulary,
    pub(crate) classes: Classes,
    pub(crate) list: Vec<Rule>,
    pub(crate) leads: Leads,
    pub(crate) clause: Clause,
    pub(crate) about: Class,
    pub(crate) joins: Class,
    pub(crate) numbered: Class,
    lists: Vec<Class>,
    by_word: Vec<Vec<u16>>,
    by_digits: Vec<u16>,
    file: String,
    examples: Vec<Example>,
}

impl Rules {
    /// Compiles the rules and lexicons of a language pack.
    ///
    /// # Errors
    /// Names the file, and where it can the rule, that is not understood.
    pub fn compile(pack: &Pack) -> Result<Self, PackError> {
        let file: RuleFile = pack.rules(FILE)?;
        let mut words = Vocabulary::default();
        let mut classes = Classes::default();
        lexicons(pack, &mut classes, &mut words)?;
        let given = &file.classes;
        for (class, phrases) in [
            (&mut classes.shift, &given.shift),
            (&mut classes.portion, &given.portion),
            (&mut classes.deictic, &given.deictic),
            (&mut classes.decade, &given.decade),
        ] {
            fill(class, phrases.iter().map(|(phrase, value)| (phrase.as_str(), *value)), &mut words);
        }
        let list = |phrases: &[String], words: &mut Vocabulary| {
            let mut class = Class::default();
            fill(&mut class, phrases.iter().map(|phrase| (phrase.as_str(), 0)), words);
            class
        };
        classes.ordinal_suffix = list(&given.ordinal_suffix, &mut words);
        classes.before_noon = list(&given.before_noon, &mut words);
        classes.after_noon = list(&given.after_noon, &mut words);
        classes.zone = list(&given.zone, &mut words);
        classes.counted = list(&given.counted, &mut words);
        let leads = Leads {
            since: list(&file.lead.since, &mut words),
            until: list(&file.lead.until, &mut words),
            before: list(&file.lead.before, &mut words),
            after: list(&file.lead.after, &mut words),
            during: list(&file.lead.during, &mut words),
        };
        let clause = Clause {
            future: list(&file.clause.future, &mut words),
            past: list(&file.clause.past, &mut words),
            breaks: list(&file.clause.breaks, &mut words),
        };
        let (about, joins) = (list(&given.about, &mut words), list(&given.joins, &mut words));
        let numbered = list(&given.numbered, &mut words);
        let lists: Vec<Class> = file.words.values().map(|phrases| list(phrases, &mut words)).collect();
        let mut compiler = Compiler { pack, file: &file, words, rules: Vec::new(), examples: Vec::new() };
        for entry in &file.rule {
            compiler.rule(entry)?;
        }
        let Compiler { words, rules, examples, .. } = compiler;
        let mut by_word = vec![Vec::new(); words.len() + 1];
        let mut by_digits = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            let starts = rule.pattern.starts(&classes);
            for id in starts.words {
                by_word[id as usize].push(number as u16);
            }
            if starts.digits {
                by_digits.push(number as u16);
            }
        }
        Ok(Self {
            words,
            classes,
            list: rules,
            leads,
            clause,
            about,
            joins,
            numbered,
            lists,
            by_word,
            by_digits,
            file: pack.location(FILE, 0).file,
            examples,
        })
    }

    /// The examples that stand beside the rules, for tests.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// The rules that may begin at an atom.
    pub(crate) fn at(&self, atom: &Atom) -> &[u16] {
        if atom.kind == crate::lex::Kind::Digits {
            &self.by_digits
        } else {
            self.by_word.get(atom.id as usize).map_or(&[], Vec::as_slice)
        }
    }

    /// Whether the words around a match are those the rule asks for.
    pub(crate) fn context(&self, rule: &Rule, atoms: &[Atom], from: usize, end: usize) -> bool {
        let start = self.skip_about(atoms, from);
        let before = |list: usize| {
            let class = &self.lists[list];
            class.before(atoms, start).is_some() || class.before(atoms, from).is_some()
        };
        rule.after.is_none_or(before)
            && (rule.only != Some(Only::Closing)
                || atoms.get(end).is_none_or(|next| next.kind == crate::lex::Kind::Mark))
            && !rule.not_after.is_some_and(before)
            && rule.before.is_none_or(|list| self.lists[list].at(atoms, end).is_some())
            && rule.not_before.is_none_or(|list| self.lists[list].at(atoms, end).is_none())
    }

    /// The atom before which a word such as "since" would stand.
    pub(crate) fn skip_about(&self, atoms: &[Atom], mut from: usize) -> usize {
        while let Some(at) = self.about.before(atoms, from) {
            from = at;
        }
        from
    }

    /// How `why` names a rule.
    pub(crate) fn label(&self, rule: &Rule) -> String {
        format!("{} {}", self.file, rule.name)
    }
}

struct Compiler<'a> {
    pack: &'a Pack,
    file: &'a RuleFile,
    words: Vocabulary,
    rules: Vec<Rule>,
    examples: Vec<Example>,
}

impl Compiler<'_> {
    fn error(&self, rule: &str, reason: &str) -> PackError {
        let line = self.pack.text(FILE).ok().and_then(|text| {
            text.lines().position(|line| line.starts_with("name") && line.contains(&format!("\"{rule}\"")))
        });
        PackError::Entry {
            at: self.pack.location(FILE, line.map_or(0, |line| line + 1)),
            reason: format!("rule `{rule}`: {reason}"),
        }
    }

    fn rule(&mut self, entry: &RuleEntry) -> Result<(), PackError> {
        if self.rules.iter().any(|rule| rule.name == entry.name) {
            return Err(self.error(&entry.name, "the name is taken"));
        }
        let (examples, key) = match entry.value {
            Make::Nothing => (&entry.no, "no"),
            _ => (&entry.yes, "yes"),
        };
        if examples.is_empty() {
            return Err(self.error(&entry.name, &format!("it lacks an example under `{key}`")));
        }
        let file = self.file;
        let lookup = |name: &str| {
            let part = file.parts.get(name).map(|part| vec![part.clone()]);
            part.or_else(|| file.words.get(name).cloned())
        };
        let pattern =
            compile(&entry.pattern, &lookup, &mut self.words).map_err(|reason| self.error(&entry.name, &reason))?;
        let list = |name: &Option<String>| match name {
            None => Ok(None),
            Some(name) => match self.file.words.keys().position(|known| known == name) {
                Some(at) => Ok(Some(at)),
                None => Err(self.error(&entry.name, &format!("there is no list `{name}` under [words]"))),
            },
        };
        let unit = match entry.unit.as_deref() {
            Some(unit) => Some(Unit::parse(unit).ok_or_else(|| self.error(&entry.name, "no such unit"))?),
            None => None,
        };
        let part = match entry.part.as_deref() {
            Some(part) => Some(Part::parse(part).ok_or_else(|| self.error(&entry.name, "no such part of the day"))?),
            None => None,
        };
        let rule = Rule {
            name: entry.name.clone(),
            pattern,
            make: entry.value,
            by: entry.by.unwrap_or(match entry.value {
                Make::Ago => -1,
                _ => 0,
            }),
            unit,
            part,
            after: list(&entry.after)?,
            not_after: list(&entry.not_after)?,
            before: list(&entry.before)?,
            not_before: list(&entry.not_before)?,
            only: entry.only,
        };
        for text in &entry.yes {
            let parts = text.split_once(" => ").and_then(|(text, is)| Some((text, is.split_once(" = ")?)));
            let Some((text, (expression, value))) = parts else {
                return Err(self.error(&entry.name, "an example reads `text => expression = value`"));
            };
            self.example(entry, text, Some((expression.to_owned(), value.to_owned())));
        }
        for text in &entry.no {
            self.example(entry, text, None);
        }
        self.rules.push(rule);
        Ok(())
    }

    fn example(&mut self, entry: &RuleEntry, text: &str, is: Option<(String, String)>) {
        self.examples.push(Example {
            rule: entry.name.clone(),
            published: self.file.examples_published.clone(),
            text: text.to_owned(),
            is,
            alone: entry.value == Make::Nothing,
        });
    }
}

fn bad(row: Row<'_>, reason: &str) -> PackError {
    PackError::Entry { at: row.location(), reason: reason.to_owned() }
}

/// Reads the five lexicons.
fn lexicons(pack: &Pack, classes: &mut Classes, words: &mut Vocabulary) -> Result<(), PackError> {
    let mut seen: FxHashSet<(&str, String)> = FxHashSet::default();
    let mut once = |table: &'static str, form: &str, row: Row<'_>| {
        if !seen.insert((table, form.to_owned())) {
            return Err(bad(row, &format!("`{form}` stands here twice")));
        }
        Ok(())
    };
    let table = pack.table("lexicon/weekdays.tsv")?;
    let (forms, day, usage) = (table.column("form")?, table.column("day")?, table.column("use")?);
    for row in table.rows() {
        let value: i32 = row
            .cell(day)
            .parse()
            .ok()
            .filter(|day| (1..=7).contains(day))
            .ok_or_else(|| bad(row, "`day` is 1 for Monday to 7 for Sunday"))?;
        let dated = row.cell(usage) == "dated";
        for form in row.list(forms) {
            once("weekday", form, row)?;
            let ids = words.phrase(form);
            if !dated {
                classes.weekday.add(&ids, value, 0, true, false);
            }
            classes.any_weekday.add(&ids, value, 0, true, dated);
        }
    }
    let table = pack.table("lexicon/months.tsv")?;
    let (forms, month, usage) = (table.column("form")?, table.column("month")?, table.column("use")?);
    for row in table.rows() {
        let value = match row.cell(month) {
            "SP" => 21,
            "SU" => 22,
            "FA" => 23,
            "WI" => 24,
            number => number
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month))
                .ok_or_else(|| bad(row, "`month` is 1 to 12, SP, SU, FA or WI"))?,
        };
        for form in row.list(forms) {
            once("month", form, row)?;
            let ids = words.phrase(form);
            if value > 12 {
                classes.season.add(&ids, value, 0, false, false);
                continue;
            }
            let short = row.cell(usage).ends_with("abbreviation");
            classes.month.add(&ids, value, 0, true, short);
            match row.cell(usage) {
                "" => {
                    classes.bare_month.add(&ids, value, 0, true, false);
                    classes.led_month.add(&ids, value, 0, true, false);
                }
                "led" | "led abbreviation" => classes.led_month.add(&ids, value, 0, true, short),
                "dated" | "dated abbreviation" => {}
                _ => return Err(bad(row, "`use` is empty, led, dated, or one of these with abbreviation")),
            }
        }
    }
    let table = pack.table("lexicon/units.tsv")?;
    let (forms, unit, count) = (table.column("form")?, table.column("unit")?, table.column("count")?);
    for row in table.rows() {
        let value = Unit::parse(row.cell(unit)).ok_or_else(|| bad(row, "no such unit"))?.index();
        let many = row.cell(count) == "many";
        let count = if many || row.cell(count).is_empty() { Ok(0) } else { row.cell(count).parse() };
        let count = count.map_err(|_| bad(row, "`count` is a whole number, or many"))?;
        for form in row.list(forms) {
            once("unit", form, row)?;
            let ids = words.phrase(form);
            classes.unit.add(&ids, value, count, false, false);
            if many {
                classes.units.add(&ids, value, 0, false, false);
            }
        }
    }
    let table = pack.table("lexicon/dayparts.tsv")?;
    let (forms, part, usage) = (table.column("form")?, table.column("part")?, table.column("use")?);
    for row in table.rows() {
        let value = Part::parse(row.cell(part)).ok_or_else(|| bad(row, "no such part of the day"))?.index();
        for form in row.list(forms) {
            once("daypart", form, row)?;
            let ids = words.phrase(form);
            classes.daypart.add(&ids, value, 0, false, false);
            if row.cell(usage) == "bare" {
                classes.bare_daypart.add(&ids, value, 0, false, false);
            }
        }
    }
    let table = pack.table("lexicon/numbers.tsv")?;
    let (forms, value, kind) = (table.column("form")?, table.column("value")?, table.column("kind")?);
    for row in table.rows() {
        let kind = NumberKind::parse(row.cell(kind)).ok_or_else(|| bad(row, "no such kind of number"))?;
        let value = if row.cell(value).is_empty() { Ok(0) } else { row.cell(value).parse() };
        let value = value.map_err(|_| bad(row, "`value` is a whole number"))?;
        for form in row.list(forms) {
            once("number", form, row)?;
            let ids = words.phrase(form);
            classes.number.add(&ids, value, kind.index(), false, false);
        }
    }
    Ok(())
}
