//! The `presskit` command: arguments into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    presskit::cli::run(std::env::args_os())
}
