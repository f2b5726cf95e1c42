//! Promises: SKU by SKU, first come first served. Lost stock takes back from the youngest order;
//! stock that came in serves the oldest.

use domain::{LineId, Qty};

/// A line with an open promise or an open need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub line: LineId,
    pub qty: Qty,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Promise { line: LineId, qty: Qty },
    Release { line: LineId, qty: Qty },
}

/// `sellable` and `reserved` as the book has them; `safety` is kept back from new promises only.
/// `youngest_first` holds open promises, `oldest_first` lines that wait.
pub fn settle(
    sellable: Qty,
    reserved: Qty,
    safety: Qty,
    youngest_first: &[Claim],
    oldest_first: &[Claim],
) -> Vec<Change> {
    if reserved > sellable {
        return share(reserved - sellable, youngest_first)
            .map(|(line, qty)| Change::Release { line, qty })
            .collect();
    }
    share(sellable - reserved - safety, oldest_first)
        .map(|(line, qty)| Change::Promise { line, qty })
        .collect()
}

/// Hands out `amount` in the order given, each at most what it claims.
fn share(amount: Qty, claims: &[Claim]) -> impl Iterator<Item = (LineId, Qty)> + '_ {
    let mut left = amount.max(Qty::ZERO);
    claims.iter().filter_map(move |claim| {
        let part = left.min(claim.qty);
        left -= part;
        (part > Qty::ZERO).then_some((claim.line, part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: u8) -> LineId {
        LineId::from_bytes([n; 16])
    }

    fn claims(list: &[(u8, i64)]) -> Vec<Claim> {
        list.iter().map(|(n, qty)| Claim { line: line(*n), qty: Qty(*qty) }).collect()
    }

    /// (sellable, reserved, safety, open promises youngest first, waiting oldest first) -> changes,
    /// as `line:+qty` or `line:-qty`.
    #[test]
    fn stock_in_serves_the_oldest_and_stock_lost_takes_from_the_youngest() {
        type Row<'a> = (i64, i64, i64, &'a [(u8, i64)], &'a [(u8, i64)], &'a str);
        let rows: [Row<'_>; 6] = [
            (10, 0, 0, &[], &[(1, 4), (2, 4)], "1:+4 2:+4"),
            (5, 0, 0, &[], &[(1, 4), (2, 4)], "1:+4 2:+1"),
            (5, 0, 2, &[], &[(1, 4)], "1:+3"),
            (3, 5, 0, &[(9, 1), (8, 4)], &[(1, 4)], "9:-1 8:-1"),
            (5, 5, 0, &[(9, 5)], &[(1, 4)], ""),
            (5, 4, 3, &[(9, 4)], &[(1, 4)], ""),
        ];
        for (sellable, reserved, safety, open, waiting, expected) in rows {
            let changes =
                settle(Qty(sellable), Qty(reserved), Qty(safety), &claims(open), &claims(waiting));
            let text: Vec<String> = changes
                .iter()
                .map(|change| match change {
                    Change::Promise { line, qty } => format!("{}:+{qty}", line.0.as_bytes()[0]),
                    Change::Release { line, qty } => format!("{}:-{qty}", line.0.as_bytes()[0]),
                })
                .collect();
            assert_eq!(text.join(" "), expected);
        }
    }
}
