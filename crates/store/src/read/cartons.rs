//! Cartons and what order they belong to.

use super::{Db, id};
use crate::error::StoreError;
use domain::{CartonId, OrderId};

#[derive(Debug, Clone)]
pub struct CartonRow {
    pub id: CartonId,
    pub number: String,
    pub order: OrderId,
    pub box_type: String,
    pub closed: bool,
    pub weight_g: i64,
}

impl Db<'_> {
    pub fn cartons_of(&self, order: OrderId) -> Result<Vec<CartonRow>, StoreError> {
        self.cartons("order_id = ?1", &order.to_string())
    }

    pub fn carton(&self, wanted: CartonId) -> Result<Option<CartonRow>, StoreError> {
        Ok(self.cartons("id = ?1", &wanted.to_string())?.pop())
    }

    pub fn carton_by_number(&self, number: &str) -> Result<Option<CartonRow>, StoreError> {
        Ok(self.cartons("number = ?1", number)?.pop())
    }

    fn cartons(&self, which: &str, value: &str) -> Result<Vec<CartonRow>, StoreError> {
        let sql = format!(
            "SELECT id, number, order_id, box_type, closed_at IS NOT NULL, COALESCE(weight_g, 0)
             FROM carton WHERE {which} AND number IS NOT NULL ORDER BY number"
        );
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_map([value], |row| {
                Ok(CartonRow {
                    id: id(row, 0, CartonId::parse)?,
                    number: row.get(1)?,
                    order: id(row, 2, OrderId::parse)?,
                    box_type: row.get(3)?,
                    closed: row.get(4)?,
                    weight_g: row.get(5)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    pub fn carton_count(&self) -> Result<i64, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT COUNT(*) FROM carton")?
            .query_row([], |row| row.get(0))?)
    }
}
