//! The stories of `tests/stories`, read by the whole pipeline and merged all together, against what was coded in them
//! before anything was run. Those that are `kept` were kept aside while the weights were set.
//! `cargo test -p saksi-merge --test stories -- --nocapture` prints the figures, and with `STORIES_SHOW=open` what comes
//! out wrong in the others.

#![allow(clippy::print_stdout, reason = "the figures are read by people")]

mod coded;

use coded::{Differs, Story};
use saksi::{Packs, RawArticle, read};
use saksi_lang::Pack;
use saksi_merge::{
    Gazetteer, Maybe, Opinion, Outline, Report, cluster, event, is_translation, likeness, maybe, outline, reports,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Lowest B³ F1, of all stories, and of those that are kept aside and the others.
const LEAST_F1: f64 = 0.85;
/// Highest share of merges that bring two events together, over all stories.
const MOST_WRONG: f64 = 0.03;
/// Reports that may be of an event, as many as are shown.
const SHOWN: usize = 10;
/// Lowest share of all coded differences that are told: of an event, or of a report that may be of it. The aim is all. Of all, since of those
/// whose values are read the share falls when more is read.
const LEAST_TOLD: f64 = 0.58;

/// A coded event with the reports that were found of it.
struct Gold {
    story: usize,
    name: String,
    coded: usize,
    found: Vec<usize>,
    sources: Option<u32>,
    differs: Vec<Differs>,
}

struct Collection {
    stories: Vec<String>,
    kept: Vec<bool>,
    whole: Vec<bool>,
    reports: Vec<Report>,
    texts: HashMap<String, Vec<char>>,
    gold: Vec<Gold>,
    /// The coded event of a report, and what is of no coded event.
    of: HashMap<usize, usize>,
    near: Vec<(usize, usize)>,
    outlines: Vec<Outlined>,
}

/// What tells whether an article is another's translation.
struct Outlined {
    language: String,
    witness: String,
    outline: Outline,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// First and last code point of the `n`th place where the words stand, for `words #n`.
fn locate(text: &[char], trigger: &str) -> Option<(u32, u32)> {
    let (words, count) = match trigger.rsplit_once(" #") {
        Some((words, number)) if number.parse::<usize>().is_ok() => (words, number.parse::<usize>().ok()?),
        _ => (trigger, 1),
    };
    let words: Vec<char> = words.chars().collect();
    let whole = |at: usize| {
        let inside = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric() || *c == '_');
        !(at > 0 && inside(text.get(at - 1)) || inside(text.get(at + words.len())))
    };
    let at = (0..text.len()).filter(|&at| text[at..].starts_with(&words) && whole(at)).nth(count - 1)?;
    Some((at as u32, (at + words.len()) as u32))
}

impl Collection {
    fn empty() -> Self {
        Self {
            stories: Vec::new(),
            kept: Vec::new(),
            whole: Vec::new(),
            reports: Vec::new(),
            texts: HashMap::new(),
            gold: Vec::new(),
            of: HashMap::new(),
            near: Vec::new(),
            outlines: Vec::new(),
        }
    }

    fn add(&mut self, name: &str, story: Story, texts: &Path, packs: &Packs, gazetteer: &Gazetteer) {
        let number = self.stories.len();
        self.stories.push(name.to_owned());
        self.kept.push(story.kept);
        self.whole.push(story.whole);
        let article_key = |file: &str| format!("{name}/{file}");
        for article in &story.article {
            let bytes = std::fs::read(texts.join(&article.file)).unwrap_or_else(|error| panic!("{name}: {error}"));
            let raw = RawArticle {
                bytes: &bytes,
                published: Some(&article.published),
                outlet: article.outlet.as_deref(),
                ..RawArticle::default()
            };
            let record = read(&raw, packs).unwrap();
            let key = article_key(&article.file);
            self.texts.insert(key.clone(), record.text.chars().collect());
            let witness = article.copy_of.as_deref().map_or_else(|| key.clone(), article_key);
            self.outlines.push(Outlined {
                language: record.article.language.clone(),
                witness: witness.clone(),
                outline: outline(&record, gazetteer),
            });
            let mut found = reports(&record, &key, gazetteer);
            for report in &mut found {
                report.witness.clone_from(&witness);
            }
            self.reports.extend(found);
        }
        let first = self.gold.len();
        for coded in story.event {
            let place = self.gold.len();
            let mut found = Vec::new();
            let count = coded.reports.len();
            for coded_report in &coded.reports {
                let (file, trigger) = coded_report.split_once(": ").unwrap();
                let key = article_key(file);
                let (start, end) = locate(&self.texts[&key], trigger)
                    .unwrap_or_else(|| panic!("{name}: {file}: no {trigger:?}; is the story checked?"));
                let overlap = |report: &Report| {
                    i64::from(report.trigger.end.min(end)) - i64::from(report.trigger.start.max(start))
                };
                let best = (0..self.reports.len())
                    .filter(|&at| self.reports[at].article == key && overlap(&self.reports[at]) > 0)
                    .filter(|at| !self.of.contains_key(at))
                    .max_by_key(|&at| {
                        let report = &self.reports[at];
                        let same = coded.kind.as_deref() == Some(report.kind.as_str());
                        (same, overlap(report), std::cmp::Reverse(at))
                    });
                if let Some(at) = best {
                    self.of.insert(at, place);
                    found.push(at);
                }
            }
            self.gold.push(Gold {
                story: number,
                name: coded.name,
                coded: count,
                found,
                sources: coded.sources,
                differs: coded.differs,
            });
        }
        let named = |name: &str| (first..self.gold.len()).find(|&at| self.gold[at].name == name);
        for miss in &story.near_miss {
            for (at, one) in miss.events.iter().enumerate() {
                for other in &miss.events[at + 1..] {
                    self.near.extend(named(one).zip(named(other)));
                }
            }
        }
    }
}

/// What came out for some of the stories.
#[derive(Default)]
struct Score {
    coded: usize,
    found: usize,
    precision: f64,
    recall: f64,
    /// Pairs of coded reports in one group, and those of two events.
    pairs: usize,
    wrong_pairs: usize,
    /// Merges: a group of n reports took n - 1, and if they are of k events, k - 1 of these are wrong.
    merges: usize,
    wrong: usize,
    near: usize,
    near_merged: usize,
    differences: usize,
    tellable: usize,
    told: usize,
    /// Those that are told of a report that may be of the event and is not brought together with it.
    perhaps: usize,
    /// Coded reports that may be of an event and are not brought together with it, and those of them that are of it.
    listed: usize,
    listed_right: usize,
    /// Differences between articles that nobody wrote into them, by field.
    unwritten: BTreeMap<String, usize>,
    sources: usize,
    sources_right: usize,
    shown: String,
}

impl Score {
    fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision / self.found as f64, self.recall / self.found as f64);
        2.0 * precision * recall / (precision + recall)
    }

    fn wrong_share(&self) -> f64 {
        self.wrong as f64 / self.merges.max(1) as f64
    }

    fn line(&self, name: &str) -> String {
        format!(
            "{name}: {} of {} coded reports found; B³ precision {:.3}, recall {:.3}, F1 {:.3}; {} of {} merges wrong ({:.1} %), {} of {} pairs; \
             near misses merged {} of {}; differences {} of {} whose reports were found ({} coded; {} more of reports that may be of it, of which {} of {} are), and told though nobody wrote them {:?}; sources right {} of {}",
            self.found,
            self.coded,
            self.precision / self.found as f64,
            self.recall / self.found as f64,
            self.f1(),
            self.wrong,
            self.merges,
            100.0 * self.wrong_share(),
            self.wrong_pairs,
            self.pairs,
            self.near_merged,
            self.near,
            self.told,
            self.tellable,
            self.differences,
            self.perhaps,
            self.listed_right,
            self.listed,
            self.unwritten,
            self.sources_right,
            self.sources,
        )
    }
}

