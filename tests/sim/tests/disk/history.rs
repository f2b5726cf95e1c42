//! What a desktop does in these tests: commands of a few events each.

use domain::{
    Body, Cause, EventId, LocationCode, LotCode, Move, PersonId, Qty, Serial, Sku, Spot, Timestamp,
    UnitCost,
};
use sim::Dice;
use store::NewEvent;

pub const NOW: Timestamp = Timestamp(1_760_000_000_000);

pub enum Step {
    /// The ids of its events follow from its number.
    Command(u64),
    /// The program ends in good order, which writes the log back into the book, and starts again.
    Restart,
    /// The log is written back while people work: pages of the book itself change.
    Copy,
}

pub fn day() -> Vec<Step> {
    let mut steps = Vec::new();
    for number in 1..=12 {
        steps.push(Step::Command(number));
        match number {
            4 | 8 => steps.push(Step::Restart),
            6 => steps.push(Step::Copy),
            _ => {}
        }
    }
    steps
}

pub fn ids(command: u64) -> Vec<EventId> {
    let count = 1 + command % 3;
    (0..count)
        .map(|part| EventId::from_bytes((u128::from(command * 8 + part) | 2 << 120).to_be_bytes()))
        .collect()
}

/// The same each time that it is asked for.
pub fn events(command: u64) -> Vec<NewEvent> {
    let mut dice = Dice::new(command);
    ids(command)
        .into_iter()
        .map(|id| NewEvent { id, actor: PersonId("ada".into()), body: body(&mut dice) })
        .collect()
}

fn body(dice: &mut Dice) -> Body {
    let place = |name: &str| Spot::at(LocationCode::parse(name).unwrap());
    if dice.below(5) == 0 {
        let value = "x".repeat(dice.below(9_000) as usize);
        return Body::SettingSet { name: format!("note-{}", dice.below(3)), value };
    }
    let (from, cause) = match dice.below(2) {
        0 => ("~supplier", Cause::Receipt { receipt: None, unit_cost: UnitCost::from_minor(250) }),
        _ => (["A-01", "B-01"][dice.below(2) as usize], Cause::Transfer),
    };
    Body::Moved(Move {
        sku: Sku::parse(&format!("SKU-{}", dice.below(3))).unwrap(),
        lot: LotCode::none(),
        serial: Serial::none(),
        owner: String::new(),
        from: place(from),
        to: place(["C-01", "D-01", "E-01"][dice.below(3) as usize]),
        qty: Qty(1 + dice.below(9) as i64),
        cause,
        reason: String::new(),
        reverses: None,
    })
}
