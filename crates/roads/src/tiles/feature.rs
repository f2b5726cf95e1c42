//! What is drawn: a shape in world units, the layer and class that style it, and its names.

use super::world::{P, Rect, area2};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layer {
    Land,
    Green,
    Water,
    Waterway,
    Buildings,
    Rail,
    Roads,
    Places,
}

impl Layer {
    pub const ALL: [Layer; 8] = [
        Layer::Land,
        Layer::Green,
        Layer::Water,
        Layer::Waterway,
        Layer::Buildings,
        Layer::Rail,
        Layer::Roads,
        Layer::Places,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Layer::Land => "land",
            Layer::Green => "green",
            Layer::Water => "water",
            Layer::Waterway => "waterway",
            Layer::Buildings => "buildings",
            Layer::Rail => "rail",
            Layer::Roads => "roads",
            Layer::Places => "places",
        }
    }
}

/// Everything the style looks at. Two lines of one look that meet become one line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Look {
    pub layer: Layer,
    pub class: &'static str,
    /// `bridge`, `tunnel` or empty.
    pub level: &'static str,
    /// Slip roads.
    pub link: bool,
    pub names: Names,
    /// The number on the sign: `A 5`.
    pub reference: Option<Box<str>>,
    /// Larger is placed first; people or square meters, folded into a few steps.
    pub rank: u8,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Names {
    pub local: Option<Box<str>>,
    /// Only where it differs from the local one.
    pub en: Option<Box<str>>,
    pub zh: Option<Box<str>>,
}

impl Look {
    pub fn new(layer: Layer, class: &'static str) -> Look {
        let names = Names::default();
        Look { layer, class, level: "", link: false, names, reference: None, rank: 0 }
    }
}

/// Rings are open (the first point is not repeated); outer ones clockwise on the screen, holes not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    Point(P),
    Line(Vec<P>),
    Area(Vec<Vec<P>>),
}

impl Shape {
    pub fn rect(&self) -> Option<Rect> {
        match self {
            Shape::Point(point) => Some(Rect { low: *point, high: *point }),
            Shape::Line(line) => Rect::around(line),
            Shape::Area(rings) => Rect::around(rings.iter().flatten()),
        }
    }

    /// A polygon of outlines and holes, each turned the right way; `None` if nothing encloses land.
    pub fn area(outer: Vec<Vec<P>>, holes: Vec<Vec<P>>) -> Option<Shape> {
        let turned = |mut ring: Vec<P>, clockwise: bool| {
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            if (area2(&ring) > 0) != clockwise {
                ring.reverse();
            }
            ring
        };
        let is_real = |ring: &Vec<P>| ring.len() >= 3 && area2(ring) != 0;
        let mut rings: Vec<Vec<P>> =
            outer.into_iter().map(|ring| turned(ring, true)).filter(is_real).collect();
        if rings.is_empty() {
            return None;
        }
        rings.extend(holes.into_iter().map(|ring| turned(ring, false)).filter(is_real));
        Some(Shape::Area(rings))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Feature {
    /// Index into the looks.
    pub look: u32,
    pub zoom_min: u8,
    /// Labels of large things give way to details: hidden from the zoom after this one.
    pub zoom_max: u8,
    pub shape: Shape,
}

/// A whole map before it is cut into tiles.
#[derive(Debug, Default)]
pub(crate) struct Scene {
    pub looks: Vec<Look>,
    pub features: Vec<Feature>,
    /// What the map covers; tiles show nothing beyond.
    pub bounds: Option<Rect>,
    index: std::collections::BTreeMap<Look, u32>,
}

impl Scene {
    pub fn add(&mut self, look: Look, zooms: (u8, u8), shape: Shape) {
        let next = self.looks.len() as u32;
        let look = match self.index.get(&look) {
            Some(&known) => known,
            None => {
                self.index.insert(look.clone(), next);
                self.looks.push(look);
                next
            }
        };
        self.features.push(Feature { look, zoom_min: zooms.0, zoom_max: zooms.1, shape });
    }
}
