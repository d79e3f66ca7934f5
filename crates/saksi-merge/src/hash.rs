//! A hash that is the same in every version of the program, since collections keep its values.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Of parts, each apart from the next: FNV-1a (Fowler, Noll and Vo), stirred by the last step of `SplitMix64`.
pub(crate) fn of(parts: &[&str]) -> u64 {
    let mut hash = OFFSET;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    stir(hash)
}

/// Of parts, in 32 bits: for what is only held against the few others of its kind.
pub(crate) fn short(parts: &[&str]) -> u64 {
    of(parts) >> 32
}

/// Every bit of the input changes half of the output.
pub(crate) const fn stir(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_apart() {
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    }
}
