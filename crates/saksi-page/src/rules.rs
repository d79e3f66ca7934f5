//! What the names of elements say, compiled from `page/markup.tsv` of `world`.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use saksi_lang::{DateOrders, Location, Pack, PackError};

/// Where the table stands.
const MARKUP: &str = "page/markup.tsv";
/// Where a language's months stand.
const MONTHS: &str = "lexicon/months.tsv";
const WEEKDAYS: &str = "lexicon/weekdays.tsv";
/// Where a language's word classes stand, and the ones that are read.
const WORDS: &str = "clean/words.tsv";
const LABELS: &str = "byline-label";
/// Those that are short for an office, and labels only with a colon behind them.
const SHORT_LABELS: &str = "byline-short";
/// What a date begins with that says when a page was changed.
const UPDATES: &str = "update-label";
/// What stands above readers' comments: alone, beside how many they are, and above other stories.
const COMMENTS: &str = "comments-heading";
const COUNTED: &str = "comments-counted";
const OTHERS: &str = "others-heading";
const NO_TITLES: &str = "no-title";
/// What says who paid for the box below.
const SPONSORS: &str = "sponsor-label";
/// What people of a newsroom do, what joins a name, and what names of sections are made of.
const ROLES: [&str; 3] = ["role", "peran", "role-word"];
const NEWSROOM: &str = "newsroom";
const JOINERS: &str = "name-joiner";
/// What a button to answer a reader says.
const REPLIES: &str = "reply-word";
const MAIL_DATES: &str = "mail-date";
const EDITIONS: &str = "edition-word";
/// What addresses of pages about people have in them.
const PEOPLE: &str = "person-path";
/// What stands above a list of sources.
const SOURCES: &str = "sources-heading";
const PARTICLES: &str = "name-particle";
const RUBRICS: [&str; 2] = ["section", "rubric-word"];
/// What stands alone over or under an advertisement.
const ADVERTS: &str = "advert-label";
/// What ends a time that is told from now: "2 hours ago".
const AGO: &str = "ago";

/// A time told from now has no more words.
const AGO_WORDS: usize = 5;
const AGO_BYTES: usize = 60;

/// What is said of an element, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) struct Says(u32);

