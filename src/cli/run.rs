//! `gazzetta run`: the nightly batch.

use super::{
    Exit,
    error::Error,
    log::{self, LogFormat},
    options::{Arguments, Plan},
    progress::Progress,
    summary,
    voice::Voice,
};
use crate::{
    pipeline::{self, Choice, Chooser, End, Engine, Scope, Stop, Summary},
    raw::harmless,
    sink::{self, Patience, Run},
    source,
};
use serde_json::json;
use std::{env, io::Write, path::Path, sync::Arc};

/// What a run is besides its arguments.
pub(super) struct Repeat {
    /// The arguments of the run, to be kept in the output.
    pub arguments: Vec<String>,
    /// Which documents are read, if the arguments do not say.
    pub scope: Option<Scope>,
}

pub(super) fn run(arguments: Arguments, voice: Voice) -> Result<Exit, Error> {
    run_as(arguments, voice, Repeat { arguments: env::args().skip(1).collect(), scope: None })
}

pub(super) fn run_as(arguments: Arguments, voice: Voice, repeat: Repeat) -> Result<Exit, Error> {
    let mut plan = arguments.plan()?;
    plan.settings.scope = repeat.scope.unwrap_or(plan.settings.scope);
    let stop = Stop::on_signals().map_err(Error::failure)?;
    plan.sink.patience = Patience::until({
        let stop = stop.clone();
        move || stop.is_asked()
    });
    let done = execute(&plan, voice, &repeat, &stop).map_err(|error| error.of_stop(&stop));
    done.or_else(|error| match plan.log {
        LogFormat::Text => Err(error),
        LogFormat::Json => Ok(error.told_by(log::error)),
    })
}

fn execute(plan: &Plan, voice: Voice, repeat: &Repeat, stop: &Stop) -> Result<Exit, Error> {
    if plan.is_dry {
        return dry_run(plan, stop);
    }
    // What cannot be read or written is told before any work is done.
    let arrivals = source::open(&plan.inputs, &plan.source)?;
    let sinks = plan.outputs.iter().map(|target| sink::open(target, &plan.sink).map(|sink| voice.over(sink)));
    let sinks = sinks.collect::<Result<Vec<_>, _>>()?;
    let engine = Arc::new(plan.engine()?);
    let about = about(&engine, &repeat.arguments);
    let progress = Progress::new(&plan.inputs, voice.is_quiet() || plan.log == LogFormat::Json);
    let watch = &mut |summary: &Summary| progress.show(summary);
    let done = pipeline::run(&engine, arrivals, sinks, &about, plan.settings, stop, watch);
    progress.end();
    let (summary, end) = done?;
    let end = judged(end, &summary, plan);
    let exit = exit(&summary, end, stop);
    match plan.log {
        LogFormat::Text => {
            // The reader of standard error may have gone away: that is no reason to fail.
            let _ = std::io::stderr().write_all(summary::summary(&summary, end, plan, voice).as_bytes());
        }
        LogFormat::Json => log::summary(&summary, end),
    }
    if let Some(path) = &plan.report {
        write_report(path, &about, &summary, end, plan)?;
    }
    Ok(exit)
}

fn about(engine: &Engine, arguments: &[String]) -> Run {
    Run {
        provenance: engine.provenance().clone(),
        arguments: arguments.iter().map(|argument| sink::without_password(argument)).collect(),
        folder: env::current_dir().unwrap_or_default().to_string_lossy().into_owned(),
        started: sink::now(),
    }
}

/// How a run ended, now that no document follows: a share of failures is known for good.
fn judged(end: End, summary: &Summary, plan: &Plan) -> End {
    let is_over = matches!(end, End::Complete | End::Limit);
    let is_exceeded = summary.n_failures() > 0 && plan.settings.budget.is_exceeded(summary, true);
    if is_over && is_exceeded { End::TooManyFailures } else { end }
}

