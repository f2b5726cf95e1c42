//! A second, independent reading of the tile format, for tests.

use std::collections::BTreeMap;

#[derive(Debug)]
pub struct Decoded {
    pub layer: String,
    pub kind: u64,
    pub tags: BTreeMap<String, String>,
    pub paths: Vec<Vec<(i64, i64)>>,
    pub closed: bool,
}

impl Decoded {
    pub fn tag(&self, key: &str) -> Option<&str> {
        self.tags.get(key).map(String::as_str)
    }
}

/// Twice the area by the shoelace formula; positive is an outline.
pub fn area2(ring: &[(i64, i64)]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

pub fn decode(tile: &[u8]) -> Vec<Decoded> {
    let layers = fields(tile).into_iter().filter(|(number, _)| *number == 3);
    layers.flat_map(|(_, field)| layer(field.bytes())).collect()
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

impl<'a> Field<'a> {
    fn bytes(&self) -> &'a [u8] {
        match self {
            Field::Bytes(bytes) => bytes,
            Field::Number(_) => panic!("expected bytes"),
        }
    }
    fn number(&self) -> u64 {
        match self {
            Field::Number(number) => *number,
            Field::Bytes(_) => panic!("expected a number"),
        }
    }
}

fn fields(mut rest: &[u8]) -> Vec<(u64, Field<'_>)> {
    let mut found = Vec::new();
    while !rest.is_empty() {
        let key = varint(&mut rest);
        let field = match key & 7 {
            0 => Field::Number(varint(&mut rest)),
            2 => {
                let length = varint(&mut rest) as usize;
                let (bytes, after) = rest.split_at(length);
                rest = after;
                Field::Bytes(bytes)
            }
            other => panic!("wire type {other}"),
        };
        found.push((key >> 3, field));
    }
    found
}

fn varint(rest: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..).step_by(7) {
        let byte = rest[0];
        *rest = &rest[1..];
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}

fn layer(bytes: &[u8]) -> Vec<Decoded> {
    let all = fields(bytes);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let of = |wanted: u64| all.iter().filter(move |(number, _)| *number == wanted);
    let name = of(1).map(|(_, f)| text(f.bytes())).next().unwrap();
    let keys: Vec<String> = of(3).map(|(_, f)| text(f.bytes())).collect();
    let values: Vec<String> = of(4)
        .map(|(_, f)| match &fields(f.bytes())[0] {
            (1, field) => text(field.bytes()),
            (_, field) => field.number().to_string(),
        })
        .collect();
    of(2).map(|(_, f)| feature(&name, &keys, &values, f.bytes())).collect()
}

fn feature(layer: &str, keys: &[String], values: &[String], bytes: &[u8]) -> Decoded {
    let numbers = |mut rest: &[u8]| {
        let mut list = Vec::new();
        while !rest.is_empty() {
            list.push(varint(&mut rest));
        }
        list
    };
    let mut decoded = Decoded {
        layer: layer.to_owned(),
        kind: 0,
        tags: BTreeMap::new(),
        paths: Vec::new(),
        closed: false,
    };
    for (number, field) in fields(bytes) {
        match number {
            2 => {
                for pair in numbers(field.bytes()).chunks(2) {
                    let (key, value) = (&keys[pair[0] as usize], &values[pair[1] as usize]);
                    decoded.tags.insert(key.clone(), value.clone());
                }
            }
            3 => decoded.kind = field.number(),
            4 => shape(&mut decoded, &numbers(field.bytes())),
            _ => {}
        }
    }
    decoded
}

fn shape(decoded: &mut Decoded, commands: &[u64]) {
    let (mut x, mut y) = (0_i64, 0_i64);
    let mut rest = commands.iter().copied();
    let signed = |value: u64| (value >> 1) as i64 ^ -((value & 1) as i64);
    while let Some(command) = rest.next() {
        let (what, times) = (command & 7, command >> 3);
        if what == 7 {
            decoded.closed = true;
            continue;
        }
        for _ in 0..times {
            x += signed(rest.next().unwrap());
            y += signed(rest.next().unwrap());
            if what == 1 {
                decoded.paths.push(Vec::new());
            }
            decoded.paths.last_mut().unwrap().push((x, y));
        }
    }
}
