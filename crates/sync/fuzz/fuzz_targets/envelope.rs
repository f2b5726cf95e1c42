//! Any bytes at all as a message: they are refused by name, or they are a message that comes back
//! the same, with each event's hash computed from what it says. Checksums are not asked for here
//! (`cfg(fuzzing)` in the crate), so that what lies behind them is reached.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sync::{Envelope, Head, Limits, Message, decode, encode};

/// A hostile sender may make us hold 8 MB; less keeps the fuzzer quick.
const UNPACKED_BYTES: usize = 256 << 10;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked_bytes: UNPACKED_BYTES, ..Limits::DEFAULT };
    let Ok(message) = decode(bytes, &limits) else { return };
    for event in events(&message) {
        let before = Head { seq: event.seq - 1, hash: event.prev };
        assert_eq!(event.rechained(before, event.station).hash(), event.hash());
        let _ = event.kind();
    }
    // Whatever was read can be said again.
    let again = encode(&message);
    assert_eq!(decode(&again, &Limits::DEFAULT).as_ref(), Ok(&message));
});

fn events(message: &Message) -> &[Envelope] {
    match message {
        Message::Push(push) | Message::Offer(push) => &push.events,
        Message::Page(page) => &page.events,
        _ => &[],
    }
}
