//! Stations on the line: frames of the sync protocol over a WebSocket, and a word when there is
//! more.

use crate::hub::Hub;
use axum::extract::State;
use axum::extract::ws::{Message as Frame, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use sync::{
    BatchError, FrameError, Limits, Message, Refused, Rules, Server, SiteId, check_ed25519,
};
use tokio::sync::watch;

pub async fn open(State(hub): State<Hub>, upgrade: WebSocketUpgrade) -> Response {
    let limits = Limits::DEFAULT;
    upgrade
        .max_message_size(limits.frame_bytes)
        .on_upgrade(move |socket| carry(hub, socket, limits))
}

async fn carry(hub: Hub, mut socket: WebSocket, limits: Limits) {
    metrics::gauge!("quayside_stations_connected").increment(1.0);
    let mut link = Server::new(check_ed25519, limits.clone(), Rules::SOUND);
    let mut head: Option<(SiteId, watch::Receiver<i64>)> = None;
    loop {
        let event = match &mut head {
            Some((_, grows)) => tokio::select! {
                frame = socket.recv() => Event::Frame(frame),
                changed = grows.changed() => match changed {
                    Ok(()) => Event::Head(*grows.borrow_and_update()),
                    Err(_) => Event::Frame(None),
                },
            },
            None => Event::Frame(socket.recv().await),
        };
        let answer = match event {
            Event::Frame(Some(Ok(Frame::Binary(bytes)))) => {
                let message = match sync::decode(&bytes, &limits) {
                    Ok(message) => message,
                    Err(error) => {
                        // Damage on the way is sent again; anything else is no station of ours.
                        metrics::counter!("quayside_bad_frames_total").increment(1);
                        let refused = Message::Refused(refusal(error));
                        let _ = socket.send(Frame::Binary(sync::encode(&refused).into())).await;
                        break;
                    }
                };
                let (back, answer) = answer(&hub, link, message).await;
                link = back;
                answer
            }
            Event::Frame(Some(Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Text(_)))) => None,
            Event::Frame(_) => break,
            Event::Head(seq) => link.poll_transmit(seq),
        };
        if let Some(message) = answer {
            if matches!(message, Message::SnapshotPart(_)) {
                metrics::counter!("quayside_snapshot_parts_total").increment(1);
            }
            let sent = socket.send(Frame::Binary(sync::encode(&message).into())).await;
            if sent.is_err() {
                break;
            }
        }
        follow(&hub, &link, &mut head).await;
    }
    metrics::gauge!("quayside_stations_connected").decrement(1.0);
}

enum Event {
    Frame(Option<Result<Frame, axum::Error>>),
    Head(i64),
}

fn refusal(error: FrameError) -> Refused {
    match error {
        FrameError::Version | FrameError::Batch(BatchError::Version) => Refused::UpdateNeeded,
        FrameError::TooLarge | FrameError::Batch(BatchError::TooLarge) => Refused::TooLarge,
        FrameError::Damaged | FrameError::Malformed | FrameError::Batch(_) => Refused::Unreadable,
    }
}

/// The log may wait for a disk or another replica: a thread of its own does.
async fn answer(hub: &Hub, mut link: Server, message: Message) -> (Server, Option<Message>) {
    let hub = hub.clone();
    let asks_for_stock = matches!(message, Message::Ask(_));
    if let (true, Some(site)) = (asks_for_stock, link.site().cloned())
        && let Ok(desk) = hub.desk(&site).await
    {
        let site = desk.site().clone();
        // What is lent is reckoned from the book as it stands now.
        let _ = tokio::task::spawn_blocking(move || site.catch_up()).await;
    }
    let asked = tokio::task::spawn_blocking(move || {
        let mut log = hub.lending_log();
        let now = app::Edge::real().now();
        let answer = log.answer(&mut link, message, now);
        (link, answer)
    });
    match asked.await {
        Ok((link, Ok(answer))) => (link, answer),
        Ok((link, Err(error))) => {
            metrics::counter!("quayside_log_errors_total").increment(1);
            tracing::warn!(%error, "a station's message could not be answered");
            let after_ms = Limits::DEFAULT.retry_ms;
            (link, Some(Message::Refused(Refused::Busy { after_ms })))
        }
        Err(_) => {
            let link = Server::new(check_ed25519, Limits::DEFAULT, Rules::SOUND);
            (link, Some(Message::Refused(Refused::NotWelcomed)))
        }
    }
}

/// Once a station was welcomed, it hears of its site; what it wrote is folded at once.
async fn follow(hub: &Hub, link: &Server, head: &mut Option<(SiteId, watch::Receiver<i64>)>) {
    let Some(site) = link.site() else { return };
    if head.as_ref().is_none_or(|(known, _)| known != site)
        && let Ok(desk) = hub.desk(site).await
    {
        *head = Some((site.clone(), desk.site().follow()));
    }
}
