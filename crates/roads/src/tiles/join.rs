//! Joins pieces end to end: streets cut at every crossing, and outlines split over several ways.

use super::world::P;
use std::collections::BTreeMap;

/// Lines joined wherever exactly two ends meet. Directions may differ: a line is a line.
pub(crate) fn lines(pieces: Vec<Vec<P>>) -> Vec<Vec<P>> {
    grow(pieces, true)
}

/// Like [`lines`], but pieces keep their direction and follow head to tail, as coastlines do.
pub(crate) fn directed(pieces: Vec<Vec<P>>) -> Vec<Vec<P>> {
    grow_directed(pieces)
}

/// Closed rings, the first point not repeated, and what did not close.
pub(crate) fn rings(pieces: Vec<Vec<P>>) -> (Vec<Vec<P>>, Vec<Vec<P>>) {
    split_closed(grow(pieces, false))
}

/// Closed lines as open rings, and the others.
pub(crate) fn split_closed(lines: Vec<Vec<P>>) -> (Vec<Vec<P>>, Vec<Vec<P>>) {
    let (mut closed, open): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.len() >= 4 && line.first() == line.last());
    for ring in &mut closed {
        ring.pop();
    }
    (closed, open)
}

fn grow(pieces: Vec<Vec<P>>, only_pairs: bool) -> Vec<Vec<P>> {
    let mut ends: BTreeMap<P, Vec<usize>> = BTreeMap::new();
    let mut pieces: Vec<Option<Vec<P>>> = pieces.into_iter().map(Some).collect();
    for (index, piece) in pieces.iter().enumerate() {
        if let Some([first, .., last]) = piece.as_deref() {
            ends.entry(*first).or_default().push(index);
            ends.entry(*last).or_default().push(index);
        }
    }
    let mut joined = Vec::new();
    for index in 0..pieces.len() {
        let Some(mut line) = pieces[index].take() else { continue };
        for _ in 0..2 {
            while let Some(next) = following(&line, &ends, &mut pieces, only_pairs) {
                line.extend_from_slice(&next[1..]);
            }
            // Once more from the other end.
            line.reverse();
        }
        joined.push(line);
    }
    joined
}

fn following(
    line: &[P],
    ends: &BTreeMap<P, Vec<usize>>,
    pieces: &mut [Option<Vec<P>>],
    only_pairs: bool,
) -> Option<Vec<P>> {
    let (first, last) = (line.first()?, line.last()?);
    if line.len() > 2 && first == last {
        return None;
    }
    let here = ends.get(last)?;
    if only_pairs && here.len() != 2 {
        return None;
    }
    let next = here.iter().copied().find(|&index| pieces[index].is_some())?;
    let mut piece = pieces[next].take()?;
    if piece.first() != Some(last) {
        piece.reverse();
    }
    Some(piece)
}

fn grow_directed(pieces: Vec<Vec<P>>) -> Vec<Vec<P>> {
    let mut starts: BTreeMap<P, usize> = BTreeMap::new();
    let mut has_before: BTreeMap<P, ()> = BTreeMap::new();
    for (index, piece) in pieces.iter().enumerate() {
        if let [first, .., last] = piece.as_slice() {
            starts.insert(*first, index);
            has_before.insert(*last, ());
        }
    }
    let heads = (0..pieces.len())
        .filter(|&i| pieces[i].first().is_some_and(|first| !has_before.contains_key(first)));
    // Rings have no head, so whatever is left is begun anywhere.
    let order: Vec<usize> = heads.chain(0..pieces.len()).collect();
    let mut pieces: Vec<Option<Vec<P>>> = pieces.into_iter().map(Some).collect();
    let mut joined = Vec::new();
    for index in order {
        let Some(mut line) = pieces[index].take() else { continue };
        while line.first() != line.last()
            && let Some(&next) = line.last().and_then(|last| starts.get(last))
            && let Some(piece) = pieces[next].take()
        {
            line.extend_from_slice(&piece[1..]);
        }
        joined.push(line);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(list: &[(i32, i32)]) -> Vec<P> {
        list.iter().map(|&(x, y)| P::new(x, y)).collect()
    }

    #[test]
    fn a_street_in_three_pieces_is_one_line() {
        let joined = lines(vec![
            points(&[(10, 0), (20, 0)]),
            points(&[(10, 0), (0, 0)]),
            points(&[(30, 0), (20, 0)]),
        ]);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].len(), 4);
    }

    #[test]
    fn three_ends_at_one_place_stay_apart() {
        let star = vec![
            points(&[(0, 0), (20, 0)]),
            points(&[(0, 0), (0, 9)]),
            points(&[(0, 0), (-5, -5)]),
        ];
        assert_eq!(lines(star).len(), 3);
    }

    #[test]
    fn an_outline_in_two_ways_closes() {
        let halves = vec![
            points(&[(0, 0), (10, 0), (10, 10)]),
            points(&[(0, 0), (0, 10), (10, 10)]),
            points(&[(50, 50), (60, 60)]),
        ];
        let (closed, open) = rings(halves);
        assert_eq!((closed.len(), closed[0].len(), open.len()), (1, 4, 1));
    }

    #[test]
    fn coastlines_keep_their_direction() {
        let coast = vec![points(&[(10, 0), (20, 0)]), points(&[(0, 0), (10, 0)])];
        assert_eq!(directed(coast), [points(&[(0, 0), (10, 0), (20, 0)])]);
    }
}
