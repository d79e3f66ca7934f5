use crate::grammar::{Grammar, Voice};
use crate::needs::RESERVED;
use crate::numbers::Numbers;
use crate::status::StatusWords;
use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{Location, Pack, PackError, Row};
use saksi_record::EventType;

/// What marks a word of a class that is of it only as a noun.
const NOUN: &str = "/n";

/// What one language pack says about events.
#[derive(Debug)]
pub struct Rules {
    pub(crate) frames: Vec<Frame>,
    /// First word of a frame's head, in each of its forms, to the frames it may begin.
    pub(crate) heads: FxHashMap<CompactString, Vec<(u32, Shape)>>,
    pub(crate) light: FxHashMap<CompactString, Shape>,
    pub(crate) classes: FxHashMap<CompactString, FxHashSet<CompactString>>,
    /// Words of a class that are of it only as nouns: "a storm", but not "stormed a school".
    pub(crate) nouns: FxHashMap<CompactString, FxHashSet<CompactString>>,
    pub(crate) grammar: Grammar,
    pub(crate) status: StatusWords,
    pub(crate) numbers: Numbers,
}

/// One frame: a word or words that name an act, and what the act is.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) head: Vec<CompactString>,
    pub(crate) pos: Pos,
    pub(crate) needs: Vec<Need>,
    pub(crate) kind: EventType,
    pub(crate) mode: Option<String>,
    pub(crate) context: Vec<String>,
    pub(crate) actor: Slots,
    pub(crate) recipient: Slots,
    pub(crate) at: Location,
}

impl Frame {
    /// Whether the frame says anything of an object.
    pub(crate) fn takes_object(&self) -> bool {
        let mut slots = self.actor.iter().chain(&self.recipient).flatten();
        let object = |slot: &Slot| match slot {
            Slot::Object => true,
            Slot::Owner(inner) => **inner == Slot::Object,
            _ => false,
        };
        self.needs.iter().any(|need| need.on == On::Object && !need.negated) || slots.any(object)
    }
}

/// Part of speech of a frame's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pos {
    Verb,
    Noun,
    Adjective,
}

/// What the form of a verb says about its voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing: the tree decides.
    Plain,
    /// It is active and a verb.
    Active,
    /// It is passive and a verb.
    Passive,
    /// The bare base: a verb in headlines, elsewhere only if tagged so.
    Bare,
}

/// Alternatives, tried in order; each joins one or more slots.
pub(crate) type Slots = Vec<Vec<Slot>>;

/// Which argument fills a role.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Slot {
    Nobody,
    Subject,
    Object,
    Indirect,
    Complement,
    Possessor,
    /// Whoever says so: the frame holds only in somebody's word.
    Speaker,
    Prep(CompactString),
    /// The owner of what fills the slot: `obj.poss`, `to.poss`.
    Owner(Box<Slot>),
}

/// A condition on what stands with the head.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Need {
    pub(crate) on: On,
    pub(crate) negated: bool,
    pub(crate) words: Words,
}

/// Which part of the clause a condition looks at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum On {
    Subject,
    Object,
    Indirect,
    Complement,
    /// The complement, if it is an infinitive: "told the army to withdraw".
    Aim,
    /// The complement, if it stands in quotation marks: "called him “a thief”".
    Quoted,
    Clause,
    Prep(CompactString),
}

/// Any word, or one of some.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Words {
    Any,
    Of { words: Vec<CompactString>, classes: Vec<CompactString> },
}

/// One frame as a test or a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameNote {
    /// The head, as written.
    pub head: String,
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Where the frame stands.
    pub at: Location,
    /// The sentence in which it must fire.
    pub example: String,
}

