//! The clock of the benches: what a thread costs, whatever else the machine does.

use std::{
    fs,
    time::{Duration, Instant},
};

/// CPU time of `work`, or its time by the clock where the system does not tell.
pub fn timed(work: impl FnOnce()) -> Duration {
    let cpu = || -> Option<Duration> {
        // Nanoseconds that this thread has run; see proc_pid_schedstat(5).
        let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
    };
    let (began, cpu_began) = (Instant::now(), cpu());
    work();
    match (cpu_began, cpu()) {
        (Some(before), Some(after)) => after - before,
        _ => began.elapsed(),
    }
}
