//! Orders from CSV (one row per line, rows of one order share `order_id`) and JSON (a list).

use super::table::{self, Row, minor_units};
use super::{FileProblem, Intake, RowError, RowProblem};
use domain::{Day, LonLat, Qty, Sku, Timestamp, Zone};
use serde::Deserialize;
use std::collections::BTreeMap;

/// An order as a file words it, before ids and defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderDraft {
    /// Line of its first row.
    pub line: i64,
    pub external_id: String,
    pub customer: String,
    pub phone: String,
    pub address: String,
    pub place: Option<LonLat>,
    pub note: String,
    pub placed_at: Option<Timestamp>,
    /// Delivery window as minutes after midnight.
    pub window_min: Option<(i64, i64)>,
    pub lines: Vec<DraftLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    pub line: i64,
    pub sku: Sku,
    pub qty: Qty,
    pub unit_price_minor: Option<i64>,
}

/// `json` files begin with `[` or `{`; everything else is CSV. Times without a zone of their own are
/// by the site's clock.
pub fn read_orders(text: &str, zone: &Zone) -> Result<Intake<OrderDraft>, FileProblem> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('[') || start.starts_with('{') {
        return read_json(start, zone);
    }
    let table = table::read(text, &["order_id", "customer", "address", "sku", "qty"])?;
    let mut intake =
        Intake { rows: (table.rows.len() + table.errors.len()) as i64, ..Intake::default() };
    intake.errors = table.errors;
    let mut drafts: BTreeMap<String, OrderDraft> = BTreeMap::new();
    let mut refused: BTreeMap<String, i64> = BTreeMap::new();
    let mut order_of_file: Vec<String> = Vec::new();
    for row in &table.rows {
        let id = row.text("order_id").to_owned();
        match draft_of(row, zone) {
            Ok(draft) => match drafts.get_mut(&id) {
                None => {
                    order_of_file.push(id.clone());
                    drafts.insert(id, draft);
                }
                Some(known) if known.customer == draft.customer => known.lines.extend(draft.lines),
                Some(known) => {
                    let problem = RowProblem::Disagrees {
                        first: known.customer.clone(),
                        here: draft.customer,
                    };
                    intake.errors.push(row.error("customer", problem));
                    refused.insert(id, row.line);
                }
            },
            Err(error) => {
                refused.entry(id).or_insert(error.line);
                intake.errors.push(error);
            }
        }
    }
    for id in order_of_file {
        let Some(draft) = drafts.remove(&id) else { continue };
        match refused.get(&id) {
            None => intake.good.push(draft),
            Some(bad) => intake.errors.extend(draft.lines.iter().map(|line| RowError {
                line: line.line,
                column: "order_id".to_owned(),
                problem: RowProblem::OrderRefused { line: *bad },
            })),
        }
    }
    intake.errors.sort_by_key(|error| error.line);
    Ok(intake)
}

fn draft_of(row: &Row, zone: &Zone) -> Result<OrderDraft, RowError> {
    let sku = row.required("sku")?;
    let sku = Sku::parse(sku)
        .map_err(|error| row.error("sku", RowProblem::BadCode(error.to_string())))?;
    let price = match row.text("unit_price") {
        "" => None,
        _ => Some(row.minor("unit_price", 0)?),
    };
    Ok(OrderDraft {
        line: row.line,
        external_id: row.required("order_id")?.to_owned(),
        customer: row.required("customer")?.to_owned(),
        phone: row.text("phone").to_owned(),
        address: row.required("address")?.to_owned(),
        place: place(row)?,
        note: row.text("note").to_owned(),
        placed_at: placed_at(row, zone)?,
        window_min: window(row)?,
        lines: vec![DraftLine {
            line: row.line,
            sku,
            qty: Qty(row.positive("qty")?),
            unit_price_minor: price,
        }],
    })
}

fn place(row: &Row) -> Result<Option<LonLat>, RowError> {
    let (lon, lat) = (row.text("lon"), row.text("lat"));
    if lon.is_empty() && lat.is_empty() {
        return Ok(None);
    }
    LonLat::parse(&format!("{lon},{lat}"))
        .map(Some)
        .map_err(|error| row.error("lon", RowProblem::BadPlace(error.to_string())))
}

fn placed_at(row: &Row, zone: &Zone) -> Result<Option<Timestamp>, RowError> {
    let text = row.text("placed_at");
    if text.is_empty() {
        return Ok(None);
    }
    instant(text, zone)
        .map(Some)
        .ok_or_else(|| row.error("placed_at", RowProblem::BadDate(text.to_owned())))
}