impl Rules {
    /// Compiles the frames and grammar of a pack.
    ///
    /// # Errors
    /// Names the entry that cannot be understood.
    pub fn compile(pack: &Pack) -> Result<Self, PackError> {
        let grammar: Grammar = pack.rules("rules/events.toml")?;
        let mut rules = Self {
            frames: Vec::new(),
            heads: FxHashMap::default(),
            light: FxHashMap::default(),
            classes: FxHashMap::default(),
            nouns: FxHashMap::default(),
            grammar,
            status: StatusWords::compile(pack)?,
            numbers: Numbers::compile(pack)?,
        };
        (rules.classes, rules.nouns) = classes(pack)?;
        let irregular = irregular(pack)?;
        for kind in EventType::ALL {
            let path = format!("frames/{}.tsv", kind.as_str().to_lowercase());
            if pack.bytes(&path).is_some() {
                rules.add_frames(pack, &path, *kind, &irregular)?;
            }
        }
        rules.add_light(pack, &irregular)?;
        Ok(rules)
    }

    fn add_frames(
        &mut self,
        pack: &Pack,
        path: &str,
        kind: EventType,
        irregular: &FxHashMap<CompactString, Vec<CompactString>>,
    ) -> Result<(), PackError> {
        let table = pack.table(path)?;
        let column = |name| table.column(name);
        let (head, base, pos, needs) = (column("head")?, column("base")?, column("pos")?, column("needs")?);
        let (mode, context, actor, recipient) =
            (column("mode")?, column("context")?, column("actor")?, column("recipient")?);
        for row in table.rows() {
            let pos = match row.cell(pos) {
                "v" => Pos::Verb,
                "n" => Pos::Noun,
                "a" => Pos::Adjective,
                other => return Err(entry(&row, format!("`{other}` is no part of speech: use v, n or a"))),
            };
            let defaults = match pos {
                Pos::Verb | Pos::Adjective => ("subj", "obj"),
                Pos::Noun => ("poss", "none"),
            };
            let or =
                |cell: &'static str, given: &str| if given.is_empty() { cell.to_owned() } else { given.to_owned() };
            let frame = Frame {
                head: row.cell(head).split(' ').map(CompactString::from).collect(),
                pos,
                needs: parse_needs(row.cell(needs)).map_err(|reason| entry(&row, reason))?,
                kind,
                mode: Some(row.cell(mode).to_owned()).filter(|mode| !mode.is_empty()),
                context: row.list(context).map(str::to_owned).collect(),
                actor: parse_slots(&or(defaults.0, row.cell(actor))),
                recipient: parse_slots(&or(defaults.1, row.cell(recipient))),
                at: row.location(),
            };
            for class in frame.needs.iter().filter_map(|need| match &need.words {
                Words::Of { classes, .. } => Some(classes),
                Words::Any => None,
            }) {
                if let Some(unknown) =
                    class.iter().find(|class| !self.classes.contains_key(*class) && !RESERVED.contains(&class.as_str()))
                {
                    return Err(entry(&row, format!("`@{unknown}` is no class of frames/classes.tsv")));
                }
            }
            let index = self.frames.len() as u32;
            let first = frame.head.first().cloned().unwrap_or_default();
            for (form, shape) in self.forms(&first, row.cell(base), pos, irregular) {
                self.heads.entry(form).or_default().push((index, shape));
            }
            self.frames.push(frame);
        }
        Ok(())
    }

    fn add_light(
        &mut self,
        pack: &Pack,
        irregular: &FxHashMap<CompactString, Vec<CompactString>>,
    ) -> Result<(), PackError> {
        let table = pack.table("frames/light.tsv")?;
        let (head, base) = (table.column("head")?, table.column("base")?);
        for row in table.rows() {
            let first: CompactString = row.cell(head).split(' ').next().unwrap_or_default().into();
            for (form, shape) in self.forms(&first, row.cell(base), Pos::Verb, irregular) {
                self.light.entry(form).or_insert(shape);
            }
        }
        Ok(())
    }

    /// The surface forms by which a head is looked up.
    fn forms(
        &self,
        first: &CompactString,
        base: &str,
        pos: Pos,
        irregular: &FxHashMap<CompactString, Vec<CompactString>>,
    ) -> Vec<(CompactString, Shape)> {
        let mut forms = Vec::new();
        if base.is_empty() {
            forms.push((first.clone(), Shape::Plain));
        } else {
            forms.push((first.clone(), Shape::Active));
            let base = base.split(' ').next().unwrap_or_default();
            for prefix in &self.grammar.prefixes {
                let shape = match prefix.voice {
                    Voice::Active => Shape::Active,
                    Voice::Passive => Shape::Passive,
                    Voice::Bare => Shape::Bare,
                };
                forms.push((CompactString::from(format!("{}{base}", prefix.prefix)), shape));
            }
        }
        if pos != Pos::Noun {
            for form in irregular.get(first).into_iter().flatten() {
                forms.push((form.clone(), Shape::Plain));
            }
        }
        forms
    }

