//! An address in words to places, best first.

use super::spelling::{distance, words};
use super::{Addresses, House, Street};
use crate::geo::{Plane, meters_between};
use domain::LonLat;
use serde::Serialize;
use std::collections::BTreeMap;

/// A street's name has at most so many words, or signs.
const WORDS_MAX: usize = 12;
/// A text longer than any address is looked at no further.
const ASKED_MAX: usize = 40;
/// Shorter names differ by a letter from too many others.
const FUZZY_LETTERS_MIN: usize = 5;
/// Two answers nearer than this are one door.
const SAME_DOOR_METERS: f64 = 60.0;

/// How near an answer is to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Only the street is known.
    Street,
    /// The number lies between others that the map knows, or beside one.
    Near,
    /// The map knows this house.
    House,
}

/// A place for an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// As the map writes it: `Kaivokatu 1, 00100 Helsinki`.
    pub label: String,
    pub place: LonLat,
    pub precision: Precision,
    /// Whether nothing else fits as well, and the name was written as the map has it.
    pub is_sure: bool,
    /// Higher fits better.
    score: i64,
}

/// A street's name in the question: the street, the words it takes, and the letters that differ.
struct Named {
    street: u32,
    from: usize,
    to: usize,
    differs: usize,
}

impl Addresses {
    /// Up to `most` places for an address as people write it: street and number in either order,
    /// with or without postcode and town.
    pub fn find(&self, text: &str, most: usize) -> Vec<Found> {
        let mut asked = words(text);
        asked.truncate(ASKED_MAX);
        let mut named = self.named(&asked);
        if named.is_empty() {
            named = self.nearly_named(&asked);
        }
        // The longest name in the text is meant, not one that is part of it.
        let longest = named.iter().map(|one| length(&asked, one) - one.differs).max().unwrap_or(0);
        named.retain(|one| length(&asked, one) - one.differs == longest);
        let mut found: Vec<Found> = named.iter().map(|one| self.judged(&asked, one)).collect();
        found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.label.cmp(&b.label)));
        let mut best: Vec<Found> = Vec::new();
        for one in found {
            let is_same = |other: &Found| {
                other.precision >= one.precision
                    && meters_between(other.place, one.place) < SAME_DOOR_METERS
            };
            if !best.iter().any(is_same) {
                best.push(one);
            }
        }
        let second = best.get(1).map(|one| one.score);
        if let Some(first) = best.first_mut() {
            first.is_sure = first.is_sure && second.is_none_or(|second| second < first.score);
        }
        best.iter_mut().skip(1).for_each(|other| other.is_sure = false);
        best.truncate(most);
        best
    }

    fn named(&self, asked: &[String]) -> Vec<Named> {
        let mut named = Vec::new();
        for (from, to, spelled) in windows(asked) {
            let first = self.keys.partition_point(|(key, _)| *key < spelled);
            let same = self.keys[first..].iter().take_while(|(key, _)| *key == spelled);
            named.extend(same.map(|&(_, street)| Named { street, from, to, differs: 0 }));
        }
        named
    }

    /// Names that differ by a letter, or by two where they are long. The first letter must be right.
    fn nearly_named(&self, asked: &[String]) -> Vec<Named> {
        let mut named = Vec::new();
        for (from, to, spelled) in windows(asked) {
            let letters = spelled.chars().count();
            let Some(first) = spelled.chars().next().filter(|first| first.is_alphabetic()) else {
                continue;
            };
            if letters < FUZZY_LETTERS_MIN {
                continue;
            }
            let most = if letters < 9 { 1 } else { 2 };
            let start = self.keys.partition_point(|(key, _)| {
                !key.starts_with(first) && key.as_str() < spelled.as_str()
            });
            let same_letter =
                self.keys[start..].iter().take_while(|(key, _)| key.starts_with(first));
            for (key, street) in same_letter {
                if let Some(differs) = distance(key, &spelled, most) {
                    named.push(Named { street: *street, from, to, differs });
                }
            }
        }
        named
    }

    fn judged(&self, asked: &[String], named: &Named) -> Found {
        let street = &self.streets[named.street as usize];
        let numbers = numbers_beside(asked, named);
        let (place, precision, number, postcode) = street.placed(&numbers);
        let town = self.towns[street.town as usize].as_str();
        let postcode = self.postcodes[postcode as usize].as_str();
        let is_postcode =
            |word: &String| !postcode.is_empty() && word.eq_ignore_ascii_case(postcode);
        let mut score = 100 - 30 * named.differs as i64;
        score += match precision {
            Precision::House => 40,
            Precision::Near => 20,
            Precision::Street => 0,
        };
        score += if asked.iter().any(is_postcode) { 15 } else { 0 };
        let towns = self.towns_in(asked, named);
        let is_town_right = towns.is_empty() || towns.contains_key(&street.town);
        score += match (towns.is_empty(), is_town_right) {
            (true, _) => 0,
            (false, true) => 15,
            (false, false) => -15,
        };
        Found {
            label: label(&street.name, &number, postcode, town),
            place,
            precision,
            is_sure: named.differs == 0 && is_town_right && precision == Precision::House,
            score,
        }
    }

    /// Towns of this map that the text names outside of the street.
    fn towns_in(&self, asked: &[String], named: &Named) -> BTreeMap<u32, ()> {
        let mut towns = BTreeMap::new();
        for (from, to, spelled) in windows(asked) {
            if from < named.to && named.from < to {
                continue;
            }
            let first = self.town_keys.partition_point(|(key, _)| *key < spelled);
            let same = self.town_keys[first..].iter().take_while(|(key, _)| *key == spelled);
            towns.extend(same.map(|&(_, town)| (town, ())));
        }
        towns
    }
}

