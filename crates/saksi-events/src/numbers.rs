//! Numbers as a language writes and words them.

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use saksi_lang::{Pack, PackError};

/// What a word of the quantity lexicon is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberWord {
    /// A number of its own.
    Number(f64),
    /// Multiplies what stands before it: thousand, juta.
    Times(f64),
    /// A vague count with its lower and upper bound.
    Vague { low: f64, high: Option<f64> },
    /// "about": the number is hedged.
    About,
    /// "at least", "more than": the number is a lower bound.
    AtLeast,
    /// "up to", "fewer than": the number is an upper bound.
    AtMost,
    /// Opens a range: "between".
    Between,
    /// Joins the ends of a range: "and", "hingga".
    Joins,
    /// A currency, before or after its amount.
    Currency,
}

/// The quantity lexicon of a pack (`lexicon/quantities.tsv`).
#[derive(Debug)]
pub(crate) struct Numbers {
    words: FxHashMap<CompactString, NumberWord>,
    /// The longest entry, in words.
    pub(crate) longest: usize,
    thousands: char,
    decimal: char,
}

impl Numbers {
    pub(crate) fn compile(pack: &Pack) -> Result<Self, PackError> {
        let table = pack.table("lexicon/quantities.tsv")?;
        let (word, kind, value, high) =
            (table.column("word")?, table.column("kind")?, table.column("value")?, table.column("high")?);
        let mut numbers = Self { words: FxHashMap::default(), longest: 1, thousands: ',', decimal: '.' };
        for row in table.rows() {
            let error = |reason| PackError::Entry { at: row.location(), reason };
            let number = |cell: &str| cell.parse::<f64>().map_err(|_| error(format!("`{cell}` is no number")));
            let first = |cell: &str| cell.chars().next().unwrap_or_default();
            let entry = match row.cell(kind) {
                "number" => NumberWord::Number(number(row.cell(value))?),
                "times" => NumberWord::Times(number(row.cell(value))?),
                "vague" => NumberWord::Vague {
                    low: number(row.cell(value))?,
                    high: if row.cell(high).is_empty() { None } else { Some(number(row.cell(high))?) },
                },
                "about" => NumberWord::About,
                "at-least" => NumberWord::AtLeast,
                "at-most" => NumberWord::AtMost,
                "between" => NumberWord::Between,
                "joins" => NumberWord::Joins,
                "currency" => NumberWord::Currency,
                "thousands-mark" => {
                    numbers.thousands = first(row.cell(word));
                    continue;
                }
                "decimal-mark" => {
                    numbers.decimal = first(row.cell(word));
                    continue;
                }
                other => return Err(error(format!("`{other}` is no kind of quantity word"))),
            };
            for word in row.list(word) {
                numbers.longest = numbers.longest.max(word.split(' ').count());
                numbers.words.insert(word.into(), entry);
            }
        }
        Ok(numbers)
    }

    pub(crate) fn word(&self, lower: &str) -> Option<NumberWord> {
        self.words.get(lower).copied()
    }

    /// The value of digits with this language's marks: `11.000` is eleven thousand in Indonesian.
    pub(crate) fn digits(&self, form: &str) -> Option<f64> {
        if !form.starts_with(|c: char| c.is_ascii_digit()) || !form.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let groups: Vec<&str> = form.split(self.thousands).collect();
        let (last, front) = groups.split_last()?;
        let grouped = !front.is_empty() && front[0].len() <= 3 && front[1..].iter().all(|group| group.len() == 3);
        let whole = last.split(self.decimal).next().unwrap_or_default();
        let mut plain = String::with_capacity(form.len());
        if front.is_empty() || grouped && whole.len() == 3 {
            for group in front {
                plain.push_str(group);
            }
            plain.push_str(&last.replace(self.decimal, "."));
        } else if front.len() == 1 && last.len() <= 2 {
            plain = format!("{}.{last}", front[0]); // a decimal written the other language's way
        } else {
            return None;
        }
        plain.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_marks_of_the_language() {
        let pack = Pack::of(
            "id",
            &[("lexicon/quantities.tsv", "word\tkind\tvalue\thigh\n.\tthousands-mark\n,\tdecimal-mark\n")],
        );
        let id = Numbers::compile(&pack).unwrap();
        assert_eq!(id.digits("11.000"), Some(11_000.0));
        assert_eq!(id.digits("1,5"), Some(1.5));
        assert_eq!(id.digits("1.234.567"), Some(1_234_567.0));
        assert_eq!(id.digits("5"), Some(5.0));
        assert_eq!(id.digits("14.30.22"), None);
    }
}