impl Says {
    pub(crate) const BODY: Self = Self(1);
    pub(crate) const WRAPPER: Self = Self(1 << 1);
    pub(crate) const CLUTTER: Self = Self(1 << 2);
    pub(crate) const RELATED: Self = Self(1 << 3);
    pub(crate) const CAPTION: Self = Self(1 << 4);
    pub(crate) const ADVERT: Self = Self(1 << 5);
    pub(crate) const BOILERPLATE: Self = Self(1 << 6);
    pub(crate) const BYLINE: Self = Self(1 << 7);
    pub(crate) const DATE: Self = Self(1 << 8);
    pub(crate) const TITLE: Self = Self(1 << 9);
    pub(crate) const COMMENTS: Self = Self(1 << 10);
    /// A quotation set apart.
    pub(crate) const QUOTE: Self = Self(1 << 11);
    /// Not shown, by an attribute of the element itself.
    pub(crate) const HIDDEN: Self = Self(1 << 12);

    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "body" => Self::BODY,
            "wrapper" => Self::WRAPPER,
            "clutter" => Self::CLUTTER,
            "related" => Self::RELATED,
            "caption" => Self::CAPTION,
            "advert" => Self::ADVERT,
            "boilerplate" => Self::BOILERPLATE,
            "byline" => Self::BYLINE,
            "date" => Self::DATE,
            "title" => Self::TITLE,
            "comments" => Self::COMMENTS,
            "quote" => Self::QUOTE,
            "hidden" => Self::HIDDEN,
            _ => return None,
        })
    }

    /// Whether anything of `other` is said.
    pub(crate) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.plus(other)
    }

    pub(crate) const fn plus(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// What the names of elements say, in every language.
#[derive(Debug, Clone)]
pub struct Rules {
    class: Names,
    /// What a class says, and what only an id says.
    id: Names,
    itemprop: Names,
    /// The names of months in all languages, in small letters.
    months: FxHashMap<String, i16>,
    /// The days of the week in all languages, in small letters, Monday 1.
    weekdays: FxHashMap<String, i8>,
    /// What a byline begins with in all languages, in small letters.
    labels: FxHashSet<String>,
    short_labels: FxHashSet<String>,
    /// What a date of a change begins with in all languages, in small letters.
    updates: Vec<String>,
    /// What headings say of what stands below, in all languages, in small letters.
    comments: FxHashSet<String>,
    counted: FxHashSet<String>,
    others: Vec<String>,
    sponsors: Vec<String>,
    adverts: Vec<String>,
    roles: FxHashSet<String>,
    newsrooms: FxHashSet<String>,
    joiners: FxHashSet<String>,
    replies: FxHashSet<String>,
    mail_dates: FxHashSet<String>,
    editions: FxHashSet<String>,
    people: Vec<String>,
    sources: FxHashSet<String>,
    particles: FxHashSet<String>,
    rubrics: FxHashSet<String>,
    ago: Vec<String>,
    /// Titles that tell no story, in all languages, in small letters: "Untitled", "Press release".
    no_titles: FxHashSet<String>,
    /// What comes first in a date written in numbers.
    pub(crate) orders: DateOrders,
    #[cfg_attr(not(test), allow(dead_code, reason = "examples are run by the tests"))]
    pub(crate) examples: Vec<(Location, Says, String, String)>,
}

#[derive(Debug, Clone)]
struct Names {
    words: AhoCorasick,
    says: Vec<Says>,
}

impl Names {
    fn compile(patterns: &[(String, Says)], at: &Location) -> Result<Self, PackError> {
        let words = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(patterns.iter().map(|(pattern, _)| pattern))
            .map_err(|error| PackError::Entry { at: at.clone(), reason: error.to_string() })?;
        Ok(Self { words, says: patterns.iter().map(|(_, says)| *says).collect() })
    }

    fn of(&self, names: &str) -> Says {
        self.words
            .find_overlapping_iter(names)
            .fold(Says::default(), |all, found| all.or(self.says[found.pattern().as_usize()]))
    }
}

impl Rules {
    /// Compiles what `world` knows of the names of elements, and the months of the language packs.
    ///
    /// # Errors
    /// What is wrong with a table, and where.
    pub fn compile(world: &Pack, packs: &[Pack]) -> Result<Self, PackError> {
        let table = world.table(MARKUP)?;
        let [attr, says, pattern] = [table.column("attr")?, table.column("says")?, table.column("pattern")?];
        let (yes, no) = (table.column("yes")?, table.column("no")?);
        let (mut class, mut id, mut itemprop, mut examples) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in table.rows() {
            let entry = |reason: &str| PackError::Entry { at: row.location(), reason: reason.to_owned() };
            let says =
                Says::of(row.cell(says)).ok_or_else(|| entry("`says` is none of those listed above the table"))?;
            let into = match row.cell(attr) {
                "class" => &mut class,
                "id" => &mut id,
                "itemprop" => &mut itemprop,
                _ => return Err(entry("`attr` is class, id or itemprop")),
            };
            for pattern in row.cell(pattern).split('|').filter(|pattern| !pattern.is_empty()) {
                let words = pattern.strip_suffix('*');
                let form = words.map_or_else(|| format!("-{pattern}-"), |words| format!("-{words}"));
                into.push((form, says));
            }
            if row.cell(yes).is_empty() {
                return Err(entry("a row needs an element it speaks of"));
            }
            examples.push((row.location(), says, row.cell(yes).to_owned(), row.cell(no).to_owned()));
        }
        let at = world.location(MARKUP, 0);
        let mut months = FxHashMap::default();
        for pack in packs.iter().filter(|pack| pack.bytes(MONTHS).is_some()) {
            let table = pack.table(MONTHS)?;
            let (form, month) = (table.column("form")?, table.column("month")?);
            for row in table.rows() {
                // Rows without a number are seasons.
                let Ok(month) = row.cell(month).parse::<i16>() else { continue };
                months.extend(row.cell(form).split('|').map(|form| (form.to_lowercase(), month)));
            }
        }
        let mut weekdays = FxHashMap::default();
        for pack in packs.iter().filter(|pack| pack.bytes(WEEKDAYS).is_some()) {
            let table = pack.table(WEEKDAYS)?;
            let (form, day) = (table.column("form")?, table.column("day")?);
            for row in table.rows() {
                let Ok(day) = row.cell(day).parse::<i8>() else { continue };
                weekdays.extend(row.cell(form).split('|').map(|form| (form.to_lowercase(), day)));
            }
        }
        let (mut labels, mut short_labels) = (FxHashSet::default(), FxHashSet::default());
        let (mut updates, mut others, mut sponsors, mut ago) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut adverts, mut people) = (Vec::new(), Vec::new());
        let mut replies = FxHashSet::default();
        let (mut mail_dates, mut sources, mut editions) =
            (FxHashSet::default(), FxHashSet::default(), FxHashSet::default());
        let (mut roles, mut newsrooms, mut joiners) =
            (FxHashSet::default(), FxHashSet::default(), FxHashSet::default());
        let (mut particles, mut rubrics) = (FxHashSet::default(), FxHashSet::default());
        let (mut comments, mut counted, mut no_titles) =
            (FxHashSet::default(), FxHashSet::default(), FxHashSet::default());
        for pack in packs.iter().chain([world]).filter(|pack| pack.bytes(WORDS).is_some()) {
            let table = pack.table(WORDS)?;
            let (name, phrases) = (table.column("class")?, table.column("phrases")?);
            for row in table.rows().filter(|row| row.cell(name) == SHORT_LABELS) {
                short_labels.extend(row.cell(phrases).split('|').map(str::to_lowercase));
            }
            for row in table.rows() {
                let small = || row.cell(phrases).split('|').map(str::to_lowercase);
                match row.cell(name) {
                    UPDATES => updates.extend(small()),
                    COMMENTS => comments.extend(small()),
                    COUNTED => counted.extend(small()),
                    OTHERS => others.extend(small()),
                    SPONSORS => sponsors.extend(small()),
                    MAIL_DATES => mail_dates.extend(small()),
                    EDITIONS => editions.extend(small()),
                    PEOPLE => people.extend(small()),
                    SOURCES => sources.extend(small()),
                    REPLIES => replies.extend(small()),
                    JOINERS => joiners.extend(small()),
                    NEWSROOM => newsrooms.extend(small().flat_map(|phrase| words_of(&phrase))),
                    class if ROLES.contains(&class) => roles.extend(small().flat_map(|phrase| words_of(&phrase))),
                    PARTICLES => particles.extend(small().flat_map(|phrase| words_of(&phrase))),
                    class if RUBRICS.contains(&class) => rubrics.extend(small().flat_map(|phrase| words_of(&phrase))),
                    ADVERTS => adverts.extend(small()),
                    AGO => ago.extend(small()),
                    NO_TITLES => no_titles.extend(small()),
                    _ => {}
                }
            }
            for row in table.rows().filter(|row| row.cell(name) == LABELS) {
                // Small ones also join names.
                let begins = |label: &&str| label.starts_with(char::is_uppercase);
                labels.extend(row.cell(phrases).split('|').filter(begins).map(str::to_lowercase));
            }
        }
        id.extend(class.iter().cloned());
        let (class, id, itemprop) =
            (Names::compile(&class, &at)?, Names::compile(&id, &at)?, Names::compile(&itemprop, &at)?);
        let orders = DateOrders::compile(world)?;
        Ok(Self {
            class,
            id,
            itemprop,
            months,
            weekdays,
            labels,
            short_labels,
            updates,
            comments,
            counted,
            others,
            sponsors,
            adverts,
            roles,
            newsrooms,
            joiners,
            replies,
            mail_dates,
            editions,
            people,
            sources,
            particles,
            rubrics,
            ago,
            no_titles,
            orders,
            examples,
        })
    }

    /// The day of the week that a text names, Monday 1; none if it names no day or two.
    pub(crate) fn weekday(&self, text: &str) -> Option<i8> {
        let words = text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty());
        let mut days = words.filter_map(|word| self.weekdays.get(&word.to_lowercase()).copied());
        let day = days.next()?;
        days.all(|other| other == day).then_some(day)
    }

    /// The month of that name, 1 to 12.
    pub(crate) fn month(&self, word: &str) -> Option<i16> {
        self.months.get(&word.to_lowercase()).copied()
    }

    /// Whether a line with a date begins with what says that the page was changed then: "Updated 8 July 2025".
    pub(crate) fn is_update(&self, line: &str) -> bool {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let begins = |label: &String| line.strip_prefix(label.as_str());
        self.updates.iter().filter_map(begins).any(|rest| !rest.starts_with(char::is_alphanumeric))
    }

    /// Whether a heading says that readers' comments stand below: "Comments", "12 replies".
    pub(crate) fn is_comments(&self, heading: &str) -> bool {
        self.comments.contains(&uncounted(heading).1) || self.is_counted(heading)
    }

    /// Whether a heading says how many comments stand below: "12 replies", "3 thoughts on “…”".
    pub(crate) fn is_counted(&self, heading: &str) -> bool {
        let (counted, words) = uncounted(heading);
        counted
            && self.counted.iter().any(|label| match label.strip_suffix('*') {
                Some(label) => words.strip_prefix(label).is_some_and(|rest| rest.starts_with(' ')),
                None => words == *label,
            })
    }

    /// Whether a title tells no story: "Untitled", "Press release".
    pub(crate) fn is_no_title(&self, title: &str) -> bool {
        self.no_titles.contains(&title.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    }

    /// Whether other stories stand under a heading: "Read next", "More stories from Lens".
    pub(crate) fn is_others(&self, heading: &str) -> bool {
        is_labelled(heading, &self.others)
    }

    /// Whether a label says who paid for the box below: "In partnership with Lens", "Sponsored: a lamp".
    pub(crate) fn is_sponsor(&self, label: &str) -> bool {
        let before = label.split_once(':').map_or(label, |(before, _)| before);
        is_labelled(label, &self.sponsors) || is_labelled(before, &self.sponsors)
    }

    /// Whether a word says what somebody of a newsroom does.
    pub(crate) fn is_role(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        self.roles.contains(&small) || self.newsrooms.contains(&small)
    }

    /// Whether a word begins the name of a desk: "Redaksi Kabar Timur".
    pub(crate) fn is_newsroom(&self, word: &str) -> bool {
        self.newsrooms.contains(&word.to_lowercase())
    }

    /// Whether a word joins the names of two people: "and".
    pub(crate) fn is_joiner(&self, word: &str) -> bool {
        self.joiners.contains(word)
    }

    /// Whether a button answers what a reader says: "Reply".
    pub(crate) fn is_reply(&self, text: &str) -> bool {
        self.replies.contains(&text.trim().to_lowercase())
    }

    /// Whether an address in small letters is that of a page about a person: "…/author/ann-holt".
    pub(crate) fn leads_to_person(&self, href: &str) -> bool {
        self.people.iter().any(|word| href.contains(word.as_str()))
    }

    /// Whether a word says which edition of a site a page is of: "Mobile".
    pub(crate) fn is_edition(&self, word: &str) -> bool {
        self.editions.contains(&word.to_lowercase())
    }

    /// Whether a line of a mail's head says when it was sent: "Date: 12 Sep 2025".
    pub(crate) fn is_mail_date(&self, line: &str) -> bool {
        line.split_once(':').is_some_and(|(label, _)| self.mail_dates.contains(&label.trim().to_lowercase()))
    }

    /// Whether a list of sources stands under a heading.
    pub(crate) fn is_sources(&self, heading: &str) -> bool {
        self.sources.contains(&heading.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
    }

    /// Whether a word joins the parts of a name: "van", "bin".
    pub(crate) fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether a word is one that names of sections are made of: "News", "Politics".
    pub(crate) fn is_rubric(&self, word: &str) -> bool {
        let small = word.to_lowercase();
        self.rubrics.contains(&small) || self.labels.contains(&small) || self.is_role(word)
    }

    /// Whether a line is the label of an advertisement: "- Advertisement -".
    pub(crate) fn is_advert(&self, line: &str) -> bool {
        is_labelled(line, &self.adverts)
    }

    /// Whether a text is a time told from now and no more: "2 hours ago".
    pub(crate) fn is_ago(&self, text: &str) -> bool {
        if text.len() > AGO_BYTES {
            return false;
        }
        let small = text.trim().to_lowercase();
        let counted = small.starts_with(|c: char| c.is_ascii_digit());
        let ends = |word: &String| {
            small
                .strip_suffix(word.as_str())
                .is_some_and(|rest| rest.ends_with(' ') && counted || rest.is_empty() && word.contains(' '))
        };
        small.split_whitespace().count() <= AGO_WORDS && self.ago.iter().any(ends)
    }

    /// Whether a line begins as a byline does: with a label and a name behind it.
    pub(crate) fn begins_byline(&self, line: &str) -> bool {
        let (label, rest) = line.split_once([' ', ':', ',', '\u{a0}']).unwrap_or((line, ""));
        let name = self.behind_joiner(rest.trim_start_matches([' ', ':', ',', '\u{a0}']));
        let colon = || line[label.len()..].trim_start().starts_with(':');
        let known = |labels: &FxHashSet<String>| labels.contains(&label.to_lowercase());
        (known(&self.labels) || known(&self.short_labels) && colon()) && name.starts_with(char::is_uppercase)
    }

    /// What stands behind the small word that joins a label to its name: "Written by Ann Holt".
    fn behind_joiner<'n>(&self, rest: &'n str) -> &'n str {
        let joined = rest
            .split_once([' ', ':', '\u{a0}'])
            .filter(|(joiner, _)| joiner.starts_with(char::is_lowercase) && self.labels.contains(*joiner));
        joined.map_or(rest, |(_, name)| name.trim_start_matches([' ', ':', '\u{a0}']))
    }

    /// A name without the label and the marks that a byline puts around it: "By Ann Holt -".
    pub(crate) fn without_label<'n>(&self, name: &'n str) -> &'n str {
        let name = name.trim_matches(|c: char| c.is_whitespace() || "-|–—:,".contains(c));
        match name.split_once([' ', ':', '\u{a0}']) {
            Some((label, rest)) if self.labels.contains(&label.to_lowercase()) => {
                let rest = self.behind_joiner(rest.trim_start_matches([' ', ':', '\u{a0}']));
                if rest.is_empty() { name } else { rest }
            }
            _ => name,
        }
    }

    /// What the names in a class, id or test id say.
    pub(crate) fn class(&self, names: &str) -> Says {
        self.class.of(&cut(names))
    }

    /// What the names in an id say: what they say in a class, and what only an id says.
    pub(crate) fn id(&self, names: &str) -> Says {
        self.id.of(&cut(names))
    }

    /// What a microdata property says.
    pub(crate) fn itemprop(&self, names: &str) -> Says {
        self.itemprop.of(&cut(names))
    }
}