    /// The keys under which a word may stand in a lookup by head: its form, its lemma, and what is left of it without
    /// the language's endings.
    pub(crate) fn keys(&self, lower: &str, lemma: &str) -> Vec<CompactString> {
        let mut keys = vec![CompactString::from(lower)];
        let lemma = lemma.to_lowercase();
        if !lemma.is_empty() && lemma != lower {
            keys.push(lemma.as_str().into());
        }
        // "rumah-rumah" is the plural of "rumah"
        if let Some((one, other)) = lower.split_once('-')
            && one == other
        {
            keys.push(one.into());
        }
        let from = keys.len();
        for (ending, instead) in &self.grammar.endings {
            let Some(stem) = lower.strip_suffix(ending.as_str()) else { continue };
            if stem.chars().count() < 2 {
                continue;
            }
            keys.push(format!("{stem}{instead}").into());
            if self.grammar.doubling && instead.is_empty() {
                let mut back = stem.chars().rev();
                if let (Some(last), Some(before)) = (back.next(), back.next())
                    && last == before
                {
                    keys.push(stem[..stem.len() - last.len_utf8()].into());
                }
            }
        }
        // "aides" is no form of "aid" where the lemma explains it
        let ending = lower.strip_prefix(lemma.as_str()).filter(|_| !lemma.is_empty());
        if ending.is_some_and(|ending| self.grammar.plural.iter().any(|plural| plural == ending)) {
            keys.truncate(from);
        }
        keys.dedup();
        keys
    }

    /// Every frame of the pack, with its example.
    ///
    /// # Errors
    /// If a frame table is not well-formed.
    pub fn frames_of(pack: &Pack) -> Result<Vec<FrameNote>, PackError> {
        let mut notes = Vec::new();
        for kind in EventType::ALL {
            let path = format!("frames/{}.tsv", kind.as_str().to_lowercase());
            if pack.bytes(&path).is_none() {
                continue;
            }
            let table = pack.table(&path)?;
            let (head, mode, example) = (table.column("head")?, table.column("mode")?, table.column("example")?);
            notes.extend(table.rows().map(|row| FrameNote {
                head: row.cell(head).to_owned(),
                kind: *kind,
                mode: Some(row.cell(mode).to_owned()).filter(|mode| !mode.is_empty()),
                at: row.location(),
                example: row.cell(example).to_owned(),
            }));
        }
        Ok(notes)
    }
}

fn entry(row: &Row<'_>, reason: String) -> PackError {
    PackError::Entry { at: row.location(), reason }
}

type Classes = FxHashMap<CompactString, FxHashSet<CompactString>>;

/// The words of each class, and those that are of it only as nouns.
fn classes(pack: &Pack) -> Result<(Classes, Classes), PackError> {
    let table = pack.table("frames/classes.tsv")?;
    let (class, words) = (table.column("class")?, table.column("words")?);
    let (mut classes, mut nouns) = (Classes::default(), Classes::default());
    for row in table.rows() {
        let name = row.cell(class).trim_start_matches('@');
        let all = classes.entry(name.into()).or_default();
        for word in row.list(words) {
            match word.strip_suffix(NOUN) {
                Some(noun) => _ = nouns.entry(name.into()).or_default().insert(noun.into()),
                None => _ = all.insert(word.into()),
            }
        }
    }
    // A class may name another one: its words are taken in, two levels deep.
    for _ in 0..2 {
        let before = classes.clone();
        for words in classes.values_mut() {
            let inner: Vec<_> =
                words.iter().filter_map(|word| before.get(word.strip_prefix('@')?)).flatten().cloned().collect();
            words.extend(inner);
        }
    }
    Ok((classes, nouns))
}

