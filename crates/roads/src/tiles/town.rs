//! The invented town as a map, so that the demo takes the same way as a real one.

use super::feature::{Layer, Look, Names, Scene, Shape};
use super::world::{P, Rect, project};
use crate::class::RoadClass;
use crate::town::Town;
use domain::LonLat;

/// Land shown around the town, in world units: about a kilometer.
const MARGIN: i32 = 1 << 16;

pub(crate) fn scene(town: &Town) -> Scene {
    let mut scene = Scene::default();
    for road in town.graph.drawable() {
        let (class, zoom) = class(road.class);
        let mut look = Look::new(Layer::Roads, class);
        look.names = two_names(&road.name);
        scene.add(look, (zoom, 15), Shape::Line(line(&road.points)));
    }
    let areas = [(&town.water, Layer::Water, "river"), (&town.green, Layer::Green, "park")];
    for (rings, layer, class) in areas {
        for ring in rings {
            if let Some(shape) = Shape::area(vec![line(ring)], Vec::new()) {
                scene.add(Look::new(layer, class), (8, 15), shape);
            }
        }
    }
    let points: Vec<P> = scene
        .features
        .iter()
        .filter_map(|feature| feature.shape.rect())
        .flat_map(|rect| [rect.low, rect.high])
        .collect();
    scene.bounds = Rect::around(&points).map(|all| Rect {
        low: P::new(all.low.x - MARGIN, all.low.y - MARGIN),
        high: P::new(all.high.x + MARGIN, all.high.y + MARGIN),
    });
    scene
}

fn line(points: &[LonLat]) -> Vec<P> {
    points.iter().map(|&place| project(place)).collect()
}

fn class(class: RoadClass) -> (&'static str, u8) {
    match class {
        RoadClass::Motorway => ("motorway", 8),
        RoadClass::Trunk => ("trunk", 8),
        RoadClass::Primary => ("primary", 9),
        RoadClass::Secondary => ("secondary", 10),
        RoadClass::Tertiary => ("tertiary", 11),
        RoadClass::Residential => ("minor", 12),
        RoadClass::Service => ("service", 13),
        RoadClass::Path => ("path", 14),
    }
}

/// The town's signs carry both languages: `Mill Lane 磨坊巷`.
fn two_names(sign: &str) -> Names {
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let text = |part: &str| (!part.trim().is_empty()).then(|| Box::from(part.trim()));
    match sign.find(is_han) {
        Some(at) if at > 0 => Names { local: text(&sign[..at]), en: None, zh: text(&sign[at..]) },
        _ => Names { local: text(sign), en: None, zh: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_split_into_its_languages() {
        let names = two_names("Mill Lane 磨坊巷");
        assert_eq!(names.local.as_deref(), Some("Mill Lane"));
        assert_eq!(names.zh.as_deref(), Some("磨坊巷"));
        assert_eq!(two_names("").local, None);
    }
}
