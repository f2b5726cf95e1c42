use crate::bed::{Bed, Writer, north, station};
use domain::Timestamp;
use server::log::{Decisions, LogError, Stock};
use std::sync::Arc;
use std::thread;
use sync::{Account, Item, Lease, LeaseAnswer, Rules, ServerLog, SiteId};

/// So much is sellable, less what the log says was promised up to exactly the number asked for.
struct Folded<L> {
    log: L,
    sellable: i64,
}

impl<L: ServerLog<Error = LogError> + Send + Sync> Stock for Folded<L> {
    fn available(&self, site: &SiteId, _: &str, at_seq: i64) -> Result<i64, LogError> {
        let rows = self.log.rows_after(site, 0, usize::MAX)?;
        let promised = rows.iter().filter(|row| row.seq <= at_seq).count();
        Ok(self.sellable - promised as i64)
    }
}

pub fn never_more_is_lent_than_there_is(bed: &impl Bed) {
    let mut log = bed.with_site();
    let writers: Vec<Writer> = (1..=8).map(|n| Writer::enroll(&mut log, n)).collect();
    let stock = Arc::new(Folded { log: bed.log(), sellable: 30 });
    let lending = bed.lending(stock);
    let body = "{\"kind\":\"promised\",\"qty\":1,\"quota\":\"A\"}";
    thread::scope(|threads| {
        for mut writer in writers {
            let mut log = lending.clone();
            threads.spawn(move || {
                let mut account = Account::default();
                for _ in 0..6 {
                    let known = account.granted;
                    let granted = log
                        .lend(&north(), writer.id, "A", &|server: Account, free| {
                            server.lend(known, 2, free)
                        })
                        .unwrap();
                    account.heard(granted, 0);
                    if account.may_promise(1, Rules::SOUND) {
                        account.spent += 1;
                        writer.write(&mut log, &[body]);
                    }
                }
            });
        }
    });
    let promised = log.site_head(&north()).unwrap();
    let lent = log.outstanding(&north(), "A").unwrap();
    assert_eq!(promised + lent, 30, "{promised} promised, {lent} lent");
}

pub fn promises_under_quota_are_counted_once(bed: &impl Bed) {
    let mut log = bed.with_site();
    let mut a = Writer::enroll(&mut log, 1);
    let id = a.id;
    assert_eq!(log.lend(&north(), id, "A", &|_, _| 10).unwrap(), 10);
    let outstanding = |log: &_| Decisions::outstanding(log, &north(), "A").unwrap();
    let promise = "{\"kind\":\"promised\",\"qty\":3,\"quota\":\"A\"}";
    let rows = [
        (promise, 7),
        ("{\"kind\":\"promised\",\"qty\":3}", 7),
        ("{\"kind\":\"promised\",\"qty\":-3,\"quota\":\"A\"}", 7),
        ("{\"kind\":\"moved\",\"qty\":3,\"quota\":\"A\"}", 7),
        ("{\"kind\":\"promised\",\"qty\":3,\"quota\":\"B\"}", 7),
        ("{\"kind\":\"promised\",\"qty\":3,\"quota\":\"A\\u0000\"}", 7),
        (promise, 4),
    ];
    for (body, left) in rows {
        a.write(&mut log, &[body]);
        assert_eq!(outstanding(&log), left, "{body}");
    }
    // Only what is new counts.
    let known = log.rows_after(&north(), 0, 0).unwrap().remove(0).event;
    let mut b = Writer::enroll(&mut log, 2);
    let append = b.append_of(vec![Item::Again(known.rechained(b.head, b.id))]);
    log.append(&append).unwrap();
    b.head = append.to;
    assert_eq!(outstanding(&log), 4);

    for (returned, total, left) in [(1, 1, 3), (3, 3, 1), (2, 3, 1)] {
        assert_eq!(log.given_back(&north(), id, "A", returned).unwrap(), total);
        assert_eq!(outstanding(&log), left);
    }
    // Whoever promises more than was lent to it takes nothing from the others.
    b.write(&mut log, &[promise]);
    assert_eq!(outstanding(&log), 1);
    log.lend(&north(), id, "A", &|account, free| {
        assert_eq!((account, free), (Account { granted: 10, spent: 6, returned: 3 }, 0));
        account.granted
    })
    .unwrap();
    log.close(id).unwrap();
    assert_eq!(outstanding(&log), 0);
    let mut nowhere = log.clone();
    let unknown = nowhere.lend(&SiteId("south".into()), id, "A", &|_, _| 1);
    assert!(matches!(unknown, Err(LogError::UnknownSite(_))));
}

pub fn a_task_has_one_holder(bed: &impl Bed) {
    let log = bed.with_site();
    let ask = |log: &mut _, number: u8, now: i64| {
        let now = Timestamp(now);
        ServerLog::lease(log, &north(), "pick 7", &|current: Option<&Lease>| {
            Lease::ask(current, station(number), now, 100, Rules::SOUND)
        })
        .unwrap()
    };
    let answers: Vec<(u8, LeaseAnswer)> = thread::scope(|threads| {
        let asking: Vec<_> = (1..=8)
            .map(|number| {
                let mut log = bed.log();
                threads.spawn(move || (number, ask(&mut log, number, 0)))
            })
            .collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut holders =
        answers.iter().filter(|(_, answer)| matches!(answer, LeaseAnswer::Yours { .. }));
    let (holder, _) = *holders.next().unwrap();
    assert!(holders.next().is_none(), "{answers:?}");
    let mut log = log;
    let other = if holder == 1 { 2 } else { 1 };
    let taken = LeaseAnswer::Taken { by: station(holder), for_ms: 40 };
    assert_eq!(ask(&mut log, other, 60), taken);
    assert_eq!(ask(&mut log, holder, 90), LeaseAnswer::Yours { span_ms: 100 });
    assert_eq!(ask(&mut log, other, 189), LeaseAnswer::Taken { by: station(holder), for_ms: 1 });
    assert_eq!(ask(&mut log, other, 190), LeaseAnswer::Yours { span_ms: 100 });
}
