//! Enums of the domain as the screens see them. The domain knows nothing of TypeScript, so each has
//! a namesake here that spells its words as serde sends them.

use ts_rs::{Config, TS};

macro_rules! mirror {
    ($($path:path => $name:ident [$($word:ident),*];)*) => {$(
        pub struct $name;

        impl TS for $name {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn name(_: &Config) -> String {
                stringify!($name).to_owned()
            }

            fn inline(_: &Config) -> String {
                use $path as Real;
                // A word that the domain gains does not compile until it is listed here.
                let spelled = |word: Real| match word {
                    $(Real::$word)|* => serde_json::to_string(&word).unwrap_or_default(),
                };
                [$(Real::$word),*].map(spelled).join(" | ")
            }

            fn output_path() -> Option<std::path::PathBuf> {
                // A type without a path counts as one of TypeScript's own.
                Some(concat!(stringify!($name), ".ts").into())
            }
        }
    )*};
}

mirror! {
    domain::Condition => Condition [Good, Damaged, Quarantine];
    domain::Removal => Removal [Fifo, Fefo, Nearest];
    domain::person::Role =>
        Role [Picker, Packer, Receiver, Counter, Dispatcher, Supervisor, Admin];
}
