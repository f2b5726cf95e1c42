//! The customer's page: where the parcel is, in both languages, without an account.

use crate::api::problem::ApiProblem;
use crate::desk::Desk;
use crate::hub::Hub;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::OrderId;
use domain::order::OrderState;
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use sync::SiteId;
use tokio::sync::watch;

const PAGE: &str = include_str!("track.html");
/// Only what is in the page itself, and its own stream.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Track {
    number: String,
    /// 0 taken in, 1 being packed, 2 packed, 3 on the way, 4 delivered.
    step: u8,
    /// cancelled, failed, or empty.
    trouble: &'static str,
    promise_at: String,
}

#[derive(Deserialize)]
pub struct Language {
    #[serde(default)]
    lang: String,
}

type Link = Path<(String, String, String)>;

pub async fn page(
    State(hub): State<Hub>,
    Path(link): Link,
    Query(language): Query<Language>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let (desk, id) = opened(&hub, link).await?;
    let track = look(&desk, id).await?;
    let wished = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let zh = match language.lang.as_str() {
        "zh" => true,
        "en" => false,
        _ => wished.is_some_and(|wished| wished.trim_start().to_lowercase().starts_with("zh")),
    };
    let state = serde_json::to_string(&track).unwrap_or_default().replace('<', "\\u003c");
    let page = PAGE.replace("{lang}", if zh { "zh" } else { "en" }).replace("{state}", &state);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, page).into_response())
}

pub async fn live(State(hub): State<Hub>, Path(link): Link) -> Result<Response, ApiProblem> {
    let (desk, id) = opened(&hub, link).await?;
    let head = desk.site().follow();
    let events = stream::unfold((desk, id, head, None), next_change).map(Ok::<_, Infallible>);
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

type Following = (Desk, OrderId, watch::Receiver<i64>, Option<Track>);

/// Waits until the order looks different from what was last told.
async fn next_change((desk, id, mut head, told): Following) -> Option<(Event, Following)> {
    loop {
        let now = look(&desk, id).await.ok()?;
        if told.as_ref() != Some(&now) {
            let event = Event::default().json_data(&now).ok()?;
            return Some((event, (desk, id, head, Some(now))));
        }
        head.changed().await.ok()?;
    }
}

/// A wrong link and an unknown order look the same from outside.
async fn opened(
    hub: &Hub,
    (site, order, proof): (String, String, String),
) -> Result<(Desk, OrderId), ApiProblem> {
    let unknown = || ApiProblem::not_found("This link leads nowhere.");
    let (id, site) = (OrderId::parse(&order).map_err(|_| unknown())?, SiteId(site));
    let links = hub.links(&site).await.map_err(|_| unknown())?;
    if !links.opens(id, &proof) {
        return Err(unknown());
    }
    Ok((hub.desk(&site).await.map_err(|_| unknown())?, id))
}

async fn look(desk: &Desk, id: OrderId) -> Result<Track, ApiProblem> {
    let asked = desk.ask(move |ctx| {
        ctx.read(|db| {
            let Some(head) = db.order_head(id)? else { return Ok(None) };
            let done = db.stop_done(&id.to_string())?;
            let step = match head.state {
                OrderState::Cancelled | OrderState::Short | OrderState::Ready => 0,
                OrderState::Waved | OrderState::Picking | OrderState::ToPack => 1,
                OrderState::ToLoad => 2,
                OrderState::OnTheWay => 3,
                OrderState::Closed => 4,
            };
            let trouble = match (head.state, done) {
                (OrderState::Cancelled, _) => "cancelled",
                (OrderState::ToLoad, Some(done)) if !done.delivered => "failed",
                _ => "",
            };
            let promise_at = crate::api::order::rfc3339(domain::Timestamp(head.promise_at));
            Ok(Some(Track { number: head.number, step, trouble, promise_at }))
        })
    });
    asked.await?.ok_or_else(|| ApiProblem::not_found("This link leads nowhere."))
}