fn exit(summary: &Summary, end: End, stop: &Stop) -> Exit {
    match end {
        End::Interrupted if stop.is_from_system() => Exit::Terminated,
        End::Interrupted => Exit::Interrupted,
        End::TooManyFailures => Exit::Failure,
        End::Complete | End::Limit if summary.n_failures() > 0 => Exit::Incomplete,
        End::Complete | End::Limit => Exit::Success,
    }
}

fn write_report(path: &Path, about: &Run, summary: &Summary, end: End, plan: &Plan) -> Result<(), Error> {
    let report = json!({
        "schema": "gazzetta.report/1",
        "started": about.started,
        "ended": sink::now(),
        "end": end.as_str(),
        "provenance": about.provenance,
        "inputs": plan.inputs,
        "outputs": plan.outputs.iter().map(|target| sink::without_password(target)).collect::<Vec<_>>(),
        "n_threads": n_threads(plan.settings.n_threads),
        "n_failures": summary.n_failures(),
        "summary": summary,
    });
    Ok(sink::replace(&path.to_string_lossy(), format!("{report:#}\n").as_bytes())?)
}

/// Says what a run would do.
fn dry_run(plan: &Plan, stop: &Stop) -> Result<Exit, Error> {
    let marks = plan.outputs.iter().map(|target| sink::marks(target, &plan.sink).map(Arc::new));
    let marks = marks.collect::<Result<Vec<_>, _>>()?;
    let n_held = marks.iter().map(|marks| marks.len()).max().unwrap_or(0);
    let engine = plan.engine()?;
    let chooser = Chooser::new(plan.settings.scope, marks, engine.provenance().clone());
    let arrivals = source::open(&plan.inputs, &plan.source)?;
    let mut counts = Counts::default();
    let mut stdout = std::io::stdout().lock();
    pipeline::plan(arrivals, chooser, stop, &mut |choice| {
        let Some((word, id, reason)) = counts.add(choice) else { return };
        let shown = harmless(id);
        // The reader of standard output may have gone away.
        let _ = match (plan.log, reason) {
            (LogFormat::Json, _) => writeln!(stdout, "{}", json!({"choice": word, "document": id, "reason": reason})),
            (LogFormat::Text, Some(reason)) => writeln!(stdout, "{word} {shown}: {reason}"),
            (LogFormat::Text, None) => writeln!(stdout, "{word} {shown}"),
        };
    });
    let Counts { n_read, n_replaced, n_unchanged, n_failed } = counts;
    match plan.log {
        LogFormat::Text => eprintln!(
            "would read {n_read} new, replace {n_replaced}, skip {n_unchanged} unchanged, fail {n_failed}; \
             the output holds {n_held}"
        ),
        LogFormat::Json => log::plan(&json!({
            "n_read": n_read, "n_replaced": n_replaced, "n_unchanged": n_unchanged, "n_failed": n_failed, "n_held": n_held,
        })),
    }
    Ok(Exit::Success)
}

/// What a run would do, counted.
#[derive(Debug, Default)]
struct Counts {
    n_read: u64,
    n_replaced: u64,
    n_unchanged: u64,
    n_failed: u64,
}

impl Counts {
    /// Counts a choice; its word, the id of the document, and the reason of a failure, when it is to be told.
    fn add<'c>(&mut self, choice: &'c Choice) -> Option<(&'static str, &'c str, Option<&'c str>)> {
        let (count, told) = match choice {
            Choice::Read(raw, false) => (&mut self.n_read, Some(("read", raw.meta.id.as_str(), None))),
            Choice::Read(raw, true) => (&mut self.n_replaced, Some(("replace", raw.meta.id.as_str(), None))),
            Choice::Failed(failure) => {
                (&mut self.n_failed, Some(("fail", failure.id.as_str(), Some(failure.reason.as_str()))))
            }
            Choice::Unchanged(_) => (&mut self.n_unchanged, None),
            Choice::Ignored => return None,
        };
        *count += 1;
        told
    }
}

/// Threads that are worked on; none given is one for each core.
fn n_threads(n_given: usize) -> usize {
    if n_given > 0 { n_given } else { std::thread::available_parallelism().map_or(1, usize::from) }
}
