//! The order queue.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::queries::house::house;
use crate::view::OrderRow;
use domain::WaveId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Db, OrderQuery, OrderSort};
use ts_rs::TS;

#[derive(Debug, Deserialize, TS)]
pub struct OrdersArgs {
    pub view: QueueView,
    #[serde(default)]
    pub search: String,
    pub sort: Sort,
    #[serde(default)]
    pub descending: bool,
    pub offset: i64,
    pub limit: i64,
}

#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(rename = "OrderSort")]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    Placed,
    Promise,
    Value,
    Number,
}

#[derive(Debug, Serialize, TS)]
pub struct OrdersView {
    pub rows: Vec<OrderRow>,
    pub total: i64,
    pub counts: Vec<ViewCount>,
}

#[derive(Debug, Serialize, TS)]
pub struct ViewCount {
    pub view: QueueView,
    pub count: i64,
}

/// The tabs of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum QueueView {
    All,
    Ready,
    Short,
    Late,
    Hold,
    Picking,
    ToPack,
    ToLoad,
    OnTheWay,
    Closed,
    Cancelled,
}

impl QueueView {
    const EVERY: [QueueView; 11] = [
        QueueView::All,
        QueueView::Ready,
        QueueView::Short,
        QueueView::Late,
        QueueView::Hold,
        QueueView::Picking,
        QueueView::ToPack,
        QueueView::ToLoad,
        QueueView::OnTheWay,
        QueueView::Closed,
        QueueView::Cancelled,
    ];

    /// The word the book knows the view by.
    fn as_str(self) -> &'static str {
        match self {
            QueueView::All => "all",
            QueueView::Ready => "ready",
            QueueView::Short => "short",
            QueueView::Late => "late",
            QueueView::Hold => "hold",
            QueueView::Picking => "picking",
            QueueView::ToPack => "to_pack",
            QueueView::ToLoad => "to_load",
            QueueView::OnTheWay => "on_the_way",
            QueueView::Closed => "closed",
            QueueView::Cancelled => "cancelled",
        }
    }
}

pub fn run(ctx: &Ctx<'_>, args: OrdersArgs) -> Result<OrdersView, Fault> {
    ctx.read(|db| {
        let house = house(&db)?;
        let query = OrderQuery {
            view: args.view.as_str(),
            search: args.search.trim(),
            now: ctx.now.0,
            sort: match args.sort {
                Sort::Placed => OrderSort::Placed,
                Sort::Promise => OrderSort::Promise,
                Sort::Value => OrderSort::Value,
                Sort::Number => OrderSort::Number,
            },
            descending: args.descending,
            offset: args.offset.max(0),
            limit: args.limit.clamp(0, 1000),
        };
        let (heads, total) = db.orders(&query)?;
        let mut names = WaveNames::default();
        let rows = heads
            .into_iter()
            .map(|head| {
                let wave = names.of(&db, head.wave.as_deref())?;
                Ok(OrderRow::new(ctx, &house, head, wave))
            })
            .collect::<Result<_, Fault>>()?;
        let counts = QueueView::EVERY
            .into_iter()
            .map(|view| Ok(ViewCount { view, count: db.order_count(view.as_str(), ctx.now.0)? }))
            .collect::<Result<_, Fault>>()?;
        Ok(OrdersView { rows, total, counts })
    })
}

/// Wave names by id, read once each.
#[derive(Default)]
pub struct WaveNames(BTreeMap<String, String>);

impl WaveNames {
    pub fn of(&mut self, db: &Db<'_>, wave: Option<&str>) -> Result<Option<String>, Fault> {
        let Some(id) = wave else { return Ok(None) };
        if let Some(name) = self.0.get(id) {
            return Ok(Some(name.clone()));
        }
        let Ok(parsed) = WaveId::parse(id) else { return Ok(None) };
        let name = db.wave(parsed)?.map_or_else(String::new, |wave| wave.name);
        self.0.insert(id.to_owned(), name.clone());
        Ok(Some(name))
    }
}
