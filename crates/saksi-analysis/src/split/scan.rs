use super::clitics::plain;
use super::{Ends, Kind, Piece, Rules};
use compact_str::CompactString;

/// The longest host or mailbox name looked for, so that time stays in proportion to length.
pub(super) const LONGEST_NAME: usize = 255;
/// The most groups of one date, code or telephone number.
const GROUPS: usize = 8;

/// The surface tokens of one line.
pub(super) fn scan(line: &[char], rules: &Rules) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(line.len() / 4);
    let mut from = 0;
    let mut quotes = Quotes::default();
    while from < line.len() {
        if is_blank(line[from]) {
            from += 1;
            continue;
        }
        let length = line[from..].iter().position(|&c| is_blank(c)).unwrap_or(line.len() - from);
        let chunk = Chunk { chars: &line[from..from + length], last: from + length == line.len(), rules };
        let mut at = 0;
        while at < length {
            let (end, kind) = chunk.next(at, &mut quotes);
            let end = end.clamp(at + 1, length);
            pieces.push(Piece { start: (from + at) as u32, end: (from + end) as u32, kind });
            at = end;
        }
        from += length;
    }
    pieces
}

/// Blanks, and characters that show nothing and stand for a possible break.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') || c.is_control()
}

/// Characters that show nothing, inside words.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
        || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

pub(super) fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || is_joiner(c) || c == '_'
}

fn is_mark_sign(c: char) -> bool {
    matches!(c, '?' | '!' | '？' | '！' | '‽')
}

fn is_apostrophe(c: char) -> bool {
    plain(c) == '\''
}

/// Straight quotes still open in the line.
#[derive(Default)]
struct Quotes {
    double: bool,
    single: bool,
}

/// What stands between two blanks.
pub(super) struct Chunk<'a> {
    pub(super) chars: &'a [char],
    /// Whether the line ends with it.
    last: bool,
    pub(super) rules: &'a Rules,
}