/// `YYYY-MM-DD` or `YYYY-MM-DD HH:MM[:SS[.…]]`, by the site's clock or with `Z` or `+HH:MM` after it.
fn instant(text: &str, zone: &Zone) -> Option<Timestamp> {
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "00:00"));
    let (day, minute) = (Day::parse(day)?, minutes(time.get(..5)?)?);
    let rest = time.get(5..)?;
    let seconds = rest.find(['Z', '+', '-']).map_or(rest, |end| &rest[..end]);
    let whole = seconds.strip_prefix(':').unwrap_or("00").get(..2)?;
    let second: i64 = whole.parse().ok().filter(|second| (0..60).contains(second))?;
    let at = match &rest[seconds.len()..] {
        "" => zone.at(day, minute),
        "Z" => day.start().plus_seconds(minute * 60),
        ahead => {
            let offset = minutes(ahead.get(1..)?)?;
            let ahead = if ahead.starts_with('-') { -offset } else { offset };
            day.start().plus_seconds((minute - ahead) * 60)
        }
    };
    Some(at.plus_seconds(second))
}

/// `HH:MM` as minutes after midnight.
fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

fn window(row: &Row) -> Result<Option<(i64, i64)>, RowError> {
    let (from, to) = (row.text("window_from"), row.text("window_to"));
    if from.is_empty() && to.is_empty() {
        return Ok(None);
    }
    match (minutes(from), minutes(to)) {
        (Some(from), Some(to)) if from < to => Ok(Some((from, to))),
        _ => Err(row.error("window_from", RowProblem::BadDate(format!("{from}-{to}")))),
    }
}

#[derive(Deserialize)]
struct JsonOrder {
    order_id: String,
    customer: String,
    #[serde(default)]
    phone: String,
    address: String,
    lon: Option<f64>,
    lat: Option<f64>,
    #[serde(default)]
    note: String,
    placed_at: Option<String>,
    window_from: Option<String>,
    window_to: Option<String>,
    lines: Vec<JsonLine>,
}

#[derive(Deserialize)]
struct JsonLine {
    sku: String,
    qty: i64,
    unit_price: Option<serde_json::Value>,
}

fn read_json(text: &str, zone: &Zone) -> Result<Intake<OrderDraft>, FileProblem> {
    let list: Vec<serde_json::Value> =
        serde_json::from_str(text).map_err(|error| FileProblem::BadJson(error.to_string()))?;
    let mut intake = Intake { rows: list.len() as i64, ..Intake::default() };
    for (index, value) in list.into_iter().enumerate() {
        let line = index as i64 + 1;
        match serde_json::from_value::<JsonOrder>(value)
            .map_err(|error| RowError {
                line,
                column: String::new(),
                problem: RowProblem::BadCode(error.to_string()),
            })
            .and_then(|order| json_draft(line, order, zone))
        {
            Ok(draft) => intake.good.push(draft),
            Err(error) => intake.errors.push(error),
        }
    }
    Ok(intake)
}

