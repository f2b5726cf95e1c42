//! What a supervisor has written: it stands before, or against, what was learned.

use crate::model::{Because, Suggestion};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// Whoever has `item` is offered `other` first.
    Offer { item: String, other: String },
    /// `other` is never offered with `item`.
    Never { item: String, other: String },
}

/// `learned` with the rules applied for a basket, at most `count` of them.
pub fn with_rules(
    rules: &[Rule],
    basket: &[&str],
    learned: Vec<Suggestion>,
    count: usize,
) -> Vec<Suggestion> {
    let never = |offered: &str| {
        rules.iter().any(|rule| match rule {
            Rule::Never { item, other } => other == offered && basket.contains(&item.as_str()),
            Rule::Offer { .. } => false,
        })
    };
    let mut found: Vec<Suggestion> = Vec::new();
    for rule in rules {
        let Rule::Offer { item, other } = rule else { continue };
        let (item, other) = (item.as_str(), other.as_str());
        if basket.contains(&item) && !basket.contains(&other) {
            let because = Because::Rule { with: item.to_owned() };
            found.push(Suggestion { item: other.to_owned(), score: f32::MAX, because });
        }
    }
    found.extend(learned);
    let mut named: Vec<Suggestion> = Vec::new();
    for one in found {
        if named.len() < count && !never(&one.item) && named.iter().all(|n| n.item != one.item) {
            named.push(one);
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::{Rule, with_rules};
    use crate::model::{Because, Suggestion};

    #[test]
    fn rules_stand_before_what_was_learned() {
        let learned = |item: &str| Suggestion {
            item: item.into(),
            score: 1.0,
            because: Because::Popular { times: 3 },
        };
        let rules = [
            Rule::Offer { item: "tea".into(), other: "cup".into() },
            Rule::Never { item: "tea".into(), other: "pen".into() },
        ];
        let rows: [(&[&str], &[&str]); 3] = [
            (&["tea"], &["cup", "bag"]),
            (&["paper"], &["pen", "bag"]),
            (&["tea", "cup"], &["bag"]),
        ];
        for (basket, expected) in rows {
            let all = vec![learned("pen"), learned("bag")];
            let found = with_rules(&rules, basket, all, 2);
            let names: Vec<&str> = found.iter().map(|one| one.item.as_str()).collect();
            assert_eq!(names, expected, "{basket:?}");
        }
    }
}
