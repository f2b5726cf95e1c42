//! Speaks plain HTTP over a socket, so that wrong hosts and missing tokens can be sent too.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use bridge::{Served, UiSource, serve};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

struct Station {
    served: Served,
    app: Arc<app::App>,
    token: String,
    _data: tempfile::TempDir,
    _screens: tempfile::TempDir,
}

async fn station() -> Station {
    let data = tempfile::tempdir().unwrap();
    let screens = tempfile::tempdir().unwrap();
    std::fs::write(screens.path().join("index.html"), "<title>Screens</title>").unwrap();
    std::fs::write(screens.path().join("main.js"), "start()").unwrap();
    let app = Arc::new(app::App::open(data.path()).unwrap_or_else(|p| panic!("{p:?}")));
    let served =
        serve(Arc::clone(&app), UiSource::Folder(screens.path().to_owned()), 0).await.unwrap();
    let token = served.url.split_once("token=").unwrap().1.to_owned();
    Station { served, app, token, _data: data, _screens: screens }
}

impl Station {
    async fn send(&self, request: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut text = format!("{request} HTTP/1.1\r\n");
        if !headers.iter().any(|(name, _)| *name == "host") {
            text += &format!("host: {}\r\n", self.served.addr);
        }
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += &format!("connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let mut stream = TcpStream::connect(self.served.addr).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn ask(&self, request: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
        let mut answer = String::new();
        let mut stream = self.send(request, headers, body).await;
        stream.read_to_string(&mut answer).await.unwrap();
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }
}

#[tokio::test]
async fn nobody_without_the_token() {
    let station = station().await;
    for (request, headers) in [
        ("GET /", vec![]),
        ("GET /?token=wrong", vec![]),
        ("GET /", vec![("cookie", "quayside-1=x")]),
        ("POST /api/startup", vec![]),
        ("POST /api/startup", vec![("x-quayside-token", "")]),
        ("GET /api-events", vec![]),
        ("GET /api-events?token=wrong", vec![]),
    ] {
        let (status, answer) = station.ask(request, &headers, "").await;
        assert_eq!(status, 401, "{request} {headers:?}");
        assert!(answer.contains("wrong_token"), "{answer}");
    }
}

#[tokio::test]
async fn nobody_under_a_foreign_name() {
    let station = station().await;
    let token = ("x-quayside-token", station.token.as_str());
    for foreign in [("host", "evil.example"), ("origin", "http://evil.example"), ("origin", "null")]
    {
        let (status, answer) = station.ask("POST /api/startup", &[foreign, token], "{}").await;
        assert_eq!(status, 403, "{foreign:?}");
        assert!(answer.contains("foreign_host"));
    }
}

#[tokio::test]
async fn the_page_opens_with_the_token_and_then_with_the_cookie() {
    let station = station().await;
    let (status, answer) = station.ask(&format!("GET /?token={}", station.token), &[], "").await;
    assert_eq!(status, 200);
    assert!(answer.contains("<title>Screens</title>"));
    assert!(answer.contains("content-security-policy: default-src 'self'"));
    let cookie = answer.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap();
    let (status, _) = station.ask("GET /", &[("cookie", cookie)], "").await;
    assert_eq!(status, 200);
    let (status, _) = station.ask("POST /api/startup", &[("cookie", cookie)], "").await;
    assert_eq!(status, 401, "the cookie opens the page, never a call");
    let (status, answer) = station.ask("GET /main.js", &[], "").await;
    assert_eq!((status, answer.contains("text/javascript")), (200, true));
    let (status, _) = station.ask("GET /../Cargo.toml", &[], "").await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_call_is_answered_or_refused_in_words() {
    let station = station().await;
    let token = ("x-quayside-token", station.token.as_str());
    let (status, answer) = station.ask("POST /api/startup", &[token], "{}").await;
    assert_eq!((status, answer.contains(r#""ok":true"#)), (200, true), "{answer}");
    let (status, answer) = station.ask("POST /api/no_such_thing", &[token], "{}").await;
    assert_eq!((status, answer.contains("what_to_do")), (422, true), "{answer}");
    let (status, answer) = station.ask("POST /api/startup", &[token], "{").await;
    assert_eq!((status, answer.contains("bad_json")), (400, true), "{answer}");
}

#[tokio::test]
async fn changes_arrive_as_they_are_made() {
    let station = station().await;
    let address = format!("GET /api-events?token={}", station.token);
    let mut changes = station.send(&address, &[], "").await;
    let mut seen = String::new();
    let mut chunk = [0; 1024];
    // The head of the answer says that the stream is open; only then does the change count.
    while !seen.contains("\r\n\r\n") {
        let read = changes.read(&mut chunk).await.unwrap();
        seen += std::str::from_utf8(&chunk[..read]).unwrap();
    }
    let person = serde_json::json!({
        "id": "ann", "name": "Ann", "roles": ["picker"], "pin": "1234", "active": true,
    });
    station.app.call_as("system", "save_person", person).unwrap();
    while !seen.contains(r#"data: {"topics":["settings"]"#) {
        let read = changes.read(&mut chunk).await.unwrap();
        assert!(read > 0, "the stream ended: {seen}");
        seen += std::str::from_utf8(&chunk[..read]).unwrap();
    }
}