fn json_draft(line: i64, order: JsonOrder, zone: &Zone) -> Result<OrderDraft, RowError> {
    let bad = |column: &str, problem| RowError { line, column: column.to_owned(), problem };
    let place = match (order.lon, order.lat) {
        (Some(lon), Some(lat)) => Some(
            LonLat::from_degrees(lon, lat)
                .map_err(|error| bad("lon", RowProblem::BadPlace(error.to_string())))?,
        ),
        _ => None,
    };
    let placed_at = match &order.placed_at {
        None => None,
        Some(text) => Some(
            instant(text, zone)
                .ok_or_else(|| bad("placed_at", RowProblem::BadDate(text.clone())))?,
        ),
    };
    let window_min = match (&order.window_from, &order.window_to) {
        (Some(from), Some(to)) => match (minutes(from), minutes(to)) {
            (Some(from), Some(to)) if from < to => Some((from, to)),
            _ => return Err(bad("window_from", RowProblem::BadDate(format!("{from}-{to}")))),
        },
        _ => None,
    };
    if order.lines.is_empty() {
        return Err(bad("lines", RowProblem::Missing));
    }
    let mut lines = Vec::new();
    for part in order.lines {
        if part.qty <= 0 {
            return Err(bad("qty", RowProblem::NotPositive(part.qty.to_string())));
        }
        let sku = Sku::parse(&part.sku)
            .map_err(|error| bad("sku", RowProblem::BadCode(error.to_string())))?;
        let price = match part.unit_price {
            None => None,
            Some(value) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let minor = minor_units(&text);
                Some(minor.ok_or_else(|| bad("unit_price", RowProblem::NotANumber(text)))?)
            }
        };
        lines.push(DraftLine { line, sku, qty: Qty(part.qty), unit_price_minor: price });
    }
    Ok(OrderDraft {
        line,
        external_id: order.order_id,
        customer: order.customer,
        phone: order.phone,
        address: order.address,
        place,
        note: order.note,
        placed_at,
        window_min,
        lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_order_are_joined_and_bad_rows_refuse_their_order_by_line() {
        let text = "order_id,customer,address,sku,qty,unit_price\n\
            1,Ann,Main St 1,MUG,2,3.50\n\
            1,Ann,Main St 1,CUP,1,\n\
            2,Bob,Main St 2,MUG,-1,\n\
            3,Cy,Main St 3,MUG,x,\n\
            3,Cy,Main St 3,CUP,1,\n\
            4,Di,Main St 4,MUG\n\
            5,Ed,Main St 5,MUG,1,1.999\n";
        let intake = read_orders(text, &Zone::UTC).unwrap();
        assert_eq!((intake.rows, intake.good.len()), (7, 1));
        assert_eq!(intake.good[0].lines.len(), 2);
        assert_eq!(intake.good[0].lines[0].unit_price_minor, Some(350));
        let named: Vec<String> = intake
            .errors
            .iter()
            .map(|error| format!("{}:{}:{:?}", error.line, error.column, error.problem))
            .collect();
        assert_eq!(
            named,
            [
                "4:qty:NotPositive(\"-1\")",
                "5:qty:NotANumber(\"x\")",
                "6:order_id:OrderRefused { line: 5 }",
                "7::WrongWidth { found: 4, expected: 6 }",
                "8:unit_price:NotANumber(\"1.999\")",
            ]
        );
    }

    #[test]
    fn files_that_are_no_tables_are_refused_with_what_is_missing() {
        assert_eq!(read_orders("", &Zone::UTC), Err(FileProblem::Empty));
        assert_eq!(
            read_orders("order_id,customer,sku\n", &Zone::UTC),
            Err(FileProblem::MissingColumns(vec!["address".into(), "qty".into()]))
        );
        assert!(matches!(
            read_orders("[{\"order_id\": 1", &Zone::UTC),
            Err(FileProblem::BadJson(_))
        ));
    }

    #[test]
    fn json_orders_read_like_csv_ones() {
        let text = r#"[{"order_id":"9","customer":"王芳","address":"中山路 5 号","lon":8.6,"lat":49.4,
            "window_from":"09:00","window_to":"12:30","lines":[{"sku":"MUG","qty":2,"unit_price":3.5}]},
            {"order_id":"10","customer":"x","address":"y","lines":[]}]"#;
        let intake = read_orders(text, &Zone::UTC).unwrap();
        assert_eq!(intake.good[0].window_min, Some((540, 750)));
        assert_eq!(intake.good[0].lines[0].unit_price_minor, Some(350));
        assert_eq!(intake.errors[0].problem, RowProblem::Missing);
    }

    #[test]
    fn times_are_by_the_sites_clock_unless_they_say_otherwise() {
        let shanghai = Zone::new(8 * 3600, []);
        let utc = |minute: i64| Day::parse("2026-03-02").unwrap().start().plus_seconds(minute * 60);
        for (text, expected) in [
            ("2026-03-02 09:30", Some(utc(90))),
            ("2026-03-02", Some(utc(-480))),
            ("2026-03-02T09:30:00", Some(utc(90))),
            ("2026-03-02T09:30:30.250", Some(utc(90).plus_seconds(30))),
            ("2026-03-02T09:30:00Z", Some(utc(570))),
            ("2026-03-02T09:30+05:30", Some(utc(240))),
            ("2026-03-02T09:30:00-01:00", Some(utc(630))),
            ("2026-03-02T09:30:99", None),
            ("2026-03-02T09:30+99:00", None),
            ("2026-03-02 25:00", None),
            ("soon", None),
        ] {
            assert_eq!(instant(text, &shanghai), expected, "{text}");
        }
    }
}