fn score(collection: &Collection, which: impl Fn(usize) -> bool) -> Score {
    let groups = cluster(&collection.reports, &[]);
    let mut group_of: HashMap<usize, usize> = HashMap::new();
    for (number, group) in groups.iter().enumerate() {
        for &at in group {
            group_of.insert(at, number);
        }
    }
    let mut score = Score::default();
    let items: Vec<usize> = {
        let mut items: Vec<usize> = collection.of.keys().copied().collect();
        items.retain(|at| which(collection.gold[collection.of[at]].story));
        items.sort_unstable();
        items
    };
    let is_one = |one: usize, other: usize| collection.of[&one] == collection.of[&other];
    for &item in &items {
        let mates: Vec<usize> =
            groups[group_of[&item]].iter().copied().filter(|at| collection.of.contains_key(at)).collect();
        let right = mates.iter().filter(|&&mate| is_one(item, mate)).count() as f64;
        let all = collection.gold[collection.of[&item]].found.len() as f64;
        score.precision += right / mates.len() as f64;
        score.recall += right / all;
        for &mate in mates.iter().filter(|&&mate| mate > item) {
            score.pairs += 1;
            if !is_one(item, mate) {
                score.wrong_pairs += 1;
                show(collection, item, mate, "WRONG", &mut score.shown);
            }
        }
    }
    score.found = items.len();
    for group in &groups {
        let coded: Vec<usize> = group.iter().filter(|at| items.contains(at)).map(|at| collection.of[at]).collect();
        let events: BTreeSet<usize> = coded.iter().copied().collect();
        score.merges += coded.len().saturating_sub(1);
        score.wrong += events.len().saturating_sub(1);
    }
    for gold in collection.gold.iter().filter(|gold| which(gold.story)) {
        score.coded += gold.coded;
        show_split(collection, gold, &group_of, &mut score.shown);
        let numbers: BTreeSet<usize> = gold.found.iter().map(|at| group_of[at]).collect();
        let events: Vec<_> = numbers
            .iter()
            .map(|&number| event(&groups[number].iter().map(|&at| &collection.reports[at]).collect::<Vec<_>>()))
            .collect();
        if let Some(sources) = gold.sources {
            score.sources += 1;
            let right = events.iter().map(|event| event.sources).max() == Some(sources);
            score.sources_right += usize::from(right);
            if !right {
                let found: Vec<u32> = events.iter().map(|event| event.sources).collect();
                let _ = writeln!(
                    score.shown,
                    "SOURCES {} {}: {sources}, found {found:?}",
                    collection.stories[gold.story], gold.name
                );
            }
        }
        for difference in events.iter().flat_map(|event| &event.differences) {
            let field = difference.field.split(':').next().unwrap_or_default();
            let articles = |opinion: &Opinion| {
                opinion.reports.iter().filter_map(|key| key.split(':').next()).map(str::to_owned).collect()
            };
            let tellers: Vec<BTreeSet<String>> = difference.opinions.iter().map(articles).collect();
            let all = tellers.iter().flatten().collect::<BTreeSet<_>>().len();
            let is_coded = gold.differs.iter().any(|differs| differs.field.split(':').next() == Some(field));
            if all > 1 && !is_coded {
                *score.unwritten.entry(field.to_owned()).or_default() += 1;
                let _ = writeln!(
                    score.shown,
                    "UNWRITTEN {} {}: {} {:?}",
                    collection.stories[gold.story],
                    gold.name,
                    difference.field,
                    difference.opinions.iter().map(|o| (&o.value, &o.reports)).collect::<Vec<_>>()
                );
            }
        }
        let near: Vec<(usize, Maybe)> = numbers.iter().flat_map(|&number| near(collection, &groups[number])).collect();
        for (report, _) in near.iter().filter(|(report, _)| collection.of.contains_key(report)) {
            score.listed += 1;
            score.listed_right += usize::from(gold.found.contains(report));
        }
        for differs in &gold.differs {
            score.differences += 1;
            let field = if differs.field.starts_with("figure") { "figure" } else { &differs.field };
            let tellers = |files: &Vec<String>| {
                files.iter().any(|file| {
                    let key = format!("{}/{file}", collection.stories[gold.story]);
                    gold.found.iter().any(|&at| {
                        collection.reports[at].article == key && tells(&collection.reports[at], differs, files)
                    })
                })
            };
            let tellable = differs.values.values().filter(|files| tellers(files)).count() > 1;
            let told = events.iter().flat_map(|event| &event.differences).any(|difference| {
                difference.field.split(':').next() == Some(field)
                    && differs.values.len() <= difference.opinions.len().max(2)
                    && differs.values.keys().filter(|value| is_told(field, value, &difference.opinions)).count() > 1
            });
            let perhaps = || {
                let differences = near.iter().flat_map(|(_, maybe)| &maybe.differences);
                differences.into_iter().any(|difference| {
                    difference.field.split(':').next() == Some(field)
                        && differs.values.keys().filter(|value| is_told(field, value, &difference.opinions)).count() > 1
                })
            };
            score.perhaps += usize::from(!told && tellable && perhaps());
            score.tellable += usize::from(tellable);
            score.told += usize::from(told && tellable);
            if !told || !tellable {
                let kind = if tellable { "UNTOLD" } else { "UNREAD" };
                let _ = writeln!(
                    score.shown,
                    "{kind} {} {}: {} {:?}",
                    collection.stories[gold.story], gold.name, differs.field, differs.values
                );
                for &at in &gold.found {
                    let report = &collection.reports[at];
                    let _ = writeln!(
                        score.shown,
                        "      {} {} {:?} {:?}",
                        group_of[&at],
                        brief(collection, at),
                        report.status,
                        report.figures
                    );
                }
            }
        }
    }
    for (one, other) in collection.near.iter().filter(|(one, _)| which(collection.gold[*one].story)) {
        score.near += 1;
        let groups = |gold: usize| collection.gold[gold].found.iter().map(|at| group_of[at]).collect::<BTreeSet<_>>();
        score.near_merged += usize::from(!groups(*one).is_disjoint(&groups(*other)));
    }
    score
}

