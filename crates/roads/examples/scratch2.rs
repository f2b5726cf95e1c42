#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let args: Vec<String> = std::env::args().collect();
    osmpbf::ElementReader::from_path(&args[1])
        .unwrap()
        .for_each(|e| {
            if let osmpbf::Element::Way(w) = e {
                let t: Vec<_> = w.tags().collect();
                if t.iter().any(|t| t.0 == "highway")
                    && t.iter().any(|t| t.0 == "name" && t.1 == args[2])
                {
                    println!("{} {:?}", w.id(), t);
                }
            }
        })
        .unwrap();
}
