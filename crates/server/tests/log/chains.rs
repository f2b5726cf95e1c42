use crate::bed::{Bed, Writer, appended, event_after, next_id, north, read_all, station};
use server::log::{Admin, Matter, Supervision};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use sync::{Admitted, Append, Appended, Head, Item, ServerLog};

pub fn numbers_are_gap_free_under_eight_writers(bed: &impl Bed) {
    const WRITERS: u8 = 8;
    const BATCHES: usize = 12;
    let mut log = bed.with_site();
    let writers: Vec<Writer> = (1..=WRITERS).map(|n| Writer::enroll(&mut log, n)).collect();
    let done = AtomicBool::new(false);
    thread::scope(|threads| {
        let (one, other) = (bed.log(), bed.log());
        let reader = threads.spawn(|| {
            let (log, mut seen) = (bed.log(), 0);
            loop {
                let last = done.load(Ordering::Acquire);
                for row in log.rows_after(&north(), seen, 10_000).unwrap() {
                    assert_eq!(row.seq, seen + 1);
                    seen = row.seq;
                }
                assert!(log.site_head(&north()).unwrap() >= seen);
                if last && seen == log.site_head(&north()).unwrap() {
                    return seen;
                }
            }
        });
        let working: Vec<_> = writers
            .into_iter()
            .enumerate()
            .map(|(at, mut writer)| {
                let mut log = if at % 2 == 0 { one.clone() } else { other.clone() };
                threads.spawn(move || {
                    for batch in 0..BATCHES {
                        let bodies = vec!["{\"kind\":\"moved\"}"; 1 + batch % 5];
                        writer.write(&mut log, &bodies);
                    }
                })
            })
            .collect();
        for worker in working {
            worker.join().unwrap();
        }
        done.store(true, Ordering::Release);
        let written: usize = (0..BATCHES).map(|batch| 1 + batch % 5).sum::<usize>() * 8;
        assert_eq!(reader.join().unwrap(), written as i64);
    });
    read_all(&log);
}

pub fn an_event_is_known_by_id_and_by_place(bed: &impl Bed) {
    let mut log = bed.with_site();
    let (mut a, mut b) = (Writer::enroll(&mut log, 1), Writer::enroll(&mut log, 2));
    let event = a.write(&mut log, &["{}"]).remove(0);
    assert_eq!(log.content(event.id).unwrap(), Some(event.content()));
    assert_eq!(log.place(a.id, 1).unwrap(), Some(event.hash()));

    // The same id again, as if it were new.
    let again = event.rechained(b.head, b.id);
    let append = b.append_of(vec![Item::Fresh(again.clone())]);
    assert!(!appended(&mut log, &append));
    assert_eq!(log.place(b.id, 1).unwrap(), None);
    // As what it is.
    let append = b.append_of(vec![Item::Again(again.clone())]);
    assert!(appended(&mut log, &append));
    b.head = append.to;
    assert_eq!(log.place(b.id, 1).unwrap(), Some(again.hash()));
    assert_eq!(log.site_head(&north()).unwrap(), 1);

    // Another event in a place that is taken, offered by a peer.
    let other = event_after(Head::default(), a.id, next_id(), "{\"other\":1}");
    let offer = |item| Append {
        site: north(),
        station: b.id,
        from: None,
        to: Head::default(),
        items: vec![item],
    };
    assert!(!appended(&mut log, &offer(Item::Fresh(other))));
    // The author of an offered event may be unknown here; later it pushes the same itself.
    let mut c = Writer { id: station(3), head: Head::default() };
    let offered = c.event("{\"late\":1}");
    assert!(appended(&mut log, &offer(Item::Fresh(offered.clone()))));
    c = Writer::enroll(&mut log, 3);
    let append = c.append_of(vec![Item::Again(offered)]);
    assert!(appended(&mut log, &append));
    assert_eq!(read_all(&log).len(), 2);
    assert_eq!(log.enrolled(c.id).unwrap().unwrap().head, append.to);
}

pub fn a_stale_head_moves_nothing(bed: &impl Bed) {
    let mut log = bed.with_site();
    let mut a = Writer::enroll(&mut log, 1);
    let stale = a.append_of(vec![Item::Fresh(a.event("{\"late\":1}"))]);
    a.write(&mut log, &["{}", "{}"]);
    assert!(!appended(&mut log, &stale));
    // The second of two cannot be kept, so neither is.
    let [first, _] = &a.events(&["{}", "{}"])[..] else { unreachable!() };
    let known = read_all(&log).remove(0).rechained(first.head(), a.id);
    let append = a.append_of(vec![Item::Fresh(first.clone()), Item::Fresh(known)]);
    assert!(!appended(&mut log, &append));
    assert_eq!(log.place(a.id, 3).unwrap(), None);
    assert_eq!(log.enrolled(a.id).unwrap().unwrap().head, a.head);
    assert_eq!(read_all(&log).len(), 2);
    let nowhere = Append { station: station(9), ..append };
    assert_eq!(log.append(&nowhere).unwrap(), Appended::Moved);
}

