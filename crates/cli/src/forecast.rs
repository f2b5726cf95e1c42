//! `quay forecast`: `unique_id,ds,y` in, `unique_id,ds,mean,q…` out. How far apart the entries are
//! is seen from the dates; an empty `y`, and a date left out, is unknown demand.

use anyhow::{Context, Result, anyhow, bail};
use domain::Day;
use planning::{Calibration, Calibrations, Outlook, Rhythm, outlook};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// CSV with the columns `unique_id`, `ds`, `y`
    #[arg(long = "in")]
    input: PathBuf,
    /// Periods ahead
    #[arg(long)]
    horizon: usize,
    /// CSV to write
    #[arg(long)]
    out: PathBuf,
    /// Quantiles, each between 0 and 1
    #[arg(long, value_delimiter = ',', default_value = "0.5,0.9,0.95")]
    levels: Vec<f64>,
    /// Sums from the first period ahead to each, as a lead time needs them
    #[arg(long)]
    sum: bool,
}

/// One series with a place for each date between its first and last.
struct Series {
    rhythm: Rhythm,
    last: Day,
    values: Vec<Option<f64>>,
}

/// Gaps longer than this between two dates are a mistake of the file.
const GAP_PERIODS_MAX: i64 = 4_000;

pub fn run(args: &Args) -> Result<()> {
    if let Some(level) = args.levels.iter().find(|level| !(0.0..=1.0).contains(*level)) {
        bail!("level {level} is not between 0 and 1");
    }
    let all = read(&args.input)?;
    let mut found = Vec::with_capacity(all.len());
    for (id, series) in &all {
        let ahead = outlook(&series.values, series.rhythm, args.horizon)
            .with_context(|| format!("series {id}"))?;
        if ahead.notes.negative > 0 {
            eprintln!("series {id}: {} negative values taken as 0", ahead.notes.negative);
        }
        found.push((id, series, ahead));
    }
    let periods = if args.sum { args.horizon } else { 1 };
    let past = found.iter().map(|(_, series, _)| (series.values.as_slice(), periods));
    let rhythm = found.first().map_or(Rhythm::Daily, |(_, series, _)| series.rhythm);
    let calibrations = Calibrations::learn(past, rhythm);
    let mut out = csv::Writer::from_path(&args.out)
        .with_context(|| format!("writing {}", args.out.display()))?;
    let mut header = vec!["unique_id".to_owned(), "ds".to_owned(), "mean".to_owned()];
    header.extend(args.levels.iter().map(|level| format!("q{level}")));
    out.write_record(&header)?;
    for (id, series, ahead) in &found {
        let calibration = calibrations.of(ahead.intermittent);
        for step in 0..args.horizon {
            let ds = after(series.last, series.rhythm, step as i32 + 1).to_string();
            let mut row = vec![(*id).clone(), ds];
            row.extend(cells(args, ahead, calibration, step));
            out.write_record(&row)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn cells(args: &Args, ahead: &Outlook, calibration: &Calibration, step: usize) -> Vec<String> {
    let (mean, spread) = if args.sum {
        (ahead.mean[..=step].iter().sum(), ahead.sum(step + 1))
    } else {
        (ahead.mean[step], ahead.step(step))
    };
    let quantiles = args.levels.iter().map(|&level| calibration.quantile(spread, level));
    std::iter::once(format!("{mean:.4}")).chain(quantiles.map(|q| format!("{q}"))).collect()
}

fn read(path: &Path) -> Result<BTreeMap<String, Series>> {
    let mut points: BTreeMap<String, BTreeMap<Day, Option<f64>>> = BTreeMap::new();
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("opening {}", path.display()))?;
    for (index, record) in reader.records().enumerate() {
        let record = record?;
        let line = index + 2;
        let cell = |at: usize| record.get(at).ok_or_else(|| anyhow!("line {line}: too few cells"));
        let day = cell(1)?.get(..10).and_then(Day::parse);
        let day = day.ok_or_else(|| anyhow!("line {line}: {} is not a day", &record[1]))?;
        let text = cell(2)?.trim();
        let y = if text.is_empty() {
            None
        } else {
            let y = text.parse::<f64>();
            Some(y.with_context(|| format!("line {line}: {text} is not a number"))?)
        };
        if points.entry(cell(0)?.to_owned()).or_default().insert(day, y).is_some() {
            bail!("line {line}: {} has {day} twice", &record[0]);
        }
    }
    if points.is_empty() {
        bail!("{} holds no series", path.display());
    }
    points.into_iter().map(|(id, points)| Ok((id.clone(), spaced(&id, &points)?))).collect()
}

/// Each value at its place; places between two dates that the file leaves out are unknown.
fn spaced(id: &str, points: &BTreeMap<Day, Option<f64>>) -> Result<Series> {
    let days: Vec<Day> = points.keys().copied().collect();
    let mut apart: Vec<i32> = days.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    apart.sort_unstable();
    let rhythm = match apart.get(apart.len() / 2).copied().unwrap_or(1) {
        ..=3 => Rhythm::Daily,
        4..=14 => Rhythm::Weekly,
        15..=45 => Rhythm::Monthly,
        46..=180 => Rhythm::Quarterly,
        _ => Rhythm::Yearly,
    };
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else {
        bail!("series {id} is empty");
    };
    let length = place(first, last, rhythm) + 1;
    if length > points.len() as i64 + GAP_PERIODS_MAX {
        bail!("series {id}: {first} to {last} with {} values only", points.len());
    }
    let mut values = vec![None; usize::try_from(length)?];
    for (day, value) in points {
        values[usize::try_from(place(first, *day, rhythm))?] = *value;
    }
    Ok(Series { rhythm, last, values })
}

/// Whole periods from one day to another.
fn place(first: Day, day: Day, rhythm: Rhythm) -> i64 {
    let months = |day: Day| {
        let (year, month, _) = day.civil();
        year * 12 + month - 1
    };
    match rhythm {
        Rhythm::Daily => i64::from(day.0 - first.0),
        // Half a week of slack: weeks may be dated by their first or last working day.
        Rhythm::Weekly => i64::from((day.0 - first.0 + 3) / 7),
        Rhythm::Monthly => months(day) - months(first),
        Rhythm::Quarterly => (months(day) - months(first)) / 3,
        Rhythm::Yearly => (months(day) - months(first)) / 12,
    }
}

fn after(last: Day, rhythm: Rhythm, periods: i32) -> Day {
    let months = match rhythm {
        Rhythm::Daily => return last.plus(periods),
        Rhythm::Weekly => return last.plus(7 * periods),
        Rhythm::Monthly => periods,
        Rhythm::Quarterly => 3 * periods,
        Rhythm::Yearly => 12 * periods,
    };
    later(last, months)
}

/// The same day of a later month, or its last; a month's last day stays the last.
fn later(day: Day, months: i32) -> Day {
    let (year, month, of_month) = day.civil();
    let is_last = day.plus(1).civil().1 != month;
    let total = year * 12 + month - 1 + i64::from(months);
    let first = |total: i64| {
        let text = format!("{:04}-{:02}-01", total.div_euclid(12), total.rem_euclid(12) + 1);
        Day::parse(&text).unwrap_or(day)
    };
    let (begin, next) = (first(total), first(total + 1));
    let wanted = begin.plus(i32::try_from(of_month - 1).unwrap_or(0));
    if is_last || wanted >= next { next.plus(-1) } else { wanted }
}

#[cfg(test)]
mod tests {
    use super::{later, spaced};
    use domain::Day;
    use planning::Rhythm;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn months_end_where_they_end() {
        let rows = [
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-02-29", 1, "2024-03-31"),
            ("2024-01-15", 12, "2025-01-15"),
            ("2023-12-01", 1, "2024-01-01"),
        ];
        for (from, months, to) in rows {
            assert_eq!(later(day(from), months), day(to), "{from} + {months}");
        }
    }

    #[test]
    fn dates_tell_the_rhythm_and_gaps_are_unknown() {
        let rows: [(&[&str], Rhythm, usize); 4] = [
            (&["2024-01-01"], Rhythm::Daily, 1),
            (&["2024-01-01", "2024-01-02", "2024-01-04"], Rhythm::Daily, 4),
            (&["2024-01-01", "2024-01-08", "2024-01-22"], Rhythm::Weekly, 4),
            (&["2024-01-31", "2024-02-29", "2024-03-31", "2024-05-31"], Rhythm::Monthly, 5),
        ];
        for (days, rhythm, length) in rows {
            let points = days.iter().map(|text| (day(text), Some(1.0))).collect();
            let series = spaced("x", &points).unwrap();
            assert_eq!((series.rhythm, series.values.len()), (rhythm, length), "{days:?}");
        }
        // A hundred years between two of many days are no gap but a mistyped date.
        let far = ["1924-01-01", "2024-01-01", "2024-01-02", "2024-01-03"];
        let far = far.into_iter().map(|text| (day(text), None)).collect();
        assert!(spaced("x", &far).is_err());
    }
}
