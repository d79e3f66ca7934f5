use crate::Out;
use crate::value::Left;
use serde_json::Value;
use std::io;

/// A JSON document whose last member is a list, written item by item.
pub(crate) struct List<'o> {
    out: Out<'o>,
    pub(crate) left: Left,
}

impl<'o> List<'o> {
    /// Begins the document with all that stands before the list's first item.
    pub(crate) fn begin(out: Out<'o>, opening: &str) -> io::Result<Self> {
        out.write_all(opening.as_bytes())?;
        Ok(Self { out, left: Left::default() })
    }

    /// Writes an item on a line of its own, and counts it.
    pub(crate) fn item(&mut self, item: &Value) -> io::Result<()> {
        self.out.write_all(if self.left.written == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *self.out, item)?;
        self.left.written += 1;
        Ok(())
    }

    /// Closes list and document.
    pub(crate) fn end(self) -> io::Result<Left> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok(self.left)
    }
}
