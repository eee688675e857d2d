//! Texts with a byte a letter, one after another. Packed by the compiler, read one at a time.

/// Where a text is among many that stand one after another: a table of slices would be four times as
/// long.
pub(super) fn place(starts: &[u16], index: usize, end: usize) -> core::ops::Range<usize> {
    let start = |index| starts.get(index).map_or(end, |start| usize::from(*start));
    start(index)..start(index.saturating_add(1))
}

/// What our texts have besides ASCII and the letters from А to я.
const OTHER: [char; 8] = ['«', '»', 'ё', 'Ё', '—', '→', '№', '≥'];

/// Texts are kept with a byte a letter: Russian takes two in UTF-8, a twentieth of the module.
pub(super) fn plain(bytes: Option<&[u8]>) -> String {
    bytes
        .unwrap_or_default()
        .iter()
        .filter_map(|byte| match byte {
            0..0x80 => Some(char::from(*byte)),
            0x80..0xc0 => char::from_u32(u32::from(*byte).saturating_add(0x390)),
            _ => OTHER.get(usize::from(*byte & 0x3f)).copied(),
        })
        .collect()
}

/// Letters of a text.
#[expect(clippy::indexing_slicing, reason = "the compiler runs it")]
pub(super) const fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut index, mut count) = (0usize, 0usize);
    while index < bytes.len() {
        // The others of a letter begin with the bits 10.
        if bytes[index] & 0xc0 != 0x80 {
            count = count.saturating_add(1);
        }
        index = index.saturating_add(1);
    }
    count
}

/// The other way round from [`plain`].
#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler runs it, and fails on what does not fit"
)]
pub(super) const fn squeezed<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut out = [0; N];
    let (mut index, mut at) = (0usize, 0usize);
    while index < bytes.len() {
        let first = bytes[index];
        let (mut letter, more) = match first {
            0..0x80 => (first as u32, 0),
            0x80..0xe0 => (first as u32 & 0x1f, 1),
            _ => (first as u32 & 0x0f, 2),
        };
        index = index.saturating_add(1);
        let mut left: u32 = more;
        while left > 0 {
            letter = (letter << 6) | (bytes[index] as u32 & 0x3f);
            index = index.saturating_add(1);
            left = left.saturating_sub(1);
        }
        out[at] = match letter {
            0..0x80 => letter as u8,
            0x410..0x450 => letter.wrapping_sub(0x390) as u8,
            _ => other(letter),
        };
        at = at.saturating_add(1);
    }
    out
}

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler runs it, and fails on a letter that has no byte"
)]
const fn other(letter: u32) -> u8 {
    let mut index = 0usize;
    while OTHER[index] as u32 != letter {
        index = index.saturating_add(1);
    }
    0xc0 | index as u8
}

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "the compiler runs it, and fails on what does not fit"
)]
pub(super) const fn starts<const N: usize>(lengths: [usize; N]) -> [u16; N] {
    let mut out = [0; N];
    let (mut at, mut index) = (0usize, 0usize);
    while index < N {
        assert!(at < 65_536, "16 bits no longer reach the end of the texts");
        out[index] = at as u16;
        at = at.saturating_add(lengths[index]);
        index = index.saturating_add(1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_squeezed_is_read_back() {
        const TEXT: &str = "«Ёлка» №5 ≥ ёж — Аяё→z{a}";
        const BYTES: [u8; length(TEXT)] = squeezed(TEXT);
        const STARTS: [u16; 3] = starts([2, 3, 0]);
        assert_eq!(plain(Some(&BYTES)), TEXT);
        assert_eq!(plain(None), "");
        assert_eq!(place(&STARTS, 1, 5), 2..5);
        assert_eq!(place(&STARTS, 2, 9), 5..9);
    }
}
