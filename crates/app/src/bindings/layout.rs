//! How a declaration is laid out: as prettier would, so that a change of one field is a change of
//! one line.

/// As in ui/.prettierrc.
const COLUMNS_MAX: usize = 110;

pub(super) fn declaration(name: &str, docs: Option<String>, shape: &str) -> String {
    let docs = docs.unwrap_or_default();
    let whole = shape.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    match whole.filter(|_| !shape.contains("} | {")) {
        Some(fields) => format!("{docs}export interface {name} {}\n", interface(fields.trim())),
        None => format!("{docs}{}", union(name, shape)),
    }
}

fn interface(fields: &str) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let mut lines = Vec::new();
    let mut rest = fields;
    while !rest.is_empty() {
        if let Some((comment, after)) = rest.split_once("*/").filter(|_| rest.starts_with("/**")) {
            lines.extend(format!("{comment}*/").lines().map(str::to_owned));
            rest = after.trim_start();
        }
        let (field, after) = rest.split_at(field_end(rest));
        lines.push(format!("{};", field.trim()));
        rest = after.trim_start_matches(',').trim_start();
    }
    let indented: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    format!("{{\n{indented}}}")
}

/// The comma after a field, not one inside its type.
fn field_end(text: &str) -> usize {
    let mut depth = 0;
    let comma = text.char_indices().find(|(_, letter)| {
        match letter {
            '<' | '[' | '{' | '(' => depth += 1,
            '>' | ']' | '}' | ')' => depth -= 1,
            _ => {}
        }
        *letter == ',' && depth == 0
    });
    comma.map_or(text.len(), |(at, _)| at)
}

fn union(name: &str, words: &str) -> String {
    let line = format!("export type {name} = {words};\n");
    if line.trim_end().chars().count() <= COLUMNS_MAX {
        return line;
    }
    let words: Vec<String> =
        words.split(" | ").map(|word| format!("\n  | {}", choice(word))).collect();
    format!("export type {name} ={};\n", words.concat())
}

/// One choice of a union: a word, or an object on one line.
fn choice(word: &str) -> String {
    let Some(mut rest) = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return word.to_owned();
    };
    let mut fields = Vec::new();
    while !rest.trim().is_empty() {
        let (field, after) = rest.split_at(field_end(rest));
        fields.push(unquoted(field.trim()));
        rest = after.trim_start_matches(',');
    }
    format!("{{ {} }}", fields.join("; "))
}

/// `"what": "late"` as `what: "late"`.
fn unquoted(field: &str) -> String {
    match field.strip_prefix('"').and_then(|rest| rest.split_once("\":")) {
        Some((name, shape)) => format!("{name}:{shape}"),
        None => field.to_owned(),
    }
}
