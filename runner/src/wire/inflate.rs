//! Compression, undone for reading only: what passes stays as it was (RFC 7692, RFC 1950, RFC 1952).
//! Next: [`super::client`].

use miniz_oxide::{
    DataFormat, MZError, MZFlush, MZStatus,
    inflate::{
        decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit,
        stream::{InflateState, MinReset, inflate},
    },
};

use super::room::{Kept, ONE};

/// What a sender leaves out at the end of each message (RFC 7692, section 7.2.1).
const TAIL: [u8; 4] = [0, 0, 0xff, 0xff];
/// A message that grows beyond this is not inflated on: it was made to cost time.
const BOMB: u64 = 2 * ONE as u64;

/// What is no compressed data, or a bomb.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken;

/// `permessage-deflate`, one direction: each message may use what the ones before said.
pub(super) struct Inflater(Box<InflateState>);

impl Default for Inflater {
    fn default() -> Self {
        Self(InflateState::new_boxed(DataFormat::Raw))
    }
}

impl Inflater {
    /// Inflates a message into `kept`. Nothing comes back if it is too long to be kept.
    pub(super) fn message(&mut self, bytes: &[u8], kept: &mut Kept) -> Result<Option<Vec<u8>>, Broken> {
        for mut input in [bytes, &TAIL] {
            loop {
                let mut out = [0; 16 * 1024];
                let step = inflate(&mut self.0, input, &mut out, MZFlush::None);
                input = &input[step.bytes_consumed..];
                kept.push(&out[..step.bytes_written]);
                if kept.total() > BOMB {
                    return Err(Broken);
                }
                match step.status {
                    // A sender may mark its last block as the last of all; the next message begins anew.
                    Ok(MZStatus::StreamEnd) => self.0.reset_as(MinReset),
                    Ok(_) | Err(MZError::Buf) => {}
                    Err(_) => return Err(Broken),
                }
                // Output that just filled the buffer may have more behind it.
                if input.is_empty() && step.bytes_written < out.len() {
                    break;
                }
            }
        }
        Ok(kept.whole().map(<[u8]>::to_vec))
    }
}

/// Undoes a `Content-Encoding`. Nothing comes back if it is another one, broken, or too much.
pub(super) fn body(encoding: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => decompress_to_vec_with_limit(gzipped(bytes)?, ONE).ok(),
        "deflate" => decompress_to_vec_zlib_with_limit(bytes, ONE).ok(),
        _ => None,
    }
}

/// What stands behind the header of a gzip file (RFC 1952, section 2.3).
fn gzipped(bytes: &[u8]) -> Option<&[u8]> {
    let (head, mut rest) = bytes.split_first_chunk::<10>()?;
    let [0x1f, 0x8b, 8, flags, ..] = head else { return None };
    let has = |bit: u8| flags & bit != 0;
    if has(4) {
        let (length, after) = rest.split_first_chunk()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for bit in [8, 16] {
        if has(bit) {
            rest = &rest[rest.iter().position(|byte| *byte == 0)? + 1..];
        }
    }
    rest.get(if has(2) { 2 } else { 0 }..)
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    use super::*;
    use crate::wire::room::Room;

    #[test]
    fn bodies_are_inflated() {
        let text = b"42[\"x\"]".repeat(300);
        let raw = compress_to_vec(&text, 6);
        let plain = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &raw, &[0; 8]].concat();
        let named =
            [&[0x1f, 0x8b, 8, 4 | 8 | 2, 0, 0, 0, 0, 0, 3, 1, 0, b'x', b'n', 0, 1, 2][..], &raw].concat();
        assert_eq!(body("gzip", &plain), Some(text.clone()));
        assert_eq!(body("GZIP", &named), Some(text.clone()));
        assert_eq!(body("deflate", &compress_to_vec_zlib(&text, 6)), Some(text));
        assert_eq!(body("br", &plain), None);
        assert_eq!(body("gzip", &plain[..11]), None);
        assert_eq!(body("gzip", b""), None);
    }

    #[test]
    fn a_bomb_is_not_inflated() {
        let zeros = vec![0; usize::try_from(BOMB).expect("small") + 64 * 1024];
        let mut bomb = compress_to_vec(&zeros, 6);
        assert!(bomb.len() < ONE);
        assert_eq!(body("deflate", &compress_to_vec_zlib(&zeros, 6)), None);
        let mut inflater = Inflater::default();
        assert_eq!(inflater.message(&bomb, &mut Room::default().keep()), Err(Broken));
        // Too long to be kept, but not so long that reading ends.
        bomb = compress_to_vec(&zeros[..=ONE], 6);
        assert_eq!(Inflater::default().message(&bomb, &mut Room::default().keep()), Ok(None));
    }
}
