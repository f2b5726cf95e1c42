//! Writes small `.osm.pbf` files from text, one element a line:
//! `n 1 8.68,49.41 highway=traffic_signals`, `w 10 1,2,3 highway=residential name=East`,
//! `r 20 from=w10 via=n2 to=w11 type=restriction restriction=no_left_turn`.
//!
//! Blocks are written without compression, so that damaging a byte reaches the reader of elements.

#[derive(Default)]
struct Strings(Vec<String>);

impl Strings {
    fn index(&mut self, text: &str) -> u64 {
        if let Some(at) = self.0.iter().position(|known| known == text) {
            return at as u64;
        }
        self.0.push(text.to_owned());
        self.0.len() as u64 - 1
    }
}

fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn bytes(out: &mut Vec<u8>, field: u64, value: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, value.len() as u64);
    out.extend_from_slice(value);
}

fn packed(out: &mut Vec<u8>, field: u64, values: impl IntoIterator<Item = u64>) {
    let mut inner = Vec::new();
    values.into_iter().for_each(|value| varint(&mut inner, value));
    bytes(out, field, &inner);
}

fn deltas(values: &[i64]) -> Vec<u64> {
    let mut last = 0;
    values.iter().map(|&value| zigzag(value - std::mem::replace(&mut last, value))).collect()
}

fn tags<'t>(out: &mut Vec<u8>, strings: &mut Strings, pairs: impl Iterator<Item = &'t str>) {
    let pairs: Vec<_> = pairs.filter_map(|pair| pair.split_once('=')).collect();
    packed(out, 2, pairs.iter().map(|(key, _)| strings.index(key)).collect::<Vec<_>>());
    let spaced = |value: &str| value.replace('_', " ");
    let value = |&(key, value): &(&str, &str)| match key {
        "name" => spaced(value),
        _ => value.to_owned(),
    };
    packed(out, 3, pairs.iter().map(|pair| strings.index(&value(pair))).collect::<Vec<_>>());
}

fn element(line: &str, strings: &mut Strings) -> Option<(u64, Vec<u8>)> {
    let mut words = line.split_whitespace();
    let (kind, id) = (words.next()?, words.next()?.parse::<i64>().ok()?);
    let mut out = Vec::new();
    match kind {
        "n" => {
            let (lon, lat) = words.next()?.split_once(',')?;
            let e7 = |degrees: &str| (degrees.parse::<f64>().unwrap() * 1e7).round() as i64;
            number(&mut out, 1, zigzag(id));
            tags(&mut out, strings, words);
            number(&mut out, 8, zigzag(e7(lat)));
            number(&mut out, 9, zigzag(e7(lon)));
            Some((1, out))
        }
        "w" => {
            let refs: Vec<i64> = words.next()?.split(',').map(|id| id.parse().unwrap()).collect();
            number(&mut out, 1, id as u64);
            tags(&mut out, strings, words);
            packed(&mut out, 8, deltas(&refs));
            Some((3, out))
        }
        _ => {
            let (members, rest): (Vec<&str>, Vec<&str>) = words
                .partition(|w| ["from=", "via=", "to="].iter().any(|role| w.starts_with(role)));
            number(&mut out, 1, id as u64);
            tags(&mut out, strings, rest.into_iter());
            let members: Vec<(&str, &str)> =
                members.into_iter().filter_map(|member| member.split_once('=')).collect();
            packed(&mut out, 8, members.iter().map(|(r, _)| strings.index(r)).collect::<Vec<_>>());
            let ids: Vec<i64> = members.iter().map(|(_, id)| id[1..].parse().unwrap()).collect();
            packed(&mut out, 9, deltas(&ids));
            packed(&mut out, 10, members.iter().map(|(_, id)| u64::from(id.starts_with('w'))));
            Some((4, out))
        }
    }
}

fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    bytes(&mut body, 1, content);
    number(&mut body, 2, content.len() as u64);
    let mut header = Vec::new();
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, body.len() as u64);
    let mut out = (header.len() as u32).to_be_bytes().to_vec();
    out.extend(header);
    out.extend(body);
    out
}

/// The file, with nodes, ways and relations in a block each.
pub fn write(text: &str) -> Vec<u8> {
    let mut header = Vec::new();
    bytes(&mut header, 4, b"OsmSchema-V0.6");
    bytes(&mut header, 4, b"DenseNodes");
    let mut file = blob("OSMHeader", &header);
    for kind in ["n ", "w ", "r "] {
        let mut strings = Strings(vec![String::new()]);
        let mut group = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| line.starts_with(kind)) {
            if let Some((field, body)) = element(line, &mut strings) {
                bytes(&mut group, field, &body);
            }
        }
        let mut table = Vec::new();
        strings.0.iter().for_each(|text| bytes(&mut table, 1, text.as_bytes()));
        let mut block = Vec::new();
        bytes(&mut block, 1, &table);
        bytes(&mut block, 2, &group);
        file.extend(blob("OSMData", &block));
    }
    file
}
