//! An event as it travels: its author, its place in the author's chain and its body, byte for byte,
//! whether or not the reader knows the kind.

use crate::chain::{Hash, Head, link};
use domain::{EventId, Hlc, PersonId, StationId};

/// An event of one place in one chain. The hash is computed, never taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub id: EventId,
    pub station: StationId,
    pub seq: i64,
    pub prev: Hash,
    pub at: Hlc,
    pub actor: PersonId,
    pub body: String,
    hash: Hash,
}

/// The kind and its version: a body begins with `{"kind":"…"`, and from version 2 on `,"v":n`
/// follows. They are read from the bytes that are hashed, so they cannot disagree with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind<'a> {
    pub name: &'a str,
    pub version: u16,
}

impl Envelope {
    /// The event after `prev` in the chain of `station`.
    pub fn chain(
        prev: Head,
        station: StationId,
        id: EventId,
        at: Hlc,
        actor: PersonId,
        body: String,
    ) -> Envelope {
        let seq = prev.seq.saturating_add(1);
        let hash = link(prev.hash, id, station, seq, at, &actor, &body);
        Envelope { id, station, seq, prev: prev.hash, at, actor, body, hash }
    }

    pub fn hash(&self) -> Hash {
        self.hash
    }

    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// The same event in another chain: what a new incarnation does with it.
    pub fn rechained(&self, prev: Head, station: StationId) -> Envelope {
        let body = self.body.clone();
        Envelope::chain(prev, station, self.id, self.at, self.actor.clone(), body)
    }

    /// What the author said, without the place: equal for the same event in two chains.
    pub fn content(&self) -> Hash {
        let nobody = StationId::from_bytes([0; 16]);
        link(Hash::NONE, self.id, nobody, 0, self.at, &self.actor, &self.body)
    }

    pub fn kind(&self) -> Option<Kind<'_>> {
        let (name, rest) = self.body.strip_prefix("{\"kind\":\"")?.split_once('"')?;
        let version = match rest.strip_prefix(",\"v\":") {
            Some(rest) => rest.split([',', '}']).next()?.parse().ok()?,
            None => 1,
        };
        Some(Kind { name, version })
    }

    /// What it costs in memory and, before packing, on the wire.
    pub fn bytes(&self) -> usize {
        self.body.len() + self.actor.0.len() + 120
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_body(body: &str) -> Envelope {
        let [id, station] = [[1; 16], [2; 16]];
        let (id, station) = (EventId::from_bytes(id), StationId::from_bytes(station));
        Envelope::chain(Head::default(), station, id, Hlc(7), PersonId("ada".into()), body.into())
    }

    #[test]
    fn kind_and_version_are_read_from_the_bytes() {
        let rows = [
            (r#"{"kind":"moved","sku":"A"}"#, Some(("moved", 1))),
            (r#"{"kind":"moved","v":3,"sku":"A"}"#, Some(("moved", 3))),
            (r#"{"kind":"teleported","v":2}"#, Some(("teleported", 2))),
            (r#"{"kind":"moved","v":x}"#, None),
            ("[]", None),
        ];
        for (body, expected) in rows {
            let envelope = with_body(body);
            assert_eq!(envelope.kind().map(|k| (k.name, k.version)), expected, "{body}");
        }
    }

    #[test]
    fn another_place_is_another_hash_and_the_same_content() {
        let event = with_body("{}");
        let moved = event.rechained(event.head(), StationId::from_bytes([3; 16]));
        assert_ne!(moved.hash(), event.hash());
        assert_eq!(moved.content(), event.content());
    }
}
