//! The clock of the benches: what a thread costs, whatever else the machine does.

use cpu_time::ThreadTime;
use std::time::{Duration, Instant};

/// CPU time of `work`, or its time by the clock where the system does not tell. To the nanosecond: what Linux writes into
/// `/proc` is as coarse as its ticks.
pub fn timed(work: impl FnOnce()) -> Duration {
    let (began, cpu_began) = (Instant::now(), ThreadTime::try_now());
    work();
    let cpu = cpu_began.ok().and_then(|began| began.try_elapsed().ok());
    cpu.unwrap_or_else(|| began.elapsed())
}
