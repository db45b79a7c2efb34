//! The last words of a command: what to open.

use std::path::Path;
use std::process::{Command, Stdio};

use mainstreet::output::report::REPORT_NAME;

use super::{Global, say};

/// Says which page to open, and opens it if asked.
pub fn tell(root: &Path, open: bool, global: &Global) {
    let page = root.join(REPORT_NAME);
    if !page.exists() {
        say(global, &format!("results in {}", root.display()));
        return;
    }
    say(
        global,
        &format!(
            "results in {}; open {} in a browser",
            root.display(),
            page.display()
        ),
    );
    if open {
        open_page(&page, global);
    }
}

/// Opens a page with what the system opens pages with.
pub fn open_page(page: &Path, global: &Global) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(target_os = "windows") {
        "explorer"
    } else {
        "xdg-open"
    };
    let started = Command::new(program)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        say(
            global,
            &format!("cannot open {} with {program}: {error}", page.display()),
        );
    }
}
