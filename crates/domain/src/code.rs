//! Codes that people scan and type: SKU, lot, serial, location.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ParseCodeError {
    #[error("{what} is empty")]
    Empty { what: &'static str },
    #[error("{what} is longer than {max} characters")]
    TooLong { what: &'static str, max: usize },
    #[error("{what} holds a character that cannot be printed or scanned")]
    BadCharacter { what: &'static str },
}

fn parse_code(what: &'static str, text: &str, max: usize) -> Result<String, ParseCodeError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ParseCodeError::Empty { what });
    }
    if text.chars().count() > max {
        return Err(ParseCodeError::TooLong { what, max });
    }
    if text.chars().any(char::is_control) {
        return Err(ParseCodeError::BadCharacter { what });
    }
    Ok(text.to_owned())
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn parse(text: &str) -> Result<$name, ParseCodeError> {
                parse_code($what, text, $max).map($name)
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

code!(
    /// Stock keeping unit.
    Sku, "SKU", 40
);
code!(
    /// A lot; empty for stock that is not lot-tracked.
    LotCode, "lot", 40
);
code!(
    /// A serial number; empty for stock that is not serial-tracked.
    Serial, "serial", 60
);
code!(
    /// A location. Codes that begin with `~` are virtual: the far side of a double entry.
    LocationCode, "location", 24
);

impl LotCode {
    pub fn none() -> LotCode {
        LotCode::default()
    }

    /// Empty text means "no lot".
    pub fn parse_optional(text: &str) -> Result<LotCode, ParseCodeError> {
        if text.trim().is_empty() { Ok(LotCode::none()) } else { LotCode::parse(text) }
    }

    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serial {
    pub fn none() -> Serial {
        Serial::default()
    }

    pub fn parse_optional(text: &str) -> Result<Serial, ParseCodeError> {
        if text.trim().is_empty() { Ok(Serial::none()) } else { Serial::parse(text) }
    }

    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl LocationCode {
    pub fn supplier() -> LocationCode {
        LocationCode("~supplier".into())
    }

    pub fn customer() -> LocationCode {
        LocationCode("~customer".into())
    }

    pub fn scrap() -> LocationCode {
        LocationCode("~scrap".into())
    }

    /// The far side of approved count differences.
    pub fn adjustment() -> LocationCode {
        LocationCode("~adjustment".into())
    }

    pub fn is_virtual(&self) -> bool {
        self.0.starts_with('~')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_trimmed_and_bad_ones_named() {
        assert_eq!(Sku::parse(" MUG-1 ").unwrap().as_str(), "MUG-1");
        assert_eq!(Sku::parse("  "), Err(ParseCodeError::Empty { what: "SKU" }));
        assert_eq!(Sku::parse("a\u{7}b"), Err(ParseCodeError::BadCharacter { what: "SKU" }));
        assert!(matches!(Sku::parse(&"x".repeat(41)), Err(ParseCodeError::TooLong { .. })));
        assert!(LocationCode::supplier().is_virtual());
        assert!(!LocationCode::parse("A-01-2").unwrap().is_virtual());
    }
}
