//! A message as bytes: version, the length of its head, the head, events in their own form, and a
//! checksum, because a file or a proxy may spoil what TLS has long let go of.

use crate::batch::{self, BatchError};
use crate::limits::Limits;
use crate::message::Message;
use crate::pack::{Reader, put};
use thiserror::Error;

const VERSION: u8 = 1;
const CHECKSUM: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrameError {
    #[error("the message is larger than allowed")]
    TooLarge,
    #[error("the message has a form that this version does not know")]
    Version,
    #[error("the message was damaged on the way")]
    Damaged,
    #[error("the message cannot be read")]
    Malformed,
    #[error(transparent)]
    Batch(#[from] BatchError),
}

pub fn encode(message: &Message) -> Vec<u8> {
    // Our own types always have a form; an empty head would be refused as malformed.
    let head = postcard::to_stdvec(message).unwrap_or_default();
    let mut out = vec![VERSION];
    put(&mut out, head.len() as u64);
    out.extend_from_slice(&head);
    if let Some(events) = events_of(message) {
        out.extend_from_slice(&batch::encode(events));
    }
    let checksum = checksum(&out);
    out.extend_from_slice(&checksum);
    out
}

pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Message, FrameError> {
    if bytes.len() > limits.frame_bytes {
        return Err(FrameError::TooLarge);
    }
    let Some((bytes, wanted)) = bytes.split_last_chunk::<CHECKSUM>() else {
        return Err(FrameError::Malformed);
    };
    // No fuzzer guesses a hash, and what lies behind it is what it has to try.
    if checksum(bytes) != *wanted && !cfg!(fuzzing) {
        return Err(FrameError::Damaged);
    }
    let mut input = Reader(bytes);
    if input.byte()? != VERSION {
        return Err(FrameError::Version);
    }
    let length = input.count()?;
    let head = input.take(length)?;
    let (mut message, rest) =
        postcard::take_from_bytes::<Message>(head).map_err(|_| FrameError::Malformed)?;
    if !rest.is_empty() {
        return Err(FrameError::Malformed);
    }
    match &mut message {
        Message::Push(push) | Message::Offer(push) => {
            push.events = batch::decode(input.0, limits.unpacked_bytes)?;
        }
        Message::Page(page) => page.events = batch::decode(input.0, limits.unpacked_bytes)?,
        _ if !input.0.is_empty() => return Err(FrameError::Malformed),
        _ => {}
    }
    Ok(message)
}

fn events_of(message: &Message) -> Option<&[crate::Envelope]> {
    match message {
        Message::Push(push) | Message::Offer(push) => Some(&push.events),
        Message::Page(page) => Some(&page.events),
        _ => None,
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut checksum = [0; CHECKSUM];
    checksum.copy_from_slice(&blake3::hash(bytes).as_bytes()[..CHECKSUM]);
    checksum
}
