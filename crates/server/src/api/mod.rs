//! The order API under `/v1`, and what operators look at.

pub mod auth;
pub mod health;
pub mod openapi;
pub mod order;
pub mod orders;
pub mod problem;
pub mod reading;
pub mod shipments;
pub mod stock;
pub mod track;
pub mod webhooks;

use crate::hub::Hub;
use crate::socket;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use problem::ApiProblem;

pub use openapi::text as openapi_text;

/// The largest order has 500 lines.
const BODY_MAX: usize = 256 * 1024;

pub fn router(hub: Hub) -> Router {
    let v1 = Router::new()
        .route("/orders", post(orders::place).get(orders::list))
        .route("/orders/{id}", get(orders::one))
        .route("/orders/{id}/cancel", post(orders::cancel))
        .route("/orders/{id}/hold", post(orders::hold).delete(orders::unhold))
        .route("/orders/{id}/fulfilment", get(shipments::fulfilment))
        .route("/orders/{id}/shipments", get(shipments::shipments))
        .route("/stock", get(stock::list))
        .route("/stock/{sku}", get(stock::one))
        .route("/products", get(stock::products))
        .route("/products/{sku}", get(stock::product))
        .route("/customers", get(stock::customers))
        .route("/webhooks", get(webhooks::list).post(webhooks::add))
        .route("/webhooks/{id}", axum::routing::delete(webhooks::remove))
        .route("/webhooks/{id}/dead", get(webhooks::dead))
        .route("/webhooks/{id}/replay", post(webhooks::replay))
        .layer(middleware::from_fn_with_state(hub.clone(), auth::admit));
    Router::new()
        .nest("/v1", v1)
        .route("/v1/sync", get(socket::open))
        .route("/t/{site}/{order}/{proof}", get(track::page))
        .route("/t/{site}/{order}/{proof}/live", get(track::live))
        .route("/openapi.json", get(openapi::document))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(|| async { ApiProblem::not_found("There is nothing here.") })
        .method_not_allowed_fallback(|| async {
            let title = "This address does not take this method.";
            let detail = "The OpenAPI document says which it takes.";
            ApiProblem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", title, detail)
        })
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::map_response(problem::in_form))
        .layer(middleware::from_fn_with_state(hub.clone(), health::measure))
        .with_state(hub)
}
