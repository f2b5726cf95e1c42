//! Addresses as people write them are found where the map has them.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod support;

use domain::LonLat;
use roads::addresses::{AddressFileError, Addresses, Found, Precision, decode, encode};
use roads::{Profile, town};
use support::extract;

const CENTER: LonLat = LonLat { lon_e7: 86_821_000, lat_e7: 494_122_000 };

fn best(addresses: &Addresses, text: &str) -> Found {
    addresses.find(text, 5).into_iter().next().unwrap_or_else(|| panic!("nothing for {text}"))
}

#[test]
fn every_door_of_a_town_is_found_by_its_address() {
    let town = town::generate(7, CENTER);
    let addresses = Addresses::of_town(&town);
    assert_eq!(addresses.house_count(), town.addresses.len());
    for door in town.addresses.iter().step_by(53) {
        let (english, chinese) =
            door.street.split_once(|c: char| !c.is_ascii()).unwrap_or_default();
        let chinese = format!("{}{chinese}", &door.street[english.len()..][..3]);
        let texts = [
            format!("{} {}", door.street, door.number),
            format!("{} {}", english.trim(), door.number),
            format!("{}, {}", door.number, english.trim().to_uppercase()),
            format!("{chinese}{}号", door.number),
        ];
        for text in texts {
            let found = best(&addresses, &text);
            assert_eq!((found.precision, found.place), (Precision::House, door.place), "{text}");
        }
    }
}

#[test]
fn a_number_between_two_others_lies_between_them() {
    let town = town::generate(7, CENTER);
    let addresses = Addresses::of_town(&town);
    let street = &town.addresses[900].street;
    let mut numbers: Vec<u32> = town
        .addresses
        .iter()
        .filter(|door| door.street == *street && door.number % 2 == 1)
        .map(|door| door.number)
        .collect();
    numbers.sort_unstable();
    let last = *numbers.last().unwrap();
    let beyond = best(&addresses, &format!("{street} {}", last + 6));
    assert_eq!(beyond.precision, Precision::Near);
    assert!(!beyond.is_sure);
    let none = best(&addresses, street);
    assert_eq!((none.precision, none.is_sure), (Precision::Street, false));
}

#[test]
fn what_is_no_address_finds_nothing() {
    let addresses = Addresses::of_town(&town::generate(7, CENTER));
    for text in ["", " ", "12", "?!", "Nowhere Alley 3", "\u{0}\u{301}", "号号号"] {
        assert!(addresses.find(text, 5).is_empty(), "{text:?}");
    }
    assert!(addresses.find(&"Mill Lane 3 ".repeat(2_000), 5).len() <= 5);
}

#[test]
fn the_file_comes_back_as_it_was_and_damage_is_noticed() {
    let addresses = Addresses::of_town(&town::generate(7, CENTER));
    let bytes = encode(&addresses);
    let back = decode(&bytes).unwrap();
    assert_eq!(encode(&back), bytes);
    assert_eq!(decode(b"short").unwrap_err(), AddressFileError::Strange);
    assert_eq!(
        decode(&[b"QSADDR99", &bytes[8..]].concat()).unwrap_err(),
        AddressFileError::Strange
    );
    for at in (8..bytes.len()).step_by(997) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x40;
        assert_eq!(decode(&damaged).unwrap_err(), AddressFileError::Damaged, "byte {at}");
    }
    assert_eq!(decode(&bytes[..bytes.len() - 1]).unwrap_err(), AddressFileError::Damaged);
}

#[test]
fn addresses_of_real_cities_are_found() {
    let rows = [
        ("heidelberg", "Kurfürsten-Anlage 1, 69115 Heidelberg", Precision::House),
        ("heidelberg", "kurfuerstenanlage 1", Precision::House),
        ("heidelberg", "Im Neuenheimer Feld 235", Precision::Near),
        ("heidelberg", "Im Neuenheimer Feld 236, Heidelberg", Precision::House),
        ("heidelberg", "Hauptstr. 120, 69117 Heidelberg", Precision::Near),
        ("helsinki", "1 Kaivokatu, 00100 Helsinki", Precision::House),
        ("helsinki", "Kaivokatu 1", Precision::House),
        ("helsinki", "Bulevardi 4", Precision::House),
        ("helsinki", "Mikonkattu 18", Precision::House),
        ("monaco", "6 quai Antoine 1er 98000 Monaco", Precision::House),
        ("monaco", "bd des moulins", Precision::Street),
    ];
    let mut read: Option<(&str, Addresses)> = None;
    for (city, text, expected) in rows {
        let Some(path) = extract(&format!("{city}.osm.pbf")) else {
            eprintln!("no map of {city} beside the checkout");
            continue;
        };
        if read.as_ref().is_none_or(|(name, _)| *name != city) {
            let bytes = std::fs::read(path).unwrap();
            let roads = roads::import::read_bytes(&bytes, Profile::Van).unwrap();
            read = Some((city, Addresses::read(&bytes, &roads).unwrap()));
        }
        let found = best(&read.as_ref().unwrap().1, text);
        assert_eq!(found.precision, expected, "{text}: {found:?}");
        let is_exact = expected == Precision::House && !text.contains("tt");
        assert_eq!(found.is_sure, is_exact, "{text}: {found:?}");
    }
}