/// The reports that may be of the event of a group, as many as `saksi compare` shows.
fn near(collection: &Collection, group: &[usize]) -> Vec<(usize, Maybe)> {
    let own: Vec<&Report> = group.iter().map(|&at| &collection.reports[at]).collect();
    let others: Vec<&Report> = collection.reports.iter().collect();
    maybe(&own, &others, SHOWN).into_iter().map(|maybe| (maybe.place, maybe)).collect()
}

/// Whether one of the opinions is the value that was coded.
fn is_told(field: &str, value: &str, opinions: &[Opinion]) -> bool {
    let number = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>();
    match field {
        "figure" => opinions.iter().any(|opinion| number(&opinion.value) == number(value)),
        "place" | "time" => opinions.iter().any(|o| o.value.contains(value) || value.contains(o.value.as_str())),
        "status" | "certainty" | "mode" => opinions.iter().any(|opinion| opinion.value == value),
        // coded in words of the coder's own
        _ => opinions.len() > 1,
    }
}

/// Whether the reader gave a report the value that its article is coded to tell: only what was read can be held against
/// what others say.
fn tells(report: &Report, differs: &Differs, files: &[String]) -> bool {
    let value = differs.values.iter().find(|(_, of)| *of == files).map_or("", |(value, _)| value.as_str());
    match differs.field.as_str() {
        "status" => report.status.as_str() == value,
        "certainty" => report.certainty.as_str() == value,
        field if field.starts_with("figure") => report.figures.iter().any(|figure| {
            let number: f64 =
                value.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>().parse().unwrap_or(-1.0);
            figure.value == Some(number) || figure.low == Some(number)
        }),
        "place" => report
            .place
            .iter()
            .chain(&report.near_place)
            .any(|place| place.name.contains(value) || value.contains(place.name.as_str())),
        "time" => report.time.as_ref().is_some_and(|time| time.earliest.as_deref() == Some(value)),
        "actor" => !report.actor.is_empty(),
        "recipient" => !report.recipient.is_empty(),
        _ => true,
    }
}

