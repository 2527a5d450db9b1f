//! A JPEG's markers into what a backend needs to pass the file through (ISO/IEC 10918-1, B).
//!
//! The file is not decoded: its segments are walked to the end, which finds a file that was cut
//! off or that a PDF reader can't decode.

use std::sync::Arc;

use super::complaint::Complaint;
use super::exif::{self, Exif};
use super::{JpegColor, Orientation};
use crate::diagnostics::codes;

/// What the markers say.
#[derive(Clone, Debug)]
pub(super) struct Jpeg {
    /// The colour space.
    pub(super) color: JpegColor,
    /// How to turn it.
    pub(super) orientation: Orientation,
    /// The colour profile.
    pub(super) icc: Option<Arc<[u8]>>,
    /// Width and height as stored.
    pub(super) stored: (u32, u32),
    /// Dots an inch as stored, across and down.
    pub(super) resolution: Option<(f64, f64)>,
}

/// Markers, by their second byte (table B.1).
mod marker {
    pub(super) const SOF0: u8 = 0xC0;
    pub(super) const DHT: u8 = 0xC4;
    pub(super) const DAC: u8 = 0xCC;
    pub(super) const SOF15: u8 = 0xCF;
    pub(super) const RST0: u8 = 0xD0;
    pub(super) const SOI: u8 = 0xD8;
    pub(super) const EOI: u8 = 0xD9;
    pub(super) const SOS: u8 = 0xDA;
    pub(super) const DQT: u8 = 0xDB;
    pub(super) const APP0: u8 = 0xE0;
    pub(super) const APP1: u8 = 0xE1;
    pub(super) const APP2: u8 = 0xE2;
    pub(super) const APP14: u8 = 0xEE;
    /// Of arithmetic coding, without a segment.
    pub(super) const TEM: u8 = 0x01;
}

/// Reads the markers.
pub(super) fn read(bytes: &[u8]) -> Result<Jpeg, Complaint> {
    let mut found = Found::default();
    let mut rest = bytes.get(2..).unwrap_or_default();
    loop {
        let Some(code) = next_marker(&mut rest) else { return Err(corrupt("it is cut off")) };
        match code {
            marker::EOI => return found.finish(),
            marker::TEM | marker::RST0..=marker::SOI => {}
            _ => found.take_segment(code, segment(&mut rest)?)?,
        }
        if code == marker::SOS {
            skip_scan(&mut rest);
        }
    }
}

fn corrupt(why: &str) -> Complaint {
    Complaint::new(codes::PICTURE_UNREADABLE, format!("is a JPEG that can't be read: {why}"))
}

fn unsupported(what: &str) -> Complaint {
    Complaint::new(codes::PICTURE_FORMAT, format!("is a JPEG {what}"))
        .with_help("save it again as a plain JPEG: baseline or progressive, 8 bits a channel")
}

/// The next marker; bytes before it that belong to nothing are passed over, as decoders do.
fn next_marker(rest: &mut &[u8]) -> Option<u8> {
    let start = rest.iter().position(|byte| *byte == 0xFF)?;
    let code = start + rest[start..].iter().position(|byte| *byte != 0xFF)?;
    let marker = rest[code];
    *rest = &rest[code + 1..];
    Some(marker)
}

/// The content of the segment that starts here, behind its length.
fn segment<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], Complaint> {
    let (length, _) = rest.split_first_chunk().ok_or_else(|| corrupt("it is cut off"))?;
    let length = usize::from(u16::from_be_bytes(*length));
    let content = rest.get(2..length).ok_or_else(|| corrupt("a segment runs over its end"))?;
    *rest = &rest[length..];
    Ok(content)
}

/// Moves on to the marker that ends a scan: one that is neither a stuffed byte nor a restart.
fn skip_scan(rest: &mut &[u8]) {
    let is_end = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
    let end = rest.windows(2).position(is_end).unwrap_or(rest.len());
    *rest = &rest[end..];
}

#[derive(Default)]
struct Found<'a> {
    /// Width, height and number of components.
    frame: Option<(u16, u16, u8)>,
    has_scan: bool,
    has_tables: (bool, bool),
    is_adobe: bool,
    density: Option<(f64, f64)>,
    exif: Exif,
    /// The parts of the colour profile with their numbers, from 1, and how many there should be.
    profile: Vec<(u8, &'a [u8])>,
    profile_parts: u8,
}

