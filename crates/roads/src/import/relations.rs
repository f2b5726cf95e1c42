//! Turn restrictions, as the extract words them.
//!
//! wiki.openstreetmap.org, "Relation:restriction" and "Conditional restrictions".

use super::hours;
use crate::class::Profile;
use crate::timed::Hours;
use osmpbf::{RelMemberType, Relation};

/// More ways in and out of one restriction than this are a mistake.
const PAIRS_MAX: usize = 64;

/// Way and node ids of one restriction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Restricted {
    pub only: bool,
    pub from: Vec<i64>,
    pub via: Via,
    pub to: Vec<i64>,
    /// When it holds; empty for always.
    pub hours: Vec<Hours>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Via {
    Node(i64),
    Ways(Vec<i64>),
}

#[derive(Debug, Default)]
pub(super) struct Relations {
    pub restrictions: Vec<Restricted>,
    pub conditional: usize,
    /// Without the members that a restriction needs.
    pub broken: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Rule {
    Applies {
        only: bool,
    },
    /// At certain hours, where these can be read.
    Conditional {
        only: bool,
        hours: Vec<Hours>,
    },
    Unread,
    Other,
}

impl Relations {
    pub(super) fn add(&mut self, relation: &Relation, profile: Profile) {
        let tags: Vec<(&str, &str)> = relation.tags().collect();
        match rule(&tags, profile) {
            Rule::Other => {}
            Rule::Unread => self.conditional += 1,
            Rule::Conditional { only, hours } => {
                self.conditional += 1;
                self.push(members(relation, only, hours));
            }
            Rule::Applies { only } => self.push(members(relation, only, Vec::new())),
        }
    }

    fn push(&mut self, restricted: Option<Restricted>) {
        self.broken += usize::from(restricted.is_none());
        self.restrictions.extend(restricted);
    }
}

fn only(value: &str) -> Option<bool> {
    match value {
        _ if value.starts_with("no_") => Some(false),
        _ if value.starts_with("only_") => Some(true),
        _ => None,
    }
}

fn rule(tags: &[(&str, &str)], profile: Profile) -> Rule {
    let get = |key: &str| tags.iter().find(|(k, _)| *k == key).map(|&(_, value)| value);
    if !get("type").is_some_and(|kind| kind.starts_with("restriction")) {
        return Rule::Other;
    }
    let modes: &[&str] = match profile {
        Profile::Van => &["goods", "motorcar", "motor_vehicle", "vehicle"],
        Profile::Truck => &["hgv", "goods", "motor_vehicle", "vehicle"],
        Profile::Bike => &["bicycle", "vehicle"],
    };
    if get("except").is_some_and(|list| list.split(';').any(|one| modes.contains(&one.trim()))) {
        return Rule::Other;
    }
    let own = |suffix: &str| {
        let keys = modes.iter().map(|mode| format!("restriction:{mode}{suffix}"));
        keys.chain([format!("restriction{suffix}")]).find_map(|key| get(&key))
    };
    let has_hours =
        ["day_on", "day_off", "hour_on", "hour_off"].iter().any(|key| get(key).is_some());
    match own("") {
        Some(value) if has_hours => match (only(value), hours::by_keys(get)) {
            (Some(only), Some(hours)) => Rule::Conditional { only, hours },
            _ => Rule::Unread,
        },
        Some(value) => only(value).map_or(Rule::Other, |only| Rule::Applies { only }),
        None => own(":conditional").map_or(Rule::Other, |value| {
            let read = hours::conditional(value);
            let read = read.and_then(|(rule, hours)| Some((only(rule)?, hours)));
            read.map_or(Rule::Unread, |(only, hours)| Rule::Conditional { only, hours })
        }),
    }
}

fn members(relation: &Relation, only: bool, hours: Vec<Hours>) -> Option<Restricted> {
    let (mut from, mut to, mut ways, mut nodes) = (vec![], vec![], vec![], vec![]);
    for member in relation.members() {
        match (member.role().ok()?, member.member_type) {
            ("from", RelMemberType::Way) => from.push(member.member_id),
            ("to", RelMemberType::Way) => to.push(member.member_id),
            ("via", RelMemberType::Way) => ways.push(member.member_id),
            ("via", RelMemberType::Node) => nodes.push(member.member_id),
            _ => {}
        }
    }
    let via = match (nodes.as_slice(), ways.is_empty()) {
        (&[node], true) => Via::Node(node),
        ([], false) => Via::Ways(ways),
        _ => return None,
    };
    // Several ways in or out are allowed for `no_entry` and `no_exit` only.
    let is_whole = from.len() * to.len() <= PAIRS_MAX
        && !from.is_empty()
        && !to.is_empty()
        && (!only || (from.len(), to.len()) == (1, 1));
    is_whole.then_some(Restricted { only, from, via, to, hours })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_hold_for_some_vehicles_and_at_some_hours() {
        use Profile::{Bike, Truck, Van};
        let rows = [
            (Van, "type=restriction restriction=no_left_turn", Rule::Applies { only: false }),
            (Van, "type=restriction restriction=only_straight_on", Rule::Applies { only: true }),
            (
                Van,
                "type=restriction restriction=no_left_turn except=psv;bicycle",
                Rule::Applies { only: false },
            ),
            (Bike, "type=restriction restriction=no_left_turn except=psv;bicycle", Rule::Other),
            (Truck, "type=restriction restriction:hgv=no_left_turn", Rule::Applies { only: false }),
            (Van, "type=restriction restriction:hgv=no_left_turn", Rule::Other),
            (
                Van,
                "type=restriction restriction:conditional=no_left_turn@(07:00-09:00)",
                Rule::Conditional {
                    only: false,
                    hours: vec![Hours { days: 0x7f, start: 420, end: 540 }],
                },
            ),
            (
                Van,
                "type=restriction restriction=only_straight_on day_on=Monday day_off=Friday",
                Rule::Conditional {
                    only: true,
                    hours: vec![Hours { days: 0x1f, start: 0, end: 1440 }],
                },
            ),
            (Van, "type=restriction restriction=no_left_turn hour_on=07:00", Rule::Unread),
            (Van, "type=restriction restriction:conditional=no_left_turn@(wet)", Rule::Unread),
            (Van, "type=route route=bus", Rule::Other),
        ];
        for (profile, text, expected) in rows {
            let tags: Vec<_> = text.split(' ').filter_map(|pair| pair.split_once('=')).collect();
            assert_eq!(rule(&tags, profile), expected, "{profile:?} {text}");
        }
    }
}