/// Pairs that are coded as one text in two languages, those of them that are found, and other pairs that are taken for one.
fn translations(collection: &Collection) -> (usize, usize, usize) {
    let (mut coded, mut found, mut wrong) = (0, 0, 0);
    for (at, one) in collection.outlines.iter().enumerate() {
        for other in collection.outlines[..at].iter().filter(|other| other.language != one.language) {
            let is_one = is_translation(&one.outline, &other.outline, false);
            let is_coded = one.witness == other.witness;
            coded += usize::from(is_coded);
            found += usize::from(is_coded && is_one);
            wrong += usize::from(!is_coded && is_one);
            let similar = one.outline.similarity(&other.outline) >= 0.15;
            if (is_coded || similar) && std::env::var("STORIES_SHOW").is_ok() {
                println!(
                    "{} {} {} {} {:.2}",
                    if is_coded { "translation" } else { "other" },
                    one.witness,
                    one.outline.pairs,
                    other.outline.pairs,
                    one.outline.similarity(&other.outline)
                );
            }
        }
    }
    (coded, found, wrong)
}

fn brief(collection: &Collection, at: usize) -> String {
    let report = &collection.reports[at];
    let slice = |start: u32, end: u32| {
        collection.texts[&report.article][start as usize..end as usize].iter().collect::<String>()
    };
    let keys =
        |parties: &[saksi_merge::Party]| parties.iter().map(|party| party.key.clone()).collect::<Vec<_>>().join(",");
    format!(
        "{} {} {:?} <{}> {} -> {} @ {} {} [{}]",
        report.article,
        report.kind,
        report.mode,
        slice(report.trigger.start, report.trigger.end),
        keys(&report.actor),
        keys(&report.recipient),
        report.place.iter().map(|place| place.key.clone()).collect::<Vec<_>>().join(","),
        [&report.time, &report.near_time]
            .map(|time| time.as_ref().and_then(|time| time.earliest.clone()).unwrap_or_default())
            .join("~"),
        slice(report.sentence.start, report.sentence.end),
    )
}

