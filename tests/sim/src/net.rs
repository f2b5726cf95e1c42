//! The network: messages on their way, each with its own time of arrival.

use crate::dice::Dice;
use std::collections::BTreeMap;
use sync::{Limits, Message, decode, encode};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum To {
    Server(usize),
    Machine(usize),
}

pub(crate) struct Net {
    on_the_way: BTreeMap<(i64, u64), (To, Message)>,
    sent: u64,
    pub drop_percent: u64,
    pub double_percent: u64,
    pub delay_ms_max: u64,
    pub as_bytes: bool,
    pub wrong: Option<String>,
}

impl Net {
    pub fn new(drop_percent: u64, double_percent: u64, delay_ms_max: u64, as_bytes: bool) -> Net {
        let (on_the_way, sent, wrong) = Default::default();
        Net { on_the_way, sent, drop_percent, double_percent, delay_ms_max, as_bytes, wrong }
    }

    pub fn sent(&self) -> u64 {
        self.sent
    }

    pub fn heal(&mut self) {
        (self.drop_percent, self.double_percent, self.delay_ms_max) = (0, 0, 20);
    }

    pub fn send(&mut self, now: i64, to: To, message: Message, dice: &mut Dice) {
        self.sent += 1;
        if dice.percent(self.drop_percent) {
            return;
        }
        let Some(message) = self.carry(message, dice) else { return };
        if dice.percent(self.double_percent) {
            let late = 10 * self.delay_ms_max;
            let at = now + 1 + dice.below(late) as i64;
            self.on_the_way.insert((at, self.sent << 1), (to, message.clone()));
        }
        let at = now + 1 + dice.below(self.delay_ms_max) as i64;
        self.on_the_way.insert((at, self.sent << 1 | 1), (to, message));
    }

    /// As bytes and back; a spoiled one is refused, which is as good as lost (P16).
    fn carry(&mut self, message: Message, dice: &mut Dice) -> Option<Message> {
        if !self.as_bytes {
            return Some(message);
        }
        let mut bytes = encode(&message);
        let spoiled = dice.percent(self.drop_percent);
        if spoiled {
            let at = dice.below(bytes.len() as u64) as usize;
            bytes[at] ^= 1 << dice.below(8);
        }
        match decode(&bytes, &Limits::DEFAULT) {
            Ok(_) if spoiled => {
                self.wrong = Some("P16: a flipped bit was not noticed".to_owned());
                None
            }
            Ok(read) if read != message => {
                self.wrong = Some("a message was read as another one".to_owned());
                None
            }
            Ok(read) => Some(read),
            Err(_) => None,
        }
    }

    pub fn next_at(&self) -> Option<i64> {
        self.on_the_way.keys().next().map(|(at, _)| *at)
    }

    pub fn arrival(&mut self, until: i64) -> Option<(To, Message)> {
        let first = self.on_the_way.first_entry()?;
        (first.key().0 <= until).then(|| first.remove())
    }
}
