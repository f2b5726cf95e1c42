//! What is other than on the map as imported, for one question: closed streets, the hour.

use super::point;
use anyhow::{Result, bail};
use roads::{DayProfile, Metric, Obstacles, RoadGraph};
use std::borrow::Cow;

const DAYS: [&str; 7] = ["mo", "tu", "we", "th", "fr", "sa", "su"];

// Flattened into commands whose arguments are named alike: clap wants no group of this name.
#[derive(clap::Args)]
#[group(skip)]
pub struct Args {
    /// Close the street at this point, in both directions; may be given several times
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    close: Vec<String>,
    /// Leave at this time of the week: turns forbidden at certain hours, and rush hours, count
    #[arg(long, value_name = "\"Mo 08:15\"")]
    at: Option<String>,
}

impl Args {
    pub fn metric<'g>(&self, graph: &'g RoadGraph) -> Result<Cow<'g, Metric>> {
        if self.close.is_empty() && self.at.is_none() {
            return Ok(Cow::Borrowed(graph.metric()));
        }
        let mut closed = Obstacles::default();
        for place in &self.close {
            let Some(street) = graph.street_at(point(place)?) else {
                bail!("{place}: there is no street near this point");
            };
            eprintln!("closed: {}", if street.name.is_empty() { place } else { &street.name });
            closed.streets.push(street.id);
            closed.streets.extend(street.opposite);
        }
        let (mut changes, _) = graph.changes(&closed);
        if let Some(at) = &self.at {
            let (weekday, minute) = moment(at)?;
            changes = DayProfile::rush_hours().apply((minute / 60) as u8, &changes);
            changes.set_hour(graph, weekday, minute);
        }
        Ok(Cow::Owned(Metric::new(graph, &changes)))
    }
}

/// `Mo 08:15` as the day, from 0, and the minute.
fn moment(text: &str) -> Result<(u32, u32)> {
    let lower = text.trim().to_lowercase();
    let read = || {
        let (day, time) = lower.split_once(' ')?;
        let weekday = DAYS.iter().position(|known| day.starts_with(known))?;
        let (hours, minutes) = time.trim().split_once(':')?;
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours < 24 && minutes < 60).then_some((weekday as u32, hours * 60 + minutes))
    };
    let Some(moment) = read() else {
        bail!("{text}: write a day and a time, like \"Mo 08:15\"");
    };
    Ok(moment)
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_is_a_day_and_a_time() {
        for (text, expected) in [
            ("Mo 08:15", Some((0, 495))),
            ("sunday 23:59", Some((6, 1439))),
            ("Fr 7:00", Some((4, 420))),
            ("08:15", None),
            ("Mo 24:00", None),
            ("", None),
        ] {
            assert_eq!(moment(text).ok(), expected, "{text}");
        }
    }
}
