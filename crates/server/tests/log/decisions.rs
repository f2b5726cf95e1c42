use crate::bed::{Bed, Writer, event_after, next_id, north, read_all, station};
use domain::StationId;
use server::log::{CentralLog, Decided, Decision, Decisions, Fence, KeptAnswer};
use std::thread;
use sync::{Envelope, Hash, Head, ServerLog};

struct Replica<L> {
    log: L,
    id: StationId,
    head: Head,
}

impl<L: CentralLog> Replica<L> {
    fn new(mut log: L, number: u8) -> Replica<L> {
        let id = station(number);
        let head = log.join(&north(), id).unwrap();
        Replica { log, id, head }
    }

    fn decision(&self, fence: Fence, bodies: &[&str], answers: Vec<KeptAnswer>) -> Decision {
        let (mut to, mut events) = (self.head, Vec::<Envelope>::new());
        for body in bodies {
            let event = event_after(to, self.id, next_id(), body);
            to = event.head();
            events.push(event);
        }
        let (site, station, from) = (north(), self.id, self.head);
        Decision { site, fence, station, from, to, events, answers }
    }

    fn decide(&mut self, decision: &Decision) -> Decided {
        let decided = self.log.decide(decision).unwrap();
        if matches!(decided, Decided::Yes(_)) {
            self.head = decision.to;
        }
        decided
    }
}

fn answer(key: &str, body: &str) -> KeptAnswer {
    let (scope, key, body) = ("north/orders".into(), key.into(), body.into());
    KeptAnswer { scope, key, request: Hash::of(b"request"), status: 201, body }
}

pub fn a_fence_falls_with_every_change(bed: &impl Bed) {
    let mut log = bed.with_site();
    let mut writer = Writer::enroll(&mut log, 1);
    let mut replica = Replica::new(bed.log(), 9);
    let start = replica.log.fence(&north()).unwrap();
    assert_eq!((start.seq, start.tag), (0, Hash::NONE));
    let stale = replica.decision(start, &["{}"], Vec::new());
    writer.write(&mut log, &["{}"]);
    assert_eq!(replica.decide(&stale), Decided::Moved);

    let before_lend = replica.log.fence(&north()).unwrap();
    log.lend(&north(), writer.id, "A", &|_, _| 2).unwrap();
    let before_return = replica.log.fence(&north()).unwrap();
    log.given_back(&north(), writer.id, "A", 1).unwrap();
    let now = replica.log.fence(&north()).unwrap();
    // Asked again after a lost answer: nothing new was lent or given back.
    log.lend(&north(), writer.id, "A", &|account, _| account.granted).unwrap();
    log.given_back(&north(), writer.id, "A", 1).unwrap();
    assert_eq!(replica.log.fence(&north()).unwrap(), now);
    for fence in [before_lend, before_return, Fence { tag: Hash::of(b"other"), ..now }] {
        let decision = replica.decision(fence, &["{}"], vec![answer("k", "never")]);
        assert_eq!(replica.decide(&decision), Decided::Moved);
    }
    assert_eq!(replica.log.kept("north/orders", "k").unwrap(), None);

    let decision = replica.decision(now, &["{\"n\":1}", "{\"n\":2}"], Vec::new());
    let Decided::Yes(next) = replica.decide(&decision) else { panic!("the fence holds") };
    assert_eq!(next, replica.log.fence(&north()).unwrap());
    assert_eq!((next.seq, read_all(&log).len()), (3, 3));
    // The fence that was answered serves the next decision, and a replica that starts again.
    let mut again = Replica::new(bed.log(), 9);
    assert_eq!(again.head, replica.head);
    let decision = again.decision(next, &["{}"], Vec::new());
    assert!(matches!(again.decide(&decision), Decided::Yes(_)));
    // The first one does not know of it.
    let fence = replica.log.fence(&north()).unwrap();
    let decision = replica.decision(fence, &["{}"], Vec::new());
    assert_eq!(replica.decide(&decision), Decided::Moved);
    assert_eq!(replica.log.enrolled(replica.id).unwrap(), None);
}

pub fn an_answer_is_the_same_for_ever(bed: &impl Bed) {
    let log = bed.with_site();
    let mut replica = Replica::new(bed.log(), 9);
    let fence = log.fence(&north()).unwrap();
    let first = answer("k1", "{\"order\":\"1\"}");
    let decision = replica.decision(fence, &["{}"], vec![first.clone()]);
    let Decided::Yes(fence) = replica.decide(&decision) else { panic!("the fence holds") };

    // The same key again: neither the event nor the other answer is kept.
    let other = vec![answer("k2", "x"), answer("k1", "other")];
    let decision = replica.decision(fence, &["{}"], other.clone());
    assert_eq!(replica.decide(&decision), Decided::Moved);
    let decision = replica.decision(fence, &[], other);
    assert_eq!(replica.decide(&decision), Decided::Moved);
    assert_eq!(log.kept("north/orders", "k2").unwrap(), None);
    assert_eq!(log.kept("north/orders", "k1").unwrap(), Some(first));
    assert_eq!(log.kept("south/orders", "k1").unwrap(), None);

    // A refusal is an answer too, and moves nothing.
    let refused = KeptAnswer { status: 409, ..answer("k3", "not enough") };
    let decision = replica.decision(fence, &[], vec![refused.clone()]);
    assert_eq!(replica.decide(&decision), Decided::Yes(fence));
    assert_eq!(bed.log().kept("north/orders", "k3").unwrap(), Some(refused));
    assert_eq!((log.fence(&north()).unwrap(), read_all(&log).len()), (fence, 1));
}

const SELLABLE: i64 = 20;

/// Eight threads on two replicas take orders for the last units while a station holds some.
pub fn two_replicas_never_promise_the_same_unit(bed: &impl Bed) {
    let mut log = bed.with_site();
    let away = Writer::enroll(&mut log, 1);
    log.lend(&north(), away.id, "A", &|_, _| 5).unwrap();
    let (one, other) = (bed.log(), bed.log());
    thread::scope(|threads| {
        for number in 10..18 {
            let log = if number % 2 == 0 { one.clone() } else { other.clone() };
            threads.spawn(move || take_orders(Replica::new(log, number)));
        }
    });
    assert_eq!(log.site_head(&north()).unwrap(), SELLABLE - 5);
}

fn take_orders(mut replica: Replica<impl CentralLog>) {
    for _ in 0..50 {
        let fence = replica.log.fence(&north()).unwrap();
        let folded = replica.log.rows_after(&north(), 0, usize::MAX).unwrap();
        if folded.len() as i64 != fence.seq {
            continue;
        }
        let lent = replica.log.outstanding(&north(), "A").unwrap();
        if fence.seq + lent >= SELLABLE {
            return;
        }
        let decision = replica.decision(fence, &["{\"kind\":\"promised\"}"], Vec::new());
        replica.decide(&decision);
    }
}
