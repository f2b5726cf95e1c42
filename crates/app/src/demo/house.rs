//! The building, its people and its vans.

use super::{Demo, catalog};
use crate::problem::Fault;
use crate::session::hash_pin;
use domain::fleet::Van;
use domain::person::{Person, Role};
use domain::{Bin, BinKind, Body, Grams, LocationCode, Milliliters, PersonId, Product, Timestamp};

const PEOPLE: &str = include_str!("../../../../data/people.csv");
pub(super) const PIN: &str = "1234";
/// Twenty-five aisles of twenty bays of six levels: 3,000 bins.
const AISLES: i64 = 25;
const BAYS: i64 = 20;
const LEVELS: i64 = 6;
const VANS: i64 = 12;

impl Demo<'_> {
    pub(super) fn first_day(&self) -> Timestamp {
        self.now.day().plus(-self.scale.history_days).start()
    }

    pub(super) fn house(&mut self) -> Result<Vec<Product>, Fault> {
        self.at(self.first_day());
        let products = catalog::products(self.scale.skus, &mut self.dice);
        let mut bodies = people(&mut self.dice);
        bodies.extend(bins().into_iter().map(|bin| Body::BinSet { bin }));
        bodies.extend((1..=VANS).map(van));
        bodies.extend(products.iter().cloned().map(|product| Body::ProductSet { product }));
        for (name, value) in [
            ("warehouse", "Quayside Demo"),
            ("site", "Harbor"),
            ("currency", "EUR"),
            ("demo_pin", PIN),
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
    let bin = |code: String, kind, zone: String, walk, capacity| {
        LocationCode::parse(&code).ok().map(|code| Bin {
            code,
            kind,
            zone,
            walk,
            capacity: Milliliters(capacity),
            max_weight: Grams(400_000),
        })
    };
    let mut list: Vec<Option<Bin>> = [
        ("DOCK-1", BinKind::Dock),
        ("PACK-1", BinKind::Pack),
        ("STAGE-1", BinKind::Stage),
        ("QUAR-1", BinKind::Quarantine),
    ]
    .into_iter()
    .map(|(code, kind)| bin(code.to_owned(), kind, "Floor".to_owned(), 0, 50_000_000))
    .collect();
    for aisle in 0..AISLES {
        let letter = char::from(b'A' + aisle as u8);
        for bay in 1..=BAYS {
            for level in 1..=LEVELS {
                let kind = if level <= 2 { BinKind::Pick } else { BinKind::Bulk };
                // The path snakes: up one aisle, down the next.
                let along = if aisle % 2 == 0 { bay } else { BAYS + 1 - bay };
                let walk = (aisle * BAYS + along) * 10 + level;
                let capacity = if level <= 2 { 120_000 } else { 480_000 };
                list.push(bin(
                    format!("{letter}-{bay:02}-{level}"),
                    kind,
                    letter.to_string(),
                    walk,
                    capacity,
                ));
            }
        }
    }
    for number in 1..=VANS {
        list.push(bin(format!("VAN-{number:02}"), BinKind::Van, "Vans".to_owned(), 0, 9_000_000));
    }
    list.into_iter().flatten().collect()
}

fn van(number: i64) -> Body {
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
            shift_start_min: 8 * 60,
            shift_end_min: 18 * 60,
            duty: Default::default(),
        },
    }
}
