//! What the manifests say, through `cargo metadata`.

use crate::step;
use anyhow::Context;
use serde_json::Value;

pub struct Crate {
    pub name: String,
    /// Names of the packages that it depends on.
    pub normal: Vec<String>,
    /// The same for tests, examples and build scripts.
    pub other: Vec<String>,
    pub license: String,
    pub is_ours: bool,
}

impl Crate {
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.normal.iter().chain(&self.other).map(String::as_str)
    }
}

/// Every package that is built for this kind of machine, ours included.
pub fn read() -> anyhow::Result<Vec<Crate>> {
    let version = step::read("rustc -vV")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not name its host")?;
    // Without the filter every crate for every other system would be downloaded.
    let metadata = "cargo metadata --format-version 1 --locked --filter-platform";
    let text = step::read(&format!("{metadata} {host}"))?;
    let metadata: Value = serde_json::from_str(&text).context("reading cargo metadata")?;
    let ours: Vec<&str> = list(&metadata["workspace_members"]).filter_map(Value::as_str).collect();
    Ok(list(&metadata["packages"]).map(|package| to_crate(package, &ours)).collect())
}

fn to_crate(package: &Value, ours: &[&str]) -> Crate {
    let is_normal = |dependency: &&Value| dependency["kind"].is_null();
    let names = |dependencies: Vec<&Value>| {
        let name = |dependency: &Value| dependency["name"].as_str().map(String::from);
        dependencies.into_iter().filter_map(name).collect()
    };
    let (normal, other) = list(&package["dependencies"]).partition(is_normal);
    Crate {
        name: text(&package["name"]),
        normal: names(normal),
        other: names(other),
        license: text(&package["license"]),
        is_ours: package["id"].as_str().is_some_and(|id| ours.contains(&id)),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
