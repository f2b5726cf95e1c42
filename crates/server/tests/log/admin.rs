use crate::bed::{Bed, Writer, grant, north, station};
use domain::Timestamp;
use server::log::{Admin, ApiKey, Decisions, LogError, Matter, Snapshots, Supervision};
use std::thread;
use sync::{Cursor, EnrollError, Hash, Offer, ServerLog, SiteId};

pub fn a_code_serves_one_machine(bed: &impl Bed) {
    let mut log = bed.with_site();
    let code = Hash::of(b"code");
    let offer = Offer { grant: grant(), expires: Timestamp(10), used_by: None };
    log.add_code(code, "bench", &offer).unwrap();
    assert_eq!(
        log.redeem(code, station(1), [1; 32], Timestamp(10)).unwrap(),
        Err(EnrollError::Expired)
    );
    let answers: Vec<_> = thread::scope(|threads| {
        let asking: Vec<_> = (1..=8)
            .map(|n| {
                let mut log = bed.log();
                threads.spawn(move || log.redeem(code, station(n), [n; 32], Timestamp(9)).unwrap())
            })
            .collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let winner = answers.iter().position(|answer| answer.is_ok()).unwrap() as u8 + 1;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert!(answers.iter().all(|a| *a == Ok(grant()) || *a == Err(EnrollError::Used)));
    // The answer was lost: the same machine asks again, after the time too.
    let again = log.redeem(code, station(winner), [winner; 32], Timestamp(99)).unwrap();
    assert_eq!(again, Ok(grant()));
    let mut ask = |code, number: u8, key: u8| {
        log.redeem(code, station(number), [key; 32], Timestamp(9)).unwrap()
    };
    assert_eq!(ask(code, winner, 77), Err(EnrollError::Used));
    assert_eq!(ask(Hash::NONE, 1, 1), Err(EnrollError::Unknown));
    // Another machine's id is not for the taking, and the code stays good.
    log.add_code(Hash::of(b"next"), "bench 2", &offer).unwrap();
    let mut ask = |number: u8, key: u8| {
        log.redeem(Hash::of(b"next"), station(number), [key; 32], Timestamp(9)).unwrap()
    };
    assert_eq!(ask(winner, 50), Err(EnrollError::Used));
    assert_eq!(ask(20, 20), Ok(grant()));
    assert_eq!(log.enrolled(station(winner)).unwrap().unwrap().public_key, [winner; 32]);
}

pub fn stations_are_shut_out_and_succeeded(bed: &impl Bed) {
    let mut log = bed.with_site();
    let not = ["counted".to_owned()].into();
    let offer =
        Offer { grant: sync::Grant { site: north(), not }, expires: Timestamp(10), used_by: None };
    log.add_code(Hash::of(b"1"), "bench 1", &offer).unwrap();
    log.redeem(Hash::of(b"1"), station(1), [1; 32], Timestamp(1)).unwrap().unwrap();
    log.rename(station(1), "packing 1").unwrap();
    log.revoke(station(1), true).unwrap();
    assert!(matches!(log.rename(station(5), "x"), Err(LogError::UnknownStation)));

    for _ in 0..2 {
        log.succeed(station(1), station(2), [2; 32]).unwrap();
    }
    let old = log.enrolled(station(1)).unwrap().unwrap();
    let new = log.enrolled(station(2)).unwrap().unwrap();
    assert_eq!((old.closed, old.revoked), (true, true));
    assert_eq!((new.closed, new.revoked, new.public_key), (false, true, [2; 32]));
    assert_eq!(new.grant, offer.grant);
    let told: Vec<_> =
        log.attention(&north()).unwrap().iter().map(|t| (t.matter, t.times)).collect();
    assert_eq!(told, [(Matter::Fork, 1), (Matter::Succeeded, 1)]);

    log.join(&north(), station(9)).unwrap();
    assert_eq!(log.enrolled(station(9)).unwrap(), None);
    assert!(log.join(&north(), station(1)).is_err());
    let rows: Vec<_> =
        log.stations(&north()).unwrap().into_iter().map(|row| (row.id, row.name)).collect();
    let expected = [(1, "packing 1"), (2, "packing 1"), (9, "server")];
    assert_eq!(rows, expected.map(|(id, name)| (station(id), name.to_owned())));
}

pub fn generations_begin_where_the_restored_log_ended(bed: &impl Bed) {
    let mut log = bed.with_site();
    let mut a = Writer::enroll(&mut log, 1);
    let of = |log: &_, known| ServerLog::generation(log, &north(), known).unwrap();
    assert_eq!(of(&log, 0), (1, None));
    a.write(&mut log, &["{}", "{}", "{}"]);
    assert_eq!(log.declare_restored(&north()).unwrap(), 2);
    a.write(&mut log, &["{}"]);
    assert_eq!(log.declare_restored(&north()).unwrap(), 3);
    let rows = [(0, None), (1, Some(3)), (2, Some(4)), (3, None)];
    for (known, base) in rows {
        assert_eq!(of(&log, known), (3, base), "known {known}");
    }
    assert_eq!(log.generation(&SiteId("south".into()), 1).unwrap(), (1, None));
}

pub fn keys_are_known_by_hash(bed: &impl Bed) {
    let mut log = bed.with_site();
    log.add_site(&north(), "North, renamed").unwrap();
    assert_eq!(log.sites().unwrap()[0].name, "North, renamed");
    let hash = Hash::of(b"key");
    let key = ApiKey {
        hash: hash.0,
        site: "north".into(),
        name: "shop".into(),
        scopes: ["orders".to_owned()].into(),
        revoked: false,
    };
    log.add_key(&key).unwrap();
    assert_eq!(log.key(hash).unwrap(), Some(key.clone()));
    assert!(log.revoke_key(hash).unwrap() && !log.revoke_key(Hash::NONE).unwrap());
    let revoked = ApiKey { revoked: true, ..key.clone() };
    assert_eq!(log.keys(&north()).unwrap(), std::slice::from_ref(&revoked));
    assert!(log.add_key(&ApiKey { hash: [1; 32], site: "south".into(), ..key }).is_err());
}

pub fn snapshots_are_fetched_in_parts(bed: &impl Bed) {
    let mut log = bed.with_site();
    assert_eq!(log.snapshot(&north(), 0, 0, 100).unwrap(), None);
    let book = |number: u8| -> Vec<u8> {
        (0..700_001u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8 ^ number).collect()
    };
    let put = |log: &mut _, seq: i64| {
        let cursor = Cursor { seq, tag: Hash::of(&seq.to_le_bytes()) };
        Snapshots::put_snapshot(log, &north(), 1, cursor, &book(seq as u8)).unwrap();
    };
    put(&mut log, 5);
    let fetch = |log: &_, seq: i64, bytes: usize| {
        let mut whole = Vec::new();
        loop {
            let offset = whole.len() as u64;
            let part = ServerLog::snapshot(log, &north(), seq, offset, bytes).unwrap().unwrap();
            assert_eq!((part.offset, part.size), (offset, 700_001));
            whole.extend_from_slice(&part.bytes);
            if whole.len() as u64 == part.size {
                assert_eq!(part.hash, Hash::of(&whole));
                return (part.cursor.seq, whole);
            }
        }
    };
    assert_eq!(fetch(&log, 0, 100_000), (5, book(5)));
    assert_eq!(fetch(&log, 5, 262_144), (5, book(5)));
    put(&mut log, 8);
    put(&mut log, 8);
    // Whoever fetches the one before goes on with it.
    assert_eq!(fetch(&log, 5, 300_000), (5, book(5)));
    assert_eq!(fetch(&log, 0, 1_000_000), (8, book(8)));
    put(&mut log, 9);
    // It is gone: the newest, from its beginning.
    let part = log.snapshot(&north(), 5, 300_000, 10).unwrap().unwrap();
    assert_eq!((part.cursor.seq, part.offset, part.bytes), (9, 0, book(9)[..10].to_vec()));
    assert_eq!(log.snapshot(&north(), 9, 700_001, 10).unwrap().unwrap().bytes, [0; 0]);
}
