//! A machine becomes a station: somebody reads out a one-time code, the machine shows it with the
//! key it made, and the server writes down its site and what it may do there.

use crate::chain::Hash;
use crate::message::SiteId;
use domain::{StationId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// Without 0, 1, I, L, O and U: it is read out over a phone. 30 letters, 12 places: 58 bits.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const PLACES: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    pub fn from_random(mut random: u64) -> Code {
        let mut letters = String::with_capacity(PLACES);
        for _ in 0..PLACES {
            letters.push(char::from(LETTERS[(random % 30) as usize]));
            random /= 30;
        }
        Code(letters)
    }

    /// As typed: lower case, spaces and dashes do not matter.
    pub fn parse(text: &str) -> Option<Code> {
        let letters: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let fits = letters.len() == PLACES && letters.bytes().all(|b| LETTERS.contains(&b));
        fits.then_some(Code(letters))
    }

    /// In groups of four, to be read out.
    pub fn spoken(&self) -> String {
        [&self.0[..4], &self.0[4..8], &self.0[8..]].join("-")
    }

    /// What the server keeps instead of the code.
    pub fn hash(&self) -> Hash {
        Hash::of(self.0.as_bytes())
    }
}

/// What a station may write, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    pub site: SiteId,
    /// Kinds of events that it may not write; they are set aside.
    pub not: BTreeSet<String>,
}

/// A code that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub grant: Grant,
    pub expires: Timestamp,
    pub used_by: Option<(StationId, [u8; 32])>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum EnrollError {
    #[error("this code is not known")]
    Unknown,
    #[error("this code has been used")]
    Used,
    #[error("this code has expired")]
    Expired,
}

/// Whether a machine may become this station. Asking again after a lost answer gives the same one.
pub fn redeem(
    offer: Option<&Offer>,
    station: StationId,
    public_key: [u8; 32],
    now: Timestamp,
) -> Result<Grant, EnrollError> {
    let offer = offer.ok_or(EnrollError::Unknown)?;
    match offer.used_by {
        Some(by) if by == (station, public_key) => Ok(offer.grant.clone()),
        Some(_) => Err(EnrollError::Used),
        None if offer.expires <= now => Err(EnrollError::Expired),
        None => Ok(offer.grant.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_spoken() {
        let code = Code::from_random(0x0123_4567_89ab_cdef);
        assert_eq!(Code::parse(&code.spoken().to_lowercase()), Some(code.clone()));
        assert_eq!(Code::parse("0000-0000-0000"), None);
        assert_eq!(Code::parse("éééé"), None);
        assert_ne!(code.hash(), Code::from_random(1).hash());
    }

    #[test]
    fn a_code_serves_one_machine_and_answers_it_again() {
        let [a, b] = [1, 2].map(|n| StationId::from_bytes([n; 16]));
        let grant = Grant { site: SiteId("north".into()), not: BTreeSet::new() };
        let mut offer = Offer { grant: grant.clone(), expires: Timestamp(10), used_by: None };
        let ask =
            |offer: &Offer, station, now| redeem(Some(offer), station, [7; 32], Timestamp(now));
        assert_eq!(ask(&offer, a, 10), Err(EnrollError::Expired));
        assert_eq!(ask(&offer, a, 9), Ok(grant.clone()));
        offer.used_by = Some((a, [7; 32]));
        assert_eq!(ask(&offer, a, 99), Ok(grant));
        assert_eq!(ask(&offer, b, 9), Err(EnrollError::Used));
        assert_eq!(redeem(None, a, [7; 32], Timestamp(0)), Err(EnrollError::Unknown));
    }
}
