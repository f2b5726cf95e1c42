#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]
use domain::LonLat;
fn main() {
    let bytes = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    let graph = roads::import::read_bytes(&bytes, roads::Profile::Van).unwrap();
    for line in std::io::read_to_string(std::io::stdin()).unwrap().lines() {
        let n: Vec<f64> = line.split(',').map(|x| x.trim().parse().unwrap()).collect();
        let (a, b) =
            (LonLat::from_degrees(n[0], n[1]).unwrap(), LonLat::from_degrees(n[2], n[3]).unwrap());
        let r = graph.route(a, b).unwrap();
        println!(
            "ours {} s {} m snapped {:?} {:?}",
            r.seconds.0,
            r.meters.0,
            graph.snap(a).unwrap().meters,
            graph.snap(b).unwrap().meters
        );
        let snap = |at| graph.snap(at).unwrap();
        for s in graph.steps(graph.metric(), &snap(a), &snap(b)).unwrap() {
            println!(
                "   {:>5} m {:>4} s  {}",
                s.meters.0,
                s.seconds.0,
                s.words(roads::Language::English)
            );
        }
    }
}