fn irregular(pack: &Pack) -> Result<FxHashMap<CompactString, Vec<CompactString>>, PackError> {
    let mut forms: FxHashMap<CompactString, Vec<CompactString>> = FxHashMap::default();
    if pack.bytes("frames/irregular.tsv").is_some() {
        let table = pack.table("frames/irregular.tsv")?;
        let (lemma, past, participle) = (table.column("lemma")?, table.column("past")?, table.column("participle")?);
        for row in table.rows() {
            forms
                .entry(row.cell(lemma).into())
                .or_default()
                .extend(row.list(past).chain(row.list(participle)).map(CompactString::from));
        }
    }
    Ok(forms)
}

/// Parses `obj=a|@class prep:to=* word!=x` into conditions. A word list may hold blanks.
fn parse_needs(cell: &str) -> Result<Vec<Need>, String> {
    let mut conditions: Vec<String> = Vec::new();
    for part in cell.split(' ').filter(|part| !part.is_empty()) {
        let starts =
            ["obj", "iobj", "subj", "comp", "aim", "quote", "word", "prep:"].iter().any(|on| part.starts_with(on))
                && part.contains('=');
        match conditions.last_mut() {
            Some(last) if !starts => {
                last.push(' ');
                last.push_str(part);
            }
            _ => conditions.push(part.to_owned()),
        }
    }
    conditions.iter().map(|condition| parse_need(condition)).collect()
}

fn parse_need(condition: &str) -> Result<Need, String> {
    let (left, right) = condition.split_once('=').ok_or_else(|| format!("`{condition}` lacks `=`"))?;
    let (left, negated) = left.strip_suffix('!').map_or((left, false), |left| (left, true));
    let on = match left {
        "obj" => On::Object,
        "iobj" => On::Indirect,
        "subj" => On::Subject,
        "comp" => On::Complement,
        "aim" => On::Aim,
        "quote" => On::Quoted,
        "word" => On::Clause,
        _ => match left.strip_prefix("prep:") {
            Some(prep) => On::Prep(prep.into()),
            None => {
                return Err(format!(
                    "`{left}` is no part of a clause: use obj, iobj, subj, comp, aim, quote, word or prep:…"
                ));
            }
        },
    };
    let words = if right == "*" {
        Words::Any
    } else {
        let (classes, words): (Vec<&str>, Vec<&str>) =
            right.split('|').map(str::trim).filter(|word| !word.is_empty()).partition(|word| word.starts_with('@'));
        Words::Of {
            words: words.into_iter().map(CompactString::from).collect(),
            classes: classes.into_iter().map(|class| CompactString::from(&class[1..])).collect(),
        }
    };
    Ok(Need { on, negated, words })
}

fn parse_slots(cell: &str) -> Slots {
    cell.split('|').map(|joined| joined.split('+').map(|slot| parse_slot(slot.trim())).collect()).collect()
}

fn parse_slot(slot: &str) -> Slot {
    if let Some((inner, "poss" | "of")) = slot.split_once('.') {
        return Slot::Owner(Box::new(parse_slot(inner)));
    }
    match slot {
        "none" | "" => Slot::Nobody,
        "subj" => Slot::Subject,
        "obj" => Slot::Object,
        "iobj" => Slot::Indirect,
        "comp" => Slot::Complement,
        "poss" => Slot::Possessor,
        "speaker" => Slot::Speaker,
        preposition => Slot::Prep(preposition.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_list_may_hold_blanks() {
        let needs = parse_needs("obj=duta besar|@diplomat prep:dari=* word!=tim").unwrap();
        assert_eq!(needs.len(), 3);
        assert_eq!(needs[0].words, Words::Of { words: vec!["duta besar".into()], classes: vec!["diplomat".into()] });
        assert!(needs[2].negated);
    }

    #[test]
    fn owners_and_joined_slots() {
        assert_eq!(
            parse_slots("subj+with|obj.poss"),
            vec![vec![Slot::Subject, Slot::Prep("with".into())], vec![Slot::Owner(Box::new(Slot::Object))]]
        );
    }
}
