//! How far an order is in the house, and on the road.

use crate::api::auth::{Caller, Scope};
use crate::api::problem::{ApiProblem, ProblemBody};
use crate::api::reading::order_id;
use axum::Json;
use axum::extract::{Extension, Path};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct FulfilmentView {
    pub state: String,
    pub held: bool,
    pub wave: Option<String>,
    pub cartons: Vec<CartonView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CartonView {
    pub number: String,
    pub box_type: String,
    pub weight_g: i64,
    pub closed: bool,
}

/// What left the house for this order.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShipmentView {
    /// on_the_way, delivered or failed.
    pub state: String,
    pub reason: String,
    pub received_by: String,
    pub cartons: Vec<String>,
}

#[utoipa::path(get, path = "/v1/orders/{id}/fulfilment", tag = "orders", security(("api_key" = [])),
    params(("id" = String, Path)),
    responses((status = 200, body = FulfilmentView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn fulfilment(
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<FulfilmentView>, ApiProblem> {
    caller.may(Scope::OrdersRead)?;
    let id = order_id(&id)?;
    let asked = caller.desk.ask(move |ctx| {
        ctx.read(|db| {
            let Some(head) = db.order_head(id)? else { return Ok(None) };
            let cartons = db.cartons_of(id)?.into_iter().map(|carton| CartonView {
                number: carton.number,
                box_type: carton.box_type,
                weight_g: carton.weight_g,
                closed: carton.closed,
            });
            Ok(Some(FulfilmentView {
                state: head.state.as_str().to_owned(),
                held: head.held,
                wave: head.wave,
                cartons: cartons.collect(),
            }))
        })
    });
    asked.await?.map(Json).ok_or_else(|| ApiProblem::not_found("There is no such order."))
}

#[utoipa::path(get, path = "/v1/orders/{id}/shipments", tag = "orders", security(("api_key" = [])),
    params(("id" = String, Path)),
    responses((status = 200, body = Vec<ShipmentView>),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn shipments(
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Json<Vec<ShipmentView>>, ApiProblem> {
    caller.may(Scope::OrdersRead)?;
    let id = order_id(&id)?;
    let asked = caller.desk.ask(move |ctx| {
        ctx.read(|db| {
            let Some(head) = db.order_head(id)? else { return Ok(None) };
            let done = db.stop_done(&id.to_string())?;
            let on_the_way = head.state == domain::order::OrderState::OnTheWay;
            if done.is_none() && !on_the_way {
                return Ok(Some(Vec::new()));
            }
            let (state, reason, received_by) = match done {
                Some(done) if done.delivered && !on_the_way => {
                    ("delivered", done.reason, done.received_by)
                }
                Some(done) if !on_the_way => ("failed", done.reason, String::new()),
                _ => ("on_the_way", String::new(), String::new()),
            };
            let cartons = db.cartons_of(id)?.into_iter().map(|carton| carton.number).collect();
            let state = state.to_owned();
            Ok(Some(vec![ShipmentView { state, reason, received_by, cartons }]))
        })
    });
    asked.await?.map(Json).ok_or_else(|| ApiProblem::not_found("There is no such order."))
}
