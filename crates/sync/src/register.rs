//! Reference data: field by field the last writer wins, by the hybrid clock. Ties are broken by
//! event id and not by station, because a station's id changes after a fork and an event's never
//! does: the winner has to be the same for whoever sees either.

use domain::{EventId, Hlc};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register<T> {
    pub at: Hlc,
    pub by: EventId,
    pub value: T,
}

impl<T> Register<T> {
    /// Keeps the later of the two; in whatever order they come, the same one stays.
    pub fn merge(&mut self, other: Register<T>) {
        if (other.at, other.by) > (self.at, self.by) {
            *self = other;
        }
    }
}

/// The fields of one record, each with its own last writer: a new name and a new price written on
/// two desktops both stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, Register<String>>);

impl Fields {
    pub fn set(&mut self, field: &str, value: Register<String>) {
        match self.0.get_mut(field) {
            Some(known) => known.merge(value),
            None => {
                self.0.insert(field.to_owned(), value);
            }
        }
    }

    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(|register| register.value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_order_keeps_the_same_value_of_each_field() {
        let write = |at, by, value: &str| Register {
            at: Hlc(at),
            by: EventId::from_bytes([by; 16]),
            value: value.to_owned(),
        };
        let writes = [
            ("name", write(5, 1, "Tea")),
            ("name", write(5, 2, "Green tea")),
            ("name", write(3, 9, "T")),
            ("price", write(1, 1, "4")),
        ];
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]] {
            let mut fields = Fields::default();
            for index in order {
                let (field, value) = &writes[index];
                fields.set(field, value.clone());
            }
            assert_eq!((fields.get("name"), fields.get("price")), (Some("Green tea"), Some("4")));
        }
    }
}