fn length(asked: &[String], named: &Named) -> usize {
    asked[named.from..named.to].iter().map(|word| word.chars().count()).sum()
}

/// Every run of words, with its spelling.
fn windows(asked: &[String]) -> impl Iterator<Item = (usize, usize, String)> {
    (0..asked.len()).flat_map(move |from| {
        let last = asked.len().min(from + WORDS_MAX);
        (from + 1..=last).map(move |to| (from, to, asked[from..to].concat()))
    })
}

/// What may be the house number: right behind the name, or right before it. A letter on its own
/// belongs to the number before it.
fn numbers_beside(asked: &[String], named: &Named) -> Vec<String> {
    let is_number = |word: &&String| word.starts_with(|c: char| c.is_ascii_digit());
    let mut numbers = Vec::new();
    for at in [Some(named.to), named.from.checked_sub(1)].into_iter().flatten() {
        let Some(number) = asked.get(at).filter(is_number) else { continue };
        let letter = asked.get(at + 1).filter(|next| {
            at >= named.to && next.len() == 1 && next.chars().all(char::is_alphabetic)
        });
        numbers.extend(letter.map(|letter| format!("{number}{letter}")));
        numbers.push(number.clone());
    }
    numbers
}

/// The digits that a house number begins with.
pub(super) fn first_number(number: &str) -> u32 {
    let digits: String = number.trim().chars().take_while(char::is_ascii_digit).take(9).collect();
    digits.parse().unwrap_or(0)
}

impl House {
    /// `234-236` answers to both of its numbers.
    fn has_number(&self, wanted: &str) -> bool {
        let whole: String = words(&self.number).concat();
        whole == wanted
            || self.number.split(['-', ';', ',', '/']).any(|one| words(one).concat() == wanted)
    }
}

impl Street {
    /// The best place for one of the numbers, the number as the map has it, and its postcode.
    fn placed(&self, numbers: &[String]) -> (LonLat, Precision, String, u32) {
        for number in numbers {
            if let Some(house) = self.houses.iter().find(|house| house.has_number(number)) {
                return (house.place, Precision::House, house.number.clone(), house.postcode);
            }
        }
        // Five digits and more are a postcode.
        let plausible =
            numbers.iter().find(|number| number.len() < 5).map(|n| (n, first_number(n)));
        if let Some((number, wanted)) = plausible.filter(|(_, wanted)| *wanted > 0)
            && let Some((place, postcode)) = self.between(wanted)
        {
            return (place, Precision::Near, number.clone(), postcode);
        }
        let postcode = self.houses.first().map_or(0, |house| house.postcode);
        (self.middle, Precision::Street, String::new(), postcode)
    }

    /// Between the nearest numbers on the same side of the street, or beside the nearest of all.
    fn between(&self, wanted: u32) -> Option<(LonLat, u32)> {
        let number = |house: &&House| first_number(&house.number);
        let same_side = || self.houses.iter().filter(|house| number(house) % 2 == wanted % 2);
        let below = same_side().filter(|house| number(house) < wanted).max_by_key(number);
        let above = same_side().filter(|house| number(house) > wanted).min_by_key(number);
        if let (Some(below), Some(above)) = (below, above) {
            let share =
                f64::from(wanted - number(&below)) / f64::from(number(&above) - number(&below));
            let plane = Plane::at(below.place.lat_e7);
            let (x, y) = plane.offset(below.place, above.place);
            return Some((plane.point(below.place, x * share, y * share), below.postcode));
        }
        let nearest = self.houses.iter().min_by_key(|house| number(house).abs_diff(wanted))?;
        Some((nearest.place, nearest.postcode))
    }
}

fn label(street: &str, number: &str, postcode: &str, town: &str) -> String {
    let door = [street, number].join(" ");
    let town = [postcode, town].join(" ");
    let parts = [door.trim(), town.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
