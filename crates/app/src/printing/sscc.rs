//! Serial shipping container codes (GS1 General Specifications, 3.3.2): 18 digits, the last one a
//! check digit.

/// The house's own range until it has a GS1 company prefix.
const EXTENSION: &str = "3";

/// The code of a carton, from the digits of its number.
pub(crate) fn sscc(carton_number: &str) -> String {
    let digits: String = carton_number.chars().filter(char::is_ascii_digit).collect();
    let tail = &digits[digits.len().saturating_sub(16)..];
    let body = format!("{EXTENSION}{tail:0>16}");
    let check = check_digit(&body);
    format!("{body}{check}")
}

/// GS1 General Specifications, 7.9: weights 3 and 1 from the right, up to the next ten.
fn check_digit(body: &str) -> u32 {
    let weighted: u32 = body
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    (10 - weighted % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_eighteen_digits_and_their_check_digit() {
        // The worked example of the GS1 check digit calculator.
        assert_eq!(check_digit("37610425002123456"), 9);
        for number in ["C-000017", "", "BOX 12345678901234567890"] {
            let code = sscc(number);
            assert_eq!(code.len(), 18, "{number}");
            assert_eq!(check_digit(&code[..17]).to_string(), code[17..], "{number}");
        }
    }
}
