use crate::bed::{Bed, north};
use domain::Timestamp;
use server::log::{CentralLog, DeliveryState, Hook, Hooks, NewDelivery, delivery_id};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

fn hook(id: &str, active: bool) -> Hook {
    Hook {
        id: id.into(),
        site: north().0,
        url: "https://shop.example/hook".into(),
        secret: "s".into(),
        kinds: ["shipped".to_owned()].into(),
        active,
        cursor: 0,
    }
}

fn delivery(seq: i64, order: i64) -> NewDelivery {
    NewDelivery {
        id: delivery_id("h", seq),
        seq,
        order_key: format!("order {order}"),
        payload: format!("{{\"seq\":{seq}}}"),
        next_at: Timestamp(0),
    }
}

fn due<L: CentralLog>(log: &mut L, now: i64) -> Vec<i64> {
    log.due(Timestamp(now), 10, 1_000).unwrap().iter().map(|delivery| delivery.seq).collect()
}

pub fn an_order_is_told_in_order_by_competing_senders(bed: &impl Bed) {
    let mut log = bed.with_site();
    log.put_hook(&hook("h", true)).unwrap();
    let all: Vec<NewDelivery> = (1..=60).map(|seq| delivery(seq, seq % 4)).collect();
    log.expand("h", 60, &all).unwrap();
    let sent: Mutex<Vec<(String, i64)>> = Mutex::new(Vec::new());
    thread::scope(|threads| {
        for _ in 0..2 {
            let (mut log, sent) = (bed.log(), &sent);
            threads.spawn(move || {
                while log.deliveries("h", DeliveryState::Pending, 1).unwrap().len() == 1 {
                    for delivery in log.due(Timestamp(5), 3, 1_000_000).unwrap() {
                        sent.lock().unwrap().push((delivery.order_key.clone(), delivery.seq));
                        log.delivered(delivery.id).unwrap();
                    }
                }
            });
        }
    });
    let sent = sent.into_inner().unwrap();
    assert_eq!(sent.len(), 60, "each once");
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for (order, seq) in sent {
        let before = last.insert(order.clone(), seq).unwrap_or(0);
        assert!(before < seq, "{order}: {before} was told before {seq}");
    }
}

pub fn a_cursor_and_its_deliveries_move_together(bed: &impl Bed) {
    let (mut one, mut other) = (bed.with_site(), bed.log());
    one.put_hook(&hook("h", true)).unwrap();
    // Both read cursor 0 and expand what they see.
    one.expand("h", 4, &[delivery(2, 1), delivery(4, 1)]).unwrap();
    other.expand("h", 6, &[delivery(2, 1), delivery(4, 1), delivery(6, 1)]).unwrap();
    assert_eq!(one.hook("h").unwrap().unwrap().cursor, 6);
    assert_eq!(one.deliveries("h", DeliveryState::Pending, 9).unwrap().len(), 3);
    assert_eq!(due(&mut one, 0), [2]);
    one.delivered(delivery_id("h", 2)).unwrap();
    assert_eq!(one.forget_done("h", 6).unwrap(), 1);
    // A late one does not bring back what was delivered and forgotten.
    other.expand("h", 3, &[delivery(2, 1)]).unwrap();
    assert_eq!(one.hook("h").unwrap().unwrap().cursor, 6);
    assert_eq!(due(&mut one, 0), [4]);
    // Changing a hook does not move its cursor; a silent one sends nothing.
    one.put_hook(&hook("h", false)).unwrap();
    assert_eq!(one.hooks(&north()).unwrap(), [Hook { cursor: 6, ..hook("h", false) }]);
    one.delivered(delivery_id("h", 4)).unwrap();
    assert_eq!(due(&mut one, 0), [0; 0]);
    one.expand("unknown", 9, &[delivery(9, 1)]).unwrap();
    assert_eq!(one.hook("unknown").unwrap(), None);
}

pub fn a_failure_holds_its_order_back_until_it_is_given_up(bed: &impl Bed) {
    let mut log = bed.with_site();
    log.put_hook(&hook("h", true)).unwrap();
    let rows = [(1, 1), (2, 1), (3, 2), (4, 1)];
    log.expand("h", 4, &rows.map(|(seq, order)| delivery(seq, order))).unwrap();
    assert_eq!(due(&mut log, 0), [1, 3]);
    // Whoever took them died; they are free again when the lease ends.
    assert_eq!(due(&mut log, 999), [0; 0]);
    assert_eq!(due(&mut log, 1_000), [1, 3]);
    log.delivered(delivery_id("h", 3)).unwrap();
    log.failed(delivery_id("h", 1), Timestamp(5_000)).unwrap();
    assert_eq!(due(&mut log, 4_999), [0; 0]);
    assert_eq!(due(&mut log, 5_000), [1]);
    log.dead(delivery_id("h", 1)).unwrap();
    assert_eq!(due(&mut log, 5_000), [2]);
    log.delivered(delivery_id("h", 2)).unwrap();
    let dead = log.deliveries("h", DeliveryState::Dead, 9).unwrap();
    assert_eq!(dead.iter().map(|row| (row.seq, row.tries)).collect::<Vec<_>>(), [(1, 2)]);
    // Replayed, it goes before what has not gone out yet, and what is done stays done.
    log.replay(delivery_id("h", 1), Timestamp(6_000)).unwrap();
    log.failed(delivery_id("h", 2), Timestamp(0)).unwrap();
    assert_eq!(due(&mut log, 6_000), [1]);
    log.delivered(delivery_id("h", 1)).unwrap();
    assert_eq!(due(&mut log, 6_000), [4]);
}
