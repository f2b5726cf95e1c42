//! The screens' files.

use crate::call::wrong_token;
use crate::serve::Bridge;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

include!(concat!(env!("OUT_DIR"), "/ui_files.rs"));

/// Shown when the binary was built without the screens.
const NOT_BUILT: &str = "<!doctype html><meta charset=utf-8><title>Quayside</title>\
    <p>This program was built without its screens. Run <code>cargo xtask run</code>.</p>";

/// Where the screens come from.
#[derive(Debug, Clone)]
pub enum UiSource {
    /// What ui/dist held when this program was built.
    Embedded,
    /// A folder read at run time, for working on the screens.
    Folder(PathBuf),
}

impl UiSource {
    fn read(&self, address: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            UiSource::Embedded => {
                let found = FILES.iter().find(|(name, _)| *name == address);
                found.map(|(_, bytes)| Cow::Borrowed(*bytes))
            }
            UiSource::Folder(dir) => {
                let relative = Path::new(address);
                let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
                inside.then(|| std::fs::read(dir.join(relative)).ok()).flatten().map(Cow::Owned)
            }
        }
    }
}

pub(crate) async fn file(State(bridge): State<Bridge>, uri: Uri, headers: HeaderMap) -> Response {
    let address = uri.path().trim_start_matches('/');
    if address.is_empty() || address == "index.html" {
        return page(&bridge, &uri, &headers);
    }
    // Scripts, styles and fonts hold no secret and are the same for everybody.
    let ui = bridge.ui.clone();
    let wanted = address.to_owned();
    let read = tokio::task::spawn_blocking(move || ui.read(&wanted)).await;
    match read.ok().flatten() {
        Some(bytes) => {
            let kind = [(CONTENT_TYPE, media_type(address)), (CACHE_CONTROL, "no-cache")];
            (kind, bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn page(bridge: &Bridge, uri: &Uri, headers: &HeaderMap) -> Response {
    let by_query = query_token(uri).is_some_and(|offered| bridge.door.opens(offered));
    if !by_query && !bridge.door.opens_by_cookie(headers) {
        return wrong_token();
    }
    let page = bridge.ui.read("index.html").unwrap_or(Cow::Borrowed(NOT_BUILT.as_bytes()));
    ([(SET_COOKIE, bridge.door.cookie())], Html(page)).into_response()
}

fn query_token(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

fn media_type(address: &str) -> &'static str {
    match address.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
