//! Listening, and which address leads where.

use crate::guard::{Door, check_host, own_headers};
use crate::ui::UiSource;
use crate::{call, changes, ui};
use app::{App, Changed};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// The largest import that a browser hands over in one piece: a year of order lines as CSV.
const BODY_BYTES_MAX: usize = 64 << 20;

#[derive(Debug, thiserror::Error)]
pub enum BridgeError {
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen { port: u16, source: io::Error },
}

/// A bridge that is listening.
#[derive(Debug)]
pub struct Served {
    pub addr: SocketAddr,
    /// What to open in the browser; it holds the token, so whoever has it is let in.
    pub url: String,
    /// Ends only if listening fails; abort it to stop the bridge.
    pub join: JoinHandle<io::Result<()>>,
}

#[derive(Clone)]
pub(crate) struct Bridge {
    pub app: Arc<App>,
    pub ui: Arc<UiSource>,
    pub door: Door,
    pub changes: broadcast::Sender<Changed>,
}

/// Starts to listen on 127.0.0.1; port 0 takes a free one.
pub async fn serve(app: Arc<App>, ui: UiSource, port: u16) -> Result<Served, BridgeError> {
    let listen = |source| BridgeError::Listen { port, source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
    let addr = listener.local_addr().map_err(listen)?;
    let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    let url = format!("http://{addr}/?token={token}");
    let bridge = Bridge {
        changes: changes::broadcast(&app),
        app,
        ui: Arc::new(ui),
        door: Door::new(token, addr.port()),
    };
    let join = tokio::spawn(async move { axum::serve(listener, router(bridge)).await });
    Ok(Served { addr, url, join })
}

fn router(bridge: Bridge) -> Router {
    Router::new()
        .route("/api/{name}", post(call::answer))
        .route("/api-events", get(changes::stream))
        .fallback(get(ui::file))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(check_host))
        .layer(middleware::map_response(own_headers))
        .with_state(bridge)
}
