//! What is said of a picture that can't be had, and the limits that all formats share.

use crate::diagnostics::{Code, codes};

/// The most pixels that a picture may have.
const MOST_PIXELS: u64 = 100_000_000;
/// The most pixels that a picture may have on a side.
const LONGEST_SIDE: u32 = 32_000;

/// What is wrong with a picture; its place and its name are added where they are known.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    /// The code.
    pub(super) code: Code,
    /// What is said of the picture: "is empty".
    pub(super) message: String,
    /// What to do about it.
    pub(super) help: Option<String>,
}

impl Complaint {
    /// A complaint that reads on from "the picture `x`".
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    /// Adds what to do about it.
    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same complaint of something that the picture holds.
    pub(super) fn inside(mut self, lead: &str) -> Self {
        self.message = format!("{lead} {}", self.message);
        self
    }
}

/// Refuses a picture that is larger than any press prints, before anything is allocated for it.
pub(super) fn check_size((width, height): (u32, u32)) -> Result<(), Complaint> {
    if width.min(height) == 0 {
        return Err(Complaint::new(codes::PICTURE_UNREADABLE, "has no pixels"));
    }
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) <= LONGEST_SIDE && pixels <= MOST_PIXELS {
        return Ok(());
    }
    let message = format!("claims to be {width} × {height} pixels large");
    Err(Complaint::new(codes::PICTURE_TOO_LARGE, message)
        .with_help("save it with at most 100 million pixels and at most 32,000 on a side"))
}
