//! The main window.

use crate::remember::{self, Place};
use std::path::Path;
use tauri::{AppHandle, PhysicalPosition, PhysicalSize, WebviewUrl, WebviewWindowBuilder};

/// Large enough for a dense table with its side panel.
const SIZE: (f64, f64) = (1360.0, 860.0);
/// Below this the side panel has no room.
const SIZE_MIN: (f64, f64) = (960.0, 600.0);

/// `dir` keeps where the window stood; without one it opens in the middle.
pub fn open_main(shell: &AppHandle, dir: Option<&Path>) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(shell, "main", WebviewUrl::default())
        .title("Quayside")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SIZE_MIN.0, SIZE_MIN.1)
        // Nothing outside the app is ever shown in this window, whatever a page asks for.
        .on_navigation(|url| {
            let own = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
            let dev = cfg!(debug_assertions) && url.host_str() == Some("localhost");
            own || dev || url.as_str() == "about:blank" || url.scheme() == "blob"
        })
        .build()?;
    let Some(dir) = dir else { return Ok(()) };
    let monitors = window.available_monitors().unwrap_or_default();
    if let Some(place) = remember::read(dir).filter(|place| place.is_on(&monitors)) {
        // A window manager that places windows itself may refuse.
        let _ = put(&window, place);
    }
    remember::follow(&window, dir);
    Ok(())
}

fn put(window: &tauri::WebviewWindow, place: Place) -> tauri::Result<()> {
    window.set_size(PhysicalSize::new(place.width, place.height))?;
    window.set_position(PhysicalPosition::new(place.x, place.y))?;
    if place.maximized { window.maximize() } else { Ok(()) }
}
