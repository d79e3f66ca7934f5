//! The table of groups: which articles are copies of one text.

use crate::copies::{Groups, moment, rounded};
use crate::failure::BatchError;
use crate::journal::Journal;
use crate::parts::{Format, INNER, Lines, Piece, Table, write_whole};
use crate::rows::{Delimiter, line};
use saksi_duplicates::{Dated, SIZE, Signature, signature};
use saksi_input::When;
use saksi_record::{Record, WireGroup};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Bytes of an article in the file of signatures: the signature, and when it was published.
const ROW: usize = SIZE + 8;

/// What the table says of an article whatever its group.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Article {
    #[serde(rename = "article")]
    id: String,
    from: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    credit: Option<String>,
}

/// A row of the table of groups.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// The id of the article that is the earliest.
    group: &'a str,
    #[serde(flatten)]
    article: &'a Article,
    kind: &'a str,
    similarity: f64,
}

/// What is kept of an article until the end.
pub(crate) fn lines(record: &Record, published: Option<When>) -> Lines {
    let article = &record.article;
    let moment = moment(published, article.published.value.as_deref()).unwrap_or(i64::MAX);
    let mut bytes = signature(record).to_bytes().to_vec();
    bytes.extend_from_slice(&moment.to_le_bytes());
    let row = Article {
        id: article.id.clone(),
        from: article.from.clone(),
        url: article.url.clone(),
        outlet: article.outlet.clone(),
        title: article.title.clone(),
        published: article.published.value.clone(),
        credit: article.credit.clone(),
    };
    let mut line = serde_json::to_vec(&row).unwrap_or_default();
    line.push(b'\n');
    vec![(Table::Signatures, Piece::Bytes(bytes)), (Table::Articled, Piece::Bytes(line))]
}

/// The groups of the articles of all parts, and what is told of those in them.
pub(crate) struct Grouped {
    pub(crate) groups: Groups,
    articles: HashMap<usize, Article>,
}

impl Grouped {
    /// Groups the articles of all parts.
    pub(crate) fn of(folder: &Path, journal: &Journal) -> Result<Self, BatchError> {
        let kept = |stem: &str| -> Vec<_> {
            let prefix = format!("{INNER}/{stem}-");
            let files = journal.parts.iter().flat_map(|part| &part.files);
            files.filter(|kept| kept.name.starts_with(&prefix)).map(|kept| folder.join(&kept.name)).collect()
        };
        let mut signed: Vec<Dated> = Vec::new();
        for file in kept("signatures") {
            let bytes = fs::read(&file).map_err(|error| BatchError::io(&file, &error))?;
            signed.extend(bytes.chunks_exact(ROW).filter_map(dated));
        }
        let groups = Groups::of(&signed);
        drop(signed);
        let mut articles = HashMap::new();
        let mut number = 0;
        for file in kept("articles") {
            let reader = File::open(&file).map(BufReader::new).map_err(|error| BatchError::io(&file, &error))?;
            for line in reader.lines() {
                let line = line.map_err(|error| BatchError::io(&file, &error))?;
                if groups.find(number).is_some() {
                    let article = serde_json::from_str(&line).map_err(|_| BatchError::Part { file: file.clone() })?;
                    articles.insert(number, article);
                }
                number += 1;
            }
        }
        Ok(Self { groups, articles })
    }

    /// What the records say of their groups: those of `count` articles from number `first` on.
    pub(crate) fn told(&self, first: usize, count: usize) -> Vec<Option<WireGroup>> {
        let id = |number: usize| self.articles.get(&number).map(|article| article.id.clone());
        (first..first + count).map(|number| self.groups.told(number, id)).collect()
    }

    /// How many articles in groups are not the earliest.
    pub(crate) fn copies(&self) -> u64 {
        self.groups.groups.iter().map(|group| group.members.len() as u64 - 1).sum()
    }

    /// Writes the table of groups.
    pub(crate) fn write(&self, folder: &Path, format: Format) -> Result<(), BatchError> {
        let mut table: Vec<Row<'_>> = Vec::new();
        for group in &self.groups.groups {
            let Some(earliest) = self.articles.get(&group.earliest) else { continue };
            for member in &group.members {
                let Some(article) = self.articles.get(&member.article) else { continue };
                let similarity = rounded(member.similarity);
                table.push(Row { group: &earliest.id, article, kind: member.kind.as_str(), similarity });
            }
        }
        let (name, bytes) = match format {
            Format::Jsonl => ("groups.jsonl", table.iter().flat_map(json).collect()),
            Format::Csv => {
                let rows = table.iter().map(|row| line(Delimiter::Comma, cells(row).iter().map(String::as_str)));
                let text: String = std::iter::once(line(Delimiter::Comma, COLUMNS)).chain(rows).collect();
                ("groups.csv", text.into_bytes())
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => {
                let rows: Vec<Vec<String>> = table.iter().map(|row| cells(row).to_vec()).collect();
                ("groups.parquet", crate::columns::bytes(&COLUMNS, &rows))
            }
        };
        write_whole(folder, name, &bytes)
    }
}

fn dated(row: &[u8]) -> Option<Dated> {
    let (signature, when) = row.split_at_checked(SIZE)?;
    let when = i64::from_le_bytes(when.try_into().ok()?);
    let signature = Signature::from_bytes(signature.try_into().ok()?);
    Some(Dated { signature, when: (when != i64::MAX).then_some(when) })
}

/// The columns of the table.
const COLUMNS: [&str; 10] =
    ["group", "article", "from", "url", "outlet", "title", "published", "credit", "kind", "similarity"];

fn json(row: &Row<'_>) -> Vec<u8> {
    let mut line = serde_json::to_vec(row).unwrap_or_default();
    line.push(b'\n');
    line
}

fn cells(row: &Row<'_>) -> [String; 10] {
    let of = |value: &Option<String>| value.clone().unwrap_or_default();
    let article = row.article;
    [
        row.group.to_owned(),
        article.id.clone(),
        of(&article.from),
        of(&article.url),
        of(&article.outlet),
        of(&article.title),
        of(&article.published),
        of(&article.credit),
        row.kind.to_owned(),
        row.similarity.to_string(),
    ]
}