fn show(collection: &Collection, one: usize, other: usize, what: &str, out: &mut String) {
    let gold = |at: usize| &collection.gold[collection.of[&at]];
    let likeness = likeness(&collection.reports[one], &collection.reports[other]);
    let _ = writeln!(
        out,
        "{what} {:.2} {}:{} {}:{}\n    {}\n    {}",
        likeness.score,
        collection.stories[gold(one).story],
        gold(one).name,
        collection.stories[gold(other).story],
        gold(other).name,
        brief(collection, one),
        brief(collection, other)
    );
    for part in &likeness.parts {
        let _ = write!(out, "      {} {:.1} ({})", part.field, part.weight, part.why);
    }
    let _ =
        writeln!(out, "      linked: {}", saksi_merge::linked(&collection.reports[one], &collection.reports[other]));
}

/// Of a coded event that came out as several, what speaks for and against joining each further group to the largest, by the
/// two reports that are most alike.
fn show_split(collection: &Collection, gold: &Gold, group_of: &HashMap<usize, usize>, out: &mut String) {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &at in &gold.found {
        groups.entry(group_of[&at]).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let Some((largest, others)) = groups.split_first() else { return };
    let weight = |one: usize, other: usize| -> f64 {
        likeness(&collection.reports[one], &collection.reports[other]).parts.iter().map(|part| part.weight).sum()
    };
    for other in others {
        let pairs = largest.iter().flat_map(|&one| other.iter().map(move |&other| (one, other)));
        let best = pairs.max_by(|a, b| weight(a.0, a.1).total_cmp(&weight(b.0, b.1)));
        if let Some((one, two)) = best {
            let what = format!("SPLIT {} from {}", other.len(), largest.len());
            show(collection, one, two, &what, out);
        }
    }
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root().join("tests/stories"))
        .expect("tests/stories")
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("story.toml").is_file())
        .collect();
    folders.sort();
    folders
}

