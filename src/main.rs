//! The `presskit` command.

fn main() {}
