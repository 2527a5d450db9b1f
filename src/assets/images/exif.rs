//! EXIF data into what a printer needs of it: orientation and resolution (EXIF 2.32, 4.6.4).

use super::Orientation;

/// What is read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Exif {
    /// How to turn the picture.
    pub(super) orientation: Orientation,
    /// Dots an inch, across and down.
    pub(super) resolution: Option<(f64, f64)>,
}

/// Reads the first directory of a TIFF structure; what can't be read is left out.
pub(super) fn read(tiff: &[u8]) -> Exif {
    // Some WebP files keep the mark that introduces the structure in a JPEG.
    let tiff = tiff.strip_prefix(b"Exif\0\0").unwrap_or(tiff);
    let Some(directory) = Directory::open(tiff) else { return Exif::default() };
    let per_inch = match directory.short(296) {
        Some(3) => 2.54,
        Some(_) | None => 1.0,
    };
    let resolution = directory.rational(282).zip(directory.rational(283));
    Exif {
        orientation: directory.short(274).map(Orientation::from_exif).unwrap_or_default(),
        resolution: resolution.map(|(x, y)| (x * per_inch, y * per_inch)),
    }
}

struct Directory<'a> {
    tiff: &'a [u8],
    is_little_endian: bool,
    /// Where the first entry is.
    first: usize,
    /// How many entries there are.
    count: usize,
}

impl<'a> Directory<'a> {
    const ENTRY: usize = 12;

    fn open(tiff: &'a [u8]) -> Option<Self> {
        let is_little_endian = match tiff.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let mut directory = Self { tiff, is_little_endian, first: 0, count: 0 };
        let start = directory.u32_at(4)? as usize;
        directory.count = usize::from(directory.u16_at(start)?);
        directory.first = start.checked_add(2)?;
        Some(directory)
    }

    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.tiff.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    fn u16_at(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes(at)?;
        Some(if self.is_little_endian {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes(at)?;
        Some(if self.is_little_endian {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }

    /// The place of an entry's value, if the entry is of the type.
    fn value(&self, tag: u16, kind: u16) -> Option<usize> {
        (0..self.count)
            .map(|index| self.first.saturating_add(index * Self::ENTRY))
            .take_while(|at| *at < self.tiff.len())
            .find(|at| self.u16_at(*at) == Some(tag) && self.u16_at(at + 2) == Some(kind))
            .map(|at| at + 8)
    }

    fn short(&self, tag: u16) -> Option<u16> {
        self.u16_at(self.value(tag, 3)?)
    }

    fn rational(&self, tag: u16) -> Option<f64> {
        let at = self.u32_at(self.value(tag, 5)?)? as usize;
        let (numerator, denominator) = (self.u32_at(at)?, self.u32_at(at.checked_add(4)?)?);
        (denominator != 0).then(|| f64::from(numerator) / f64::from(denominator))
    }
}
