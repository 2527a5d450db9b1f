//! Named bytes into a ZIP file that is the same on every machine (PKWARE APPNOTE 6.3).
//!
//! No extra fields, no data descriptors, no comments, one date for all entries; the entries are
//! deflated in parallel and written in the order given.

use std::borrow::Cow;
use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use rayon::prelude::*;

use crate::model::DateTime;

/// What opens every EPUB: the name and the content of its first file (EPUB OCF 3.3, 4.3).
const MIMETYPE: (&str, &[u8]) = ("mimetype", b"application/epub+zip");

/// The version of ZIP that knows deflate (4.4.3.2).
const VERSION: u16 = 20;

/// Says that the name is UTF-8 (4.4.4, bit 11).
const UTF8: u16 = 1 << 11;

/// A file to be packed.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// Its path in the archive.
    pub(super) path: String,
    /// Its content.
    pub(super) bytes: Cow<'a, [u8]>,
}

/// An entry as it will stand in the archive.
struct Packed<'a> {
    path: &'a str,
    body: Cow<'a, [u8]>,
    /// 0 stored, 8 deflated (4.4.5).
    method: u16,
    crc: u32,
    size: u32,
}

/// Packs the entries behind the media type that opens every EPUB.
pub(super) fn pack(entries: &[Entry<'_>], date: DateTime) -> Result<Vec<u8>, String> {
    let (path, bytes) = MIMETYPE;
    let mut packed = vec![store(path, bytes)?];
    let deflated: Result<Vec<_>, String> =
        entries.par_iter().map(|entry| pack_entry(&entry.path, &entry.bytes)).collect();
    packed.extend(deflated?);
    write_archive(&packed, dos_date(date)).ok_or_else(|| "it is larger than 4 GiB".to_owned())
}

fn pack_entry<'a>(path: &'a str, bytes: &'a [u8]) -> Result<Packed<'a>, String> {
    let mut stored = store(path, bytes)?;
    if is_compressed(bytes) {
        return Ok(stored);
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    let deflated = written.map_err(|fault| fault.to_string())?;
    let saves_enough = deflated.len() < bytes.len() - bytes.len() / 50;
    if saves_enough {
        stored.body = Cow::Owned(deflated);
        stored.method = 8;
    }
    Ok(stored)
}

fn store<'a>(path: &'a str, bytes: &'a [u8]) -> Result<Packed<'a>, String> {
    let size = u32::try_from(bytes.len()).map_err(|_| format!("`{path}` is larger than 4 GiB"))?;
    let mut crc = Crc::new();
    crc.update(bytes);
    Ok(Packed { path, body: Cow::Borrowed(bytes), method: 0, crc: crc.sum(), size })
}

/// Whether a file's first bytes say that deflating it again is a waste: JPEG, PNG, WOFF, WOFF2.
fn is_compressed(bytes: &[u8]) -> bool {
    const MAGICS: [&[u8]; 4] = [b"\xFF\xD8\xFF", b"\x89PNG", b"wOFF", b"wOF2"];
    MAGICS.iter().any(|magic| bytes.starts_with(magic))
}

/// Writes local files, central directory and its end (4.3.6); none where a field overflows.
fn write_archive(entries: &[Packed<'_>], date: [u16; 2]) -> Option<Vec<u8>> {
    let capacity = entries.iter().map(|entry| entry.body.len() + 2 * entry.path.len() + 76).sum();
    let mut out = Vec::with_capacity(capacity);
    let mut directory = Vec::new();
    for entry in entries {
        let offset = u32::try_from(out.len()).ok()?;
        let header = header(entry, date)?;
        out.extend(b"PK\x03\x04");
        out.extend(&header);
        out.extend(entry.path.as_bytes());
        out.extend(&*entry.body);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&header);
        // Lengths of the comment, disk, internal and external attributes: all nothing.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.path.as_bytes());
    }
    let count = u16::try_from(entries.len()).ok()?.to_le_bytes();
    let start = u32::try_from(out.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    Some(out)
}

/// The fields that the local header and the directory share, from the version needed to the
/// length of the extra field (4.3.7, 4.3.12).
fn header(entry: &Packed<'_>, [date, time]: [u16; 2]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(26);
    for field in [VERSION, UTF8, entry.method, time, date] {
        out.extend(field.to_le_bytes());
    }
    for field in [entry.crc, u32::try_from(entry.body.len()).ok()?, entry.size] {
        out.extend(field.to_le_bytes());
    }
    out.extend(u16::try_from(entry.path.len()).ok()?.to_le_bytes());
    out.extend([0; 2]);
    Some(out)
}

/// A moment as MS-DOS wrote it: the date, and the time in steps of two seconds (4.4.6).
fn dos_date(moment: DateTime) -> [u16; 2] {
    let (year, month, day, hour, minute, second) = moment.parts();
    let years = u16::try_from(year).unwrap_or(1980).saturating_sub(1980).min(127);
    let date = (years << 9) | (u16::from(month) << 5) | u16::from(day);
    let time = (u16::from(hour) << 11) | (u16::from(minute) << 5) | (u16::from(second) / 2);
    [date, time]
}
