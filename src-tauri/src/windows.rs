//! The main window.

use tauri::{AppHandle, WebviewUrl, WebviewWindowBuilder};

/// Large enough for a dense table with its side panel.
const SIZE: (f64, f64) = (1360.0, 860.0);
/// Below this the side panel has no room.
const SIZE_MIN: (f64, f64) = (960.0, 600.0);

pub fn open_main(shell: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(shell, "main", WebviewUrl::default())
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
    Ok(())
}
