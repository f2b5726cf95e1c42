//! Likeness by name and category, for items that nobody has bought yet. Latin text is cut into
//! words, Han text into pairs of characters, since it has no spaces.

use crate::model::{Because, Suggestion};
use std::collections::BTreeMap;

/// Names and categories of all items.
pub struct Catalog {
    items: Vec<String>,
    /// For each item its words with their weights; the squares of one item sum to 1.
    words: Vec<BTreeMap<String, f32>>,
}

impl Catalog {
    /// From item, and name with category in one text.
    pub fn of<'a>(items: impl IntoIterator<Item = (&'a str, &'a str)>) -> Catalog {
        let items: BTreeMap<&str, &str> = items.into_iter().collect();
        let mut words: Vec<BTreeMap<String, f32>> = items
            .values()
            .map(|text| cut(text).into_iter().map(|word| (word, 1.0)).collect())
            .collect();
        let mut common: BTreeMap<String, f32> = BTreeMap::new();
        for word in words.iter().flat_map(BTreeMap::keys) {
            *common.entry(word.clone()).or_default() += 1.0;
        }
        for words in &mut words {
            // A word that every item has says nothing (inverse document frequency).
            let rare = |word: &String| (items.len() as f32 / common[word]).ln() + 1e-3;
            words.iter_mut().for_each(|(word, weight)| *weight = rare(word));
            let length = words.values().map(|weight| weight * weight).sum::<f32>().sqrt();
            words.values_mut().for_each(|weight| *weight /= length.max(f32::MIN_POSITIVE));
        }
        Catalog { items: items.keys().map(|item| (*item).to_owned()).collect(), words }
    }

    /// Items most like `item`, the likest first; those without a word in common are left out.
    pub fn alike(&self, item: &str, count: usize) -> Vec<Suggestion> {
        let Ok(own) = self.items.binary_search_by(|known| known.as_str().cmp(item)) else {
            return Vec::new();
        };
        let mut found: Vec<(f32, usize)> = (0..self.items.len())
            .filter(|&other| other != own)
            .map(|other| (self.likeness(own, other), other))
            .filter(|(score, _)| *score > 0.0)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let named = found.into_iter().take(count).map(|(score, other)| Suggestion {
            item: self.items[other].clone(),
            score,
            because: Because::Alike { with: item.to_owned() },
        });
        named.collect()
    }

    fn likeness(&self, one: usize, other: usize) -> f32 {
        let (one, other) = (&self.words[one], &self.words[other]);
        one.iter().filter_map(|(word, weight)| Some(weight * other.get(word)?)).sum()
    }
}

/// Words in lower case, and pairs of neighboring Han characters.
fn cut(text: &str) -> Vec<String> {
    let (mut words, mut word, mut before) = (Vec::new(), String::new(), None);
    for letter in text.chars() {
        let is_han = ('\u{4e00}'..='\u{9fff}').contains(&letter);
        if letter.is_alphanumeric() && !is_han {
            word.extend(letter.to_lowercase());
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if let (true, Some(before)) = (is_han, before) {
            words.push(String::from_iter([before, letter]));
        }
        before = is_han.then_some(letter);
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Catalog, cut};

    #[test]
    fn both_scripts_are_cut() {
        let rows: [(&str, &[&str]); 4] = [
            ("Green TEA, 50g", &["green", "tea", "50g"]),
            ("绿茶茶包", &["绿茶", "茶茶", "茶包"]),
            ("Pu'er 普洱茶", &["pu", "er", "普洱", "洱茶"]),
            ("", &[]),
        ];
        for (text, words) in rows {
            assert_eq!(cut(text), words, "{text}");
        }
    }

    #[test]
    fn the_likest_stands_first() {
        let items = [
            ("1", "green tea bag"),
            ("2", "green tea loose"),
            ("3", "red pen"),
            ("4", "绿茶"),
            ("5", "绿茶包"),
            ("6", ""),
        ];
        let catalog = Catalog::of(items);
        for (item, likest) in [("1", "2"), ("2", "1"), ("4", "5")] {
            assert_eq!(catalog.alike(item, 3)[0].item, likest);
        }
        assert!(catalog.alike("6", 3).is_empty() && catalog.alike("none", 3).is_empty());
    }
}
