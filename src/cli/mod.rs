//! The command line: the only room that knows argv, files, the terminal and the clock.

mod args;
mod baseline;
mod catalogue;
mod check;
mod configs;
mod crew;
mod fault;
mod fix;
mod init;
mod input;
mod output;
mod paths;
mod progress;
mod screen;
mod setup;
mod since;
mod trial;
mod usage;

use std::process::ExitCode;

use crate::diagnostic::Lang;

use args::{Args, Command, FixArgs};
use fix::Fixing;
use usage::{Fault, Parsed};

/// Runs the command line of this process: 0 is clean, 1 is findings, 2 is a fault of usage, input or output.
#[must_use]
pub fn main() -> ExitCode {
    let (done, lang) = match usage::parse(std::env::args_os().collect()) {
        Parsed::Run(args) => run(&args),
        Parsed::Show(text) => (shown(&text), Lang::default()),
        Parsed::Fault(fault, lang) => (Err(fault), lang),
    };
    done.unwrap_or_else(|fault| {
        output::complain(&fault, lang);
        ExitCode::from(2)
    })
}

fn run(args: &Args) -> (Result<ExitCode, Fault>, Lang) {
    match &args.command {
        None => (check::run(&args.check, Fixing::asked(args.fixing)), args.check.source.lang.get()),
        Some(Command::Check(command)) => {
            (check::run(&command.check, Fixing::asked(command.fixing)), command.check.source.lang.get())
        }
        Some(Command::Fix(command)) => {
            let check = &command.check;
            let fixing = Fixing::asked(FixArgs { fix: true, ..command.fixing });
            (check::run(check, fixing), check.source.lang.get())
        }
        Some(Command::Explain(explain)) => {
            let lang = explain.lang.get();
            (catalogue::explain(&explain.rule, lang).and_then(|page| shown(&page)), lang)
        }
        Some(Command::Rules(rules)) => {
            let lang = rules.lang.get();
            (shown(&catalogue::list(rules.output_format, lang)), lang)
        }
        Some(Command::Test(test)) => (trial::run(test), test.lang.get()),
        Some(Command::Baseline(command)) => (baseline::run(command), command.source.lang.get()),
        Some(Command::Init(init)) => (init::run(init.lang.get()), init.lang.get()),
        Some(Command::Schema(schema)) => (shown(&catalogue::schema(schema.what)), schema.lang.get()),
    }
}

fn shown(text: &str) -> Result<ExitCode, Fault> {
    output::stdout(text).map(|()| ExitCode::SUCCESS)
}
