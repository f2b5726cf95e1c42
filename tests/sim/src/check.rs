//! The properties, once everything is at rest. Numbers are those of the design.

use crate::deed::{SELLABLE, SKUS};
use crate::facts::Facts;
use crate::machine::Machine;
use crate::world::{World, is_quiet};
use std::collections::BTreeSet;
use sync::{Admitted, Envelope, Head};

pub(crate) fn at_rest(world: &World) -> Result<(), String> {
    let central = &world.central;
    let facts = Facts::of(central.rows.iter());
    once(world, &facts)?;
    nothing_lost(world)?;
    ensure(facts == central.facts, || "P4: the server's balances are not its fold".into())?;
    for sku in 0..SKUS {
        let legs = facts.stock.iter().filter(|((other, _), _)| *other == sku);
        let sum: i64 = legs.map(|(_, qty)| qty).sum();
        ensure(sum == 0, || format!("P5, I1: legs of SKU {sku} sum to {sum}"))?;
    }
    server_chains(world)?;
    promises(world, &facts)?;
    for (at, machine) in world.machines.iter().enumerate().filter(|(_, machine)| !machine.lost) {
        book(world, machine, &facts).map_err(|what| format!("{what} (machine {at})"))?;
    }
    Ok(())
}

fn ensure(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

fn once(world: &World, facts: &Facts) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for row in &world.central.rows {
        ensure(seen.insert(row.id), || format!("P1, I7: event {} twice", row.id))?;
    }
    let twice = facts.actions.iter().find(|(_, count)| **count > 1);
    ensure(twice.is_none(), || format!("P1: one action took effect twice: {twice:?}"))
}

fn nothing_lost(world: &World) -> Result<(), String> {
    let central = &world.central;
    // A place in a chain that two events claim is a bug, unless the server forgot the first.
    let forgetful = world.plan.server_is_restored();
    let aside =
        |id| central.aside.get(id).is_some_and(|why| forgetful || *why != Admitted::PlaceTaken);
    let there = |id| central.contents.contains_key(id) || aside(id);
    if !forgetful {
        let lost = world.acked.iter().find(|id| !there(id));
        ensure(lost.is_none(), || format!("P2, P7: acknowledged and lost: {lost:?}"))?;
    }
    for (at, machine) in world.machines.iter().enumerate() {
        // A revoked desktop delivers its own events, and is told nothing and asked for nothing else.
        let revoked = central.is_revoked(machine.disk.book.station);
        let mut known = machine.disk.book.known.values().filter(|event| {
            !machine.lost && (!revoked || event.station == machine.disk.book.station)
        });
        let lost = known.find(|event| !there(&event.id));
        ensure(lost.is_none(), || {
            let id = lost.map(|event| event.id.to_string());
            format!("P2: event {id:?} of machine {at} never reached the server")
        })?;
    }
    Ok(())
}

fn is_linked(chain: &[Envelope]) -> bool {
    let mut head = Head::default();
    chain.iter().all(|event| {
        let again = event.rechained(head, event.station);
        head = event.head();
        again == *event
    })
}

fn server_chains(world: &World) -> Result<(), String> {
    let central = &world.central;
    for (station, enrolled) in &central.stations {
        let whole =
            (1..=enrolled.head.seq).all(|seq| central.places.contains_key(&(*station, seq)));
        let tip = central.places.get(&(*station, enrolled.head.seq)).copied().unwrap_or_default();
        ensure(whole && tip == enrolled.head.hash, || format!("P6: chain of {station} is broken"))?;
    }
    Ok(())
}

fn promises(world: &World, facts: &Facts) -> Result<(), String> {
    for (sku, promised) in &facts.promised {
        ensure(*promised <= SELLABLE, || format!("P13, I4: {promised} promised of SKU {sku}"))?;
        let lent = world.central.outstanding(*sku);
        ensure(!world.plan.is_calm() || promised + lent <= SELLABLE, || {
            format!("P13: {promised} promised and {lent} lent of SKU {sku}")
        })?;
    }
    let calm = world.plan.is_calm() && world.central.compensated.is_empty();
    ensure(calm || !world.plan.is_calm(), || "P13: a promise within its quota was refused".into())
}

fn book(world: &World, machine: &Machine, facts: &Facts) -> Result<(), String> {
    let book = &machine.disk.book;
    let lost = machine.confirmed.iter().find(|id| !book.known.contains_key(id));
    ensure(lost.is_none(), || format!("P8: confirmed and not in the book: {lost:?}"))?;
    ensure(is_linked(&book.own), || "P6: the own chain is broken".into())?;
    let folded = Facts::of(book.known.values());
    ensure(folded == book.facts, || "P4, P11: balances are not the fold of the events".into())?;
    ensure(is_quiet(machine, &world.central), || {
        let (acked, head) = (book.acked.seq, book.own.len());
        let (cursor, end) = (book.cursor.seq, world.central.head());
        format!("P15: acked {acked} of {head}, cursor {cursor} of {end} after the faults were over")
    })?;
    if world.central.is_revoked(book.station) {
        return Ok(());
    }
    // What a supervisor has yet to decide is known here and not applied there.
    let agreed = book.known.values().filter(|event| !world.central.aside.contains_key(&event.id));
    let same = Facts::of(agreed) == *facts;
    ensure(same, || "P4, P10, P12, I8: balances differ from the server's".into())
}
