//! The events: immutable, named by their author, and the only source of every balance and status.
//! Kinds are additive: an old kind stays readable for ever.

use crate::code::{LocationCode, LotCode, Serial, Sku};
use crate::fleet::Van;
use crate::id::{
    AllocationId, CartonId, ClosureId, CountId, EventId, ImportId, LineId, OrderId, PersonId,
    PlanId, ReceiptId, ReturnId, ReturnLineId, StationId, WaveId,
};
use crate::item::Product;
use crate::location::Bin;
use crate::measure::{Grams, Qty};
use crate::money::UnitCost;
use crate::order::{Order, PaymentKind};
use crate::person::Person;
use crate::place::LonLat;
use crate::stock::{Condition, Key};
use crate::time::{Day, Hlc, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    /// The author's clock; its milliseconds are the effective time.
    pub at: Hlc,
    pub station: StationId,
    /// Position in the author's own chain, from 1, without gaps.
    pub station_seq: i64,
    pub actor: PersonId,
    pub body: Body,
}

/// One end of a move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    pub location: LocationCode,
    #[serde(default, skip_serializing_if = "is_good")]
    pub condition: Condition,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub package: String,
}

fn is_good(condition: &Condition) -> bool {
    *condition == Condition::Good
}

impl Spot {
    pub fn at(location: LocationCode) -> Spot {
        Spot { location, condition: Condition::Good, package: String::new() }
    }
}

/// Stock moves from one spot to another; nothing else ever changes a balance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub sku: Sku,
    #[serde(default, skip_serializing_if = "LotCode::is_none")]
    pub lot: LotCode,
    #[serde(default, skip_serializing_if = "Serial::is_none")]
    pub serial: Serial,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    pub from: Spot,
    pub to: Spot,
    /// Always positive.
    pub qty: Qty,
    pub cause: Cause,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<EventId>,
}

impl Move {
    fn key_at(&self, spot: &Spot) -> Key {
        Key {
            sku: self.sku.clone(),
            lot: self.lot.clone(),
            serial: self.serial.clone(),
            package: spot.package.clone(),
            location: spot.location.clone(),
            owner: self.owner.clone(),
            condition: spot.condition,
        }
    }

    pub fn from_key(&self) -> Key {
        self.key_at(&self.from)
    }

    pub fn to_key(&self) -> Key {
        self.key_at(&self.to)
    }

    /// +1 for a move, -1 for the reversal of one: what it does to the counters of its cause.
    pub fn sign(&self) -> i64 {
        if self.reverses.is_some() { -1 } else { 1 }
    }
}

/// Why stock moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Cause {
    Receipt {
        receipt: Option<ReceiptId>,
        unit_cost: UnitCost,
    },
    Putaway,
    Transfer,
    /// From bulk to a pick face.
    Refill,
    Pick {
        line: LineId,
        allocation: AllocationId,
    },
    Pack {
        line: LineId,
        carton: CartonId,
    },
    Load {
        line: LineId,
        carton: CartonId,
    },
    Deliver {
        line: LineId,
    },
    /// A failed delivery comes home.
    BringBack {
        line: LineId,
    },
    Return {
        line: LineId,
        return_line: ReturnLineId,
    },
    /// Graded goods leave the returns dock in the condition they were found in.
    Grade {
        return_line: ReturnLineId,
    },
    Scrap,
}

/// What a hold holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "scope", rename_all = "snake_case")]
pub enum HoldScope {
    Lot {
        sku: Sku,
        lot: LotCode,
    },
    Bin {
        location: LocationCode,
    },
    /// One SKU in one bin: a short pick doubts it until somebody has counted.
    Stock {
        sku: Sku,
        location: LocationCode,
    },
    Order {
        order: OrderId,
    },
}

impl HoldScope {
    /// The name of the last-writer register that carries this hold.
    pub fn register(&self) -> String {
        match self {
            HoldScope::Lot { sku, lot } => format!("hold/lot/{sku}/{lot}"),
            HoldScope::Bin { location } => format!("hold/bin/{location}"),
            HoldScope::Stock { sku, location } => format!("hold/stock/{sku}/{location}"),
            HoldScope::Order { order } => format!("hold/order/{order}"),
        }
    }
}

