//! robots.txt, as RFC 9309 has it.

/// The most bytes of a robots.txt that are read (RFC 9309, 2.5).
const LIMIT: usize = 500 << 10;

/// What a robots.txt allows one program.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    /// Paths, and whether they may be fetched.
    rules: Vec<(String, bool)>,
    /// Seconds to wait between requests, if it says so.
    pub delay: Option<f64>,
}

impl Robots {
    /// The rules for a program: those of its own name, else those for all.
    pub fn parse(bytes: &[u8], agent: &str) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LIMIT)]);
        let agent = agent.to_ascii_lowercase();
        let (mut own, mut all) = (None, Self::default());
        let (mut names, mut in_rules): (Vec<String>, bool) = (Vec::new(), false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if std::mem::take(&mut in_rules) {
                    names.clear();
                }
                names.push(value.to_ascii_lowercase());
                continue;
            }
            in_rules = true;
            for name in &names {
                let rules = if name == "*" {
                    &mut all
                } else if *name == agent {
                    own.get_or_insert_with(Self::default)
                } else {
                    continue;
                };
                match key.as_str() {
                    "allow" | "disallow" if !value.is_empty() => rules.rules.push((value.to_owned(), key == "allow")),
                    "crawl-delay" => {
                        rules.delay = value.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0);
                    }
                    _ => {}
                }
            }
        }
        own.unwrap_or(all)
    }

    /// A robots.txt that forbids everything, for a host whose own cannot be read.
    pub fn none() -> Self {
        Self { rules: vec![("/".to_owned(), false)], delay: None }
    }

    /// Whether a path with its query may be fetched: the longest rule that fits decides, and allowing wins a tie.
    pub fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|(rule, _)| fits(rule, path));
        fitting.max_by_key(|(rule, allowed)| (rule.len(), *allowed)).is_none_or(|(_, allowed)| *allowed)
    }
}

/// Whether a rule with `*` and a closing `$` fits the beginning of a path.
fn fits(rule: &str, path: &str) -> bool {
    let (rule, whole) = match rule.strip_suffix('$') {
        Some(rule) => (rule, true),
        None => (rule, false),
    };
    let mut pieces = rule.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut last_is_star = false;
    for piece in pieces {
        last_is_star = piece.is_empty();
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    if whole && !last_is_star && !rest.is_empty() {
        // The last piece may stand further on, at the very end.
        let last = rule.rsplit('*').next().unwrap_or_default();
        return rule.contains('*') && rest.ends_with(last);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots =
            Robots::parse(b"User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\nCrawl-delay: 2.5", "saksi");
        for (path, allowed) in [
            ("/", true),
            ("/a", false),
            ("/a/c", false),
            ("/a/b/c", true),
            ("/x.pdf", false),
            ("/x.pdf?y", true),
            ("/x.pdf.pdf", false),
            ("/robots.txt", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
        assert_eq!(robots.delay, Some(2.5));
    }

    #[test]
    fn rules_of_ones_own_name_replace_those_for_all() {
        let text =
            b"\xef\xbb\xbfUSER-AGENT: other\nUser-Agent: Saksi # us\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n";
        let robots = Robots::parse(text, "saksi");
        assert!(robots.allows("/yes") && !robots.allows("/no"));
        assert!(!Robots::parse(text, "third").allows("/yes"));
    }

    #[test]
    fn an_empty_rule_forbids_nothing() {
        assert!(Robots::parse(b"User-agent: *\nDisallow:\n", "saksi").allows("/x"));
        assert!(Robots::parse(b"<html>", "saksi").allows("/x"));
        assert!(!Robots::none().allows("/x"));
    }
}
