//! What a page's JSON-LD says of its article.

use serde_json::Value;

/// An article as JSON-LD describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) headline: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) body: Option<String>,
    /// It is of a type that is an article, and not only a page or a picture.
    pub(crate) is_article: bool,
}

/// How deep the value of one block is looked into.
const DEPTH: usize = 8;
/// A text with references is no longer, in bytes; the whole article is compared by its words alone.
const REFERENCES: usize = 1000;
/// How many objects of one page are taken in.
const OBJECTS: usize = 32;

/// Reads one block and adds what it says of articles; articles stand before pages.
pub(crate) fn read(block: &str, said: &mut Vec<Said>) {
    let value = serde_json::from_str(block).or_else(|_| serde_json::from_str(&mended(block)));
    let Ok(value) = value else { return };
    collect(&value, 0, said);
    said.sort_by_key(|said| !said.is_article);
}

/// The block without what strict JSON does not allow: comment marks around it, line breaks inside strings, commas before
/// closing brackets.
fn mended(block: &str) -> String {
    // "//<![CDATA[" in front, "//]]>" behind.
    let block = block.rsplit_once("]]>").map_or(block, |(block, _)| block);
    let begin = block.find('{').map_or(0, |at| block[..at].trim_end().strip_suffix('[').map_or(at, str::len));
    let begin = if block[..begin].ends_with("CDATA") { begin + 1 } else { begin };
    let end = block.rfind(['}', ']']).map_or(block.len(), |end| end + 1);
    let mut out = String::with_capacity(block.len());
    for c in block.get(begin..end).unwrap_or_default().chars() {
        match c {
            '}' | ']' => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
                out.push(c);
            }
            '\u{0}'..='\u{1f}' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

fn collect(value: &Value, depth: usize, said: &mut Vec<Said>) {
    if depth > DEPTH || said.len() >= OBJECTS {
        return;
    }
    match value {
        Value::Array(all) => all.iter().for_each(|value| collect(value, depth + 1, said)),
        Value::Object(object) => {
            let types = types(value);
            let is_article = types.iter().any(|kind| {
                kind.ends_with("Article")
                    || kind.ends_with("BlogPosting")
                    || matches!(kind.as_str(), "Report" | "Posting")
            });
            let is_page = types.iter().any(|kind| kind.ends_with("Page"));
            if is_article || is_page {
                let text = |name: &str| object.get(name).and_then(string);
                said.push(Said {
                    headline: text("headline").or_else(|| if is_article { text("name") } else { None }),
                    author: object.get("author").and_then(names).or_else(|| object.get("creator").and_then(names)),
                    publisher: object.get("publisher").and_then(names),
                    published: text("datePublished").or_else(|| text("dateCreated")),
                    language: text("inLanguage"),
                    url: text("url").or_else(|| {
                        let main = object.get("mainEntityOfPage")?;
                        string(main).or_else(|| main.get("@id").and_then(string))
                    }),
                    body: text("articleBody"),
                    is_article,
                });
            }
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item"] {
                if let Some(inner) = object.get(name).filter(|inner| inner.is_object() || inner.is_array()) {
                    collect(inner, depth + 1, said);
                }
            }
        }
        _ => {}
    }
}

fn types(value: &Value) -> Vec<String> {
    let of = |kind: &Value| kind.as_str().map(|kind| kind.rsplit(['/', ':']).next().unwrap_or(kind).to_owned());
    match value.get("@type") {
        Some(Value::Array(all)) => all.iter().filter_map(of).collect(),
        Some(one) => of(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn string(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim(),
        Value::Array(all) => return all.iter().find_map(string),
        Value::Object(object) => return object.get("@value").or_else(|| object.get("name")).and_then(string),
        _ => return None,
    };
    (!text.is_empty()).then(|| plain(text))
}

/// A text without the references and tags that some pages leave in it.
fn plain(text: &str) -> String {
    if text.len() > REFERENCES || !(text.contains('&') && text.contains(';')) {
        return text.to_owned();
    }
    crate::parse::parse(text).text_of(0)
}

/// The names in a person, an organisation, a list of them, or a bare string.
fn names(value: &Value) -> Option<String> {
    fn add(value: &Value, depth: usize, all: &mut Vec<String>) {
        match value {
            Value::String(name) => all.push(plain(name.trim())),
            Value::Object(object) => {
                if let Some(name) = object.get("name").or_else(|| object.get("@value")).filter(|_| depth < DEPTH) {
                    add(name, depth + 1, all);
                }
            }
            Value::Array(several) if depth < DEPTH => several.iter().for_each(|value| add(value, depth + 1, all)),
            _ => {}
        }
    }
    let mut all: Vec<String> = Vec::new();
    add(value, 0, &mut all);
    all.retain(|name| !name.is_empty() && !name.contains("://"));
    all.dedup();
    (!all.is_empty()).then(|| all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(block: &str) -> Vec<Said> {
        let mut all = Vec::new();
        read(block, &mut all);
        all
    }

    #[test]
    fn an_article_is_found_in_a_graph_before_its_page() {
        let all = said(
            r#"{"@graph":[{"@type":"WebPage","url":"https://a.example/x"},
            {"@type":["NewsArticle"],"headline":"Satu","author":[{"name":"Ani"},{"name":"Budi"}],"datePublished":"2025-07-13"}]}"#,
        );
        assert_eq!(all[0].headline.as_deref(), Some("Satu"));
        assert_eq!(all[0].author.as_deref(), Some("Ani, Budi"));
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn what_strict_json_forbids_is_mended() {
        let all = said("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Satu\ndua\",}\n//]]>");
        assert_eq!(all[0].headline.as_deref(), Some("Satu dua"));
    }
}
