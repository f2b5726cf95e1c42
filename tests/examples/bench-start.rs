//! `cargo xtask bench start`: from starting the released program to the first screen a person can
//! use, on the demo, under Xvfb. The driver's own time is in it, so it is an upper bound.

// A benchmark's product is what it prints, and it must read the clock.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

use harness::Window;
use std::path::Path;
use std::time::Instant;

const STARTS: usize = 7;

#[tokio::main]
async fn main() {
    let folder = std::env::args().nth(1).unwrap_or("target/demo".to_owned());
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let started = Instant::now();
        let window = Window::open(Path::new(&folder)).await.unwrap();
        window.wait_text("Who is at this desk?").await.unwrap();
        times.push(started.elapsed().as_millis());
        window.close().await.unwrap();
    }
    println!("first start  {:>6} ms", times[0]);
    times.sort_unstable();
    println!("median       {:>6} ms of {STARTS} (goal < 1500)", times[STARTS / 2]);
}
