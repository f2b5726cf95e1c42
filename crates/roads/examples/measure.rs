//! Prints how long import, opening, a matrix and a route take: `measure MAP.osm.pbf [PICTURE.svg]`.
//! Without a map it measures, and draws, the invented town of seed 7.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]

use domain::LonLat;
use roads::{Profile, RoadClass, RoadGraph, town};
use std::fmt::Write;
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let start = Instant::now();
    let center = LonLat::from_degrees(8.6821, 49.4122).unwrap();
    let mut picture = String::new();
    let graph = match arguments.first().filter(|name| name.ends_with(".pbf")) {
        Some(path) => {
            let bytes = std::fs::read(path).unwrap();
            roads::import::read_bytes(&bytes, Profile::Van).unwrap()
        }
        None => {
            let town = town::generate(7, center);
            println!("{} addresses", town.addresses.len());
            picture = draw(&town);
            town.graph
        }
    };
    println!("built in {:?}", start.elapsed());
    println!(
        "{} nodes ({} main), {} arcs, {}",
        graph.node_count(),
        graph.main_node_count(),
        graph.arc_count(),
        graph.street_meters()
    );
    measure(&graph);
    if let Some(path) = arguments.iter().find(|name| name.ends_with(".svg")) {
        std::fs::write(path, picture).unwrap();
    }
}

fn measure(graph: &RoadGraph) {
    let bytes = roads::file::encode(graph);
    let start = Instant::now();
    roads::file::decode(&bytes).unwrap();
    println!("opened {} bytes in {:?}", bytes.len(), start.elapsed());
    for count in [200, 500] {
        let step = (graph.node_count() / count).max(1);
        let places: Vec<LonLat> =
            (0..count).filter_map(|index| graph.node_place(index * step)).collect();
        let start = Instant::now();
        let matrix = graph.matrix(&places);
        println!("matrix {0} x {0} in {1:?}", matrix.size(), start.elapsed());
        let start = Instant::now();
        for pair in places.windows(2).take(100) {
            let _ = graph.route(pair[0], pair[1]);
        }
        println!("route in {:?}", start.elapsed() / 100);
    }
}

fn draw(town: &town::Town) -> String {
    let (low, high) = town.graph.bounds().unwrap();
    let xy = |p: &LonLat| {
        let x = f64::from(p.lon_e7 - low.lon_e7) * 0.65 / 260.0;
        (x, f64::from(high.lat_e7 - p.lat_e7) / 260.0)
    };
    let line = |points: &[LonLat]| {
        points.iter().fold(String::new(), |mut text, point| {
            let (x, y) = xy(point);
            let _ = write!(text, "{x:.1},{y:.1} ");
            text
        })
    };
    let mut svg =
        String::from("<svg xmlns='http://www.w3.org/2000/svg' viewBox='-150 -150 2000 2000'>");
    svg.push_str("<rect x='-150' y='-150' width='2000' height='2000' fill='#f4f1ea'/>");
    for (color, areas) in [("#c9e2b8", &town.green), ("#a9cfe8", &town.water)] {
        for area in areas {
            let _ = write!(svg, "<polygon points='{}' fill='{color}'/>", line(area));
        }
    }
    for street in town.graph.drawable() {
        let (color, width) = match street.class {
            RoadClass::Motorway | RoadClass::Trunk => ("#e892a2", 9),
            RoadClass::Primary => ("#f9b29c", 8),
            RoadClass::Secondary => ("#fcd6a4", 7),
            RoadClass::Tertiary => ("#f7fabf", 6),
            _ => ("#ffffff", 4),
        };
        let points = line(&street.points);
        let _ = write!(
            svg,
            "<polyline points='{points}' fill='none' stroke='#999' stroke-width='{}'/>",
            width + 1
        );
        let _ = write!(
            svg,
            "<polyline points='{points}' fill='none' stroke='{color}' \
             stroke-width='{width}' stroke-linecap='round'/>"
        );
    }
    for address in &town.addresses {
        let (x, y) = xy(&address.place);
        let _ = write!(
            svg,
            "<rect x='{:.1}' y='{:.1}' width='3' height='3' fill='#b8a99a'/>",
            x - 1.5,
            y - 1.5
        );
    }
    let (x, y) = xy(&town.depot);
    let _ = write!(svg, "<circle cx='{x:.1}' cy='{y:.1}' r='14' fill='#305090'/></svg>");
    svg
}
