//! Three passes over an extract: relations say which ways they need, ways which nodes, and then
//! the nodes are placed. Only what is drawn is kept.

use super::coast::sea;
use super::feature::{Layer, Look, Scene, Shape};
use super::outline::{Outline, middle, zoom_of};
use super::tags::{Tags, area, area_label, line, place};
use super::world::{P, Rect, project};
use super::{Stage, TileError, Watch, say};
use domain::LonLat;
use osmpbf::{BlobDecode, BlobReader, Element, HeaderBBox, RelMemberType};
use std::io::Cursor;

/// An area is drawn from the zoom at which it is about 5 x 5 pixels, and named from 90 x 90.
const AREA_PIXELS: i64 = 25;
const LABEL_PIXELS: i64 = 90 * 90;
/// How much larger than the roads' own rectangle the header may claim the map to be.
const HEADER_TIMES_MAX: i64 = 6;

/// A way that is drawn, or that an outline needs.
struct Way {
    id: i64,
    /// Its nodes: `refs[start..end]`.
    start: usize,
    end: usize,
    line: Option<(Look, u8)>,
    area: Option<(Look, u8, Option<Look>)>,
    is_coast: bool,
}

#[derive(Default)]
struct Draft {
    outlines: Vec<Outline>,
    wanted: Vec<i64>,
    ways: Vec<Way>,
    refs: Vec<i64>,
    places: Vec<(Look, (u8, u8), P)>,
    header: Option<Rect>,
}

pub(crate) fn scene(bytes: &[u8], watch: &mut Watch<'_>) -> Result<Scene, TileError> {
    let mut draft = Draft::default();
    pass(bytes, watch, 0, &mut draft, |draft, element| {
        if let Element::Relation(relation) = element {
            let members = relation.members().filter_map(|member| {
                let is_way = member.member_type == RelMemberType::Way;
                is_way.then(|| (member.member_id, member.role().is_ok_and(|r| r == "inner")))
            });
            let outline = Outline::of(&Tags(relation.tags().collect()), members.collect());
            draft.outlines.extend(outline);
        }
    })?;
    let members = draft.outlines.iter().flat_map(|outline| &outline.members);
    draft.wanted = members.map(|&(id, _)| id).collect();
    draft.wanted.sort_unstable();
    draft.wanted.dedup();
    pass(bytes, watch, 1, &mut draft, |draft, element| {
        if let Element::Way(way) = element {
            draft.take_way(way.id(), &Tags(way.tags().collect()), way.refs());
        }
    })?;
    let mut nodes = Nodes::of(&draft.refs);
    pass(bytes, watch, 2, &mut draft, |draft, element| match element {
        Element::Node(node) => {
            let point = nodes.place(node.id(), node.nano_lon(), node.nano_lat());
            draft.take_place(&Tags(node.tags().collect()), point);
        }
        Element::DenseNode(node) => {
            let point = nodes.place(node.id(), node.nano_lon(), node.nano_lat());
            draft.take_place(&Tags(node.tags().collect()), point);
        }
        Element::Way(_) | Element::Relation(_) => {}
    })?;
    Ok(draft.finish(&nodes))
}

fn pass(
    bytes: &[u8],
    watch: &mut Watch<'_>,
    number: u32,
    draft: &mut Draft,
    mut visit: impl FnMut(&mut Draft, Element),
) -> Result<(), TileError> {
    let damaged = |error: osmpbf::Error| TileError::Damaged(error.to_string());
    for blob in BlobReader::new_seekable(Cursor::new(bytes)).map_err(damaged)? {
        let blob = blob.map_err(damaged)?;
        let at = blob.offset().map_or(0.0, |offset| offset.0 as f64 / bytes.len().max(1) as f64);
        say(watch, Stage::Read, (f64::from(number) + at) / 3.0)?;
        match blob.decode().map_err(damaged)? {
            BlobDecode::OsmHeader(header) => {
                let known = ["OsmSchema-V0.6", "DenseNodes"];
                let strange =
                    header.required_features().iter().find(|n| !known.contains(&n.as_str()));
                if let Some(feature) = strange {
                    return Err(TileError::Feature(feature.clone()));
                }
                draft.header = header.bbox().and_then(|bbox| claimed(&bbox));
            }
            BlobDecode::OsmData(block) => block.for_each_element(|element| visit(draft, element)),
            BlobDecode::Unknown(_) => {}
        }
    }
    Ok(())
}

fn claimed(bbox: &HeaderBBox) -> Option<Rect> {
    let north_west = project(LonLat::from_degrees(bbox.left, bbox.top).ok()?);
    let south_east = project(LonLat::from_degrees(bbox.right, bbox.bottom).ok()?);
    let is_real = north_west.x < south_east.x && north_west.y < south_east.y;
    is_real.then_some(Rect { low: north_west, high: south_east })
}

impl Draft {
    fn take_way(&mut self, id: i64, tags: &Tags, refs: impl Iterator<Item = i64>) {
        let start = self.refs.len();
        let drawn_line = line(tags);
        let is_coast = tags.is_coast();
        let mut drawn_area = area(tags);
        let is_wanted = self.wanted.binary_search(&id).is_ok();
        if drawn_line.is_none() && drawn_area.is_none() && !is_coast && !is_wanted {
            return;
        }
        self.refs.extend(refs);
        let own = &self.refs[start..];
        if own.len() < 4 || own.first() != own.last() {
            drawn_area = None;
        }
        let label = drawn_area.as_ref().and_then(|(look, _)| area_label(tags, look));
        let area = drawn_area.map(|(look, zoom)| (look, zoom, label));
        // A market place is a surface; its outline is no street.
        let line = drawn_line.filter(|_| !(tags.is_plaza() && area.is_some()));
        self.ways.push(Way { id, start, end: self.refs.len(), line, area, is_coast });
    }