fn gazetteer() -> Gazetteer {
    let packs: Vec<Pack> = Pack::languages().into_iter().map(|code| Pack::builtin(code).unwrap()).collect();
    Gazetteer::compile(&Pack::builtin("world").unwrap(), &packs).unwrap()
}

#[test]
fn stories_are_merged_as_coded() {
    let (packs, gazetteer) = (Packs::builtin(), gazetteer());
    let mut collection = Collection::empty();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let story: Story = toml::from_str(&std::fs::read_to_string(folder.join("story.toml")).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        collection.add(&name, story, &folder, &packs, &gazetteer);
    }
    assert!(collection.stories.len() >= 30, "{} stories; is a folder missing?", collection.stories.len());
    let open = score(&collection, |story| !collection.kept[story]);
    let kept = score(&collection, |story| collection.kept[story]);
    let all = score(&collection, |_| true);
    let whole = score(&collection, |story| collection.whole[story]);
    let shown = std::env::var("STORIES_SHOW").unwrap_or_default();
    println!("{}", open.line("open"));
    println!("{}", kept.line("kept"));
    println!("{}", all.line("all "));
    println!("{}", whole.line("whole"));
    if shown == "open" {
        println!("{}", open.shown);
    }
    if let Ok(names) = std::env::var("STORIES_OF") {
        let of = |story: usize| names.split(',').any(|name| name == collection.stories[story]);
        println!("{}", score(&collection, of).line("some"));
    }
    let (translations, found, wrong) = translations(&collection);
    println!("translations: {found} of {translations} found, {wrong} other pairs of two languages taken for one");
    assert_eq!(wrong, 0, "two articles on one event are no translation of each other");
    for part in [&open, &kept, &all] {
        assert!(part.f1() >= LEAST_F1, "{}", part.line(""));
    }
    assert_eq!(whole.told, whole.differences, "every difference of these is told\n{}", whole.line("whole"));
    assert!(all.wrong_share() <= MOST_WRONG, "{}", all.line("all"));
    assert!((all.told + all.perhaps) as f64 >= LEAST_TOLD * all.differences as f64, "{}", all.line("all"));
}

/// The two pairs of gold articles that are of one event, where the project's gold lies beside it.
#[test]
fn gold_pairs_are_merged_as_coded() {
    let gold = std::env::var_os("SAKSI_GOLD").map_or_else(|| root().join("../shared/gold"), PathBuf::from);
    if !gold.is_dir() {
        println!("gold: {} is not there; nothing was checked", gold.display());
        return;
    }
    let (packs, gazetteer) = (Packs::builtin(), gazetteer());
    let mut collection = Collection::empty();
    for (name, story) in
        [("kim-lavrov", include_str!("gold/kim-lavrov.toml")), ("sameevent", include_str!("gold/sameevent.toml"))]
    {
        collection.add(name, toml::from_str(story).unwrap(), &gold, &packs, &gazetteer);
    }
    let score = score(&collection, |_| true);
    println!("{}", score.line("gold"));
    if std::env::var("STORIES_SHOW").is_ok_and(|shown| shown == "gold") {
        println!("{}", score.shown);
    }
    assert!(score.f1() >= LEAST_F1, "{}", score.line("gold"));
    assert_eq!(score.told, score.differences, "every difference of these is told\n{}", score.line("gold"));
}
