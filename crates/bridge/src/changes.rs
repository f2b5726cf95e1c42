//! What changed, to every browser that listens.

use crate::call::wrong_token;
use crate::serve::Bridge;
use app::{App, Changed};
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use std::convert::Infallible;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{self, Receiver};

/// Changes that a slow browser may lag behind before its stream is cut; it connects again.
const BACKLOG: usize = 1024;

/// The application layer speaks to threads, the browsers are tasks: one thread carries over.
pub(crate) fn broadcast(app: &App) -> broadcast::Sender<Changed> {
    let (sender, _) = broadcast::channel(BACKLOG);
    let receiver = app.subscribe();
    let outgoing = sender.clone();
    std::thread::spawn(move || {
        for changed in receiver {
            // With no browser connected there is nobody to tell.
            let _ = outgoing.send(changed);
        }
    });
    sender
}

#[derive(Deserialize)]
pub(crate) struct Offered {
    #[serde(default)]
    token: String,
}

/// An `EventSource` can set no header, so the token is in the query here.
pub(crate) async fn stream(
    State(bridge): State<Bridge>,
    Query(offered): Query<Offered>,
) -> Response {
    if !bridge.door.opens(&offered.token) {
        return wrong_token();
    }
    let events = stream::unfold(bridge.changes.subscribe(), next);
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

type Step = (Result<Event, Infallible>, Receiver<Changed>);

async fn next(mut changes: Receiver<Changed>) -> Option<Step> {
    match changes.recv().await {
        // A change is two plain fields; one that does not serialize would end the stream.
        Ok(changed) => Some((Ok(Event::default().json_data(changed).ok()?), changes)),
        Err(RecvError::Lagged(_) | RecvError::Closed) => None,
    }
}
