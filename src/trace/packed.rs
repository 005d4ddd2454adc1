//! The binary form of a trace, versioned.
//!
//! `LSCT`, a version byte, the header, then records to the end. A record is
//! either an event or the definition of the next text. Both are written by
//! `postcard` (varints, no field names); a text definition begins with
//! [`TEXT_TAG`], which is no number of an event. Records are in rows, not in
//! columns, so that a trace can be read while it is still being written.
//!
//! A reader trusts nothing: every malformed input is a [`ReadError`].

use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Serialize};
use std::fmt;

use super::event::EventKind;
use super::level::Level;

const MAGIC: &[u8; 4] = b"LSCT";
/// Newest version, which is written. Readers take this and all before it.
pub const VERSION: u8 = 4;
/// Up to this version the header tells no level: it is the default one.
const WITHOUT_LEVEL: u8 = 2;
const TEXT_TAG: u8 = 127;

/// What a run was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// File name of the program, for messages and tracebacks.
    pub program: String,
    /// The source text.
    pub source: String,
    /// Seed of `random`.
    pub seed: u64,
    /// Whose `asyncio` it had.
    pub level: Level,
}

/// Why bytes are not a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// They do not begin as a trace does.
    NotATrace,
    /// A newer program wrote them.
    Version(u8),
    /// They end in the middle of a record.
    Truncated {
        /// Where the unfinished record begins.
        offset: usize,
    },
    /// A record makes no sense.
    Malformed {
        /// Where it begins.
        offset: usize,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATrace => f.write_str("this is not a Loopscope trace"),
            Self::Version(version) => {
                write!(
                    f,
                    "the trace has version {version}, this program reads up to {VERSION}: use a newer Loopscope"
                )
            }
            Self::Truncated { offset } => {
                write!(f, "the trace ends in the middle of a record at byte {offset}")
            }
            Self::Malformed { offset } => write!(f, "the trace is damaged at byte {offset}"),
        }
    }
}

impl std::error::Error for ReadError {}

/// One record, as it stands in the bytes.
#[derive(Debug, PartialEq)]
pub(super) enum Record<'a> {
    /// The definition of the next text.
    Text(&'a str),
    /// An event.
    Event(EventKind),
}

pub(super) fn header_bytes(header: &Header) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.push(VERSION);
    append(&mut bytes, &(&header.program, &header.source, header.seed));
    append(&mut bytes, &header.level);
    bytes
}

pub(super) fn write_event(bytes: &mut Vec<u8>, kind: &EventKind) {
    append(bytes, kind);
}

pub(super) fn write_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(TEXT_TAG);
    append(bytes, text);
}

fn append<T: Serialize + ?Sized>(bytes: &mut Vec<u8>, value: &T) {
    if let Err(error) = postcard::serialize_with_flavor(value, Tail(bytes)) {
        // Writing into memory fails for no type of this module.
        unreachable!("a trace record cannot be encoded: {error}");
    }
}

/// The end of a vector. Postcard's own flavor for vectors takes and returns the
/// whole vector for each value and pushes the bytes of a text one by one.
struct Tail<'a>(&'a mut Vec<u8>);

impl Flavor for Tail<'_> {
    type Output = ();

    #[inline]
    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(data);
        Ok(())
    }

    #[inline]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    #[inline]
    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Reads the header and tells where the records begin.
///
/// # Errors
/// When `bytes` do not begin with the header of a trace of a known version.
pub(super) fn read_header(bytes: &[u8]) -> Result<(Header, usize), ReadError> {
    let Some((magic, rest)) = bytes.split_at_checked(MAGIC.len()) else {
        return Err(ReadError::NotATrace);
    };
    if magic != MAGIC {
        return Err(ReadError::NotATrace);
    }
    let offset = MAGIC.len() + 1;
    let Some((&version, rest)) = rest.split_first() else {
        return Err(ReadError::Truncated { offset });
    };
    if version == 0 || version > VERSION {
        return Err(ReadError::Version(version));
    }
    let ((program, source, seed), rest) = take::<(String, String, u64)>(rest, offset)?;
    let (level, rest) = if version <= WITHOUT_LEVEL {
        (Level::default(), rest)
    } else {
        take::<Level>(rest, offset)?
    };
    let header = Header {
        program,
        source,
        seed,
        level,
    };
    Ok((header, bytes.len() - rest.len()))
}

/// Reads the record at `offset` and tells where the next one begins.
///
/// # Errors
/// When there is no whole, sensible record at `offset`.
pub(super) fn read_record(bytes: &[u8], offset: usize) -> Result<(Record<'_>, usize), ReadError> {
    let rest = bytes.get(offset..).unwrap_or_default();
    let (record, left) = match rest.split_first() {
        None => return Err(ReadError::Truncated { offset }),
        Some((&TEXT_TAG, rest)) => {
            let (text, left) = take::<&str>(rest, offset)?;
            (Record::Text(text), left)
        }
        Some(_) => {
            let (kind, left) = take::<EventKind>(rest, offset)?;
            (Record::Event(kind), left)
        }
    };
    Ok((record, bytes.len() - left.len()))
}

fn take<'a, T: Deserialize<'a>>(bytes: &'a [u8], offset: usize) -> Result<(T, &'a [u8]), ReadError> {
    postcard::take_from_bytes(bytes).map_err(|error| match error {
        postcard::Error::DeserializeUnexpectedEnd => ReadError::Truncated { offset },
        _ => ReadError::Malformed { offset },
    })
}
