use saksi_record::Span;

/// A text with its code point offsets.
#[derive(Debug, Clone, Default)]
pub struct Text {
    string: String,
    /// Byte offset of each code point and of the end; empty when every byte is one code point.
    starts: Vec<u32>,
}

impl Text {
    /// Indexes `string`.
    pub fn new(string: String) -> Self {
        let starts = if string.is_ascii() {
            Vec::new()
        } else {
            let ends = std::iter::once(string.len() as u32);
            string.char_indices().map(|(at, _)| at as u32).chain(ends).collect()
        };
        Self { string, starts }
    }

    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Number of code points.
    pub fn len(&self) -> u32 {
        if self.starts.is_empty() { self.string.len() as u32 } else { self.starts.len() as u32 - 1 }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(0, self.len())
    }

    /// The words of `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.string[self.byte(span.start)..self.byte(span.end)]
    }

    /// The byte offset of code point `at`, which may be the end.
    pub fn byte(&self, at: u32) -> usize {
        if self.starts.is_empty() { at as usize } else { self.starts[at as usize] as usize }
    }

    /// The code point that starts at byte `byte`, or the one that holds it.
    pub fn at_byte(&self, byte: usize) -> u32 {
        if self.starts.is_empty() {
            return byte as u32;
        }
        match self.starts.binary_search(&(byte as u32)) {
            Ok(at) => at as u32,
            Err(after) => after as u32 - 1,
        }
    }

    /// The span of a byte range, such as a match of a regular expression on [`Self::as_str`].
    pub fn span_of_bytes(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.at_byte(range.start), self.at_byte(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_code_point() {
        let text = Text::new("“é” 11.000".into());
        assert_eq!(text.len(), 10);
        assert_eq!(text.slice(Span::new(0, 3)), "“é”");
        assert_eq!(text.slice(text.span_of_bytes(9..15)), "11.000");
    }
}
