//! What can be promised, and what it is; who has ordered.

use crate::api::auth::{Caller, Scope};
use crate::api::problem::{ApiProblem, ProblemBody};
use crate::api::reading::{Page, Slice, sku};
use crate::hub::Hub;
use axum::Json;
use axum::extract::{Extension, Path, Query, State};
use domain::Product;
use serde::Serialize;
use std::collections::BTreeMap;
use store::{Db, StoreError};
use utoipa::ToSchema;

/// Units in the SKU's smallest unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct StockView {
    pub sku: String,
    pub on_hand: i64,
    /// Promised to orders already.
    pub reserved: i64,
    /// What a new order could be promised now.
    pub available_to_promise: i64,
    /// Ordered from suppliers and not here yet.
    pub inbound: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProductView {
    pub sku: String,
    pub name: String,
    pub name_zh: String,
    pub category: String,
    pub price_minor: i64,
    pub weight_g: i64,
    pub volume_ml: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerView {
    pub name: String,
    pub orders: i64,
    pub last_order_at: String,
}

#[utoipa::path(get, path = "/v1/stock", tag = "stock", security(("api_key" = [])),
    params(("limit" = Option<i64>, Query, minimum = 1, maximum = 200), ("cursor" = Option<u32>, Query, maximum = 2147483647)),
    responses((status = 200, body = Page<StockView>),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn list(
    Extension(caller): Extension<Caller>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Json<Page<StockView>>, ApiProblem> {
    caller.may(Scope::StockRead)?;
    let slice = Slice::of(&query, &[])?;
    let asked = caller.desk.ask(move |ctx| {
        ctx.read(|db| {
            let (products, total) = db.product_page(slice.offset, slice.limit)?;
            let mut items = Vec::with_capacity(products.len());
            for product in &products {
                items.push(stock(&db, product)?);
            }
            Ok(slice.page(items, total))
        })
    });
    Ok(Json(asked.await?))
}

#[utoipa::path(get, path = "/v1/stock/{sku}", tag = "stock", security(("api_key" = [])),
    params(("sku" = String, Path)),
    responses((status = 200, body = StockView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn one(
    Extension(caller): Extension<Caller>,
    State(hub): State<Hub>,
    Path(text): Path<String>,
) -> Result<Json<StockView>, ApiProblem> {
    caller.may(Scope::StockRead)?;
    let sku = sku(&text)?;
    let (site, name) = (caller.site.clone(), sku.to_string());
    let lent = hub.log(move |log| log.outstanding(&site, &name)).await?;
    let asked = caller.desk.ask(move |ctx| {
        ctx.read(|db| Ok(db.product(&sku)?.map(|product| stock(&db, &product)).transpose()?))
    });
    let view = asked.await?.ok_or_else(|| ApiProblem::not_found("There is no such SKU."))?;
    // What desktops may promise by themselves is not for shops.
    let available_to_promise = (view.available_to_promise - lent).max(0);
    Ok(Json(StockView { available_to_promise, ..view }))
}

fn stock(db: &Db<'_>, product: &Product) -> Result<StockView, StoreError> {
    let total = db.sku_total(&product.sku)?;
    let units = |of: fn(&store::SkuTotal) -> domain::Qty| total.as_ref().map_or(0, |t| of(t).0);
    Ok(StockView {
        sku: product.sku.to_string(),
        on_hand: units(|total| total.on_hand),
        reserved: units(|total| total.reserved),
        available_to_promise: units(|total| total.available).max(0),
        inbound: units(|total| total.on_order),
    })
}

#[utoipa::path(get, path = "/v1/products", tag = "products", security(("api_key" = [])),
    params(("limit" = Option<i64>, Query, minimum = 1, maximum = 200), ("cursor" = Option<u32>, Query, maximum = 2147483647)),
    responses((status = 200, body = Page<ProductView>),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn products(
    Extension(caller): Extension<Caller>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Json<Page<ProductView>>, ApiProblem> {
    caller.may(Scope::StockRead)?;
    let slice = Slice::of(&query, &[])?;
    let asked = caller.desk.ask(move |ctx| {
        ctx.read(|db| {
            let (products, total) = db.product_page(slice.offset, slice.limit)?;
            Ok(slice.page(products.iter().map(view).collect(), total))
        })
    });
    Ok(Json(asked.await?))
}

#[utoipa::path(get, path = "/v1/products/{sku}", tag = "products", security(("api_key" = [])),
    params(("sku" = String, Path)),
    responses((status = 200, body = ProductView),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn product(
    Extension(caller): Extension<Caller>,
    Path(text): Path<String>,
) -> Result<Json<ProductView>, ApiProblem> {
    caller.may(Scope::StockRead)?;
    let sku = sku(&text)?;
    let asked = caller.desk.ask(move |ctx| ctx.read(|db| Ok(db.product(&sku)?)));
    let product = asked.await?.ok_or_else(|| ApiProblem::not_found("There is no such SKU."))?;
    Ok(Json(view(&product)))
}

fn view(product: &Product) -> ProductView {
    ProductView {
        sku: product.sku.to_string(),
        name: product.name(false).to_owned(),
        name_zh: product.name(true).to_owned(),
        category: product.category.clone(),
        price_minor: product.price_minor,
        weight_g: product.weight.0,
        volume_ml: product.volume.0,
    }
}

#[utoipa::path(get, path = "/v1/customers", tag = "customers", security(("api_key" = [])),
    params(("limit" = Option<i64>, Query, minimum = 1, maximum = 200), ("cursor" = Option<u32>, Query, maximum = 2147483647)),
    responses((status = 200, body = Page<CustomerView>),
        (status = "default", body = ProblemBody, content_type = "application/problem+json")))]
pub async fn customers(
    Extension(caller): Extension<Caller>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Json<Page<CustomerView>>, ApiProblem> {
    caller.may(Scope::CustomersRead)?;
    let slice = Slice::of(&query, &[])?;
    let asked = caller.desk.ask(move |ctx| {
        ctx.read(|db| {
            let (rows, total) = db.customer_page(slice.offset, slice.limit)?;
            let seen = |row: store::read::CustomerRow| CustomerView {
                name: row.name,
                orders: row.orders,
                last_order_at: crate::api::order::rfc3339(domain::Timestamp(row.last_at)),
            };
            Ok(slice.page(rows.into_iter().map(seen).collect(), total))
        })
    });
    Ok(Json(asked.await?))
}
