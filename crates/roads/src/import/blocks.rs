//! The blocks of an extract, with the place in the file for errors.

use super::ImportError;
use osmpbf::{BlobDecode, BlobReader, Element};
use std::io::Cursor;

/// Visits every element. `tell` hears the byte at which each block begins and may stop by `false`.
pub(crate) fn each_element(
    bytes: &[u8],
    tell: &mut dyn FnMut(u64) -> bool,
    mut visit: impl FnMut(Element),
) -> Result<(), ImportError> {
    let mut at = 0;
    let damaged =
        |at: u64, error: osmpbf::Error| ImportError::Damaged { at, what: error.to_string() };
    let mut blobs = BlobReader::new_seekable(Cursor::new(bytes)).map_err(|e| damaged(0, e))?;
    let mut found_header = false;
    loop {
        if !tell(at) {
            return Err(ImportError::Canceled);
        }
        let Some(blob) = blobs.next() else { break };
        let blob = blob.map_err(|error| damaged(at, error))?;
        // The offset of a blob is behind its header; close enough to find it in the file.
        at = blob.offset().map_or(at, |offset| offset.0);
        match blob.decode().map_err(|error| damaged(at, error))? {
            BlobDecode::OsmHeader(header) => {
                found_header = true;
                let known = ["OsmSchema-V0.6", "DenseNodes"];
                let strange =
                    header.required_features().iter().find(|name| !known.contains(&name.as_str()));
                if let Some(feature) = strange {
                    return Err(ImportError::Feature(feature.clone()));
                }
            }
            BlobDecode::OsmData(block) => block.for_each_element(&mut visit),
            BlobDecode::Unknown(_) => {}
        }
    }
    if !found_header {
        return Err(ImportError::Damaged { at: 0, what: "it has no header".to_owned() });
    }
    Ok(())
}
