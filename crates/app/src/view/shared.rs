//! Shapes that several screens share.

use super::mirror;
use domain::person::{Person, Role};
use domain::{Currency, Day};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Default, Deserialize, TS)]
pub struct Nothing {}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ById {
    pub id: String,
}

#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReasonArgs {
    pub id: String,
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "Money")]
pub struct MoneyView {
    pub minor: i64,
    #[ts(as = "String")]
    pub currency: Currency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    Plain,
    Good,
    Warn,
    Stop,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Chip {
    pub text: String,
    pub tone: Tone,
}

impl Chip {
    pub fn new(text: impl Into<String>, tone: Tone) -> Chip {
        Chip { text: text.into(), tone }
    }
}

#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonRef {
    pub id: String,
    pub name: String,
    #[ts(as = "Vec<mirror::Role>")]
    pub roles: Vec<Role>,
}

impl From<&Person> for PersonRef {
    fn from(person: &Person) -> PersonRef {
        PersonRef {
            id: person.id.0.clone(),
            name: person.name.clone(),
            roles: person.roles.clone(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DayPoint {
    pub day: String,
    pub value: i64,
}

impl DayPoint {
    pub fn new(day: i32, value: i64) -> DayPoint {
        DayPoint { day: Day(day).to_string(), value }
    }
}

/// Text of a day, or empty.
pub fn day_text(day: Option<i32>) -> String {
    day.map_or_else(String::new, |day| Day(day).to_string())
}
