//! Hard allocation: which heap a pick is sent to. Promise early, choose lots late, so that
//! first-come and first-expiry both hold.

use domain::{Key, Qty, Removal};

/// Free stock that a pick could be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub key: Key,
    pub free: Qty,
    /// Position along the walking path.
    pub walk: i64,
    pub pick_face: bool,
    /// Day number; stock that does not expire leaves last under FEFO.
    pub expires: Option<i32>,
    pub arrived_millis: i64,
}

/// Takes `need` from the candidates in removal order and lowers their `free`; what cannot be found
/// is simply not in the answer. Expired stock (before `today`) is never taken.
pub fn take(
    need: Qty,
    candidates: &mut [Candidate],
    removal: Removal,
    today: i32,
) -> Vec<(Key, Qty)> {
    candidates.sort_by(|a, b| {
        let nearest = |c: &Candidate| (!c.pick_face, c.walk, c.key.clone());
        match removal {
            Removal::Fifo => a.arrived_millis.cmp(&b.arrived_millis),
            Removal::Fefo => {
                let day = |c: &Candidate| c.expires.unwrap_or(i32::MAX);
                day(a).cmp(&day(b)).then(a.arrived_millis.cmp(&b.arrived_millis))
            }
            Removal::Nearest => std::cmp::Ordering::Equal,
        }
        .then_with(|| nearest(a).cmp(&nearest(b)))
    });
    let mut left = need;
    let mut taken = Vec::new();
    for candidate in candidates.iter_mut() {
        let expired = candidate.expires.is_some_and(|day| day < today);
        let part = left.min(candidate.free);
        if expired || part <= Qty::ZERO {
            continue;
        }
        candidate.free -= part;
        left -= part;
        taken.push((candidate.key.clone(), part));
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{LocationCode, LotCode, Sku};

    /// `bin lot free walk face expires arrived`, `-` for none.
    fn candidates(rows: &[&str]) -> Vec<Candidate> {
        rows.iter()
            .map(|row| {
                let part: Vec<&str> = row.split(' ').collect();
                Candidate {
                    key: Key {
                        sku: Sku::parse("MUG").unwrap(),
                        lot: LotCode::parse_optional(part[1].trim_matches('-')).unwrap(),
                        location: LocationCode::parse(part[0]).unwrap(),
                        ..Key::default()
                    },
                    free: Qty(part[2].parse().unwrap()),
                    walk: part[3].parse().unwrap(),
                    pick_face: part[4] == "face",
                    expires: part[5].parse().ok(),
                    arrived_millis: part[6].parse().unwrap(),
                }
            })
            .collect()
    }

    #[test]
    fn each_strategy_takes_in_its_own_order() {
        let stock = ["A old 3 9 bulk 300 100", "B new 5 1 face 200 900", "C dead 9 0 face 10 50"];
        let rows = [
            (Removal::Fifo, 4, "A:3 B:1"),
            (Removal::Fefo, 4, "B:4"),
            (Removal::Fefo, 7, "B:5 A:2"),
            (Removal::Nearest, 6, "B:5 A:1"),
            (Removal::Nearest, 99, "B:5 A:3"),
        ];
        for (removal, need, expected) in rows {
            let mut free = candidates(&stock);
            let taken = take(Qty(need), &mut free, removal, 20);
            let text: Vec<String> =
                taken.iter().map(|(key, qty)| format!("{}:{qty}", key.location)).collect();
            assert_eq!(text.join(" "), expected, "{removal:?} {need}");
        }
    }
}
