//! What goes over the wire is small, comes back the same, and cannot hurt the reader.

#![allow(clippy::unwrap_used)]

use domain::{
    AllocationId, Body, Cause, EventId, Hlc, Ids, LineId, LocationCode, LotCode, Move, PersonId,
    Qty, Serial, Sku, Spot, StationId, Timestamp,
};
use proptest::prelude::*;
use sync::{
    Ed25519Key, Envelope, FrameError, Head, Limits, Message, Push, Signer, check_ed25519, decode,
    encode,
};

const START: i64 = 1_760_000_000_000;

/// Repeats for ever and has no pattern: SplitMix64 (Steele, Lea and Flood, 2014).
fn dice(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// A morning of picks by three people in a house of 2,000 SKUs and 3,000 bins.
fn picks(count: usize) -> Vec<Envelope> {
    let mut random = dice(1);
    let station = StationId::from_bytes([7; 16]);
    let mut now = Timestamp(START);
    let (mut head, mut clock) = (Head::default(), Hlc::at(now));
    let mut events = Vec::new();
    for _ in 0..count {
        now = now.plus_millis(2_000 + (random() % 20_000) as i64);
        clock = clock.next(now);
        let [id, line, allocation] = [0, 90_000_000, 3_600_000].map(|ago| {
            let ago = if ago == 0 { 0 } else { (random() % ago) as i64 };
            Ids::new(now.plus_millis(-ago), &mut random).make()
        });
        let bin = format!(
            "{}-{:02}-{}",
            ["A", "B", "C"][(random() % 3) as usize],
            random() % 40,
            random() % 25
        );
        let body = Body::Moved(Move {
            sku: Sku::parse(&format!("SKU-{:04}", random() % 2_000)).unwrap(),
            lot: LotCode::none(),
            serial: Serial::none(),
            owner: String::new(),
            from: Spot::at(LocationCode::parse(&bin).unwrap()),
            to: Spot::at(LocationCode::parse("PACK-1").unwrap()),
            qty: Qty(1 + (random() % 6) as i64),
            cause: Cause::Pick { line: LineId(line), allocation: AllocationId(allocation) },
            reason: String::new(),
            reverses: None,
        });
        let actor = PersonId(["li.wei", "ada", "tom"][(random() % 3) as usize].into());
        let body = serde_json::to_string(&body).unwrap();
        let event = Envelope::chain(head, station, EventId(id), clock, actor, body);
        head = event.head();
        events.push(event);
    }
    events
}

fn push(events: Vec<Envelope>) -> Message {
    let key = Ed25519Key::from_secret([3; 32]);
    let seal = key.sign(b"a head");
    Message::Push(Push { station: StationId::from_bytes([7; 16]), events, seal })
}

#[test]
fn a_pick_costs_at_most_a_hundred_bytes() {
    for count in [1, 10, 100, 1_000] {
        let message = push(picks(count));
        let bytes = encode(&message);
        println!("{count:>5} picks: {:>4} bytes an event", bytes.len() / count);
        assert_eq!(decode(&bytes, &Limits::DEFAULT).unwrap(), message);
        assert!(count < 100 || bytes.len() <= 100 * count, "{} bytes", bytes.len());
    }
}

#[test]
fn a_bomb_stays_small() {
    let station = StationId::from_bytes([7; 16]);
    let body = format!("{{\"kind\":\"x{}\"}}", "0".repeat(9 << 20));
    let actor = PersonId("ada".into());
    let id = EventId::from_bytes([1; 16]);
    let event = Envelope::chain(Head::default(), station, id, Hlc(1), actor, body);
    let bytes = encode(&push(vec![event]));
    assert!(bytes.len() < 100_000);
    let error = decode(&bytes, &Limits::DEFAULT).unwrap_err();
    assert_eq!(error.to_string(), "the batch is larger than allowed");
    let long = vec![0; Limits::DEFAULT.frame_bytes + 1];
    assert_eq!(decode(&long, &Limits::DEFAULT), Err(FrameError::TooLarge));
}

#[test]
fn an_edited_signature_or_key_is_not_accepted() {
    let key = Ed25519Key::from_secret([3; 32]);
    let seal = key.sign(b"a head");
    assert!(check_ed25519(&key.public_key(), b"a head", &seal));
    assert!(!check_ed25519(&key.public_key(), b"a heap", &seal));
    assert!(!check_ed25519(&[0; 32], b"a head", &[0; 64]));
    let mut other = seal;
    other[5] ^= 1;
    assert!(!check_ed25519(&key.public_key(), b"a head", &other));
}

/// Puts a right checksum under spoiled bytes, so that what lies behind it is reached too.
fn with_checksum(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = blake3::hash(&bytes);
    bytes.extend_from_slice(&checksum.as_bytes()[..8]);
    bytes
}

fn small() -> Limits {
    Limits { unpacked_bytes: 64 << 10, ..Limits::DEFAULT }
}

#[test]
fn any_flipped_bit_is_noticed() {
    let message = push(picks(20));
    let bytes = encode(&message);
    for at in 0..bytes.len() * 8 {
        let mut spoiled = bytes.clone();
        spoiled[at / 8] ^= 1 << (at % 8);
        assert!(decode(&spoiled, &small()).is_err(), "bit {at}");
        spoiled.truncate(spoiled.len() - 8);
        // Behind the checksum, an event is what its author wrote or it is not accepted.
        if let Ok(Message::Push(push)) = decode(&with_checksum(spoiled), &small()) {
            let Message::Push(sent) = &message else { unreachable!() };
            assert_eq!(push.events, sent.events, "bit {at}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_refused_by_name(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = decode(&bytes, &small());
        let _ = decode(&with_checksum(bytes), &small());
    }

    #[test]
    fn spoiled_batches_never_panic(
        count in 1usize..40,
        spoil in proptest::collection::vec((any::<u16>(), any::<u8>()), 1..6),
        cut in any::<u16>(),
    ) {
        let mut bytes = encode(&push(picks(count)));
        bytes.truncate(bytes.len() - 8);
        for (at, value) in spoil {
            let at = usize::from(at) % bytes.len();
            bytes[at] = value;
        }
        if cut.is_multiple_of(3) {
            bytes.truncate(usize::from(cut) % bytes.len());
        }
        let _ = decode(&with_checksum(bytes), &small());
    }
}
