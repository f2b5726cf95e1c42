//! Several kinds of load in one number, so that every move adds and subtracts once: the measures of
//! what is brought, of what is collected where that comes last, and the number of stops. What a
//! vehicle can take is packed in the same way.

use crate::model::Model;
use crate::problem::{UNREACHABLE, Vehicle};

const KINDS_MAX: usize = 6;
/// Bits for all kinds together; no sum of packed loads is negative.
const BITS_MAX: u32 = 62;

#[derive(Debug, Clone, Copy, Default)]
struct Field {
    shift: u32,
    mask: i64,
    /// How much a unit weighs, so that an excess of one kind is about as bad as one of another.
    scale: i64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Packing {
    fields: [Field; KINDS_MAX],
    kinds: usize,
}

/// What one kind comes to: by job, and the most by vehicle.
struct Kind {
    load: Vec<i64>,
    most: Vec<i64>,
}

/// Loads by job and limits by vehicle, packed.
pub(super) struct Packed {
    pub packing: Packing,
    pub load: Vec<i64>,
    pub limit: Vec<i64>,
}

impl Packing {
    /// What is loaded beyond the limit.
    #[inline]
    pub(super) fn excess(&self, load: i64, limit: i64) -> i64 {
        if self.kinds == 1 { (load - limit).max(0) } else { self.excess_of_each(load, limit) }
    }

    #[inline]
    fn excess_of_each(&self, load: i64, limit: i64) -> i64 {
        let of = |field: &Field| {
            let beyond = (load >> field.shift & field.mask) - (limit >> field.shift & field.mask);
            beyond.max(0) * field.scale
        };
        self.fields[..self.kinds].iter().map(of).sum()
    }

    /// Whether a load is more than half beyond the limit, where Vidal 2022 cuts no route any more.
    pub(super) fn is_far_beyond(&self, load: i64, limit: i64) -> bool {
        self.excess(load, limit) * 2 > (limit & self.fields[0].mask) * self.fields[0].scale
    }

    /// Whether a share in percent of some kind's limit is used.
    pub(super) fn is_used(&self, load: i64, limit: i64, percent: i64) -> bool {
        self.fields[..self.kinds].iter().any(|field| {
            let [load, limit] = [load, limit].map(|packed| packed >> field.shift & field.mask);
            load > 0 && load >= limit * percent / 100
        })
    }

    /// One kind on average.
    pub(super) fn mean(&self, load: i64) -> i64 {
        self.sum(load) / self.kinds as i64
    }

    /// All kinds together, as their limits make them comparable.
    pub(super) fn sum(&self, load: i64) -> i64 {
        let of = |field: &Field| (load >> field.shift & field.mask) * field.scale;
        self.fields[..self.kinds].iter().map(of).sum()
    }
}

/// Whether sums of loads decide.
pub(super) fn can_pack(model: &Model) -> bool {
    model.simple_load || collects_last(model)
}

/// `None` if the loads are too many or too large.
pub(super) fn pack(model: &Model) -> Option<Packed> {
    let kinds = kinds(model);
    let mut packing = Packing { fields: [Field::default(); KINDS_MAX], kinds: kinds.len() };
    let mut packed = Packed { packing, load: vec![0; model.jobs], limit: vec![0; model.vehicles] };
    if kinds.len() > KINDS_MAX {
        return None;
    }
    let widest = kinds.iter().filter_map(|kind| kind.most.iter().max()).max().copied()?;
    let mut shift = 0;
    for (field, kind) in packing.fields.iter_mut().zip(&kinds) {
        let sum: i64 = kind.load.iter().fold(0, |sum, &load| sum.saturating_add(load));
        let bits = (i64::BITS - sum.leading_zeros()).max(1);
        if shift + bits > BITS_MAX {
            return None;
        }
        let most = kind.most.iter().max().copied()?;
        *field = Field { shift, mask: (1 << bits) - 1, scale: (widest / most.max(1)).max(1) };
        packed.load.iter_mut().zip(&kind.load).for_each(|(all, load)| *all += load << shift);
        let limits = packed.limit.iter_mut().zip(&kind.most);
        limits.for_each(|(all, &most)| *all += most.min(sum) << shift);
        shift += bits;
    }
    packed.packing = packing;
    Some(packed)
}

fn kinds(model: &Model) -> Vec<Kind> {
    let vehicles = &model.problem.vehicles;
    let mut kinds = Vec::new();
    for dimension in 0..model.dimensions {
        let both = [&model.delivery, &model.pickup];
        let sources = if model.simple_load { &[&model.load][..] } else { &both[..] };
        for flat in sources {
            let jobs = 0..model.jobs as u32;
            let load = jobs.map(|job| model.loads(flat, job)[dimension]).collect();
            let most = vehicles.iter().map(|vehicle| vehicle.capacity[dimension]).collect();
            kinds.push(in_common_units(Kind { load, most }));
        }
    }
    if model.limits_stops || kinds.is_empty() {
        let stops = |vehicle: &Vehicle| vehicle.max_stops.unwrap_or(model.jobs) as i64;
        let most = vehicles.iter().map(stops).collect();
        kinds.push(Kind { load: vec![1; model.jobs], most });
    }
    kinds
}

/// Loads in the largest unit of which all are multiples: that takes the fewest bits.
fn in_common_units(mut kind: Kind) -> Kind {
    let unit = kind.load.iter().fold(0, |unit, &load| common(unit, load)).max(1);
    kind.load.iter_mut().chain(&mut kind.most).for_each(|number| *number /= unit);
    kind
}

fn common(one: i64, two: i64) -> i64 {
    if two == 0 { one } else { common(two, one % two) }
}

/// Whether nothing can be brought once something was collected: then nothing that was brought is on
/// board together with what was collected, and the sums of both decide.
fn collects_last(model: &Model) -> bool {
    let some = |flat: &[i64], job: u32| model.loads(flat, job).iter().any(|&load| load > 0);
    let jobs = || 0..model.jobs as u32;
    let brings = |job: &u32| some(&model.delivery, *job);
    let last = |job: u32| {
        let place = model.place[job as usize];
        let is_way = |next: u32| model.duration(place, model.place[next as usize]) < UNREACHABLE;
        !brings(&job) && !jobs().filter(brings).any(is_way)
    };
    model.problem.pairs.is_empty() && jobs().filter(|&job| some(&model.pickup, job)).all(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Job, Problem};

    #[test]
    fn excess_of_packed_kinds_is_that_of_each() {
        let vehicle = Vehicle { capacity: vec![40, 7], max_stops: Some(2), ..Vehicle::default() };
        let job = |load: [i64; 2]| Job { delivery: load.to_vec(), ..Job::default() };
        let problem = Problem {
            size: 1,
            duration: vec![0],
            distance: vec![0],
            vehicles: vec![vehicle],
            jobs: [[20, 3], [10, 3], [30, 5], [50, 9]].map(job).to_vec(),
            pairs: Vec::new(),
        };
        let model = Model::new(&problem, &[]);
        let Packed { packing, load, limit } = pack(&model).unwrap();
        // Tens of the first kind weigh 1, units of the second 1, stops 3.
        let rows = [(vec![0, 1], 0), (vec![0, 2], 1 + 1), (vec![0, 1, 2], 2 + 4 + 3)];
        for (jobs, excess) in rows {
            let sum = jobs.iter().map(|&job| load[job]).sum();
            assert_eq!(packing.excess(sum, limit[0]), excess, "{jobs:?}");
        }
        let sum = load[0] + load[3] - load[0];
        assert_eq!(packing.excess(sum, limit[0]), 1 + 2);
    }
}
