//! A line on the terminal while a long build goes on.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A build that is done by then needs no progress.
const PATIENCE: Duration = Duration::from_millis(700);

/// Shows how many manuscripts are done, once the build takes long; gone when dropped.
pub(super) struct Progress {
    steps: Option<Sender<()>>,
    display: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts to wait, if there is an audience.
    pub(super) fn start(has_audience: bool, manuscripts: usize) -> Self {
        if !has_audience {
            return Self { steps: None, display: None };
        }
        let (steps, taken) = mpsc::channel();
        let display = std::thread::spawn(move || show(&taken, manuscripts));
        Self { steps: Some(steps), display: Some(display) }
    }

    /// One manuscript more is done.
    pub(super) fn advance(&self) {
        if let Some(steps) = &self.steps {
            // The display ends only with its sender.
            let _ = steps.send(());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.steps = None;
        if let Some(display) = self.display.take() {
            let _ = display.join();
        }
    }
}

/// Draws nothing until the build has taken its time; then every step until there are no more.
fn show(taken: &mpsc::Receiver<()>, manuscripts: usize) {
    let bar = ProgressBar::with_draw_target(Some(manuscripts as u64), ProgressDrawTarget::hidden())
        .with_style(style(manuscripts));
    // Steps before the first drawing make the wait longer, by as much as shows that it goes well.
    loop {
        match taken.recv_timeout(PATIENCE) {
            Ok(()) => bar.inc(1),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.enable_steady_tick(Duration::from_millis(100));
    for () in taken {
        bar.inc(1);
    }
    bar.finish_and_clear();
}

fn style(manuscripts: usize) -> ProgressStyle {
    let template = if manuscripts == 1 {
        "{spinner} building ({elapsed})"
    } else {
        "{spinner} building {pos}/{len} manuscripts ({elapsed})"
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}
