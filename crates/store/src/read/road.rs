//! Vans on the road: where they were last heard of, and what their drivers brought back.

use super::Db;
use crate::error::StoreError;
use crate::open::none_if_missing;
use domain::{LonLat, OrderId};

/// The strokes of a signature.
pub type Strokes = Vec<Vec<[i32; 2]>>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofRow {
    pub at_millis: i64,
    pub code: String,
    pub signature: Strokes,
    pub photo: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VanSeenRow {
    pub van: String,
    pub at_millis: i64,
    pub place: LonLat,
}

impl Db<'_> {
    pub fn proof(&self, order: OrderId) -> Result<Option<ProofRow>, StoreError> {
        let row: Option<(i64, String, String, String)> = self
            .conn
            .prepare_cached(
                "SELECT at >> 16, code, signature, photo FROM proof WHERE order_id = ?1",
            )?
            .query_row([order.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .map(Some)
            .or_else(none_if_missing)?;
        let Some((at_millis, code, signature, photo)) = row else { return Ok(None) };
        Ok(Some(ProofRow { at_millis, code, signature: serde_json::from_str(&signature)?, photo }))
    }

    pub fn has_proof(&self, order: &str) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM proof WHERE order_id = ?1)")?
            .query_row([order], |row| row.get(0))?)
    }

    pub fn vans_seen(&self) -> Result<Vec<VanSeenRow>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT van, at >> 16, lon_e7, lat_e7 FROM van_seen ORDER BY van")?
            .query_map([], |row| {
                Ok(VanSeenRow {
                    van: row.get(0)?,
                    at_millis: row.get(1)?,
                    place: LonLat { lon_e7: row.get(2)?, lat_e7: row.get(3)? },
                })
            })?
            .collect::<Result<_, _>>()?)
    }
}
