//! Articles that were reviewed as gold: NAME.txt beside NAME.json.

use crate::error::CliError;
use saksi_store::StoreError;
use saksi_store::look::Article;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Letters of the headline in a file's name.
const LETTERS: usize = 40;
/// Letters of the article's key in it, so that no two have one name.
const KEY: usize = 8;

/// Writes every article of which every event was reviewed; tells how many. All files are written or none.
pub(crate) fn export(
    db: &saksi_store::Connection,
    folder: &Path,
    error: impl Fn(StoreError) -> CliError,
) -> Result<usize, CliError> {
    let articles = saksi_store::look::reviewed(db).map_err(error)?;
    if articles.is_empty() {
        return Err(CliError::Usage {
            reason: "no article has been reviewed wholly".to_owned(),
            help: "review all events of an article first: `saksi review --article KEY`; `saksi list` shows the keys",
        });
    }
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for (article, reports) in &articles {
        let (text, gold) = saksi_score::reviewed(&article.record, reports);
        let name = name(article);
        files.push((folder.join(format!("{name}.txt")), text));
        files.push((
            folder.join(format!("{name}.json")),
            format!("{}\n", serde_json::to_string_pretty(&gold).unwrap_or_default()),
        ));
    }
    let failed =
        |reason: std::io::Error, path: &Path| CliError::Output { reason: format!("{}: {reason}", path.display()) };
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(CliError::Usage {
            reason: format!("{} is there already", path.display()),
            help: "name another folder, or take the files away; nothing was written",
        });
    }
    std::fs::create_dir_all(folder).map_err(|error| failed(error, folder))?;
    for (number, (path, text)) in files.iter().enumerate() {
        let written = OpenOptions::new().write(true).create_new(true).open(path);
        if let Err(error) = written.and_then(|mut file| file.write_all(text.as_bytes())) {
            for (path, _) in &files[..=number] {
                let _ = std::fs::remove_file(path);
            }
            return Err(failed(error, path));
        }
    }
    Ok(articles.len())
}

/// `2025-07-13-kim-meets-lavrov-0a1b2c3d.id`
fn name(article: &Article) -> String {
    let about = &article.record.article;
    let title = about.title.as_deref().unwrap_or("article").to_lowercase();
    let words: Vec<&str> = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let title: String = words.join("-").chars().take(LETTERS).collect();
    let title = if title.is_empty() { "article" } else { title.trim_end_matches('-') };
    let day = about.published.value.as_deref().unwrap_or("undated");
    let key: String = article.key.chars().take(KEY).collect();
    format!("{day}-{title}-{key}.{}", about.language)
}
