//! Reading requests strictly: what cannot be read is a 400 that says why.

use crate::api::problem::ApiProblem;
use axum::body::Bytes;
use axum::http::HeaderMap;
use domain::{OrderId, Sku};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use utoipa::ToSchema;

pub const PAGE_DEFAULT: i64 = 50;
pub const PAGE_MAX: i64 = 200;
const KEY_MAX: usize = 100;

/// A piece of a list. `next` goes into `cursor` of the following request; without it this is the end.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

pub fn json<T: DeserializeOwned>(body: &Bytes) -> Result<T, ApiProblem> {
    serde_json::from_slice(body)
        .map_err(|error| ApiProblem::bad_request(&format!("The body cannot be read: {error}.")))
}

pub fn order_id(text: &str) -> Result<OrderId, ApiProblem> {
    OrderId::parse(text).map_err(|_| ApiProblem::not_found("There is no such order."))
}

pub fn sku(text: &str) -> Result<Sku, ApiProblem> {
    Sku::parse(text).map_err(|_| ApiProblem::not_found("There is no such SKU."))
}

/// Where a list goes on, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    pub offset: i64,
    pub limit: i64,
}

impl Slice {
    pub fn of(query: &BTreeMap<String, String>, known: &[&str]) -> Result<Slice, ApiProblem> {
        let stranger = query.keys().find(|name| {
            !known.contains(&name.as_str()) && !["limit", "cursor"].contains(&name.as_str())
        });
        if let Some(stranger) = stranger {
            let title = format!("The parameter {stranger} is not known.");
            return Err(ApiProblem::bad_request(&title));
        }
        let number = |name: &str, or: i64, most: i64| match query.get(name) {
            None => Ok(or),
            Some(text) => text
                .parse()
                .ok()
                .filter(|number| (0..=most).contains(number))
                .ok_or_else(|| ApiProblem::bad_request(&format!("{name} cannot be read."))),
        };
        let limit = number("limit", PAGE_DEFAULT, PAGE_MAX)?;
        if limit == 0 {
            return Err(ApiProblem::bad_request("limit is 1 to 200."));
        }
        Ok(Slice { offset: number("cursor", 0, i64::from(i32::MAX))?, limit })
    }

    pub fn page<T>(self, items: Vec<T>, total: i64) -> Page<T> {
        let end = self.offset + items.len() as i64;
        let next = (!items.is_empty() && end < total).then(|| end.to_string());
        Page { items, next }
    }
}

/// The `Idempotency-Key` of a request, if it has one.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiProblem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().ok().map(str::trim).filter(|text| !text.is_empty());
    match text.filter(|text| text.len() <= KEY_MAX) {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(ApiProblem::bad_request("Idempotency-Key is 1 to 100 plain letters.")),
    }
}
