//! One tile as bytes: the Mapbox Vector Tile format, version 2.1, whose protocol buffers are small
//! enough to be written by hand.

use super::feature::{Layer, Look, Shape};
use super::world::P;
use std::collections::BTreeMap;

/// Steps along the side of a tile.
pub(crate) const EXTENT: i32 = 4096;

#[derive(Default)]
pub(crate) struct LayerWriter<'a> {
    features: Vec<u8>,
    keys: Vec<&'static str>,
    values: Vec<Value<'a>>,
    value_index: BTreeMap<Value<'a>, u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value<'a> {
    Text(&'a str),
    Number(u64),
}

impl<'a> LayerWriter<'a> {
    /// `shape` is in steps from the tile's north-west corner.
    pub fn add(&mut self, look: &'a Look, shape: &Shape) {
        let mut tags = Vec::new();
        let mut tag = |key: &'static str, value: Option<Value<'a>>| {
            if let Some(value) = value {
                varint(&mut tags, self.key(key));
                varint(&mut tags, self.value(value));
            }
        };
        tag("class", Some(Value::Text(look.class)));
        tag("level", (!look.level.is_empty()).then_some(Value::Text(look.level)));
        tag("link", look.link.then_some(Value::Number(1)));
        tag("name", look.names.local.as_deref().map(Value::Text));
        tag("name_en", look.names.en.as_deref().map(Value::Text));
        tag("name_zh", look.names.zh.as_deref().map(Value::Text));
        tag("ref", look.reference.as_deref().map(Value::Text));
        tag("rank", (look.rank > 0).then_some(Value::Number(u64::from(look.rank))));
        let (kind, geometry) = geometry(shape);
        if geometry.is_empty() {
            return;
        }
        let mut feature = Vec::new();
        bytes_field(&mut feature, 2, &tags);
        varint_field(&mut feature, 3, kind);
        bytes_field(&mut feature, 4, &geometry);
        bytes_field(&mut self.features, 2, &feature);
    }

    fn key(&mut self, key: &'static str) -> u64 {
        let known = self.keys.iter().position(|&one| one == key);
        known.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        }) as u64
    }

    fn value(&mut self, value: Value<'a>) -> u64 {
        let next = self.values.len() as u64;
        *self.value_index.entry(value).or_insert_with(|| {
            self.values.push(value);
            next
        })
    }

    /// Adds the finished layer to the tile; an empty one is left out.
    pub fn finish(self, layer: Layer, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let mut body = Vec::with_capacity(self.features.len() + 256);
        varint_field(&mut body, 15, 2);
        bytes_field(&mut body, 1, layer.name().as_bytes());
        body.extend_from_slice(&self.features);
        for key in &self.keys {
            bytes_field(&mut body, 3, key.as_bytes());
        }
        for value in &self.values {
            let mut encoded = Vec::new();
            match value {
                Value::Text(text) => bytes_field(&mut encoded, 1, text.as_bytes()),
                Value::Number(number) => varint_field(&mut encoded, 5, *number),
            }
            bytes_field(&mut body, 4, &encoded);
        }
        varint_field(&mut body, 5, EXTENT as u64);
        bytes_field(tile, 3, &body);
    }
}

/// The kind of geometry and its commands; the cursor starts at the tile's corner.
fn geometry(shape: &Shape) -> (u64, Vec<u8>) {
    let mut out = Vec::new();
    let mut cursor = P::new(0, 0);
    match shape {
        Shape::Point(point) => {
            path(&mut out, &mut cursor, std::slice::from_ref(point), false);
            (1, out)
        }
        Shape::Line(line) => {
            path(&mut out, &mut cursor, line, false);
            (2, out)
        }
        Shape::Area(rings) => {
            for ring in rings {
                path(&mut out, &mut cursor, ring, true);
            }
            (3, out)
        }
    }
}

const MOVE_TO: u64 = 1;
const LINE_TO: u64 = 2;
const CLOSE: u64 = 7;

fn path(out: &mut Vec<u8>, cursor: &mut P, points: &[P], closed: bool) {
    let Some((first, rest)) = points.split_first() else { return };
    let mut step = |out: &mut Vec<u8>, point: &P| {
        zigzag(out, i64::from(point.x) - i64::from(cursor.x));
        zigzag(out, i64::from(point.y) - i64::from(cursor.y));
        *cursor = *point;
    };
    varint(out, MOVE_TO | 1 << 3);
    step(out, first);
    if !rest.is_empty() {
        varint(out, LINE_TO | (rest.len() as u64) << 3);
        for point in rest {
            step(out, point);
        }
    }
    if closed {
        varint(out, CLOSE | 1 << 3);
    }
}

pub(crate) fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(out: &mut Vec<u8>, value: i64) {
    varint(out, ((value << 1) ^ (value >> 63)) as u64);
}

fn varint_field(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn bytes_field(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_those_of_the_specification() {
        // The polygon of section 4.3.5.4 of the specification.
        let ring = vec![P::new(3, 6), P::new(8, 12), P::new(20, 34)];
        assert_eq!(geometry(&Shape::Area(vec![ring])).1, [9, 6, 12, 18, 10, 12, 24, 44, 15]);
        assert_eq!(geometry(&Shape::Point(P::new(25, 17))), (1, vec![9, 50, 34]));
        let line = vec![P::new(2, 2), P::new(2, 10), P::new(10, 10)];
        assert_eq!(geometry(&Shape::Line(line)).1, [9, 4, 4, 18, 0, 16, 16, 0]);
    }
}
