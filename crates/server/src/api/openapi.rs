//! The API's own description, made from the code that answers.

use crate::api::{orders, shipments, stock, webhooks};
use axum::Json;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(title = "Quayside", description = "Orders, stock and shipments of a warehouse. \
        Errors are problem+json (RFC 9457) with a stable `code`. Lists are read page by page: \
        `next` of one page is `cursor` of the following request."),
    paths(
        orders::place, orders::list, orders::one, orders::cancel, orders::hold, orders::unhold,
        shipments::fulfilment, shipments::shipments,
        stock::list, stock::one, stock::products, stock::product, stock::customers,
        webhooks::list, webhooks::add, webhooks::remove, webhooks::dead, webhooks::replay,
    ),
    modifiers(&Keys)
)]
struct Document;

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Default::default);
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("api_key", bearer);
    }
}

/// The document as text, for tools that read it without a server.
pub fn text() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default()
}

pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Document::openapi())
}
