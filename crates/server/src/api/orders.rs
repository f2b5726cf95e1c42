//! Orders: place, look at, cancel, hold.

use crate::api::auth::{Caller, Scope};
use crate::api::order::{NewOrder, OrderView, StateWord};
use crate::api::problem::{ApiProblem, ProblemBody};
use crate::api::reading::{Page, Slice, idempotency_key, json, order_id};
use crate::desk::{Answered, Place};
use crate::hub::Hub;
use app::Fault;
use app::commands::cancel_order::cancel_whole;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::order::OrderState;
use domain::{Body, HoldScope, OrderId};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::read::{OrderQuery, OrderSort};
use sync::Hash;
use utoipa::ToSchema;

/// Why an order is cancelled or held.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
}

#[utoipa::path(post, path = "/v1/orders", tag = "orders", request_body = NewOrder,
    security(("api_key" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for ever; with another body it is a 409.", pattern = "^[!-~]{1,100}$")),
    responses((status = 201, body = OrderView), (status = 200, body = OrderView, description = "It was placed before."),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn place(
    State(hub): State<Hub>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiProblem> {
    caller.may(Scope::OrdersWrite)?;
    let key = idempotency_key(&headers)?;
    let request = Hash::of(&body);
    let scope = format!("{}/orders", caller.site.0);
    let kept = match &key {
        Some(key) => hub.kept_answer(&scope, key).await?,
        None => None,
    };
    if let Some(kept) = kept {
        if kept.request != request {
            return Err(used_key());
        }
        return Ok(said(Answered { status: kept.status, body: kept.body }));
    }
    let order: NewOrder = json(&body)?;
    let draft = order.draft()?;
    let key = key.map(|key| (scope, key, request));
    let answer = caller.desk.place(Place { channel: order.channel, draft, key }).await?;
    Ok(said(answer))
}

fn used_key() -> ApiProblem {
    let title = "This Idempotency-Key was used for another request.";
    let detail = "Use a new key for a new request.";
    ApiProblem::new(StatusCode::CONFLICT, "idempotency_key_reused", title, detail)
}

fn said(answer: Answered) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = match status.is_success() {
        true => "application/json",
        false => "application/problem+json",
    };
    (status, [(header::CONTENT_TYPE, kind)], answer.body).into_response()
}

#[utoipa::path(get, path = "/v1/orders", tag = "orders", security(("api_key" = [])),
    params(("state" = Option<StateWord>, Query, description = "Without it, all."),
        ("search" = Option<String>, Query, description = "A part of number, external id or customer."),
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 200),
        ("cursor" = Option<u32>, Query, description = "`next` of the page before.", maximum = 2147483647)),
    responses((status = 200, body = Page<OrderView>),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn list(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Json<Page<OrderView>>, ApiProblem> {
    caller.may(Scope::OrdersRead)?;
    let slice = Slice::of(&query, &["state", "search"])?;
    let state = query.get("state").cloned().unwrap_or_else(|| "all".to_owned());
    if state != "all" && OrderState::parse(&state).is_none() {
        let words: Vec<&str> = OrderState::ALL.into_iter().map(OrderState::as_str).collect();
        let title = format!("state is one of {}.", words.join(", "));
        return Err(ApiProblem::bad_request(&title));
    }
    let search = query.get("search").cloned().unwrap_or_default();
    let links = hub.links(&caller.site).await?;
    let asked = caller.desk.ask(move |ctx| {
        ctx.read(|db| {
            let query = OrderQuery {
                view: &state,
                search: &search,
                now: ctx.now.0,
                sort: OrderSort::Placed,
                descending: true,
                offset: slice.offset,
                limit: slice.limit,
            };
            let (heads, total) = db.orders(&query)?;
            let mut items = Vec::with_capacity(heads.len());
            for head in heads {
                items.extend(OrderView::read(&db, head.id, |id| links.path(id))?);
            }
            Ok(slice.page(items, total))
        })
    });
    Ok(Json(asked.await?))
}

#[utoipa::path(get, path = "/v1/orders/{id}", tag = "orders", security(("api_key" = [])),
    params(("id" = String, Path)),
    responses((status = 200, body = OrderView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn one(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(id): Path<String>,
) -> Result<Json<OrderView>, ApiProblem> {
    caller.may(Scope::OrdersRead)?;
    shown(&hub, &caller, order_id(&id)?).await
}

async fn shown(hub: &Hub, caller: &Caller, id: OrderId) -> Result<Json<OrderView>, ApiProblem> {
    let links = hub.links(&caller.site).await?;
    let look = || {
        let links = links.clone();
        caller
            .desk
            .ask(move |ctx| ctx.read(|db| Ok(OrderView::read(&db, id, |id| links.path(id))?)))
    };
    let mut view = look().await?;
    if view.is_none() {
        // Another replica may have placed it a moment ago.
        caller.desk.catch_up().await?;
        view = look().await?;
    }
    view.map(Json).ok_or_else(|| ApiProblem::not_found("There is no such order."))
}

#[utoipa::path(post, path = "/v1/orders/{id}/cancel", tag = "orders", security(("api_key" = [])),
    params(("id" = String, Path)), request_body = Option<Reason>,
    responses((status = 200, body = OrderView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn cancel(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<OrderView>, ApiProblem> {
    let (id, reason) = asked_for(&caller, &id, &body).await?;
    let work = move |ctx: &app::ctx::Ctx<'_>| ctx.write(|w| cancel_whole(w, id, &reason).map(drop));
    caller.desk.decide(work).await?;
    shown(&hub, &caller, id).await
}

#[utoipa::path(post, path = "/v1/orders/{id}/hold", tag = "orders", security(("api_key" = [])),
    params(("id" = String, Path)), request_body = Option<Reason>,
    responses((status = 200, body = OrderView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn hold(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Json<OrderView>, ApiProblem> {
    let (id, reason) = asked_for(&caller, &id, &body).await?;
    set_hold(&caller, id, true, reason).await?;
    shown(&hub, &caller, id).await
}

#[utoipa::path(delete, path = "/v1/orders/{id}/hold", tag = "orders", security(("api_key" = [])),
    params(("id" = String, Path)),
    responses((status = 200, body = OrderView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn unhold(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(id): Path<String>,
) -> Result<Json<OrderView>, ApiProblem> {
    let (id, _) = asked_for(&caller, &id, &Bytes::new()).await?;
    set_hold(&caller, id, false, String::new()).await?;
    shown(&hub, &caller, id).await
}

/// The order must be there, or nothing is decided at all.
async fn asked_for(
    caller: &Caller,
    id: &str,
    body: &Bytes,
) -> Result<(OrderId, String), ApiProblem> {
    caller.may(Scope::OrdersWrite)?;
    let id = order_id(id)?;
    // Without a body, or with none in it, there is no reason.
    let reason: Option<Reason> = if body.is_empty() { None } else { json(body)? };
    let reason = reason.unwrap_or_default();
    if reason.reason.chars().count() > 500 {
        return Err(ApiProblem::bad_request("reason has at most 500 letters."));
    }
    let is_known = caller.desk.ask(move |ctx| ctx.read(|db| Ok(db.order_head(id)?.is_some())));
    if !is_known.await? {
        return Err(ApiProblem::not_found("There is no such order."));
    }
    Ok((id, reason.reason))
}

async fn set_hold(
    caller: &Caller,
    id: OrderId,
    on: bool,
    reason: String,
) -> Result<(), ApiProblem> {
    let work = move |ctx: &app::ctx::Ctx<'_>| {
        ctx.write(|w| {
            let head = w.order_head(id)?.ok_or_else(|| Fault::unknown("order", id))?;
            let gone = [OrderState::Closed, OrderState::Cancelled, OrderState::OnTheWay];
            if gone.contains(&head.state) {
                return Err(domain::Refusal::WrongState {
                    what: "order",
                    is: head.state.as_str().to_owned(),
                    needs: "only an order in the house can be held",
                }
                .into());
            }
            let hold = HoldScope::Order { order: id };
            w.record(Body::HoldSet { hold, on, reason: reason.clone() })?;
            Ok(())
        })
    };
    caller.desk.decide(work).await
}
