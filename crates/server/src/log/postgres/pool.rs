//! Connections that are kept for the next call, and made anew when the database went away.

use super::session::Session;
use crate::log::error::LogError;
use postgres::Config;
use postgres::config::TargetSessionAttrs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// More are opened when more threads ask at once: lending asks the fold, which reads the log on a
/// second connection, and a limit could leave all threads waiting for one.
const IDLE_MAX: usize = 8;
/// How often a change is made anew when it met another one.
const TRIES: u32 = 8;

pub struct Pool {
    config: Config,
    idle: Mutex<Vec<Session>>,
}

impl Pool {
    pub fn new(url: &str) -> Result<Pool, LogError> {
        let mut config: Config = url.parse()?;
        // Of several hosts, the one that is primary now.
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        config.connect_timeout(Duration::from_secs(3));
        config.tcp_user_timeout(Duration::from_secs(15));
        config.keepalives_idle(Duration::from_secs(10));
        config.application_name("quayside-server");
        Ok(Pool { config, idle: Mutex::new(Vec::new()) })
    }

    /// Asks outside a transaction. An idle connection may have died unseen, so a question is asked
    /// once more on a new one.
    pub fn read<T>(
        &self,
        question: impl Fn(&mut Session) -> Result<T, LogError>,
    ) -> Result<T, LogError> {
        // Apart, so that the lock is not held while the question is asked.
        let idle = self.idle().pop();
        if let Some(mut session) = idle {
            match question(&mut session) {
                Err(LogError::Unavailable(_)) => self.forget(),
                answer => return self.keep(session, answer),
            }
        }
        let mut session = Session::connect(&self.config)?;
        let answer = question(&mut session);
        self.keep(session, answer)
    }

    /// Runs `work` in one transaction, again if it met another one.
    pub fn write<T>(
        &self,
        work: impl Fn(&mut Session) -> Result<T, LogError>,
    ) -> Result<T, LogError> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.write_if(|session| work(session).map(Some)) {
                Err(LogError::Conflict) if tries < TRIES => {}
                Ok(Some(value)) => return Ok(value),
                Ok(None) => return Err(LogError::Conflict),
                Err(error) => return Err(error),
            }
        }
    }

    /// Runs `work` in one transaction, which is undone if it answers `None` or fails.
    pub fn write_if<T>(
        &self,
        work: impl FnOnce(&mut Session) -> Result<Option<T>, LogError>,
    ) -> Result<Option<T>, LogError> {
        let mut session = self.begun()?;
        let outcome = work(&mut session);
        let end = if matches!(outcome, Ok(Some(_))) { "COMMIT" } else { "ROLLBACK" };
        let ended = match &outcome {
            Err(LogError::Unavailable(_)) => Ok(()),
            Ok(_) | Err(_) => session.run(end),
        };
        let answer = ended.and(outcome);
        self.keep(session, answer)
    }

    /// Nothing has happened before the transaction began, so a dead connection is passed over.
    fn begun(&self) -> Result<Session, LogError> {
        loop {
            let idle = self.idle().pop();
            let Some(mut session) = idle else { break };
            if !session.is_closed() && session.run("BEGIN").is_ok() {
                return Ok(session);
            }
        }
        let mut session = Session::connect(&self.config)?;
        session.run("BEGIN")?;
        Ok(session)
    }

    fn keep<T>(&self, session: Session, answer: Result<T, LogError>) -> Result<T, LogError> {
        match answer {
            // Whatever happened to this connection probably happened to the others.
            Err(LogError::Unavailable(why)) => {
                drop(session);
                self.forget();
                Err(LogError::Unavailable(why))
            }
            answer => {
                let mut idle = self.idle();
                if !session.is_closed() && idle.len() < IDLE_MAX {
                    idle.push(session);
                }
                answer
            }
        }
    }

    fn forget(&self) {
        let dead = std::mem::take(&mut *self.idle());
        drop(dead);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
