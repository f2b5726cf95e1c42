//! What a rule costs: the day planned on with and without it.

use crate::input::PlanInput;
use crate::plan::{PlanError, PlanParams, replan};
use crate::route_plan::{CostTerms, RoutePlan};
use roads::Matrix;
use serde::{Deserialize, Serialize};

/// A question of the kind "what if".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "question")]
pub enum Question {
    /// The stop may be visited at any time.
    AnyTime { stop: String },
    /// One more van with the rules of this one, fresh in the yard.
    OneMoreVan { like: String },
    /// The van may come back later, by so many minutes.
    LaterEnd { van: String, minutes: i64 },
}

/// The same search with and without the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub without: CostTerms,
    pub with: CostTerms,
    /// In minor units; positive is what the rule costs, or the van saves.
    pub saved_minor: i64,
    /// The plan with the change.
    pub plan: RoutePlan,
}

/// Plans on from `plan` twice, `iterations` steps each. A question about what does not exist
/// changes nothing.
pub fn what_if(
    input: &PlanInput,
    matrix: &Matrix,
    plan: &RoutePlan,
    question: &Question,
    (seed, iterations): (u64, u64),
) -> Result<Answer, PlanError> {
    let run = |input: &PlanInput| {
        let mut params = PlanParams { seed, max_iterations: iterations, spent: &mut |_| 0.0 };
        replan(input, matrix, plan, &mut params)
    };
    let (without, with) = (run(input)?, run(&changed(input, question))?);
    Ok(Answer {
        without: without.terms(),
        with: with.terms(),
        saved_minor: without.cost_minor - with.cost_minor,
        plan: with,
    })
}

fn changed(input: &PlanInput, question: &Question) -> PlanInput {
    let mut input = input.clone();
    match question {
        Question::AnyTime { stop } => {
            let stops = input.stops.iter_mut().filter(|known| known.id == *stop);
            stops.for_each(|stop| stop.windows.clear());
        }
        Question::OneMoreVan { like } => {
            let van = input.vans.iter().find(|van| van.id == *like).cloned();
            input.vans.extend(van.map(|van| crate::Van {
                id: format!("{like}+"),
                now: crate::VanNow::default(),
                ..van
            }));
        }
        Question::LaterEnd { van, minutes } => {
            let vans = input.vans.iter_mut().filter(|known| known.id == *van);
            vans.for_each(|van| van.shift.1 = van.shift.1.plus_seconds(minutes * 60));
        }
    }
    input
}
