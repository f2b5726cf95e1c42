//! How stations and the server agree: a protocol of plain messages over a network that drops,
//! doubles, delays and reorders them.
//!
//! Architecture Invariant: no sockets, clock, files, threads or randomness. `now`, keys and new ids
//! are parameters; what has to be durable is asked of a log through `StationLog` and `ServerLog`.
//! It knows an event's place, author and bytes, and never what an event means.
//!
//! Data in -> data out: `handle(message, now)` and `poll_transmit(now)` -> messages and notices.

mod rules;
mod chain;
mod envelope;
mod pack;
mod batch;
mod keys;
mod clock;
mod quota;
mod lease;
mod register;
mod enroll;
mod message;
mod frame;
mod port;
mod limits;
mod retry;
mod station;
mod push;
mod server;

pub use batch::BatchError;
pub use chain::{Hash, Head};
pub use clock::{ClockOff, Offset};
pub use enroll::{Code, EnrollError, Grant, Offer, redeem};
pub use envelope::{Envelope, Kind};
pub use frame::{FrameError, decode, encode};
pub use keys::{Ed25519Key, Signer, Verifier, check_ed25519, head_statement, hello_statement};
pub use lease::{Completion, Decision, Held, Lease, LeaseAnswer};
pub use limits::Limits;
pub use message::{
    Answer, Ask, Entry, Hello, Message, Page, Push, Refused, Session, SiteId, SnapshotPart,
    Standing, Welcome,
};
pub use port::{
    Admitted, Append, Appended, Cursor, Enrolled, Item, Placed, Row, ServerLog, Standpoint,
    StationLog,
};
pub use quota::{Account, available};
pub use register::{Fields, Register};
pub use rules::{Rule, Rules};
pub use server::Server;
pub use station::{Notice, Station};
