//! Facts about the house that many answers need: its name, currency and today's date.

use crate::ctx::Ctx;
use crate::problem::Fault;
use crate::view::MoneyView;
use crate::zones;
use domain::{Currency, Day, DaysFrom, Product, Sku};
use store::Db;

pub struct House {
    pub name: String,
    pub site: String,
    pub currency: Currency,
    /// A name of the tz database.
    pub time_zone: String,
}

pub fn house(db: &Db<'_>) -> Result<House, Fault> {
    let text = |name: &str, or: &str| -> Result<String, Fault> {
        Ok(db.setting(name)?.unwrap_or_else(|| or.to_owned()))
    };
    Ok(House {
        name: text("warehouse", "Quayside")?,
        site: text("site", "main")?,
        currency: Currency::parse(&text("currency", "EUR")?).unwrap_or(Currency::EUR),
        time_zone: text(zones::SETTING, "UTC")?,
    })
}

impl House {
    pub fn money(&self, minor: i64) -> MoneyView {
        MoneyView { minor, currency: self.currency }
    }

    pub fn money_from_micros(&self, micros: i64) -> MoneyView {
        self.money(micros.div_euclid(domain::money::MICROS_PER_MINOR))
    }
}

impl Ctx<'_> {
    pub fn today(&self) -> Day {
        self.zone.day(self.now)
    }

    /// The site's days from one on, for counts by day.
    pub fn days_from(&self, day: Day) -> DaysFrom {
        self.zone.days_from(day, self.now)
    }

    /// A product's name in the person's language; the SKU itself when it is unknown.
    pub fn product_name(&self, product: Option<&Product>, sku: &Sku) -> String {
        product.map_or_else(|| sku.to_string(), |p| p.name(self.lang.is_zh()).to_owned())
    }
}
