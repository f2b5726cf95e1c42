//! One command or query over HTTP.

use crate::serve::Bridge;
use app::Problem;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

pub(crate) async fn answer(
    State(bridge): State<Bridge>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !bridge.door.opens_for_call(&headers) {
        return wrong_token();
    }
    let Some(args) = parse(&body) else {
        return refuse(
            StatusCode::BAD_REQUEST,
            "bad_json",
            "The arguments are not JSON.",
            "Send a JSON object as the body.",
        );
    };
    let session = headers.get("x-quayside-session").and_then(|value| value.to_str().ok());
    let session = session.unwrap_or_default().to_owned();
    let app = bridge.app;
    // Disk work must not hold up other requests, and a panic must not end the bridge.
    match tokio::task::spawn_blocking(move || app.call(&session, &name, args)).await {
        Ok(Ok(answer)) => Json(answer).into_response(),
        Ok(Err(problem)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(problem)).into_response(),
        Err(stopped) => refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            &format!("The command stopped half-way: {stopped}."),
            "Look whether it was done, then try again; report it if it persists.",
        ),
    }
}

/// No body means no arguments.
fn parse(body: &[u8]) -> Option<Value> {
    if body.is_empty() {
        return Some(Value::Object(serde_json::Map::new()));
    }
    serde_json::from_slice(body).ok()
}

pub(crate) fn wrong_token() -> Response {
    refuse(
        StatusCode::UNAUTHORIZED,
        "wrong_token",
        "This browser is not let in, or Quayside was started anew.",
        "Open the address that `quay serve` printed.",
    )
}

pub(crate) fn refuse(status: StatusCode, code: &str, happened: &str, to_do: &str) -> Response {
    let problem =
        Problem { code: code.into(), what_happened: happened.into(), what_to_do: to_do.into() };
    (status, Json(problem)).into_response()
}