impl Chunk<'_> {
    pub(super) fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    pub(super) fn digit(&self, at: usize) -> bool {
        self.get(at).is_some_and(|c| c.is_ascii_digit())
    }

    pub(super) fn letter(&self, at: usize) -> bool {
        self.get(at).is_some_and(char::is_alphabetic)
    }

    pub(super) fn run(&self, at: usize, mut hold: impl FnMut(char) -> bool) -> usize {
        self.chars[at..].iter().position(|&c| !hold(c)).map_or(self.chars.len(), |length| at + length)
    }

    pub(super) fn starts(&self, at: usize, text: &str) -> bool {
        let mut count = 0;
        text.chars().enumerate().all(|(offset, c)| {
            count = offset + 1;
            self.get(at + offset).is_some_and(|found| plain(found) == c || found == c)
        }) && count > 0
    }

    pub(super) fn lower(&self, from: usize, to: usize) -> CompactString {
        self.chars[from..to].iter().map(|&c| plain(c)).collect()
    }

    /// The end and kind of the token at `at`.
    fn next(&self, at: usize, quotes: &mut Quotes) -> (usize, Kind) {
        let c = self.chars[at];
        if let Some(end) = self.address(at).or_else(|| self.file(at)) {
            return (end, Kind::Word);
        }
        if let Some(sign) = self.sign(at) {
            return (sign, Kind::Sign);
        }
        if let Some(end) = self.currency(at) {
            return (end, Kind::Word);
        }
        let signed = matches!(c, '.' | ',' | '+') && self.digit(at + 1) && !self.before(at).is_some_and(is_inner);
        if c.is_ascii_digit() || signed {
            return self.number(if c == '+' { at + 1 } else { at });
        }
        if matches!(c, '#' | '@') && self.letter(at + 1) {
            let end = self.run(at + 1, is_inner);
            return (self.domain(at + 1, end).filter(|_| c == '@').unwrap_or(end), Kind::Word);
        }
        if is_inner(c) {
            return self.word(at);
        }
        match c {
            '.' => {
                let end = self.run(at, |c| c == '.');
                if end == at + 1 && self.get(end).is_some_and(is_mark_sign) {
                    return (self.run(end, is_mark_sign), Kind::Mark);
                }
                match end - at {
                    1 | 2 if end == at + 1 => (end, Kind::Stop),
                    _ => (end, Kind::Ellipsis),
                }
            }
            '…' => (self.run(at, |c| matches!(c, '…' | '.')), Kind::Ellipsis),
            c if is_mark_sign(c) => {
                // "!." is one mark, "!.." two.
                let end = self.run(at, is_mark_sign);
                let stop = self.get(end) == Some('.') && self.get(end + 1) != Some('.');
                (end + usize::from(stop), Kind::Mark)
            }
            '。' | '।' | '؟' => (at + 1, Kind::Mark),
            ',' | ';' | '،' | '、' => (at + 1, Kind::Comma),
            ':' => (at + 1, Kind::Colon),
            '(' | '[' | '{' | '“' | '„' | '«' | '‹' | '¿' | '¡' => (at + 1, Kind::Open),
            ')' | ']' | '}' | '”' | '»' | '›' => (at + 1, Kind::Close),
            '"' => (at + 1, self.quote(at, &mut quotes.double)),
            '‘' => {
                quotes.single = true;
                (at + 1, Kind::Open)
            }
            '\'' | '’' | '`' | '´' => {
                let end = if self.get(at + 1) == Some(c) { at + 2 } else { at + 1 };
                if end == at + 1 && at == 0 && self.clitic_alone() {
                    return (self.chars.len(), Kind::Word);
                }
                (end, self.quote(at, if end == at + 2 { &mut quotes.double } else { &mut quotes.single }))
            }
            '-' | '=' if self.ruled(at).is_some() => (self.ruled(at).unwrap_or(at), Kind::Other),
            '-' | '–' | '—' | '―' | '‐' | '−' => (self.run(at, |d| d == c), Kind::Dash),
            '=' | '*' | '_' | '~' | '+' | '#' | '<' | '>' | '|' | '·' | '•' | '$' | '/' | '\\' => {
                (self.run(at, |d| d == c), Kind::Other)
            }
            _ => (self.run(at + 1, is_joiner), Kind::Other),
        }
    }

    /// The end of a line drawn of dashes and equal signs at `at`.
    fn ruled(&self, at: usize) -> Option<usize> {
        let end = self.run(at, |c| matches!(c, '-' | '='));
        let drawn = &self.chars[at..end];
        (drawn.len() >= 3 && drawn.contains(&'-') && drawn.contains(&'=')).then_some(end)
    }

    /// Whether a straight quote opens or closes, by the blanks around it and by what is open.
    fn quote(&self, at: usize, open: &mut bool) -> Kind {
        let hard_before = self
            .before(at)
            .is_some_and(|c| !matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '"' | '“' | '‘' | '\'' | ':'));
        let hard_after = self
            .get(at + 1)
            .is_some_and(|c| !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '…' | '"' | '”'));
        let closes = match (hard_before, hard_after) {
            (true, false) => true,
            (false, true) => false,
            _ => *open,
        };
        *open = !closes;
        if closes { Kind::Close } else { Kind::Open }
    }

    /// Whether the chunk is a clitic that a blank parted from its word ("NATO 's").
    fn clitic_alone(&self) -> bool {
        let whole = self.lower(0, self.chars.len());
        self.rules
            .settings
            .clitics
            .iter()
            .any(|clitic| clitic.ending.chars().count() > 1 && clitic.ending == whole.as_str())
    }

    /// A number with its separators, or a word that begins with a digit.
    fn number(&self, at: usize) -> (usize, Kind) {
        let mut end = self.digits(at);
        // Dates, codes and telephone numbers: groups joined by one sign.
        if let Some(sign @ ('/' | '-' | '–')) = self.get(end)
            && self.digit(end + 1)
        {
            let mut groups = vec![end - at];
            let mut to = end;
            while self.get(to) == Some(sign) && self.digit(to + 1) && groups.len() < GROUPS {
                let next = self.digits(to + 1);
                groups.push(next - to - 1);
                to = next;
            }
            let whole = match (sign, groups.as_slice()) {
                ('/', [3, 3]) if self.get(to) == Some('-') && self.digits(to + 1) == to + 5 => {
                    to += 5;
                    true
                }
                ('/', [first, second]) => *first <= 2 && *second == 2,
                // Telephone numbers, American postcodes.
                ('-', [1 | 3 | 5, 4]) => true,
                (_, [_, _]) | ('–', _) => false,
                _ => true,
            };
            return if whole && !self.letter(to) { (to, Kind::Number) } else { (end, Kind::Number) };
        }
        // "the 60's"
        if self.get(end).is_some_and(is_apostrophe)
            && self.get(end + 1) == Some('s')
            && !self.get(end + 2).is_some_and(is_inner)
        {
            return (end + 2, Kind::Number);
        }
        if self.get(end) == Some('/') && self.letter(end + 1) {
            // A reference such as 34/PMK.011/2007: two strokes at least, and digits at the end.
            let to = self.run(end, |c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-'));
            let strokes = self.chars[end..to].iter().filter(|c| **c == '/').count();
            if strokes >= 2 && self.digit(to - 1) {
                return (to, Kind::Number);
            }
            return (end, Kind::Number);
        }
        if self.get(end).is_some_and(|c| c.is_alphabetic() || c == '_') {
            let to = self.run(end, is_inner);
            let unit = self.lower(end, to);
            if self.rules.settings.units.iter().any(|known| *known == unit) {
                return (end, Kind::Number);
            }
            // "p.m." with its stops
            if self.get(to) == Some('.') && self.abbreviation_end(end).is_some() {
                return (end, Kind::Number);
            }
            end = to;
        }
        if self.get(end) == Some('-') && self.letter(end + 1) {
            return (self.hyphens(at, end), Kind::Number);
        }
        (end, Kind::Number)
    }

    /// The end of digits with separators inside: 11.000, 1,5, 14.30, 8:02.
    fn digits(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            end = self.run(end, |c| c.is_ascii_digit());
            if matches!(self.get(end), Some('.' | ',' | ':')) && self.digit(end + 1) {
                end += 1;
            } else {
                return end;
            }
        }
    }

    fn word(&self, at: usize) -> (usize, Kind) {
        if let Some((end, ends)) = self.abbreviation(at) {
            return (end, Kind::Abbreviation(ends));
        }
        let end = self.plain_word(at);
        if let Some(to) = self.domain(at, end).or_else(|| self.group(at)) {
            return (to, Kind::Word);
        }
        match self.get(end) {
            Some('-' | '‑') if self.get(end + 1).is_some_and(char::is_alphanumeric) => {
                (self.hyphens(at, end), Kind::Word)
            }
            Some('/') if end - at <= 3 => {
                // "w/o", "S/A", "II/2007"
                let to = self.run(end + 1, is_inner);
                let after = to - end - 1;
                let year = after == 4 && (end + 1..to).all(|at| self.digit(at));
                let capitals = self.chars[at..end].iter().all(|c| c.is_uppercase());
                let whole = (end - at == 1 && (1..=2).contains(&after)) || (capitals && year);
                (if whole && self.get(to) != Some('/') { to } else { end }, Kind::Word)
            }
            Some('&')
                if self.get(end + 1).is_some_and(char::is_uppercase)
                    && self.chars[at..end].iter().all(|c| c.is_uppercase()) =>
            {
                (self.run(end + 1, is_inner), Kind::Word)
            }
            _ => (end, Kind::Word),
        }
    }

    /// The end of letters and digits with apostrophes between them.
    fn plain_word(&self, at: usize) -> usize {
        let mut end = self.run(at, is_inner);
        while self.get(end).is_some_and(is_apostrophe) && self.letter(end - 1) {
            if self.letter(end + 1) {
                end = self.run(end + 1, is_inner);
                continue;
            }
            // A bare apostrophe that is a clitic ("workers'") stays on for now.
            let bare = self.rules.settings.clitics.iter().any(|clitic| {
                clitic.ending == "'" && clitic.after.iter().any(|stem| self.lower(at, end).ends_with(stem.as_str()))
            });
            let single = self.chars[end] != '`' && self.get(end + 1).is_none_or(|c| !is_apostrophe(c) && c != '"');
            let opened = self.chars[..at].iter().any(|&c| is_apostrophe(c));
            if bare && single && !opened {
                end += 1;
            }
            break;
        }
        end
    }

    /// The end of an abbreviation with its full stop at `at`, and whether a sentence may end there.
    fn abbreviation(&self, at: usize) -> Option<(usize, Ends)> {
        // One stop more ends the sentence ("U.S.."), several are an ellipsis.
        let stops = |end: usize| self.get(end) == Some('.') && self.get(end + 1) == Some('.');
        self.abbreviation_end(at).filter(|&(end, _)| !self.letter(end) && !stops(end))
    }

    fn abbreviation_end(&self, at: usize) -> Option<(usize, Ends)> {
        // Letters with stops: U.S., a.m., Ph.D.
        let mut to = at;
        let mut letters = 0;
        while self.letter(to) && self.get(to + 1) == Some('.') {
            to += 2;
            letters += 1;
        }
        if letters >= 2 && !self.get(to).is_some_and(is_inner) {
            return Some((to, Ends::Maybe));
        }
        // "U.S" without its last stop
        if letters >= 1 && self.letter(to) && !self.get(to + 1).is_some_and(is_inner) && letters < 4 {
            return Some((to + 1, Ends::Maybe));
        }
        if letters == 1
            && self.chars[at].is_uppercase()
            && !self.rules.settings.letter_names.contains(&self.chars[at].to_string())
        {
            // An initial; glued ones ("J.Smith") part after the stop.
            return Some((at + 2, Ends::Never));
        }
        // The longest entry of the list.
        let mut end = at;
        let mut best = None;
        while end < self.chars.len() && end - at < 24 {
            if self.chars[end] == '.' {
                if let Some(found) = self.rules.abbreviations.get(&self.lower(at, end)) {
                    let capital = self.chars[at].is_uppercase();
                    let number = self.digit(end + 1) || (end + 1 == self.chars.len() && !self.last);
                    if (capital || !found.capital) && (number || !found.before_number) {
                        best = Some((end + 1, found.ends));
                    }
                }
            } else if !is_inner(self.chars[end]) {
                break;
            }
            end += 1;
        }
        best
    }

    /// The end of a word with hyphens whose first part ends at `end`.
    fn hyphens(&self, mut at: usize, mut end: usize) -> usize {
        let rules = &self.rules.settings.hyphen;
        let among = |list: &[String], word: &str| list.iter().any(|known| known == word);
        while self.get(end) == Some('-') && self.get(end + 1).is_some_and(char::is_alphanumeric) {
            let mut to = self.run(end + 1, is_inner);
            // Apostrophes belong in: "al-Qa'ida".
            if self.get(to).is_some_and(is_apostrophe) && self.letter(to + 1) {
                to = self.run(to + 1, is_inner);
            }
            let (first, second) = (self.lower(at, end), self.lower(end + 1, to));
            let names = self.chars[at].is_uppercase() && self.chars[end + 1].is_uppercase();
            let twice = second.starts_with(first.as_str()) || first.ends_with(second.as_str());
            let parts = rules.splits || (rules.splits_names && names && !twice && end - at > 1 && to - end > 2);
            let kept = among(&rules.suffixes, &second) || among(&rules.prefixes, &first);
            if among(&rules.parted, &second) || (parts && !kept) {
                return end;
            }
            (at, end) = (end + 1, to);
        }
        end
    }
}
