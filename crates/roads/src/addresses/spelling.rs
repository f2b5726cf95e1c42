//! Spellings made comparable: case, accents, word gaps and the usual abbreviations do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that signs and forms shorten, each with its short form.
const SHORT_WORDS: [(&str, &str); 24] = [
    ("avenida", "av"),
    ("avenue", "av"),
    ("ave", "av"),
    ("avda", "av"),
    ("avinguda", "av"),
    ("boul", "bd"),
    ("boulevard", "bd"),
    ("blvd", "bd"),
    ("calle", "c"),
    ("carrer", "c"),
    ("chemin", "ch"),
    ("drive", "dr"),
    ("highway", "hwy"),
    ("lane", "ln"),
    ("place", "pl"),
    ("plaza", "pl"),
    ("road", "rd"),
    ("saint", "st"),
    ("sankt", "st"),
    ("square", "sq"),
    ("strada", "str"),
    ("strasse", "str"),
    ("street", "st"),
    ("platz", "pl"),
];
/// Endings within a word: `Hauptstraße`, `Hauptstr.`
const SHORT_ENDINGS: [(&str, &str); 2] = [("strasse", "str"), ("platz", "pl")];

/// The words of a text, lower case, without accents and dots, shortened. Each sign of a script
/// without word gaps is a word.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if is_combining_mark(c) || matches!(c, '\'' | '’' | '´') {
            continue;
        }
        let is_sign = !c.is_alphanumeric() || is_ideograph(c);
        if is_sign && !word.is_empty() {
            words.push(short(std::mem::take(&mut word)));
        }
        match c {
            'ß' => word.push_str("ss"),
            'æ' => word.push('a'),
            'ø' => word.push('o'),
            'œ' => word.push('o'),
            'ł' => word.push('l'),
            'đ' => word.push('d'),
            c if is_ideograph(c) => words.push(c.to_string()),
            c if c.is_alphanumeric() => word.push(c),
            _ => {}
        }
    }
    if !word.is_empty() {
        words.push(short(word));
    }
    words
}

/// A word as it is compared: umlauts may be written out, and long forms are shortened.
fn short(word: String) -> String {
    // `Mueller` is `Müller`; a name that has these letters anyway loses one in both spellings.
    let mut word = word.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    if let Some((_, short)) = SHORT_WORDS.iter().find(|(long, _)| same(long, &word)) {
        return (*short).to_owned();
    }
    for (long, short) in SHORT_ENDINGS {
        if let Some(stem) = word.strip_suffix(long) {
            word = format!("{stem}{short}");
        }
    }
    word
}

/// Whether a word of the list, written out, is this one with its letters folded.
fn same(long: &str, folded: &str) -> bool {
    long == folded || long.replace("ue", "u") == folded
}

fn is_ideograph(c: char) -> bool {
    // Han with its extensions, kana and Hangul.
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// One key of a name: its words without gaps.
pub(super) fn key(words: &[String]) -> String {
    words.concat()
}

/// All spellings under which a name is looked for: signs in two languages carry both.
pub(super) fn keys(name: &str) -> Vec<String> {
    let mut keys = vec![key(&words(name))];
    for part in name.split(" - ").flat_map(|part| part.split(['/', ';', '(', ')'])) {
        let words = words(part);
        let signs = |word: &&String| word.chars().all(is_ideograph);
        let (some, others): (Vec<&String>, Vec<&String>) = words.iter().partition(signs);
        keys.push(key(&words));
        keys.push(some.into_iter().cloned().collect());
        keys.push(others.into_iter().cloned().collect());
    }
    keys.retain(|key| key.chars().count() > 1);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// How many letters differ, up to `most`; `None` beyond.
pub(super) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(before + 1);
        }
        if row.iter().all(|&cell| cell > most) {
            return None;
        }
    }
    row.last().copied().filter(|&cell| cell <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        let same = [
            ("Kurfürsten-Anlage", "Kurfuerstenanlage"),
            ("Hauptstraße", "HAUPTSTR."),
            ("Hauptstraße", "Haupt Strasse"),
            ("Boulevard Princesse-Charlotte", "bd. princesse charlotte"),
            ("Avinguda Carlemany", "Av Carlemany"),
            ("Rue de l'Église", "rue de l’eglise"),
            ("Bismarckplatz", "Bismarckpl."),
            ("Saint Andrew's Street", "St Andrews St"),
            ("浙江中路", "浙江 中路"),
        ];
        for (a, b) in same {
            assert_eq!(key(&words(a)), key(&words(b)), "{a} / {b}");
        }
        assert_ne!(key(&words("Hauptstraße")), key(&words("Hauptweg")));
    }

    #[test]
    fn a_sign_in_two_languages_is_found_by_either() {
        let keys = keys("Mill Lane 磨坊巷");
        assert!(keys.contains(&"millln".to_owned()) && keys.contains(&"磨坊巷".to_owned()));
    }

    #[test]
    fn letters_that_differ_are_counted_up_to_a_limit() {
        let rows = [("hauptstr", "hauptstr", Some(0)), ("haubtstr", "hauptstr", Some(1))];
        for (a, b, expected) in rows {
            assert_eq!(distance(a, b, 2), expected);
        }
        assert_eq!(distance("hauptstr", "seestr", 2), None);
        assert_eq!(distance("", "ab", 2), Some(2));
    }
}
