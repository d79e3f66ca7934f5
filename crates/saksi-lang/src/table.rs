use crate::pack::{Location, PackError};

/// A table of a pack: tab-separated, a header line, `#` lines are remarks, blank lines are allowed.
///
/// Cells at the end of a row may be left out; they are empty. A cell that lists several things separates them by `|`.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    at: Location,
    columns: Vec<&'a str>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    index: usize,
}

impl<'a> Table<'a> {
    /// Reads a table.
    ///
    /// # Errors
    /// [`PackError::Cells`] for a row with more cells than columns.
    pub fn parse(text: &'a str, at: Location) -> Result<Self, PackError> {
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(number, line)| (number + 1, line.trim_end_matches(['\r', ' '])))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let columns: Vec<&str> =
            lines.next().map(|(_, line)| line.split('\t').map(str::trim).collect()).unwrap_or_default();
        let mut rows = Vec::new();
        for (line, content) in lines {
            let cells: Vec<&str> = content.trim_end_matches('\t').split('\t').map(str::trim).collect();
            if cells.len() > columns.len() {
                let at = Location { line, ..at };
                return Err(PackError::Cells { at, columns: columns.len(), found: cells.len() });
            }
            rows.push((line, cells));
        }
        Ok(Self { at, columns, rows })
    }

    /// The index of a column.
    ///
    /// # Errors
    /// [`PackError::NoColumn`] if the table lacks it.
    pub fn column(&self, name: &str) -> Result<usize, PackError> {
        self.columns
            .iter()
            .position(|column| *column == name)
            .ok_or_else(|| PackError::NoColumn { at: self.at.clone(), column: name.to_owned() })
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(move |index| Row { table: self, index })
    }
}

impl<'t> Row<'t> {
    /// The cell of column `column` (see [`Table::column`]); empty if left out.
    pub fn cell(&self, column: usize) -> &'t str {
        self.table.rows[self.index].1.get(column).copied().unwrap_or_default()
    }

    /// The parts of a cell that lists several things.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cell(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Where the row stands.
    pub fn location(&self) -> Location {
        Location { line: self.table.rows[self.index].0, ..self.table.at.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at() -> Location {
        Location { file: "x.tsv".into(), line: 0 }
    }

    #[test]
    fn short_rows_have_empty_cells() {
        let table = Table::parse("# remark\na\tb\n\n1\n2\t3|4\n", at()).unwrap();
        let b = table.column("b").unwrap();
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows[0].cell(b), "");
        assert_eq!(rows[1].list(b).collect::<Vec<_>>(), ["3", "4"]);
        assert_eq!(rows[1].location().line, 5);
    }

    #[test]
    fn a_row_too_long_is_named() {
        let error = Table::parse("a\n1\t2\n", at()).unwrap_err();
        assert_eq!(error.to_string(), "x.tsv:2: 2 cells in a table of 1 columns");
    }
}