fn words_of(phrase: &str) -> Vec<String> {
    phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect()
}

/// Whether a heading is one of the labels, or begins with one that ends in `*`.
fn is_labelled(heading: &str, labels: &[String]) -> bool {
    let heading = heading.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    labels.iter().any(|label| match label.strip_suffix('*') {
        Some(label) => heading.strip_prefix(label).is_some_and(|rest| rest.starts_with(char::is_whitespace)),
        None => heading == *label,
    })
}

/// Whether a heading begins or ends with a number, and its other words in small letters.
fn uncounted(heading: &str) -> (bool, String) {
    let words = heading.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let mut words: Vec<&str> = words.collect();
    let number = |word: Option<&&str>| word.is_some_and(|word| word.bytes().all(|c| c.is_ascii_digit()));
    let before = words.len();
    if number(words.first()) {
        words.remove(0);
    } else if number(words.last()) {
        words.pop();
    }
    (words.len() < before, words.join(" ").to_lowercase())
}

/// Names as words between hyphens: `articleBody td__text` becomes `-article-body--td-text-`.
///
/// A plugin's class of one letter and 32 hexadecimal digits, which differs from page to page, becomes `u[hex32]`.
fn cut(names: &str) -> String {
    let mut out = String::with_capacity(names.len() + 8);
    for name in names.split_ascii_whitespace() {
        // "has-small-font-size", "no-sidebar": what an element has or lacks is not what it is.
        if name.split_once('-').is_some_and(|(first, _)| matches!(first, "has" | "no" | "with" | "without")) {
            continue;
        }
        out.push('-');
        let digits = name.strip_prefix('u').unwrap_or_default();
        if digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            out.push_str("u[hex32]-");
            continue;
        }
        let mut small = false;
        for c in name.chars() {
            match c {
                '-' | '_' | ':' | '/' | '.' | '|' => {
                    if !out.ends_with('-') {
                        out.push('-');
                    }
                    small = false;
                }
                _ => {
                    if c.is_ascii_uppercase() && small && !out.ends_with('-') {
                        out.push('-');
                    }
                    small = c.is_ascii_lowercase();
                    out.push(c.to_ascii_lowercase());
                }
            }
        }
        if !out.ends_with('-') {
            out.push('-');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;
    use crate::tree::Name;

    #[test]
    fn every_row_speaks_of_its_example_and_not_of_its_counter_example() {
        let rules = Rules::compile(&Pack::builtin("world").unwrap(), &[]).unwrap();
        for (at, says, yes, no) in &rules.examples {
            let said = |html: &str| {
                let tree = parse(html);
                let of = |name| tree.attribute(1, name).unwrap_or_default();
                let class = rules.class(of(Name::Class)).or(rules.id(of(Name::Id)));
                class.or(rules.itemprop(of(Name::Itemprop)))
            };
            assert!(said(yes).any(*says), "{at}: {yes}");
            assert!(!said(no).any(*says), "{at}: {no}");
        }
    }

    #[test]
    fn headings_say_what_stands_below() {
        let packs = [Pack::builtin("id").unwrap(), Pack::builtin("en").unwrap()];
        let rules = Rules::compile(&Pack::builtin("world").unwrap(), &packs).unwrap();
        for comments in ["Comments", "Komentar (2)", "3 replies", "2 thoughts on “A truce by telephone”", "2 tanggapan"]
        {
            assert!(rules.is_comments(comments), "{comments}");
        }
        for not in ["Tanggapan", "Replies from Rome", "Thoughts on the truce", "3 soldiers", ""] {
            assert!(!rules.is_comments(not), "{not}");
        }
        for others in ["Read next", "BERITA TERKAIT", "More stories from Lens Press", "Baca juga:"] {
            assert!(rules.is_others(others), "{others}");
        }
        for not in ["More on the talks", "Popular joy, nervous markets", "Berita duka dari Kudus", "Trending downwards"]
        {
            assert!(!rules.is_others(not), "{not}");
        }
        for update in ["Updated 8 July 2025", "Diperbarui: 8 Juli 2025", "- Last updated on July 8"] {
            assert!(rules.is_update(update), "{update}");
        }
        assert!(!rules.is_update("Published 8 July 2025") && !rules.is_update("Modifiedly 8"));
    }

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(cut("articleBody td__text"), "-article-body--td-text-");
        assert_eq!(cut("u0f1e2d3c4b5a69788796a5b4c3d2e1f0"), "-u[hex32]-");
        assert_eq!(cut(""), "");
    }
}
