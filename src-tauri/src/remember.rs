//! Where the window stood, kept while it is moved, so that a crash or a cut of power loses nothing.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;
use tauri::{Monitor, WebviewWindow, WindowEvent};

const FILE: &str = "window.json";
/// Dragging an edge moves it a hundred times a second.
const QUIET: Duration = Duration::from_millis(400);
/// So much of the title bar must be on a screen for a hand to take hold of it.
const GRIP_PX: i32 = 80;

/// In physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
    pub maximized: bool,
}

/// `None` where nothing is kept, or nothing that can be read.
pub fn read(dir: &Path) -> Option<Place> {
    serde_json::from_str(&std::fs::read_to_string(dir.join(FILE)).ok()?).ok()
}

impl Place {
    /// Whether a hand can reach it: a screen may have been unplugged since.
    pub fn is_on(&self, monitors: &[Monitor]) -> bool {
        monitors.iter().any(|monitor| {
            let (at, size) = (monitor.position(), monitor.size());
            self.shows_on((at.x, at.y), (size.width, size.height))
        })
    }

    fn shows_on(&self, at: (i32, i32), size: (u32, u32)) -> bool {
        let end = |from: i32, length: u32| from.saturating_add_unsigned(length);
        let across = end(self.x, self.width).min(end(at.0, size.0)) - self.x.max(at.0);
        across >= GRIP_PX && self.y >= at.1 && self.y < end(at.1, size.1) - GRIP_PX
    }
}

/// Writes the place down whenever the window has come to rest somewhere else.
pub fn follow(window: &WebviewWindow, dir: &Path) {
    let moved = writer(window.clone(), dir.join(FILE));
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Moved(_) | WindowEvent::Resized(_)) {
            // A writer that is gone only means that the place is forgotten.
            let _ = moved.send(());
        }
    });
}

fn writer(window: WebviewWindow, path: PathBuf) -> Sender<()> {
    let (sender, moves) = channel::<()>();
    std::thread::spawn(move || {
        while moves.recv().is_ok() {
            while let Ok(()) = moves.recv_timeout(QUIET) {}
            if let Some(place) = now(&window, &path) {
                let _ = write(&path, &place);
            }
        }
    });
    sender
}

/// A maximized window keeps the place that it goes back to.
fn now(window: &WebviewWindow, path: &Path) -> Option<Place> {
    if window.is_minimized().ok()? {
        return None;
    }
    let maximized = window.is_maximized().ok()?;
    let before = path.parent().and_then(read);
    if let Some(before) = before.filter(|_| maximized) {
        return Some(Place { maximized, ..before });
    }
    let (at, size) = (window.outer_position().ok()?, window.inner_size().ok()?);
    Some(Place { x: at.x, y: at.y, width: size.width, height: size.height, maximized })
}

/// Whole or not at all.
fn write(path: &Path, place: &Place) -> std::io::Result<()> {
    let fresh = path.with_extension("json.new");
    std::fs::write(&fresh, serde_json::to_vec(place)?)?;
    std::fs::rename(fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { x: 100, y: 50, width: 1280, height: 800, maximized: false };

    #[test]
    fn what_was_written_is_read_and_half_a_file_is_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        assert_eq!(read(dir.path()), None);
        write(&path, &PLACE).unwrap();
        assert_eq!(read(dir.path()), Some(PLACE));
        std::fs::write(&path, "{\"x\": 1").unwrap();
        assert_eq!(read(dir.path()), None);
    }

    #[test]
    fn a_window_on_a_screen_that_is_gone_is_not_put_back_there() {
        let full_hd = (1920, 1080);
        assert!(PLACE.shows_on((0, 0), full_hd));
        assert!(Place { x: -1200, ..PLACE }.shows_on((0, 0), full_hd));
        assert!(!Place { x: -1250, ..PLACE }.shows_on((0, 0), full_hd));
        assert!(!Place { x: 2000, ..PLACE }.shows_on((0, 0), full_hd));
        assert!(Place { x: 2000, ..PLACE }.shows_on((1920, 0), full_hd));
        assert!(!Place { y: 1079, ..PLACE }.shows_on((0, 0), full_hd));
        assert!(!Place { y: -1, ..PLACE }.shows_on((0, 0), full_hd));
    }
}
