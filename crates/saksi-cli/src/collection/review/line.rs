//! One line that is being typed.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A line and where the next letter goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    text: String,
    /// In bytes, between two graphemes.
    cursor: usize,
}

impl Line {
    /// A line with the cursor at its end.
    pub(crate) fn of(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor, under it, and after it.
    pub(crate) fn parts(&self) -> (&str, &str, &str) {
        let (before, rest) = self.text.split_at(self.cursor);
        let under = rest.graphemes(true).next().unwrap_or_default();
        (before, under, &rest[under.len()..])
    }

    pub(crate) fn insert(&mut self, letter: char) {
        if !letter.is_control() {
            self.text.insert(self.cursor, letter);
            self.cursor += letter.len_utf8();
        }
    }

    pub(crate) fn backspace(&mut self) {
        let end = self.cursor;
        self.left();
        self.text.replace_range(self.cursor..end, "");
    }

    pub(crate) fn delete(&mut self) {
        let under = self.parts().1.len();
        self.text.replace_range(self.cursor..self.cursor + under, "");
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    pub(crate) fn left(&mut self) {
        let mut cursor = GraphemeCursor::new(self.cursor, self.text.len(), true);
        if let Ok(Some(before)) = cursor.prev_boundary(&self.text, 0) {
            self.cursor = before;
        }
    }

    pub(crate) fn right(&mut self) {
        self.cursor += self.parts().1.len();
    }

    pub(crate) fn home(&mut self) {
        self.cursor = 0;
    }

    pub(crate) fn end(&mut self) {
        self.cursor = self.text.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_where_the_cursor_is_and_leave_as_a_whole() {
        let mut line = Line::of("Wan");
        for letter in "g e\u{301}\u{1b}".chars() {
            line.insert(letter);
        }
        assert_eq!(line.text(), "Wang e\u{301}", "an escape is no letter");
        line.backspace();
        assert_eq!(line.text(), "Wang ", "a letter goes with its accent");
        line.home();
        line.right();
        line.insert('本');
        assert_eq!(line.parts(), ("W本", "a", "ng "));
        line.delete();
        line.left();
        line.left();
        line.left();
        line.backspace();
        assert_eq!(line.parts(), ("", "W", "本ng "));
        line.end();
        line.right();
        assert_eq!(line.parts(), ("W本ng ", "", ""));
        line.clear();
        line.delete();
        assert_eq!(line, Line::default());
    }
}
