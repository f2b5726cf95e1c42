//! Lines with their numbers, and numbers out of lines.

use super::FormatError;

/// A line's words.
#[derive(Debug, Clone)]
pub(super) struct Row<'t> {
    pub line: usize,
    pub words: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The same line with only this word.
    pub(super) fn with(&self, word: &'t str) -> Row<'t> {
        Row { line: self.line, words: vec![word] }
    }

    pub(super) fn error(&self, what: impl Into<String>) -> FormatError {
        FormatError::Line { line: self.line, what: what.into() }
    }

    /// The number in column `index`, counted from 0. Published files write `40.0` for 40.
    pub(super) fn number(&self, index: usize) -> Result<i64, FormatError> {
        let Some(word) = self.words.get(index) else {
            return Err(self.error(format!("expected a number in column {}", index + 1)));
        };
        let whole = word.strip_suffix(".0").unwrap_or(word);
        let number: Option<i64> = whole.parse().ok();
        // Larger numbers could not be squared and scaled without overflow.
        number
            .filter(|number| number.abs() <= 1_000_000_000)
            .ok_or_else(|| self.error(format!("`{word}` is not a whole number in range")))
    }

    /// The number in column `index` as a count.
    pub(super) fn count(&self, index: usize) -> Result<usize, FormatError> {
        usize::try_from(self.number(index)?).map_err(|_| self.error("expected a count"))
    }

    /// The decimal number in column `index` in thousandths; further digits are refused.
    pub(super) fn thousandths(&self, index: usize) -> Result<i64, FormatError> {
        let Some(word) = self.words.get(index) else {
            return Err(self.error(format!("expected a number in column {}", index + 1)));
        };
        let (whole, digits) = word.split_once('.').unwrap_or((word, ""));
        let refused = || self.error(format!("`{word}` is not a number with up to three decimals"));
        let digits = digits.trim_end_matches('0');
        if digits.len() > 3 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(refused());
        }
        let sign = if whole.starts_with('-') { -1 } else { 1 };
        let whole = if whole.is_empty() || whole == "-" { "0" } else { whole };
        let whole: i64 = whole.parse().map_err(|_| refused())?;
        let part: i64 = format!("{digits:0<3}").parse().map_err(|_| refused())?;
        if whole.abs() > 1_000_000_000 {
            return Err(refused());
        }
        Ok(whole * 1000 + sign * part)
    }

    pub(super) fn numbers(&self) -> Result<Vec<i64>, FormatError> {
        (0..self.words.len()).map(|index| self.number(index)).collect()
    }

    /// A row of exactly `count` numbers.
    pub(super) fn exactly(&self, count: usize) -> Result<Vec<i64>, FormatError> {
        if self.words.len() != count {
            let found = self.words.len();
            return Err(self.error(format!("expected {count} numbers, found {found}")));
        }
        self.numbers()
    }
}

/// Lines that have words.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    text.lines()
        .enumerate()
        .map(|(index, line)| Row { line: index + 1, words: line.split_whitespace().collect() })
        .filter(|row| !row.words.is_empty())
}