pub fn what_is_set_aside_keeps_its_place(bed: &impl Bed) {
    let mut log = bed.with_site();
    let mut a = Writer::enroll(&mut log, 1);
    let events = a.events(&["{\"n\":1}", "{\"n\":2}"]);
    let aside = |event: &sync::Envelope| Item::Aside(event.clone(), Admitted::KindNotAllowed);
    let append = a.append_of(events.iter().map(aside).collect());
    assert!(appended(&mut log, &append));
    a.head = append.to;
    assert_eq!(log.place(a.id, 2).unwrap(), Some(events[1].hash()));
    assert_eq!(log.content(events[1].id).unwrap(), None);
    assert_eq!(log.site_head(&north()).unwrap(), 0);
    assert_eq!(log.enrolled(a.id).unwrap().unwrap().head, a.head);

    // It claims a place, and does not get it; the same claim again is no news.
    let claim = event_after(Head::default(), a.id, next_id(), "{\"claim\":1}");
    let items = vec![Item::Aside(claim.clone(), Admitted::PlaceTaken)];
    let offer = Append { from: None, items, ..append };
    assert!(appended(&mut log, &offer) && appended(&mut log, &offer));
    assert_eq!(log.place(a.id, 1).unwrap(), Some(events[0].hash()));

    let told: Vec<_> = log.attention(&north()).unwrap();
    let rows: Vec<_> = told.iter().map(|t| (t.matter, t.station, t.event, t.times)).collect();
    assert_eq!(
        rows,
        [
            (Matter::KindNotAllowed, a.id, Some(events[0].id), 2),
            (Matter::PlaceTaken, a.id, Some(claim.id), 1),
        ]
    );
    assert!(log.close_attention(&north(), told[0].id, "li").unwrap());
    assert!(!log.close_attention(&north(), told[0].id, "li").unwrap());
    assert_eq!(log.attention(&north()).unwrap().len(), 1);

    // A supervisor allowed it after all, and it comes again in another chain.
    assert_eq!(log.asides(&north(), 9).unwrap().len(), 3);
    let b = Writer::enroll(&mut log, 2);
    let again = events[0].rechained(b.head, b.id);
    assert!(appended(&mut log, &b.append_of(vec![Item::Fresh(again)])));
    let left = log.asides(&north(), 9).unwrap();
    let mut left: Vec<_> = left.into_iter().map(|aside| (aside.why, aside.event)).collect();
    left.sort_by_key(|(why, _)| *why);
    assert_eq!(left, [(Matter::KindNotAllowed, events[1].clone()), (Matter::PlaceTaken, claim)]);
}

/// A zero byte and what no parser reads; pages have about the size that was asked for.
pub fn bytes_come_back_as_they_were(bed: &impl Bed) {
    let mut log = bed.with_site();
    let mut a = Writer::enroll(&mut log, 1);
    let long = format!("{{\"note\":\"{}\"}}", "é".repeat(3_000));
    let bodies = ["{\"zero\":\"\0\"}", "", "仓库 \u{1f4e6}", &long, "{}", "{}"];
    let events = a.write(&mut log, &bodies);
    assert_eq!(read_all(&log), events);
    let seqs = |after: i64, bytes: usize| -> Vec<i64> {
        log.rows_after(&north(), after, bytes).unwrap().iter().map(|row| row.seq).collect()
    };
    assert_eq!(seqs(0, 0), [1]);
    assert_eq!(seqs(0, 400), [1, 2, 3]);
    assert_eq!(seqs(3, 400), [4]);
    assert_eq!(seqs(4, 400), [5, 6]);
    assert_eq!(seqs(0, usize::MAX), [1, 2, 3, 4, 5, 6]);
    assert_eq!(seqs(6, 400), [0; 0]);
}

pub fn a_closed_or_revoked_station_adds_nothing(bed: &impl Bed) {
    let mut log = bed.with_site();
    let (mut a, b) = (Writer::enroll(&mut log, 1), Writer::enroll(&mut log, 2));
    let fresh = a.append_of(vec![Item::Fresh(a.event("{}"))]);
    log.revoke(a.id, true).unwrap();
    assert!(!appended(&mut log, &fresh));
    // What a revoked station has is kept all the same.
    let aside = a.append_of(vec![Item::Aside(a.event("{}"), Admitted::Revoked)]);
    assert!(appended(&mut log, &aside));
    a.head = aside.to;
    log.revoke(a.id, false).unwrap();
    a.write(&mut log, &["{}"]);
    let late = b.append_of(vec![Item::Fresh(b.event("{}"))]);
    log.close(b.id).unwrap();
    log.close(b.id).unwrap();
    assert!(!appended(&mut log, &late));
    let told: Vec<_> =
        log.attention(&north()).unwrap().iter().map(|t| (t.matter, t.station, t.times)).collect();
    assert_eq!(told, [(Matter::Revoked, a.id, 1), (Matter::Fork, b.id, 1)]);
}
