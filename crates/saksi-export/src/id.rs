//! Numbers and names for those who want them instead of keys: the same key always gives the same.

/// A positive 63-bit number made of parts.
pub(crate) fn number(parts: &[&str]) -> i64 {
    let mut bytes = [0_u8; 8];
    bytes.copy_from_slice(&hash(parts).as_bytes()[..8]);
    (u64::from_be_bytes(bytes) >> 1) as i64
}

/// A name of letters and digits made of parts.
pub(crate) fn name(prefix: &str, parts: &[&str]) -> String {
    format!("{prefix}-{}", &hash(parts).to_hex()[..24])
}

fn hash(parts: &[&str]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(number(&["ab", "c"]), number(&["a", "bc"]));
        assert_eq!(name("event", &["a"]), name("event", &["a"]));
        assert!(number(&["a"]) > 0);
    }
}