    fn take_place(&mut self, tags: &Tags, point: Option<P>) {
        if let Some(point) = point
            && let Some((look, zooms)) = place(tags)
        {
            self.places.push((look, zooms, point));
        }
    }

    fn finish(mut self, nodes: &Nodes) -> Scene {
        let mut scene = Scene::default();
        let mut coast: Vec<Vec<P>> = Vec::new();
        let mut roads: Vec<P> = Vec::new();
        let mut rings: Vec<(i64, Vec<P>)> = Vec::new();
        for way in std::mem::take(&mut self.ways) {
            let refs = &self.refs[way.start..way.end];
            let placed: Vec<Option<P>> = refs.iter().map(|&id| nodes.find(id)).collect();
            let is_whole = placed.iter().all(Option::is_some);
            // An extract is cut at its border: a way may name nodes that are not in it.
            let pieces = placed.split(Option::is_none).map(|p| p.iter().flatten().copied());
            let pieces: Vec<Vec<P>> =
                pieces.map(Iterator::collect).filter(|p: &Vec<P>| p.len() >= 2).collect();
            if self.wanted.binary_search(&way.id).is_ok()
                && let [points] = pieces.as_slice()
            {
                rings.push((way.id, points.clone()));
            }
            if way.is_coast {
                coast.extend(pieces.iter().cloned());
            }
            if let Some((look, zoom, label)) = way.area
                && is_whole
                && let [ring] = pieces.as_slice()
                && let Some(shape) = Shape::area(vec![ring.clone()], Vec::new())
            {
                add_area(&mut scene, look, zoom, label, shape);
            }
            if let Some((look, zoom)) = way.line {
                for piece in pieces {
                    if look.layer == Layer::Roads {
                        roads.extend(piece.iter().copied());
                    }
                    scene.add(look.clone(), (zoom, 15), Shape::Line(piece));
                }
            }
        }
        rings.sort_unstable_by_key(|(id, _)| *id);
        let find = |id: i64| {
            let index = rings.binary_search_by_key(&id, |(known, _)| *known).ok()?;
            Some(rings[index].1.as_slice())
        };
        for outline in self.outlines {
            if let Some(shape) = outline.assemble(find) {
                add_area(&mut scene, outline.look, outline.zoom, outline.label, shape);
            }
        }
        scene.bounds = bounds(self.header, Rect::around(&roads));
        if let Some(bounds) = &scene.bounds
            && let Some(shape) = sea(coast, bounds)
        {
            scene.add(Look::new(Layer::Water, "sea"), (8, 15), shape);
        }
        for (look, zooms, point) in self.places {
            scene.add(look, zooms, Shape::Point(point));
        }
        scene
    }
}

fn add_area(scene: &mut Scene, look: Look, zoom: u8, label: Option<Look>, shape: Shape) {
    if let Some(label) = label
        && let Some(point) = middle(&shape)
    {
        let first = zoom_of(&shape, LABEL_PIXELS).unwrap_or(15);
        scene.add(label, (first.max(10), 15), Shape::Point(point));
    }
    let first = if look.layer == Layer::Buildings {
        zoom
    } else {
        zoom_of(&shape, AREA_PIXELS).unwrap_or(15)
    };
    scene.add(look, (first.max(zoom), 15), shape);
}

/// What the header says, unless it claims far more than there are roads.
fn bounds(header: Option<Rect>, roads: Option<Rect>) -> Option<Rect> {
    let (Some(header), Some(roads)) = (header, roads) else { return roads.or(header) };
    let size = |rect: &Rect| {
        let width = i64::from(rect.high.x) - i64::from(rect.low.x);
        width.max(1) * (i64::from(rect.high.y) - i64::from(rect.low.y)).max(1)
    };
    if size(&header) / HEADER_TIMES_MAX > size(&roads) { Some(roads) } else { Some(header) }
}

/// The nodes in use, by id.
struct Nodes {
    ids: Vec<i64>,
    places: Vec<Option<P>>,
}

impl Nodes {
    fn of(refs: &[i64]) -> Nodes {
        let mut ids = refs.to_vec();
        ids.sort_unstable();
        ids.dedup();
        Nodes { places: vec![None; ids.len()], ids }
    }

    /// Where a node is, noted if a way uses it. `None` off the earth.
    fn place(&mut self, id: i64, nano_lon: i64, nano_lat: i64) -> Option<P> {
        let inside =
            nano_lon.unsigned_abs() <= 180_000_000_000 && nano_lat.unsigned_abs() <= 90_000_000_000;
        if !inside {
            return None;
        }
        let (lon_e7, lat_e7) = ((nano_lon / 100) as i32, (nano_lat / 100) as i32);
        let point = project(LonLat { lon_e7, lat_e7 });
        if let Ok(index) = self.ids.binary_search(&id) {
            self.places[index] = Some(point);
        }
        Some(point)
    }

    fn find(&self, id: i64) -> Option<P> {
        self.places[self.ids.binary_search(&id).ok()?]
    }
}
