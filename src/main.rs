//! The program `osteodose`.

use std::process::ExitCode;

fn main() -> ExitCode {
    osteodose::cli::main()
}
