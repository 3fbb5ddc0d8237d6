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
    sink::{self, Run},
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
    execute(&plan, voice, &repeat).or_else(|error| match plan.log {
        LogFormat::Text => Err(error),
        LogFormat::Json => Ok(error.told_by(log::error)),
    })
}

fn execute(plan: &Plan, voice: Voice, repeat: &Repeat) -> Result<Exit, Error> {
    let stop = Stop::on_signals().map_err(Error::failure)?;
    if plan.is_dry {
        return dry_run(plan, &stop);
    }
    // What cannot be read or written is told before any work is done.
    let arrivals = source::open(&plan.inputs, &plan.source)?;
    let sinks = plan.outputs.iter().map(|target| sink::open(target, &plan.sink).map(|sink| voice.over(sink)));
    let sinks = sinks.collect::<Result<Vec<_>, _>>()?;
    let engine = Arc::new(plan.engine()?);
    let about = about(&engine, &repeat.arguments);
    let progress = Progress::new(&plan.inputs, voice.is_quiet() || plan.log == LogFormat::Json);
    let watch = &mut |summary: &Summary| progress.show(summary);
    let done = pipeline::run(&engine, arrivals, sinks, &about, plan.settings, &stop, watch);
    progress.end();
    let (summary, end) = done?;
    let exit = exit(&summary, end, plan, &stop);
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
        arguments: arguments.iter().map(|argument| without_password(argument)).collect(),
        folder: env::current_dir().unwrap_or_default().to_string_lossy().into_owned(),
        started: sink::now(),
    }
}

/// The address of a database without its password: what is kept is read by others.
fn without_password(argument: &str) -> String {
    let Some((scheme, rest)) = argument.split_once("://") else { return argument.to_owned() };
    match rest.split_once('@') {
        Some((user, host)) => {
            format!("{scheme}://{}@{host}", user.split_once(':').map_or(user, |(user, _)| user))
        }
        None => argument.to_owned(),
    }
}

fn exit(summary: &Summary, end: End, plan: &Plan, stop: &Stop) -> Exit {
    match end {
        End::Interrupted if stop.is_from_system() => Exit::Terminated,
        End::Interrupted => Exit::Interrupted,
        End::TooManyFailures => Exit::Failure,
        End::Complete | End::Limit if summary.n_failures() > 0 => {
            if plan.settings.budget.is_exceeded(summary, true) {
                Exit::Failure
            } else {
                Exit::Incomplete
            }
        }
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
        "outputs": plan.outputs.iter().map(|target| without_password(target)).collect::<Vec<_>>(),
        "n_threads": plan.settings.n_threads,
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
    let (mut n_read, mut n_replaced, mut n_unchanged, mut n_failed) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut stdout = std::io::stdout().lock();
    pipeline::plan(arrivals, chooser, stop, &mut |choice| {
        // The reader of standard output may have gone away.
        let _ = match choice {
            Choice::Read(raw, false) => {
                n_read += 1;
                writeln!(stdout, "read {}", raw.meta.id)
            }
            Choice::Read(raw, true) => {
                n_replaced += 1;
                writeln!(stdout, "replace {}", raw.meta.id)
            }
            Choice::Failed(failure) => {
                n_failed += 1;
                writeln!(stdout, "fail {}: {}", failure.id, failure.reason)
            }
            Choice::Unchanged(_) => {
                n_unchanged += 1;
                Ok(())
            }
            Choice::Ignored => Ok(()),
        };
    });
    eprintln!(
        "would read {n_read} new, replace {n_replaced}, skip {n_unchanged} unchanged, fail {n_failed}; \
         the output holds {n_held}"
    );
    Ok(Exit::Success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_kept() {
        assert_eq!(without_password("postgres://ada:secret@host/db"), "postgres://ada@host/db");
        assert_eq!(without_password("postgres://ada@host/db"), "postgres://ada@host/db");
        assert_eq!(without_password("a:b@c"), "a:b@c");
    }
}
