//! What some processors do faster than others: moves of single bits, and asking memory ahead.

#![allow(unsafe_code, reason = "the processor's prefetch takes a pointer, its instructions a promise that it has them")]

/// Moves of single bits in a word.
pub(super) trait BitMoves {
    /// The bits of `bits` that stand at `mask`, side by side from the lowest on.
    fn extract(bits: u64, mask: u64) -> u64;
    /// The lowest bits of `bits`, put where `mask` has bits, from the lowest on.
    fn deposit(bits: u64, mask: u64) -> u64;
}

/// Moves bits one by one, on any processor.
#[derive(Debug, Clone, Copy)]
pub(super) struct OneByOne;

impl BitMoves for OneByOne {
    fn extract(bits: u64, mask: u64) -> u64 {
        set_bits(mask).enumerate().fold(0, |moved, (idx, bit)| moved | u64::from(bits & bit != 0) << idx)
    }

    fn deposit(bits: u64, mask: u64) -> u64 {
        set_bits(mask).enumerate().fold(0, |moved, (idx, bit)| if bits >> idx & 1 != 0 { moved | bit } else { moved })
    }
}

/// Each bit of `mask` by itself, from the lowest on.
fn set_bits(mask: u64) -> impl Iterator<Item = u64> {
    let next = |rest: &u64| Some(rest & rest.wrapping_sub(1)).filter(|&rest| rest != 0);
    std::iter::successors(Some(mask).filter(|&mask| mask != 0), next).map(|rest| rest & rest.wrapping_neg())
}

/// Work on many single bits.
pub(super) trait Work {
    /// Does it; to be inlined always, or nothing is won.
    fn run<B: BitMoves>(self);
}

/// Does `work`, with the instructions for single bits where the processor has them.
#[inline]
pub(super) fn run_wide(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    if wide::is_there() {
        // SAFETY: the processor has been asked for them.
        return unsafe { wide::run(work) };
    }
    work.run::<OneByOne>();
}

/// What only some processors have.
#[cfg(target_arch = "x86_64")]
pub(super) mod wide {
    use super::{BitMoves, Work};
    use std::arch::x86_64::{_pdep_u64, _pext_u64};

    /// Whether the processor has wide vectors, and what [`run`] takes.
    #[inline]
    pub(in crate::lexicon::gazetteer) fn is_there() -> bool {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("popcnt")
    }

    /// Whether the processor has the widest vectors.
    #[inline]
    pub(in crate::lexicon::gazetteer) fn has_widest() -> bool {
        is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2")
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,popcnt")]
    pub(super) fn run(work: impl Work) {
        work.run::<AtOnce>();
    }

    /// Moves all bits of a word at once; only below [`run`].
    #[derive(Debug, Clone, Copy)]
    struct AtOnce;

    impl BitMoves for AtOnce {
        #[inline(always)]
        fn extract(bits: u64, mask: u64) -> u64 {
            // SAFETY: whoever calls `run` has asked the processor for it.
            unsafe { _pext_u64(bits, mask) }
        }

        #[inline(always)]
        fn deposit(bits: u64, mask: u64) -> u64 {
            // SAFETY: likewise.
            unsafe { _pdep_u64(bits, mask) }
        }
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
