//! For operators and their load balancers: alive, ready, and in numbers.

use crate::api::problem::ApiProblem;
use crate::hub::Hub;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Instant;

/// The process answers; nothing else is asked.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// The log can be reached: a load balancer may send work here.
pub async fn ready(State(hub): State<Hub>) -> Result<&'static str, ApiProblem> {
    hub.ready().await?;
    Ok("ready\n")
}

/// In the text form of Prometheus.
pub async fn metrics(State(hub): State<Hub>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], hub.metrics()).into_response()
}

pub async fn measure(State(_): State<Hub>, request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().to_string();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let labels = [("method", method), ("path", path), ("status", status)];
    metrics::counter!("quayside_requests_total", &labels).increment(1);
    metrics::histogram!("quayside_request_seconds", &labels).record(begin.elapsed().as_secs_f64());
    response
}
