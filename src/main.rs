//! The `lint` command: picks a face and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    gongwen_lint::cli::main()
}
