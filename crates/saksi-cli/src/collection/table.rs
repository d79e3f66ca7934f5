//! Rows for a person, a program or a spreadsheet.

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};
use saksi_batch::rows::{Delimiter, line};
use saksi_export::harmless;
use std::io::IsTerminal;

/// The width of a table where there is no terminal to ask.
const WIDTH: u16 = 160;
/// The least width of a table.
const NARROW: u16 = 60;

#[derive(Debug, Clone, Args)]
pub(crate) struct FormatArgs {
    /// How to write it [default: text on a terminal, else json]
    #[arg(long, short, value_enum)]
    format: Option<Format>,
    /// In CSV, put an apostrophe before what a spreadsheet would take for a formula
    #[arg(long)]
    spreadsheet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person
    Text,
    /// One JSON object
    Json,
    /// One JSON object a row
    Jsonl,
    /// A table, separated by commas
    Csv,
}

impl FormatArgs {
    pub(crate) fn format(&self) -> Format {
        self.format.unwrap_or(if std::io::stdout().is_terminal() { Format::Text } else { Format::Json })
    }

    /// Rows as CSV (RFC 4180), a header first.
    pub(crate) fn csv(&self, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
        let row = |cells: Vec<String>| {
            let cells = cells.into_iter().map(|cell| if self.spreadsheet { harmless(cell) } else { cell });
            let cells: Vec<String> = cells.collect();
            line(Delimiter::Comma, cells.iter().map(String::as_str))
        };
        line(Delimiter::Comma, header.iter().copied()) + &rows.into_iter().map(row).collect::<String>()
    }
}

/// A JSON object or array, laid out to be read, with its last line ended.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

/// One JSON object a line.
pub(crate) fn jsonl<T: serde::Serialize>(values: &[T]) -> String {
    let mut out = String::new();
    for value in values {
        out.push_str(&serde_json::to_string(value).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// A table that fits the terminal.
pub(crate) fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width());
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row.iter().map(|cell| plain(cell)).collect::<Vec<_>>());
    }
    format!("{table}\n")
}

/// Whether standard output takes colour: a terminal, and `NO_COLOR` unset (no-color.org).
pub(crate) fn coloured() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Columns of the terminal.
pub(crate) fn width() -> u16 {
    terminal_size::terminal_size().map_or(WIDTH, |(terminal_size::Width(width), _)| width.max(NARROW))
}

/// A text without what would move the cursor or colour the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text, or a dash where there is none.
pub(crate) fn or_dash(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    if text.is_empty() { "–".to_owned() } else { text.to_owned() }
}

/// The first columns of a text, with an ellipsis where there are more.
pub(crate) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return plain(text);
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", plain(kept.trim_end()))
}
