//! One file twice: as programs see it, which is the real file, and as the disk has it.

use crate::dice::Dice;

/// What a disk writes whole or not at all, in bytes.
const SECTOR_BYTES: usize = 512;

/// Done by a program and not yet durable.
#[derive(Clone)]
pub enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate { length: usize },
}

#[derive(Default)]
pub struct Image {
    durable: Vec<u8>,
    open: Vec<Change>,
    /// False while the file's very name could still be lost.
    pub named: bool,
}

impl Image {
    /// A file that was there before anything went wrong.
    pub fn of(durable: Vec<u8>) -> Image {
        Image { durable, open: Vec::new(), named: true }
    }

    pub fn change(&mut self, change: Change) {
        self.open.push(change);
    }

    pub fn synced(&mut self) {
        for change in std::mem::take(&mut self.open) {
            apply(&mut self.durable, &change);
        }
    }

    /// A sync that failed: half of the pages arrived, and none of the others will ever be tried
    /// again unless they are written again.
    pub fn sync_failed(&mut self, dice: &mut Dice) {
        for change in std::mem::take(&mut self.open) {
            if dice.below(2) == 0 {
                apply(&mut self.durable, &change);
            }
        }
    }

    /// What is there after the power came back; `None` for a file that nobody remembers.
    pub fn after_power_cut(mut self, dice: &mut Dice) -> Option<Vec<u8>> {
        let open = std::mem::take(&mut self.open);
        if !self.named && dice.below(2) == 0 {
            return None;
        }
        // All lost, all kept but for the last, or each by itself: disks order writes as they like.
        let manner = dice.below(3);
        let last = open.len().saturating_sub(1);
        for (at, change) in open.iter().enumerate() {
            let fate = match manner {
                0 => 0,
                1 if at < last => 1,
                _ => dice.below(3),
            };
            match fate {
                0 => {}
                1 => apply(&mut self.durable, change),
                _ => torn(&mut self.durable, change, dice),
            }
        }
        Some(self.durable)
    }
}

fn apply(file: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Truncate { length } => file.resize(*length, 0),
        Change::Write { at, bytes } => {
            if file.len() < at + bytes.len() {
                file.resize(at + bytes.len(), 0);
            }
            file[*at..at + bytes.len()].copy_from_slice(bytes);
        }
    }
}

/// Some sectors of a write arrive.
fn torn(file: &mut Vec<u8>, change: &Change, dice: &mut Dice) {
    let Change::Write { at, bytes } = change else { return };
    let mut from = 0;
    while from < bytes.len() {
        let to = ((at + from) / SECTOR_BYTES + 1) * SECTOR_BYTES - at;
        let piece = bytes[from..to.min(bytes.len())].to_vec();
        if dice.below(2) == 0 {
            apply(file, &Change::Write { at: at + from, bytes: piece });
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(at: usize, byte: u8, length: usize) -> Change {
        Change::Write { at, bytes: vec![byte; length] }
    }

    #[test]
    fn what_was_synced_stays_and_the_rest_may_go() {
        let (mut lost, mut kept, mut torn) = (0, 0, 0);
        for seed in 0..200 {
            let mut image = Image::of(vec![1; 2048]);
            image.change(write(0, 2, 1024));
            image.synced();
            image.change(write(1024, 3, 1024));
            let after = image.after_power_cut(&mut Dice::new(seed)).unwrap_or_default();
            assert_eq!(after[..1024], [2; 1024]);
            match (after[1024], after[1536]) {
                (1, 1) => lost += 1,
                (3, 3) => kept += 1,
                _ => torn += 1,
            }
        }
        assert!(lost > 20 && kept > 20 && torn > 20, "{lost} {kept} {torn}");
    }

    #[test]
    fn a_failed_sync_is_not_made_good_by_the_next() {
        let lost = (0..50).filter(|seed| {
            let mut image = Image::of(vec![1; 512]);
            image.change(write(0, 2, 512));
            image.sync_failed(&mut Dice::new(*seed));
            image.synced();
            image.after_power_cut(&mut Dice::new(0)) == Some(vec![1; 512])
        });
        assert!((10..40).contains(&lost.count()));
    }
}
