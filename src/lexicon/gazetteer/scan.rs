//! Where names may begin in a text: capitals, digits and letters beyond ASCII, at the start of a word.

#![allow(unsafe_code, reason = "the processor's prefetch takes a pointer")]

use super::units::IS_ASCII_WORD;

/// What a byte is to the search for starts.
const NOTHING: u8 = 0;
const START: u8 = 1;
const LOWER: u8 = 2;
/// The first byte of a character of a script that may touch an ASCII word and yet begin a name.
const WIDE: u8 = 3;

const KINDS: [u8; 256] = {
    let mut kinds = [NOTHING; 256];
    let mut at = 0;
    while at < 256 {
        kinds[at] = match at as u8 {
            b'A'..=b'Z' | b'0'..=b'9' | 0xc2..=0xdf | 0xe2 => START,
            b'a'..=b'z' => LOWER,
            0xe0 | 0xe1 | 0xe3..=0xf4 => WIDE,
            _ => NOTHING,
        };
        at += 1;
    }
    kinds
};

/// A place where a name may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// First byte.
    pub(super) at: usize,
    /// Whether only a look at the character before tells if a word begins here.
    pub(super) is_doubtful: bool,
}

/// Hands over every place where a name may begin; those in lower case only `with_lower`.
pub(super) fn starts(text: &str, with_lower: bool, mut found: impl FnMut(Start)) {
    let lower = if with_lower { START } else { NOTHING };
    let mut before = b' ';
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let kind = KINDS[usize::from(byte)];
        let is_start = match kind {
            WIDE => true,
            LOWER => lower == START && !IS_ASCII_WORD[usize::from(before)],
            START => !IS_ASCII_WORD[usize::from(before)],
            _ => false,
        };
        if is_start {
            found(Start { at, is_doubtful: byte >= 0x80 || before >= 0x80 || before == b'.' });
        }
        before = byte;
    }
}

/// Asks for the cache line of `bytes` at `at`, so that a later look at it need not wait.
#[inline]
pub(super) fn prefetch(bytes: &[u8], at: usize) {
    #[cfg(target_arch = "x86_64")]
    if let Some(byte) = bytes.get(at) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: a prefetch changes nothing that a program can see, and the byte is inside the slice.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(byte).cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (bytes, at);
}
