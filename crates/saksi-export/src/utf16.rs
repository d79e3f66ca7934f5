//! Offsets in code points as offsets in UTF-16 code units.

/// Where in a text the code points stand that are two units of UTF-16.
#[derive(Debug, Clone, Default)]
pub struct Utf16 {
    wide: Vec<u32>,
}

impl Utf16 {
    /// Looks through `text` once.
    pub fn new(text: &str) -> Self {
        let wide = text.chars().enumerate().filter(|(_, c)| c.len_utf16() == 2).map(|(at, _)| at as u32).collect();
        Self { wide }
    }

    /// The unit at which code point `at` begins; `at` may be the end.
    pub fn unit(&self, at: u32) -> u32 {
        at + self.wide.partition_point(|wide| *wide < at) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_emoji_is_two_units() {
        let index = Utf16::new("a😀b👩‍👩‍👧");
        assert_eq!([0, 1, 2, 3, 4, 5].map(|at| index.unit(at)), [0, 1, 3, 4, 6, 7]);
    }

    proptest! {
        #[test]
        fn units_are_those_of_the_text_before(text in "(\\PC|[😀🇮🇩👩‍🚀𝔘\u{10FFFF}é\u{301}])*", part in 0.0..=1.0_f64) {
            let index = Utf16::new(&text);
            let count = text.chars().count();
            let at = (count as f64 * part) as usize;
            let before: String = text.chars().take(at).collect();
            prop_assert_eq!(index.unit(at as u32) as usize, before.encode_utf16().count());
            prop_assert_eq!(index.unit(count as u32) as usize, text.encode_utf16().count());
        }
    }
}
