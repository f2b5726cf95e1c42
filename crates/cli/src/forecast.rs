//! `quay forecast`: `unique_id,ds,y` in, `unique_id,ds,mean,q…` out. Series are daily.

use anyhow::{Context, Result, anyhow};
use domain::Day;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    #[arg(long = "in")]
    input: PathBuf,
    #[arg(long)]
    horizon: usize,
    #[arg(long)]
    out: PathBuf,
    #[arg(long, value_delimiter = ',', default_value = "0.5,0.9,0.95")]
    levels: Vec<f64>,
}

pub fn run(args: &Args) -> Result<()> {
    let mut series: BTreeMap<String, Vec<(Day, i64)>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(&args.input)
        .with_context(|| format!("opening {}", args.input.display()))?;
    for (index, record) in reader.records().enumerate() {
        let record = record?;
        let line = index + 2;
        let cell = |at: usize| record.get(at).ok_or_else(|| anyhow!("line {line}: too few cells"));
        let day = Day::parse(cell(1)?.get(..10).unwrap_or_default())
            .ok_or_else(|| anyhow!("line {line}: {} is not a day", &record[1]))?;
        let y: f64 = cell(2)?.parse().with_context(|| format!("line {line}"))?;
        series.entry(cell(0)?.to_owned()).or_default().push((day, y.round() as i64));
    }
    let mut out = csv::Writer::from_path(&args.out)?;
    let mut header = vec!["unique_id".to_owned(), "ds".to_owned(), "mean".to_owned()];
    header.extend(args.levels.iter().map(|level| format!("q{level}")));
    out.write_record(&header)?;
    for (id, mut points) in series {
        points.sort();
        let last = points.last().map_or(Day(0), |(day, _)| *day);
        let history: Vec<i64> = points.iter().map(|(_, y)| *y).collect();
        let (mean, levels) = planning::forecast_levels(&history, args.horizon, &args.levels);
        for step in 0..args.horizon {
            let mut row = vec![
                id.clone(),
                last.plus(step as i32 + 1).to_string(),
                format!("{:.4}", mean[step]),
            ];
            row.extend(levels[step].iter().map(ToString::to_string));
            out.write_record(&row)?;
        }
    }
    out.flush()?;
    Ok(())
}
