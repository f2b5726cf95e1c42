//! A panic leaves its place in the diary, for the file that a person can send.

use app::Edge;
use app::diary::Diary;
use std::path::Path;

pub fn note(dir: &Path) {
    let diary = Diary::of(dir);
    let edge = Edge::real();
    diary.note(edge.now(), &started());
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // The message may carry what somebody typed; the place says what is needed.
        let at =
            panic.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        diary.note(edge.now(), &format!("panic at {at}"));
        usual(panic);
    }));
}

fn started() -> String {
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("started {} on {system} {machine}", env!("CARGO_PKG_VERSION"))
}
