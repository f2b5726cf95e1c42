//! Places and names as they lie in the file.

use crate::list::{List, span};
use domain::LonLat;

/// Longitude and latitude in 1e-7 degrees, one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places(pub List<[i32; 2]>);

impl Places {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn at(&self, index: usize) -> LonLat {
        place(&self.0[index])
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = LonLat> {
        self.0.iter().map(place)
    }

    pub(crate) fn shape(&self, range: std::ops::Range<usize>) -> Shape<'_> {
        Shape(&self.0[range])
    }
}

impl FromIterator<LonLat> for Places {
    fn from_iter<I: IntoIterator<Item = LonLat>>(places: I) -> Places {
        Places(places.into_iter().map(|at| [at.lon_e7, at.lat_e7]).collect::<Vec<_>>().into())
    }
}

/// The line of one street.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'g>(&'g [[i32; 2]]);

impl<'g> Shape<'g> {
    pub(crate) fn len(self) -> usize {
        self.0.len()
    }

    pub(crate) fn at(self, index: usize) -> LonLat {
        place(&self.0[index])
    }

    pub(crate) fn iter(self) -> impl DoubleEndedIterator<Item = LonLat> + 'g {
        self.0.iter().map(place)
    }

    /// The straight pieces, one after the other.
    pub(crate) fn pieces(self) -> impl Iterator<Item = (LonLat, LonLat)> + 'g {
        self.0.windows(2).map(|pair| (place(&pair[0]), place(&pair[1])))
    }
}

fn place(&[lon_e7, lat_e7]: &[i32; 2]) -> LonLat {
    LonLat { lon_e7, lat_e7 }
}

/// Texts by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Text `n` is `letters[first[n]..first[n + 1]]`, in UTF-8.
    pub first: List<u32>,
    pub letters: List<u8>,
}

impl Names {
    pub(crate) fn len(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    pub(crate) fn get(&self, index: u32) -> &str {
        // Checked when the file is opened.
        std::str::from_utf8(&self.letters[span(&self.first, index)]).unwrap_or_default()
    }
}

impl From<Vec<String>> for Names {
    fn from(texts: Vec<String>) -> Names {
        let (mut first, mut letters) = (vec![0], Vec::new());
        for text in &texts {
            letters.extend_from_slice(text.as_bytes());
            first.push(letters.len() as u32);
        }
        Names { first: first.into(), letters: letters.into() }
    }
}