impl<'a> Found<'a> {
    fn take_segment(&mut self, code: u8, content: &'a [u8]) -> Result<(), Complaint> {
        match code {
            marker::DQT => self.has_tables.0 = true,
            marker::DHT => self.has_tables.1 = true,
            marker::SOS => self.has_scan = true,
            marker::DAC => return Err(unsupported("with arithmetic coding")),
            marker::SOF0..=marker::SOF15 => self.take_frame(code, content)?,
            marker::APP0 => self.density = self.density.or_else(|| jfif_density(content)),
            marker::APP1 => {
                if let Some(tiff) = content.strip_prefix(b"Exif\0\0") {
                    self.exif = exif::read(tiff);
                }
            }
            marker::APP2 => self.take_profile(content),
            marker::APP14 => self.is_adobe |= content.starts_with(b"Adobe"),
            _ => {}
        }
        Ok(())
    }

    /// A frame header (B.2.2).
    fn take_frame(&mut self, code: u8, content: &[u8]) -> Result<(), Complaint> {
        match code {
            0xC0..=0xC2 => {}
            0xC3 => return Err(unsupported("without loss")),
            0xC5..=0xC7 | 0xCD..=0xCF => return Err(unsupported("of several resolutions")),
            _ => return Err(unsupported("with arithmetic coding")),
        }
        let &[precision, h1, h0, w1, w0, components, ..] = content else {
            return Err(corrupt("its frame header is cut off"));
        };
        if precision != 8 {
            return Err(unsupported(&format!("of {precision} bits a channel")));
        }
        let frame = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]), components);
        if frame.0 == 0 || frame.1 == 0 || content.len() != 6 + 3 * usize::from(components) {
            return Err(corrupt("its frame header makes no sense"));
        }
        if self.frame.replace(frame).is_some() {
            return Err(corrupt("it has two frames"));
        }
        Ok(())
    }

    /// A part of a colour profile (ICC.1:2022, B.4).
    fn take_profile(&mut self, content: &'a [u8]) {
        if let Some([number, parts, part @ ..]) = content.strip_prefix(b"ICC_PROFILE\0") {
            self.profile.push((*number, part));
            self.profile_parts = *parts;
        }
    }

    fn finish(self) -> Result<Jpeg, Complaint> {
        let (width, height, components) = self.frame.ok_or_else(|| corrupt("it has no frame"))?;
        if !self.has_scan || self.has_tables != (true, true) {
            return Err(corrupt("it lacks its scans or their tables"));
        }
        let color = match components {
            1 => JpegColor::Gray,
            3 => JpegColor::Rgb,
            4 => JpegColor::Cmyk { inverted: self.is_adobe },
            _ => return Err(unsupported(&format!("of {components} channels"))),
        };
        Ok(Jpeg {
            color,
            orientation: self.exif.orientation,
            stored: (u32::from(width), u32::from(height)),
            resolution: self.density.or(self.exif.resolution),
            icc: self.join_profile(color),
        })
    }

    /// Joins the profile's parts, if all are there and the profile is one for the colour space.
    fn join_profile(mut self, color: JpegColor) -> Option<Arc<[u8]>> {
        self.profile.sort_by_key(|(number, _)| *number);
        let numbers = self.profile.iter().map(|(number, _)| *number);
        if self.profile_parts == 0 || !numbers.eq(1..=self.profile_parts) {
            return None;
        }
        let profile: Vec<u8> = self.profile.iter().flat_map(|(_, part)| *part).copied().collect();
        let space = match color {
            JpegColor::Gray => b"GRAY",
            JpegColor::Rgb => b"RGB ",
            JpegColor::Cmyk { .. } => b"CMYK",
        };
        let is_sound = profile.get(16..20) == Some(space)
            && profile.get(36..40) == Some(b"acsp")
            && profile.len() >= 132;
        is_sound.then(|| profile.into())
    }
}

/// Dots an inch (JFIF 1.02); none where the file gives only a proportion.
fn jfif_density(content: &[u8]) -> Option<(f64, f64)> {
    let &[_, _, unit, x1, x0, y1, y0, ..] = content.strip_prefix(b"JFIF\0")? else { return None };
    let per_inch = match unit {
        1 => 1.0,
        2 => 2.54,
        _ => return None,
    };
    let density = |high, low| f64::from(u16::from_be_bytes([high, low])) * per_inch;
    Some((density(x1, x0), density(y1, y0)))
}
