//! One WebSocket to one replica, read without waiting for long.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::Duration;
use sync::{FrameError, Limits, Message};
use thiserror::Error;
use tungstenite::client::IntoClientRequest;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Error as WsError, Message as Frame, WebSocket};

/// New own events wait at most this long before they are sent.
const READ_WAIT: Duration = Duration::from_millis(80);
const WRITE_WAIT: Duration = Duration::from_secs(20);

#[derive(Debug, Error)]
pub(crate) enum SocketError {
    #[error("the address {0} is not one of a server")]
    Address(String),
    #[error("{0}")]
    Broken(Box<WsError>),
    #[error("the server said something that cannot be read: {0}")]
    Frame(#[from] FrameError),
    #[error("the server closed the line")]
    Closed,
}

pub(crate) struct Socket {
    inner: WebSocket<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// `https://host`, `http://host:8080`, or just `host`.
    pub fn open(url: &str) -> Result<Socket, SocketError> {
        let address = address(url);
        let bad = || SocketError::Address(url.to_owned());
        let request = address.as_str().into_client_request().map_err(|_| bad())?;
        let (inner, _) = tungstenite::connect(request).map_err(broken)?;
        let tcp = match inner.get_ref() {
            MaybeTlsStream::Plain(tcp) => Some(tcp),
            MaybeTlsStream::Rustls(tls) => Some(&tls.sock),
            _ => None,
        };
        if let Some(tcp) = tcp {
            let waits = tcp
                .set_read_timeout(Some(READ_WAIT))
                .and_then(|()| tcp.set_write_timeout(Some(WRITE_WAIT)))
                .and_then(|()| tcp.set_nodelay(true));
            waits.map_err(|error| broken(WsError::Io(error)))?;
        }
        Ok(Socket { inner })
    }

    pub fn send(&mut self, message: &Message) -> Result<(), SocketError> {
        self.inner.send(Frame::Binary(sync::encode(message).into())).map_err(broken)
    }

    /// `None` when nothing came within a moment.
    pub fn read(&mut self, limits: &Limits) -> Result<Option<Message>, SocketError> {
        match self.inner.read() {
            Ok(Frame::Binary(bytes)) => Ok(Some(sync::decode(&bytes, limits)?)),
            Ok(Frame::Close(_)) => Err(SocketError::Closed),
            Ok(_) => Ok(None),
            Err(WsError::Io(error))
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
            {
                Ok(None)
            }
            Err(error) => Err(broken(error)),
        }
    }
}

fn broken(error: WsError) -> SocketError {
    SocketError::Broken(Box::new(error))
}

fn address(url: &str) -> String {
    let url = url.trim().trim_end_matches('/');
    let (scheme, host) = match url.split_once("://") {
        Some(("http" | "ws", host)) => ("ws", host),
        Some((_, host)) => ("wss", host),
        None => ("wss", url),
    };
    format!("{scheme}://{host}/v1/sync")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_write_it() {
        for (written, meant) in [
            ("https://hub.example", "wss://hub.example/v1/sync"),
            ("http://127.0.0.1:8080/", "ws://127.0.0.1:8080/v1/sync"),
            (" hub.example:8443 ", "wss://hub.example:8443/v1/sync"),
        ] {
            assert_eq!(address(written), meant);
        }
    }
}
