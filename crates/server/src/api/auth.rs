//! API keys: who calls, for which site, and what they may do. How much, too.

use crate::api::problem::ApiProblem;
use crate::desk::Desk;
use crate::hub::Hub;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::BTreeSet;
use sync::{Hash, SiteId};

/// What a key was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    OrdersRead,
    OrdersWrite,
    StockRead,
    CustomersRead,
    Webhooks,
}

impl Scope {
    pub const ALL: [Scope; 5] = [
        Scope::OrdersRead,
        Scope::OrdersWrite,
        Scope::StockRead,
        Scope::CustomersRead,
        Scope::Webhooks,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Scope::OrdersRead => "orders:read",
            Scope::OrdersWrite => "orders:write",
            Scope::StockRead => "stock:read",
            Scope::CustomersRead => "customers:read",
            Scope::Webhooks => "webhooks",
        }
    }
}

/// Whoever sent this request.
#[derive(Clone)]
pub struct Caller {
    pub key: Hash,
    pub site: SiteId,
    pub desk: Desk,
    scopes: BTreeSet<String>,
}

impl Caller {
    pub fn may(&self, scope: Scope) -> Result<(), ApiProblem> {
        if self.scopes.contains(scope.word()) {
            return Ok(());
        }
        let title = format!("This key has no scope {}.", scope.word());
        let detail = "Ask whoever gave you the key for one with this scope.";
        Err(ApiProblem::new(StatusCode::FORBIDDEN, "missing_scope", &title, detail))
    }
}

pub async fn admit(State(hub): State<Hub>, mut request: Request, next: Next) -> Response {
    match caller(&hub, request.headers()).await {
        Ok(caller) => {
            if let Err(wait_s) = hub.pace(caller.key) {
                return too_many(wait_s).into_response();
            }
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn caller(hub: &Hub, headers: &HeaderMap) -> Result<Caller, ApiProblem> {
    let offered = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(unknown_key)?;
    let key = Hash::of(offered.trim().as_bytes());
    let known = hub.api_key(key).await?.ok_or_else(unknown_key)?;
    let site = SiteId(known.site);
    let desk = hub.desk(&site).await?;
    Ok(Caller { key, site, desk, scopes: known.scopes })
}

fn unknown_key() -> ApiProblem {
    let title = "The API key is missing, unknown or revoked.";
    let detail = "Send it as `Authorization: Bearer KEY`.";
    ApiProblem::new(StatusCode::UNAUTHORIZED, "unauthorized", title, detail)
}

fn too_many(wait_s: u64) -> ApiProblem {
    let title = "This key sends more requests than it may.";
    let detail = "Wait as long as Retry-After says, then go on.";
    ApiProblem {
        retry_after_s: Some(wait_s),
        ..ApiProblem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", title, detail)
    }
}
