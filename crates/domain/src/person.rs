//! Staff and what each role may do.

use crate::id::PersonId;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Picker,
    Packer,
    Receiver,
    Counter,
    Dispatcher,
    Supervisor,
    Admin,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub roles: Vec<Role>,
    /// A salted hash of the PIN; the PIN itself is never stored.
    pub pin_hash: String,
    pub active: bool,
}

impl Person {
    /// Admins may do everything; supervisors everything on the floor and in dispatch.
    pub fn may(&self, needed: &[Role]) -> bool {
        self.active
            && (needed.is_empty()
                || self.roles.iter().any(|role| match role {
                    Role::Admin => true,
                    Role::Supervisor => !needed.iter().all(|n| *n == Role::Admin),
                    role => needed.contains(role),
                }))
    }
}
