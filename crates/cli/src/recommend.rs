//! `quay recommend`: `interactions.csv` (`user,item,ts,weight`) with `users.csv` or `queries.csv`
//! in a folder; `user,rank,item` or `query,rank,item` out.

use ::recommend::{Model, Purchase, Suggestion};
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Folder with interactions.csv and users.csv or queries.csv
    #[arg(long = "in")]
    input: PathBuf,
    /// CSV to write
    #[arg(long)]
    out: PathBuf,
    /// Items for each user or query
    #[arg(long, default_value_t = 10)]
    count: usize,
}

pub fn run(args: &Args) -> Result<()> {
    let purchases = purchases(&args.input.join("interactions.csv"))?;
    let model = Model::train(&purchases);
    let mut out = csv::Writer::from_path(&args.out)
        .with_context(|| format!("writing {}", args.out.display()))?;
    let queries = args.input.join("queries.csv");
    if queries.exists() {
        out.write_record(["query", "rank", "item"])?;
        let mut baskets: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows(&queries, &["query", "item"])? {
            let [query, item] = &row[..] else { continue };
            baskets.entry(query.clone()).or_default().push(item.clone());
        }
        for (query, basket) in baskets {
            let basket: Vec<&str> = basket.iter().map(String::as_str).collect();
            write(&mut out, &query, &model.with_basket(&basket, args.count))?;
        }
    } else {
        out.write_record(["user", "rank", "item"])?;
        for row in rows(&args.input.join("users.csv"), &["user"])? {
            write(&mut out, &row[0], &model.for_row(&row[0], args.count))?;
        }
    }
    out.flush()?;
    Ok(())
}

fn write(out: &mut csv::Writer<std::fs::File>, who: &str, found: &[Suggestion]) -> Result<()> {
    for (place, suggestion) in found.iter().enumerate() {
        out.write_record([who, &(place + 1).to_string(), &suggestion.item])?;
    }
    Ok(())
}

fn purchases(path: &Path) -> Result<Vec<Purchase>> {
    let rows = rows(path, &["user", "item", "ts"])?;
    let purchase = |(index, row): (usize, Vec<String>)| {
        let [row, item, ts] = <[String; 3]>::try_from(row)
            .map_err(|row| anyhow!("line {}: {} cells", index + 2, row.len()))?;
        let at = ts.parse::<f64>().with_context(|| format!("line {}: {ts}", index + 2))?;
        Ok(Purchase { row, item, at: at as i64 })
    };
    rows.into_iter().enumerate().map(purchase).collect()
}

/// The named columns of a CSV.
fn rows(path: &Path, columns: &[&str]) -> Result<Vec<Vec<String>>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("opening {}", path.display()))?;
    let header = reader.headers()?.clone();
    let places: Vec<usize> = columns
        .iter()
        .map(|name| {
            let place = header.iter().position(|column| column == *name);
            place.ok_or_else(|| anyhow!("{} has no column {name}", path.display()))
        })
        .collect::<Result<_>>()?;
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record?;
        let row = places.iter().map(|&place| record.get(place).map(ToOwned::to_owned));
        let row: Option<Vec<String>> = row.collect();
        rows.push(row.ok_or_else(|| anyhow!("line {}: too few cells", index + 2))?);
    }
    Ok(rows)
}
