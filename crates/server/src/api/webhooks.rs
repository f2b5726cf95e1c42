//! Outgoing webhooks: who is told of what.

use crate::api::auth::{Caller, Scope};
use crate::api::problem::{ApiProblem, ProblemBody};
use crate::api::reading::json;
use crate::courier::hex;
use crate::hub::Hub;
use crate::log::{Delivery, DeliveryState, Hook};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What may be told. Kinds that come later are told to nobody who did not ask for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum WebhookKind {
    #[serde(rename = "order.placed")]
    OrderPlaced,
    #[serde(rename = "order.promised")]
    OrderPromised,
    #[serde(rename = "order.cancelled")]
    OrderCancelled,
    #[serde(rename = "shipment.dispatched")]
    ShipmentDispatched,
    #[serde(rename = "shipment.delivered")]
    ShipmentDelivered,
    #[serde(rename = "shipment.failed")]
    ShipmentFailed,
}

impl WebhookKind {
    pub fn word(self) -> &'static str {
        match self {
            WebhookKind::OrderPlaced => "order.placed",
            WebhookKind::OrderPromised => "order.promised",
            WebhookKind::OrderCancelled => "order.cancelled",
            WebhookKind::ShipmentDispatched => "shipment.dispatched",
            WebhookKind::ShipmentDelivered => "shipment.delivered",
            WebhookKind::ShipmentFailed => "shipment.failed",
        }
    }
}

const URL_MAX: usize = 500;
const DEAD_MAX: usize = 200;

#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    #[schema(max_length = 500, format = "uri", pattern = "^https?://[a-z0-9]")]
    pub url: String,
    /// Empty is all of them.
    #[serde(default)]
    #[schema(value_type = Vec<WebhookKind>)]
    pub kinds: BTreeSet<WebhookKind>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct WebhookView {
    pub id: String,
    pub url: String,
    pub kinds: BTreeSet<String>,
    /// Only in the answer to its creation: what deliveries are signed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeadView {
    /// The same for every attempt.
    pub id: String,
    pub order: String,
    pub tries: i64,
    pub payload: String,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReplayView {
    pub replayed: u64,
}

fn view(hook: Hook, secret: Option<String>) -> WebhookView {
    WebhookView { id: hook.id, url: hook.url, kinds: hook.kinds, secret }
}

#[utoipa::path(get, path = "/v1/webhooks", tag = "webhooks", security(("api_key" = [])),
    responses((status = 200, body = Vec<WebhookView>),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn list(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
) -> Result<Json<Vec<WebhookView>>, ApiProblem> {
    caller.may(Scope::Webhooks)?;
    let site = caller.site.clone();
    let hooks = hub.log(move |log| log.hooks(&site)).await?;
    let active = hooks.into_iter().filter(|hook| hook.active);
    Ok(Json(active.map(|hook| view(hook, None)).collect()))
}

#[utoipa::path(post, path = "/v1/webhooks", tag = "webhooks", security(("api_key" = [])),
    request_body = NewWebhook,
    responses((status = 201, body = WebhookView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn add(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    body: Bytes,
) -> Result<(StatusCode, Json<WebhookView>), ApiProblem> {
    caller.may(Scope::Webhooks)?;
    let wanted: NewWebhook = json(&body)?;
    let is_http = wanted.url.starts_with("https://") || wanted.url.starts_with("http://");
    if !is_http || wanted.url.len() > URL_MAX || reqwest::Url::parse(&wanted.url).is_err() {
        return Err(ApiProblem::bad_request("url is an http or https address."));
    }
    let (id, secret) = (random_text(), random_text());
    let head = caller.desk.site().cursor();
    let hook = Hook {
        id,
        site: caller.site.0.clone(),
        url: wanted.url,
        secret: secret.clone(),
        kinds: wanted.kinds.into_iter().map(|kind| kind.word().to_owned()).collect(),
        active: true,
        // What was before is nobody's news.
        cursor: head,
    };
    let kept = hook.clone();
    hub.log(move |log| log.put_hook(&kept)).await?;
    Ok((StatusCode::CREATED, Json(view(hook, Some(secret)))))
}

fn random_text() -> String {
    let edge = app::Edge::real();
    let bytes: Vec<u8> = (0..3).flat_map(|_| edge.random().to_le_bytes()).collect();
    hex(&bytes)
}

#[utoipa::path(delete, path = "/v1/webhooks/{id}", tag = "webhooks", security(("api_key" = [])),
    params(("id" = String, Path)), responses((status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn remove(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiProblem> {
    let hook = known(&hub, &caller, &id).await?;
    hub.log(move |log| log.put_hook(&Hook { active: false, ..hook })).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[utoipa::path(get, path = "/v1/webhooks/{id}/dead", tag = "webhooks", security(("api_key" = [])),
    params(("id" = String, Path)), responses((status = 200, body = Vec<DeadView>),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn dead(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(id): Path<String>,
) -> Result<Json<Vec<DeadView>>, ApiProblem> {
    known(&hub, &caller, &id).await?;
    let dead = hub.log(move |log| log.deliveries(&id, DeliveryState::Dead, DEAD_MAX)).await?;
    let view = |one: Delivery| DeadView {
        id: hex(&one.id),
        order: one.order_key,
        tries: one.tries,
        payload: one.payload,
    };
    Ok(Json(dead.into_iter().map(view).collect()))
}

#[utoipa::path(post, path = "/v1/webhooks/{id}/replay", tag = "webhooks", security(("api_key" = [])),
    params(("id" = String, Path)), responses((status = 200, body = ReplayView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn replay(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(id): Path<String>,
) -> Result<Json<ReplayView>, ApiProblem> {
    known(&hub, &caller, &id).await?;
    let now = app::Edge::real().now();
    let replayed = hub.log(move |log| {
        let dead = log.deliveries(&id, DeliveryState::Dead, DEAD_MAX)?;
        for one in &dead {
            log.replay(one.id, now)?;
        }
        Ok(dead.len() as u64)
    });
    Ok(Json(ReplayView { replayed: replayed.await? }))
}

async fn known(hub: &Hub, caller: &Caller, id: &str) -> Result<Hook, ApiProblem> {
    caller.may(Scope::Webhooks)?;
    let site = caller.site.clone();
    let hooks = hub.log(move |log| log.hooks(&site)).await?;
    let found = hooks.into_iter().find(|hook| hook.id == id && hook.active);
    found.ok_or_else(|| ApiProblem::not_found("There is no such webhook."))
}
