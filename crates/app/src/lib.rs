//! The application layer: one door for every command and query. This is its face only, with one
//! `ping` command, so that the shells can be built and tested against it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

/// What a person is told when something could not be done. Code matches on `code` only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub code: String,
    pub what_happened: String,
    pub what_to_do: String,
}

/// The topics that a commit touched; a screen that shows one of them asks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub topics: Vec<String>,
    pub seq: u64,
}

pub struct App {
    listeners: Mutex<Vec<Sender<Changed>>>,
}

impl App {
    pub fn open(dir: &Path) -> Result<App, Problem> {
        if dir.is_file() {
            return Err(Problem {
                code: "data_folder_is_a_file".into(),
                what_happened: format!("{} is a file, not a folder.", dir.display()),
                what_to_do: "Choose a folder for the data.".into(),
            });
        }
        Ok(App { listeners: Mutex::default() })
    }

    /// `session` is the signed-in session's token, or "" for nobody.
    pub fn call(&self, _session: &str, name: &str, args: Value) -> Result<Value, Problem> {
        match name {
            "ping" => {
                self.announce(Changed { topics: vec!["ping".into()], seq: 1 });
                Ok(json!({ "pong": args }))
            }
            _ => Err(Problem {
                code: "unknown_command".into(),
                what_happened: format!("There is no command named {name}."),
                what_to_do: "Update the app, or report this.".into(),
            }),
        }
    }

    pub fn subscribe(&self) -> Receiver<Changed> {
        let (sender, receiver) = channel();
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    fn announce(&self, changed: Changed) {
        let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.send(changed.clone()).is_ok());
    }
}
