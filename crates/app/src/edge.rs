//! Where time and randomness enter. Everything further in takes them as values.

use domain::Timestamp;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;
type Random = Box<dyn FnMut() -> u64 + Send>;

pub struct Edge {
    clock: Clock,
    random: Mutex<Random>,
}

impl Edge {
    pub fn new(clock: Clock, random: Random) -> Edge {
        Edge { clock, random: Mutex::new(random) }
    }

    /// The machine's clock and the system's randomness.
    pub fn real() -> Edge {
        Edge::new(
            Box::new(|| {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }),
            Box::new(|| getrandom::u64().unwrap_or_else(|_| std::process::id().into())),
        )
    }

    /// A fixed stream, for tests and for demo data: one seed, one history.
    pub fn seeded(seed: u64, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Edge {
        let mut state = seed;
        Edge::new(Box::new(clock), Box::new(move || splitmix(&mut state)))
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub fn random(&self) -> u64 {
        match self.random.lock() {
            Ok(mut random) => random(),
            Err(poisoned) => poisoned.into_inner()(),
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and good enough for ids in tests.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
