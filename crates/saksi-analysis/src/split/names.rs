//! Tokens that are names to a machine or to an office: addresses, files, newsgroups, signs, sums of money.

use super::scan::{Chunk, LONGEST_NAME, is_inner};

impl Chunk<'_> {
    pub(super) fn sign(&self, at: usize) -> Option<usize> {
        if is_inner(self.chars[at]) {
            return None;
        }
        let sign = self.rules.settings.signs.iter().find(|sign| self.starts(at, sign))?;
        let end = at + sign.chars().count();
        (!self.get(end).is_some_and(is_inner)).then_some(end)
    }

    /// The end of a web or mail address at `at`, without the punctuation behind it.
    pub(super) fn address(&self, at: usize) -> Option<usize> {
        if self.before(at).is_some_and(is_inner) || !self.chars[at].is_alphanumeric() {
            return None;
        }
        let web = self.starts(at, "http://")
            || self.starts(at, "https://")
            || self.starts(at, "ftp://")
            || (self.starts(at, "mailto:") && self.chars.len() > at + 7)
            || (self.starts(at, "www.") && self.chars.len() > at + 4);
        let mut end = if web {
            self.run(at, |c| !matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|'))
        } else {
            // A mail address: name, @, host with a dot.
            let mut left = LONGEST_NAME;
            let name = self.run(at, |c| {
                left = left.saturating_sub(1);
                left > 0 && (c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
            });
            if self.get(name) != Some('@') {
                return None;
            }
            let host = self.run(name + 1, |c| c.is_alphanumeric() || matches!(c, '.' | '-'));
            // "Rice@ENRON" has no dot.
            let local = self.letter(name - 1) && self.letter(name + 1);
            if !local && !self.chars[name + 1..host].contains(&'.') {
                return None;
            }
            if local { host.max(self.run(name + 1, is_inner)) } else { host }
        };
        while end > at + 1 && matches!(self.chars[end - 1], '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '\'' | '’')
        {
            if self.chars[end - 1] == ')' && self.chars[at..end].contains(&'(') {
                break;
            }
            end -= 1;
        }
        Some(end)
    }

    pub(super) fn currency(&self, at: usize) -> Option<usize> {
        if self.before(at).is_some_and(char::is_alphanumeric) {
            return None;
        }
        self.rules.settings.currencies.iter().find_map(|sign| {
            let length = sign.chars().count();
            let end = at + length;
            let written = self.chars.get(at..end)?.iter().copied().eq(sign.chars());
            let stop = usize::from(self.get(end) == Some('.') && self.digit(end + 1));
            (written && self.digit(end + stop)).then_some(end + stop)
        })
    }

    /// The end of a domain name or file name whose first label ends at `end`.
    pub(super) fn domain(&self, at: usize, end: usize) -> Option<usize> {
        let mut to = end;
        let mut last = end;
        let mut known = false;
        while to - at < LONGEST_NAME
            && matches!(self.get(to), Some('.' | '-'))
            && self.get(to + 1).is_some_and(char::is_alphanumeric)
        {
            let dot = self.get(to) == Some('.');
            let next = self.run(to + 1, is_inner);
            let label = self.lower(to + 1, next);
            // "jakarta.id" but not "Jakarta.Id": labels after the first are in one case; "Newsfeed.Com" occurs.
            let even = label.len() == 3
                || self.chars[to + 1..next].windows(2).all(|pair| pair[0].is_lowercase() == pair[1].is_lowercase());
            if dot && even && self.rules.settings.domains.iter().any(|domain| *domain == label) {
                known = true;
                last = next;
            }
            to = next;
        }
        // A path may follow.
        if known && self.get(last) == Some('/') {
            last = self.run(last, |c| is_inner(c) || matches!(c, '/' | '-' | '.' | '?' | '=' | '&' | '%' | '#'));
            while self.chars[last - 1] == '.' {
                last -= 1;
            }
        }
        known.then_some(last).filter(|&to| to > at)
    }

    /// The end of a file name that begins at `at`: its last label is a known kind of file.
    pub(super) fn file(&self, at: usize) -> Option<usize> {
        if self.rules.settings.files.is_empty() || self.before(at).is_some_and(is_inner) {
            return None;
        }
        let mut to = at;
        while to - at < LONGEST_NAME {
            match self.get(to) {
                Some('.') => {
                    let end = self.run(to + 1, is_inner);
                    let label = self.lower(to + 1, end);
                    if self.rules.settings.files.iter().any(|kind| *kind == label) {
                        return Some(end);
                    }
                    if end == to + 1 {
                        return None;
                    }
                }
                Some(c) if is_inner(c) || (to > at && matches!(c, '-' | '#' | '%' | '&')) => {}
                _ => return None,
            }
            to += 1;
        }
        None
    }

    /// The end of a newsgroup or package name at `at`: three labels or more in small letters (alt.animals.cat).
    pub(super) fn group(&self, at: usize) -> Option<usize> {
        let label = |from: usize| {
            let to = self.run(from, char::is_lowercase);
            (to >= from + 2).then_some(to)
        };
        let mut end = label(at)?;
        let mut labels = 1;
        while self.get(end) == Some('.') && end - at < LONGEST_NAME {
            let Some(mut to) = label(end + 1) else { break };
            while self.get(to) == Some('-')
                && let Some(next) = label(to + 1)
            {
                to = next;
            }
            (end, labels) = (to, labels + 1);
        }
        (labels >= 3 && !self.get(end).is_some_and(|c| is_inner(c) || matches!(c, '@' | '/'))).then_some(end)
    }
}
