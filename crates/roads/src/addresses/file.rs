//! The file of addresses beside the roads: a mark, a checksum, and the lists.

use super::{Addresses, Street};
use crate::sum::sum64;
use thiserror::Error;

/// Name and version in one.
const MARK: &[u8; 8] = b"QSADDR01";
const HEAD: usize = 16;

/// Why a file of addresses cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressFileError {
    #[error("this is no file of addresses, or one of another version")]
    Strange,
    #[error("the file of addresses is damaged")]
    Damaged,
}

pub fn encode(addresses: &Addresses) -> Vec<u8> {
    let Addresses { streets, towns, postcodes, .. } = addresses;
    // Writing into memory cannot fail, and these types have nothing that the format lacks.
    let body = postcard::to_stdvec(&(streets, towns, postcodes)).unwrap_or_default();
    [MARK.as_slice(), &sum64(&body).to_le_bytes(), &body].concat()
}

pub fn decode(bytes: &[u8]) -> Result<Addresses, AddressFileError> {
    let (head, body) = bytes.split_at_checked(HEAD).ok_or(AddressFileError::Strange)?;
    let (mark, sum) = head.split_at(MARK.len());
    if mark != MARK {
        return Err(AddressFileError::Strange);
    }
    if sum != sum64(body).to_le_bytes() {
        return Err(AddressFileError::Damaged);
    }
    let (streets, towns, postcodes): (Vec<Street>, Vec<String>, Vec<String>) =
        postcard::from_bytes(body).map_err(|_| AddressFileError::Damaged)?;
    let is_known = |street: &Street| {
        (street.town as usize) < towns.len()
            && street.houses.iter().all(|house| (house.postcode as usize) < postcodes.len())
    };
    if !streets.iter().all(is_known) {
        return Err(AddressFileError::Damaged);
    }
    Ok(Addresses::new(streets, towns, postcodes))
}
