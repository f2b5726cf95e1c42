use super::*;

/// A scan, and what it should be in one line.
fn check(scan: &str, expected: &str) {
    let said = match parse_scan(scan) {
        Ok(Scan::Plain(text)) => format!("plain {text}"),
        Ok(Scan::Gs1(gs1)) => describe(&gs1),
        Err(error) => format!("error: {error}"),
    };
    assert_eq!(said, expected, "{scan:?}");
}

fn describe(gs1: &Gs1) -> String {
    let day = |day: &Option<Day>| day.map(|day| day.to_string());
    let fields = [
        ("sscc", gs1.sscc.clone()),
        ("gtin", gs1.gtin.clone()),
        ("content", gs1.content_gtin.clone()),
        ("lot", gs1.lot.clone()),
        ("produced", day(&gs1.produced)),
        ("best before", day(&gs1.best_before)),
        ("expiry", day(&gs1.expiry)),
        ("serial", gs1.serial.clone()),
        ("qty", gs1.qty.map(|qty| qty.to_string())),
        ("grams", gs1.net_weight.map(|grams| grams.get().to_string())),
        ("order", gs1.order_number.clone()),
        ("ship to", gs1.ship_to.clone()),
        ("postal", gs1.ship_to_postal.clone()),
    ];
    let given = fields.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?)));
    let others = gs1.others.iter().map(|(ai, value)| format!("({ai}) {value}"));
    given.chain(others).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_code_that_does_not_announce_gs1_is_plain() {
    check("A-04-2", "plain A-04-2");
    check(" MUG-W-330\r\n", "plain MUG-W-330");
    check("6901234567892", "plain 6901234567892");
    check("]E06901234567892", "plain 6901234567892");
    check("]C0A-04-2", "plain A-04-2");
    check("(blue) mug", "plain (blue) mug");
    check("货架", "plain 货架");
    check("]货架", "plain ]货架");
}

#[test]
fn fields_come_apart() {
    check(
        "(01)06901234567892(10)24-118(17)270331",
        "gtin 06901234567892, lot 24-118, expiry 2027-03-31",
    );
    check("]C1010690123456789217270331", "gtin 06901234567892, expiry 2027-03-31");
    check(
        "]C1010690123456789210AB\u{1d}17270331",
        "gtin 06901234567892, lot AB, expiry 2027-03-31",
    );
    check("\u{1d}010690123456789221S-1\u{1d}", "gtin 06901234567892, serial S-1");
    check("010690123456789221S1\u{1d}10L2", "gtin 06901234567892, lot L2, serial S1");
    check("]d20106901234567892\u{1d}3012", "gtin 06901234567892, qty 12");
    check("(00)340123450000000017", "sscc 340123450000000017");
    check("(02)06901234567892(37)24", "content 06901234567892, qty 24");
    check("(10)A(B)C (21)7", "lot A(B)C, serial 7");
}

#[test]
fn measures_days_and_addresses() {
    check("(3100)000007", "grams 7000");
    check("(3103)001250", "grams 1250");
    check("(3104)001256", "grams 126");
    check("(3105)000049", "grams 0");
    check("(11)240229(15)280200", "produced 2024-02-29, best before 2028-02-29");
    check("(17)261200", "expiry 2026-12-31");
    check(
        "(400)SO-2026-1(410)4012345000009(420)69120",
        "order SO-2026-1, ship to 4012345000009, postal 69120",
    );
    check("(240)X(99)y", "(240) X, (99) y");
}

#[test]
fn what_is_wrong_is_named() {
    check("", "error: the scan is empty");
    check(" \u{1d} ", "error: the scan is empty");
    check("]C1", "error: the scan is empty");
    check("(01)06901234567893", "error: (01) has a wrong check digit: \"06901234567893\"");
    check("(00)340123450000000018", "error: (00) has a wrong check digit: \"340123450000000018\"");
    check("]C10106901234", "error: (01) is too short: \"06901234\"");
    check("(17)2703310", "error: (17) is too long: \"2703310\"");
    check("(10)", "error: (10) is too short: \"\"");
    check("(17)270230", "error: (17) is not a day of the calendar: \"270230\"");
    check("(17)271300", "error: (17) is not a day of the calendar: \"271300\"");
    check("(37)1x", "error: (37) holds something other than digits: \"1x\"");
    check("(10)a b", "error: (10) holds a character that GS1 does not allow: \"a b\"");
    check("]C18812", "error: no known application identifier at \"8812\"");
    check("(77)1", "error: no known application identifier at \"77\"");
    check("(10)A(10)B", "error: (10) appears twice with different values");
    check("]C101货货货货货货", "error: (01) is too long: \"货货货货货货\"");
}

#[test]
fn check_digits_of_known_numbers() {
    for (digits, expected) in
        [("629104150021", Some('3')), ("690123456789", Some('2')), ("", Some('0')), ("12x", None)]
    {
        assert_eq!(check_digit(digits), expected, "{digits}");
    }
}
