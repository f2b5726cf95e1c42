//! From the whole map to its tiles: each tile is cut out of the one above it, so that a large shape
//! is cut a few times and never searched as a whole.

use super::clip::clip;
use super::draw::{Grid, tile};
use super::feature::{Scene, Shape};
use super::pmtiles::{Cover, Writer};
use super::world::{P, Rect, WORLD_BITS, unproject};
use super::{Made, Stage, TileError, Watch, say};
use std::io::{Seek, Write};
use std::rc::Rc;

pub(crate) const ZOOM_MIN: u8 = 8;
pub(crate) const ZOOM_MAX: u8 = 15;
/// Each tile knows a 32nd of its neighbors, so that wide lines meet at its edge.
const BUFFER_SHIFT: u32 = 5;
/// Below this zoom a tile is too small to be worth a report.
const REPORT_ZOOM: u8 = 12;

/// A feature, or what is left of it inside one tile.
#[derive(Clone)]
pub(crate) struct Piece {
    pub look: u32,
    pub zoom_min: u8,
    pub zoom_max: u8,
    pub rect: Rect,
    pub shape: Rc<Shape>,
}

struct Cut<'a, 'w, W> {
    scene: &'a Scene,
    writer: Writer<W>,
    watch: &'a mut Watch<'w>,
    /// Share of the whole map that is done, of 1.
    done: f64,
}

pub(crate) fn write<W: Write + Seek>(
    mut scene: Scene,
    out: W,
    watch: &mut Watch<'_>,
) -> Result<Made, TileError> {
    let bounds = scene.bounds.ok_or(TileError::Nothing)?;
    let features = std::mem::take(&mut scene.features);
    let whole: Vec<Piece> = features
        .into_iter()
        .filter_map(|feature| {
            let rect = feature.shape.rect()?;
            let (look, shape) = (feature.look, Rc::new(feature.shape));
            let (zoom_min, zoom_max) = (feature.zoom_min, feature.zoom_max);
            Some(Piece { look, zoom_min, zoom_max, rect, shape })
        })
        .collect();
    let pieces = inside(&whole, &bounds);
    drop(whole);
    let writer = Writer::new(out, &super::metadata())?;
    let mut cut = Cut { scene: &scene, writer, watch, done: 0.0 };
    let bits = WORLD_BITS - u32::from(ZOOM_MIN);
    let (low, high) = (bounds.low, bounds.high);
    let columns = (low.x >> bits)..=(high.x >> bits);
    let rows = (low.y >> bits)..=(high.y >> bits);
    let roots: Vec<(i32, i32)> = columns.flat_map(|x| rows.clone().map(move |y| (x, y))).collect();
    let share = 1.0 / roots.len().max(1) as f64;
    for (x, y) in roots {
        let rect = tile_rect(ZOOM_MIN, x as u32, y as u32);
        cut.cut((ZOOM_MIN, x as u32, y as u32), inside(&pieces, &rect), share)?;
    }
    let (tiles, bytes) = cut.writer.finish(&cover(&bounds))?;
    Ok(Made { tiles, bytes })
}

impl<W: Write + Seek> Cut<'_, '_, W> {
    fn cut(
        &mut self,
        (z, x, y): (u8, u32, u32),
        pieces: Vec<Piece>,
        share: f64,
    ) -> Result<(), TileError> {
        if pieces.is_empty() {
            return self.advance(share);
        }
        let grid = Grid::of(z, x, y, z == ZOOM_MAX);
        let bytes = tile(&grid, &self.scene.looks, &pieces);
        if !bytes.is_empty() {
            self.writer.add(z, x, y, &bytes)?;
        }
        if z < ZOOM_MAX {
            for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let (x, y) = (2 * x + right, 2 * y + down);
                let part = if z < REPORT_ZOOM { share / 4.0 } else { 0.0 };
                self.cut((z + 1, x, y), inside(&pieces, &tile_rect(z + 1, x, y)), part)?;
            }
        }
        if z == REPORT_ZOOM { self.advance(share) } else { Ok(()) }
    }

    fn advance(&mut self, share: f64) -> Result<(), TileError> {
        if share > 0.0 {
            self.done += share;
            say(self.watch, Stage::Tiles, self.done)?;
        }
        Ok(())
    }
}

/// What lies in the rectangle, cut where it must be.
fn inside(pieces: &[Piece], rect: &Rect) -> Vec<Piece> {
    let mut kept = Vec::new();
    for piece in pieces {
        if piece.rect.is_inside(rect) {
            kept.push(piece.clone());
        } else if piece.rect.meets(rect) {
            kept.extend(clip(&piece.shape, rect).into_iter().filter_map(|shape| {
                Some(Piece { rect: shape.rect()?, shape: Rc::new(shape), ..piece.clone() })
            }));
        }
    }
    kept
}

/// The tile with its margin.
fn tile_rect(z: u8, x: u32, y: u32) -> Rect {
    let bits = WORLD_BITS - u32::from(z);
    let margin = 1 << (bits - BUFFER_SHIFT);
    let (west, north) = ((x << bits) as i32, (y << bits) as i32);
    let side = 1 << bits;
    Rect {
        low: P::new(west - margin, north - margin),
        high: P::new(west + side + margin, north + side + margin),
    }
}

fn cover(bounds: &Rect) -> Cover {
    let (west, north) = unproject(bounds.low);
    let (east, south) = unproject(bounds.high);
    let bounds_e7 = [west, south, east, north].map(|degrees| (degrees * 1e7).round() as i32);
    Cover { zoom_min: ZOOM_MIN, zoom_max: ZOOM_MAX, bounds_e7 }
}