/// What one person saw in a bin, of one heap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    pub key: Key,
    pub qty: Qty,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedLine {
    pub sku: Sku,
    pub qty: Qty,
    pub unit_cost: UnitCost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Accepted,
    Changed,
    Refused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    Draft,
    Optimised,
    Locked,
    Published,
    Started,
    Completed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    // Reference data: the last writer by (at, id) wins.
    ProductSet {
        product: Product,
    },
    BinSet {
        bin: Bin,
    },
    PersonSet {
        person: Person,
    },
    VanSet {
        van: Van,
    },
    LotSet {
        sku: Sku,
        lot: LotCode,
        expires: Option<Day>,
    },
    SettingSet {
        name: String,
        value: String,
    },

    // Stock.
    Moved(Move),
    HoldSet {
        hold: HoldScope,
        on: bool,
        reason: String,
    },

    // Receipts.
    ReceiptExpected {
        receipt: ReceiptId,
        reference: String,
        supplier: String,
        expected_on: Day,
        lines: Vec<ExpectedLine>,
    },
    ReceiptClosed {
        receipt: ReceiptId,
    },

    // Orders.
    OrderPlaced {
        order: Order,
    },
    LineCancelled {
        line: LineId,
        qty: Qty,
        reason: String,
    },
    Promised {
        line: LineId,
        qty: Qty,
        /// The SKU, if the promise was made under a quota while the server could not be asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quota: Option<Sku>,
    },
    PromiseReleased {
        line: LineId,
        qty: Qty,
        reason: String,
    },
    Paid {
        order: OrderId,
        what: PaymentKind,
        amount_minor: i64,
        reference: String,
    },

    // Waves and picking.
    WavePlanned {
        wave: WaveId,
        name: String,
        orders: Vec<OrderId>,
    },
    WaveReleased {
        wave: WaveId,
    },
    Allocated {
        allocation: AllocationId,
        wave: WaveId,
        line: LineId,
        key: Key,
        qty: Qty,
    },
    AllocationReleased {
        allocation: AllocationId,
        qty: Qty,
        reason: String,
    },

    // Packing.
    CartonOpened {
        carton: CartonId,
        number: String,
        order: OrderId,
        box_type: String,
    },
    CartonClosed {
        carton: CartonId,
        weight: Grams,
    },

    // Counts.
    CountOpened {
        count: CountId,
        location: LocationCode,
        why: String,
    },
    CountObserved {
        count: CountId,
        round: i64,
        watermark: Hlc,
        seen: Vec<Observed>,
    },
    CountApproved {
        count: CountId,
    },
    CountPosted {
        count: CountId,
        watermark: Hlc,
        seen: Vec<Observed>,
    },
    CountDropped {
        count: CountId,
        reason: String,
    },

    // Returns.
    ReturnOpened {
        id: ReturnId,
        order: OrderId,
        lines: Vec<ReturnLine>,
    },
    ReturnApproved {
        id: ReturnId,
    },
    ReturnGraded {
        return_line: ReturnLineId,
        grade: Condition,
        scrap: bool,
    },

    // Replenishment.
    ProposalDecided {
        sku: Sku,
        day: Day,
        decision: Decision,
        qty: Qty,
        reason: String,
    },

    // Dispatch. A plan is one document per version; the highest version rules the day.
    PlanSaved {
        plan: PlanId,
        day: Day,
        version: i64,
        state: PlanState,
        document: String,
    },
    /// Where an order's address is, as somebody or the map found it; the last word counts.
    OrderLocated {
        order: OrderId,
        place: LonLat,
        /// As the map writes it; empty when somebody pointed at it.
        found: String,
    },
    StopDone {
        order: OrderId,
        delivered: bool,
        reason: String,
        received_by: String,
    },
    /// What was brought back from a door. Coordinates of the signature run to 1000 on either axis;
    /// the photo is a JPEG in base64, empty when there is none.
    ProofKept {
        order: OrderId,
        code: String,
        signature: Vec<Vec<[i32; 2]>>,
        photo: String,
    },
    /// Where a van was last heard of.
    VanSeen {
        van: String,
        place: LonLat,
    },
    /// Nobody drives there until then. The line finds the street again on another map.
    StreetClosed {
        closure: ClosureId,
        streets: Vec<String>,
        name: String,
        line: Vec<LonLat>,
        until: Timestamp,
        reason: String,
    },
    StreetOpened {
        closure: ClosureId,
    },

    // Files taken in.
    Imported {
        import: ImportId,
        file_name: String,
        file_hash: String,
        what: String,
        rows: i64,
        accepted: i64,
        already_known: i64,
        errors: Vec<(i64, String, String)>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnLine {
    pub id: ReturnLineId,
    pub line: LineId,
    pub qty: Qty,
    pub reason: String,
}

impl Body {
    /// The kind's name on the wire.
    pub fn kind(&self) -> &'static str {
        match self {
            Body::ProductSet { .. } => "product_set",
            Body::BinSet { .. } => "bin_set",
            Body::PersonSet { .. } => "person_set",
            Body::VanSet { .. } => "van_set",
            Body::LotSet { .. } => "lot_set",
            Body::SettingSet { .. } => "setting_set",
            Body::Moved(_) => "moved",
            Body::HoldSet { .. } => "hold_set",
            Body::ReceiptExpected { .. } => "receipt_expected",
            Body::ReceiptClosed { .. } => "receipt_closed",
            Body::OrderPlaced { .. } => "order_placed",
            Body::LineCancelled { .. } => "line_cancelled",
            Body::Promised { .. } => "promised",
            Body::PromiseReleased { .. } => "promise_released",
            Body::Paid { .. } => "paid",
            Body::WavePlanned { .. } => "wave_planned",
            Body::WaveReleased { .. } => "wave_released",
            Body::Allocated { .. } => "allocated",
            Body::AllocationReleased { .. } => "allocation_released",
            Body::CartonOpened { .. } => "carton_opened",
            Body::CartonClosed { .. } => "carton_closed",
            Body::CountOpened { .. } => "count_opened",
            Body::CountObserved { .. } => "count_observed",
            Body::CountApproved { .. } => "count_approved",
            Body::CountPosted { .. } => "count_posted",
            Body::CountDropped { .. } => "count_dropped",
            Body::ReturnOpened { .. } => "return_opened",
            Body::ReturnApproved { .. } => "return_approved",
            Body::ReturnGraded { .. } => "return_graded",
            Body::ProposalDecided { .. } => "proposal_decided",
            Body::PlanSaved { .. } => "plan_saved",
            Body::OrderLocated { .. } => "order_located",
            Body::StopDone { .. } => "stop_done",
            Body::ProofKept { .. } => "proof_kept",
            Body::VanSeen { .. } => "van_seen",
            Body::StreetClosed { .. } => "street_closed",
            Body::StreetOpened { .. } => "street_opened",
            Body::Imported { .. } => "imported",
        }
    }
}
