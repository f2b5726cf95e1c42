//! Where an address is: the house numbers of an extract, and the streets of its roads for what has
//! none. Offline, like everything here.
//!
//! Answers come best first, each with how near it is to be trusted: a house that the map knows, a
//! place between its neighbors, or only the street.

mod file;
mod find;
mod gather;
mod spelling;

use domain::LonLat;
use serde::{Deserialize, Serialize};

pub use file::{AddressFileError, decode, encode};
pub use find::{Found, Precision};

/// A house with a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct House {
    /// As written: `12`, `12b`, `234-236`.
    number: String,
    /// Index into [`Addresses::postcodes`]; 0 is none.
    postcode: u32,
    place: LonLat,
}

/// A street of one town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Street {
    name: String,
    /// Index into [`Addresses::towns`]; 0 is none.
    town: u32,
    /// Somewhere on it, near its middle.
    middle: LonLat,
    houses: Vec<House>,
}

/// The addresses of one map.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    streets: Vec<Street>,
    towns: Vec<String>,
    postcodes: Vec<String>,
    /// Spelling and street, sorted.
    keys: Vec<(String, u32)>,
    /// Spelling and town, sorted.
    town_keys: Vec<(String, u32)>,
}

impl Addresses {
    fn new(streets: Vec<Street>, towns: Vec<String>, postcodes: Vec<String>) -> Addresses {
        let index = |names: &mut dyn Iterator<Item = &str>| {
            let mut keys: Vec<(String, u32)> = names
                .enumerate()
                .flat_map(|(at, name)| {
                    spelling::keys(name).into_iter().map(move |key| (key, at as u32))
                })
                .collect();
            keys.sort_unstable();
            keys
        };
        let keys = index(&mut streets.iter().map(|street| street.name.as_str()));
        let town_keys = index(&mut towns.iter().map(String::as_str));
        Addresses { streets, towns, postcodes, keys, town_keys }
    }

    pub fn street_count(&self) -> usize {
        self.streets.len()
    }

    pub fn house_count(&self) -> usize {
        self.streets.iter().map(|street| street.houses.len()).sum()
    }
}
