//! Fingerprints: a short digest of what was last sent, to see that nothing has changed.
//!
//! Not for secrets. XXH32 twice with different seeds: compiled to PHP, 32-bit multiplications are
//! an order of magnitude cheaper than the 64-bit ones of most digests, and 64 bits are plenty to
//! tell one order's edits apart.

use twox_hash::XxHash32;

/// Sixteen hex digits for a text.
#[must_use]
pub fn of(text: &str) -> String {
    let mut out = String::with_capacity(16);
    for seed in [0x4f42_5247, 0x3241_5343] {
        let digest = XxHash32::oneshot(seed, text.as_bytes());
        for nibble in (0..8).rev() {
            let digit = digest.wrapping_shr(nibble << 2) & 15;
            out.push(char::from_digit(digit, 16).unwrap_or('0'));
        }
    }
    out
}

/// A number below `bound` for a text; 0 when `bound` is 0.
#[must_use]
pub fn pick(text: &str, bound: u32) -> u32 {
    XxHash32::oneshot(0, text.as_bytes())
        .checked_rem(bound)
        .unwrap_or(0)
}
