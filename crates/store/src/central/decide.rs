//! A replica's own decision, and the answers that are the same for ever.

use super::append;
use super::error::CentralError;
use super::open::CentralLog;
use super::sites;
use super::types::{Digest, LogAppend, Mark};
use rusqlite::{OptionalExtension, params};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    pub scope: String,
    pub key: String,
    pub request: Digest,
    pub status: u16,
    pub body: String,
}

impl CentralLog {
    /// `None` when the site moved on from `fence`, or a key was answered meanwhile.
    pub fn decide(
        &self,
        fence: Mark,
        append: &LogAppend,
        answers: &[AnswerRow],
    ) -> Result<Option<Mark>, CentralError> {
        self.write_if(|tx| {
            if sites::mark(tx, &append.site)? != fence {
                return Ok(None);
            }
            for answer in answers {
                let kept = tx
                    .prepare_cached(
                        "INSERT INTO answer (scope, key, request, status, body)
                         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![
                        answer.scope,
                        answer.key,
                        answer.request,
                        answer.status,
                        answer.body,
                    ])?;
                if kept == 0 {
                    return Ok(None);
                }
            }
            // A refusal changes nothing that anybody else decides on.
            if append.items.is_empty() { Ok(Some(fence)) } else { append::add(tx, append) }
        })
    }

    pub fn answer(&self, scope: &str, key: &str) -> Result<Option<AnswerRow>, CentralError> {
        self.read(|conn| {
            let mut ask = conn.prepare_cached(
                "SELECT request, status, body FROM answer WHERE scope = ?1 AND key = ?2",
            )?;
            let found = ask.query_row([scope, key], |row| {
                Ok(AnswerRow {
                    scope: scope.to_owned(),
                    key: key.to_owned(),
                    request: row.get(0)?,
                    status: row.get(1)?,
                    body: row.get(2)?,
                })
            });
            Ok(found.optional()?)
        })
    }
}
