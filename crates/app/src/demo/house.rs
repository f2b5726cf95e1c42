//! The building, its people and its vans.

use super::{Demo, catalog};
use crate::problem::Fault;
use crate::session::hash_pin;
use crate::zones;
use domain::fleet::Van;
use domain::person::{Person, Role};
use domain::{Bin, BinKind, Body, Day, Grams, LocationCode, Milliliters, PersonId, Product};
use warehouse::layout::{self, Shelves};

const PEOPLE: &str = include_str!("../../../../data/people.csv");
pub(super) const PIN: &str = "1234";
/// 3,000 bins.
const SHELVES: Shelves = Shelves { aisles: 25, bays: 20, levels: 6, pick_levels: 2 };
const VANS: i64 = 12;

impl Demo<'_> {
    pub(super) fn first_day(&self) -> Day {
        self.today().plus(-self.scale.history_days)
    }

    pub(super) fn house(&mut self) -> Result<Vec<Product>, Fault> {
        self.at(self.when(self.first_day(), 0));
        let products = catalog::products(self.scale.skus, &mut self.dice);
        let mut bodies = people(&mut self.dice);
        bodies.extend(bins().into_iter().map(|bin| Body::BinSet { bin }));
        bodies.extend((1..=VANS).map(|number| van(number, self.delivery_hours())));
        bodies.extend(products.iter().cloned().map(|product| Body::ProductSet { product }));
        for (name, value) in [
            ("warehouse", "Quayside Demo"),
            ("site", "Harbor"),
            ("currency", "EUR"),
            ("demo_pin", PIN),
            (zones::SETTING, &self.zone.0),
        ] {
            bodies.push(Body::SettingSet { name: name.to_owned(), value: value.to_owned() });
        }
        self.write("system", |w| Ok(w.record_all(bodies)?))?;
        Ok(products)
    }
}

fn people(dice: &mut super::dice::Dice) -> Vec<Body> {
    let role = |text: &str| match text {
        "picker" => Role::Picker,
        "packer" => Role::Packer,
        "receiver" => Role::Receiver,
        "counter" => Role::Counter,
        "dispatcher" => Role::Dispatcher,
        "supervisor" => Role::Supervisor,
        _ => Role::Admin,
    };
    PEOPLE
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.splitn(3, ',');
            let (id, name, roles) = (cells.next()?, cells.next()?, cells.next()?);
            let salt = [dice.bits(), dice.bits()];
            let person = Person {
                id: PersonId(id.to_owned()),
                name: name.to_owned(),
                roles: roles.split(' ').map(role).collect(),
                pin_hash: hash_pin(PIN, salt)?,
                active: true,
            };
            Some(Body::PersonSet { person })
        })
        .collect()
}

fn bins() -> Vec<Bin> {
    let vans = (1..=VANS).filter_map(|number| {
        Some(Bin {
            code: LocationCode::parse(&format!("VAN-{number:02}")).ok()?,
            kind: BinKind::Van,
            zone: "Vans".to_owned(),
            walk: 0,
            capacity: Milliliters(9_000_000),
            max_weight: Grams(400_000),
        })
    });
    let shelves = SHELVES.bins().unwrap_or_default();
    layout::floor().into_iter().chain(shelves).chain(vans).collect()
}

/// A van leaves an hour before its first customer expects it.
fn van(number: i64, (begin, end): (i64, i64)) -> Body {
    let big = number % 3 == 0;
    const DRIVERS: [&str; 12] = [
        "Hannes", "Aylin", "Peter", "Marta", "Wang Jun", "Louis", "Nora", "Igor", "Zhao Lei",
        "Clara", "Sami", "Eva",
    ];
    Body::VanSet {
        van: Van {
            id: format!("{number:02}"),
            name: format!("Van {number}"),
            driver: DRIVERS[(number as usize - 1) % DRIVERS.len()].to_owned(),
            plate: format!("QS {}", 1000 + number * 37),
            max_weight: Grams(if big { 1_200_000 } else { 700_000 }),
            max_volume: Milliliters(if big { 11_000_000 } else { 6_000_000 }),
            max_pieces: if big { 260 } else { 160 },
            shift_start_min: begin - 60,
            shift_end_min: end,
            duty: Default::default(),
        },
    }
}
