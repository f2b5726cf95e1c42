//! Turn restrictions, as an automaton over the arcs driven last.
//!
//! A restriction is a sequence of arcs that may not be driven (`no_*`), or one whose beginning must
//! be ended in one way (`only_*`). Where a sequence has three arcs or more, its inner arcs get a
//! *copy*: a second state of the same arc that remembers how it was entered.

use std::collections::BTreeMap;

/// Longer chains are mistakes in the map, or a file made to fill the memory.
pub(crate) const ARCS_MAX: usize = 40;

/// One rule of the road at a junction, or over several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restriction {
    /// `true`: who drives all but the last must go on to the last. `false`: all may not be driven
    /// one after the other.
    pub only: bool,
    /// Two to [`ARCS_MAX`] arcs, each beginning where the one before ends.
    pub arcs: Vec<u32>,
}

/// All restrictions, ready to be asked.
pub(crate) struct Rules {
    /// Beginnings of long restrictions, of two arcs or more, and the state of each.
    copies: BTreeMap<Vec<u32>, u32>,
    banned: BTreeMap<Vec<u32>, ()>,
    /// Beginning -> its only ends.
    only: BTreeMap<Vec<u32>, Vec<u32>>,
    longest: usize,
}

impl Rules {
    /// Copies are numbered from `first_copy` on.
    pub(crate) fn new(restrictions: &[Restriction], first_copy: u32) -> Rules {
        let mut rules = Rules {
            copies: BTreeMap::new(),
            banned: BTreeMap::new(),
            only: BTreeMap::new(),
            longest: 1,
        };
        for restriction in restrictions {
            let Some((&last, beginning)) = restriction.arcs.split_last() else { continue };
            for length in 2..=beginning.len() {
                rules.copies.insert(beginning[..length].to_vec(), 0);
            }
            rules.longest = rules.longest.max(beginning.len());
            if restriction.only {
                rules.only.entry(beginning.to_vec()).or_default().push(last);
            } else {
                rules.banned.insert(restriction.arcs.clone(), ());
            }
        }
        for (state, number) in rules.copies.values_mut().zip(first_copy..) {
            *state = number;
        }
        rules
    }

    /// The history of every copy, in the order of their states.
    pub(crate) fn copies(&self) -> impl Iterator<Item = &[u32]> {
        self.copies.keys().map(Vec::as_slice)
    }

    /// Whether arc `next` may follow after `history`, whose last arc is driven now.
    pub(crate) fn allow(&self, history: &[u32], next: u32) -> bool {
        (0..history.len()).all(|start| {
            let recent = &history[start..];
            let required = self.only.get(recent);
            if required.is_some_and(|ends| !ends.contains(&next)) {
                return false;
            }
            let mut whole = recent.to_vec();
            whole.push(next);
            !self.banned.contains_key(&whole)
        })
    }

    /// The state on arc `next` after `history`: the copy that remembers most, or the arc itself.
    pub(crate) fn state(&self, history: &[u32], next: u32) -> u32 {
        if self.copies.is_empty() {
            return next;
        }
        let start = (history.len() + 1).saturating_sub(self.longest);
        (start..history.len())
            .find_map(|start| {
                let mut recent = history[start..].to_vec();
                recent.push(next);
                self.copies.get(&recent).copied()
            })
            .unwrap_or(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_restrictions_remember_how_an_arc_was_entered() {
        let no = Restriction { only: false, arcs: vec![1, 2, 3] };
        let only = Restriction { only: true, arcs: vec![5, 6] };
        let rules = Rules::new(&[no, only], 100);
        assert_eq!(rules.copies().collect::<Vec<_>>(), [&[1, 2]]);
        assert_eq!((rules.state(&[1], 2), rules.state(&[4], 2)), (100, 2));
        assert!(!rules.allow(&[1, 2], 3) && rules.allow(&[2], 3) && rules.allow(&[1, 2], 4));
        assert!(rules.allow(&[5], 6) && !rules.allow(&[5], 7));
    }
}
