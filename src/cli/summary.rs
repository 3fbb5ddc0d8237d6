//! What a run tells at its end, for a person.

use super::{options::Plan, voice::Voice};
use crate::{
    pipeline::{End, Summary},
    sink,
};
use std::{fmt::Write, time::Duration};

/// The whole message, to standard error.
pub(super) fn summary(summary: &Summary, end: End, plan: &Plan, voice: Voice) -> String {
    let mut out = String::new();
    for failure in &summary.first_failures {
        let _ = writeln!(out, "gazzetta: {failure}");
    }
    let n_more = summary.n_failures().saturating_sub(summary.first_failures.len() as u64);
    if n_more > 0 {
        let _ = writeln!(out, "gazzetta: and {} more failed", grouped(n_more));
    }
    if voice.is_quiet() {
        return out;
    }
    documents(&mut out, summary);
    if voice.tells_stages() {
        stages(&mut out, summary);
    }
    found(&mut out, summary);
    match end {
        End::Complete => next(&mut out, summary, plan),
        End::Limit => out.push_str("\nThe limit is reached; the same command reads on.\n"),
        End::Interrupted => out.push_str(interrupted(plan)),
        End::TooManyFailures => out.push_str(
            "\nToo many documents failed: more than --max-failures or --on-error bear. The same command goes on.\n",
        ),
    }
    out
}

// Writing to a string cannot fail, so its result is passed over throughout.

fn documents(out: &mut String, summary: &Summary) {
    let seconds = summary.elapsed.as_secs_f64();
    let rate = if seconds > 0.0 { summary.n_text_bytes as f64 / 1e6 / seconds } else { 0.0 };
    let n_documents = summary.n_documents;
    let size = bytes(summary.n_text_bytes);
    if n_documents == 0 {
        out.push_str("nothing new to read\n");
    } else {
        let _ = writeln!(
            out,
            "{} read, {size} of text in {} ({rate:.1} MB/s)",
            count(n_documents, "document"),
            time(summary.elapsed)
        );
    }
    for (n, what) in [
        (summary.n_replaced, "of them replaced older records"),
        (summary.n_unchanged, "unchanged, and not read again"),
        (summary.n_pruned, "no more in the input, and taken out"),
    ] {
        if n > 0 {
            let _ = writeln!(out, "{} {what}", count(n, "document"));
        }
    }
    if summary.n_failures() > 0 {
        let codes = summary.failures.iter().map(|(code, n)| format!("{code} {}", grouped(*n)));
        let _ = writeln!(
            out,
            "{} failed ({})",
            count(summary.n_failures(), "document"),
            codes.collect::<Vec<_>>().join(", ")
        );
    } else {
        out.push_str("no failures\n");
    }
}

/// Where the time went; processing is summed over all threads.
fn stages(out: &mut String, summary: &Summary) {
    let times = summary.times;
    for (stage, spent) in [("reading", times.read), ("processing", times.process), ("writing", times.write)] {
        let _ = writeln!(out, "  {stage:<12} {}", time(spent));
    }
}

/// Mentions by kind with bars, so that one look tells what the releases are about.
fn found(out: &mut String, summary: &Summary) {
    let Some(&most) = summary.mentions.values().max() else { return };
    let mut kinds: Vec<(&String, u64)> = summary.mentions.iter().map(|(kind, &n)| (kind, n)).collect();
    kinds.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
    out.push_str("\nfound\n");
    for (kind, n) in kinds {
        let bar = "▇".repeat(usize::try_from((n * 30).div_ceil(most)).unwrap_or(1));
        let _ = writeln!(out, "  {kind:<12} {:>9}  {bar}", grouped(n));
    }
    let _ = writeln!(
        out,
        "  {:<12} {:>9}  {} of them linked to the lists",
        "entities",
        grouped(summary.n_entities),
        grouped(summary.n_linked)
    );
    let _ = writeln!(out, "  {:<12} {:>9}", "missions", grouped(summary.n_missions));
}

/// What an interrupted run leaves behind.
fn interrupted(plan: &Plan) -> &'static str {
    let remembers = |target: &String| {
        plan.sink.state.is_some() || !(target == "-" || target.ends_with(".jsonl") && !target.contains("://"))
    };
    if plan.outputs.iter().all(remembers) {
        "\nInterrupted; what was written is kept, and the same command goes on from here.\n"
    } else {
        "\nInterrupted; the output is as it was, and the same command writes it anew.\n"
    }
}

/// The next thing to try.
fn next(out: &mut String, summary: &Summary, plan: &Plan) {
    if summary.has_gaps && plan.settings.prune {
        out.push_str("nothing was taken out, since what could not be read may hold documents\n");
    }
    let Some(output) = plan.outputs.iter().find(|output| *output != "-") else { return };
    let holds = summary.n_held.map_or(String::new(), |n| format!(" ({} in it now)", count(n, "document")));
    let _ = writeln!(out, "\n{} is ready{holds}. Next:", sink::without_password(output));
    if let Some(input) = example(plan) {
        // As it was called: the program may not be on the path.
        let program = std::env::args().next().unwrap_or_else(|| "gazzetta".to_owned());
        let _ = writeln!(out, "  {} explain {}", quoted(&program), quoted(&input));
    }
    if output.ends_with(".db") || output.ends_with(".sqlite") {
        let output = quoted(output);
        let _ = writeln!(out, "  sqlite3 -box {output} 'SELECT origin, countries, start_date, met FROM v_missions'");
        let _ = writeln!(out, "  sqlite3 -box {output} 'SELECT * FROM v_unlinked LIMIT 20'");
    }
    if output.starts_with("postgres") && output.contains("://") {
        let output = quoted(&sink::without_password(output));
        let _ = writeln!(out, "  psql {output} -c 'SELECT origin, countries, start_date, met FROM v_missions'");
        let _ = writeln!(out, "  psql {output} -c 'SELECT * FROM v_unlinked LIMIT 20'");
    }
}

/// A file of the input that can be looked at: the first, where a folder was given.
fn example(plan: &Plan) -> Option<String> {
    let input = plan.inputs.first().filter(|input| *input != "-")?;
    let path = std::path::Path::new(input);
    if !path.is_dir() {
        return path.is_file().then(|| input.clone());
    }
    let items = std::fs::read_dir(path).ok()?.flatten().map(|item| item.path());
    let is_text = |path: &std::path::PathBuf| path.extension().is_some_and(|extension| extension == "txt");
    items.filter(is_text).min().map(|path| path.to_string_lossy().into_owned())
}

/// As it can be typed in a shell.
fn quoted(text: &str) -> String {
    let is_plain = text.chars().all(|character| character.is_alphanumeric() || "-_./:".contains(character));
    if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// A number with its noun.
fn count(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// Digits in groups of three.
pub(super) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", n as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", n as f64 / 1e6),
        _ => format!("{:.2} GB", n as f64 / 1e9),
    }
}

fn time(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match seconds {
        0..60 => format!("{:.2} s", elapsed.as_secs_f64()),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_in_threes() {
        assert_eq!(["0", "999", "1,000", "1,234,567"].map(str::to_owned), [0, 999, 1000, 1_234_567].map(grouped));
    }

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        assert_eq!(quoted("samples/it-01.txt"), "samples/it-01.txt");
        assert_eq!(quoted("it's $HOME.db"), "'it'\\''s $HOME.db'");
    }
}
