//! The pictures that a manuscript names into checked [`Image`]s.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::complaint::{Complaint, check_size};
use super::sniff::{Format, Sniffed, is_misnamed, sniff};
use super::vector::Parser;
use super::{Image, ImageContent, Orientation, jpeg, raster};
use crate::assets::FontBook;
use crate::diagnostics::{Diagnostic, Sink, Span, codes, nearest};
use crate::geometry::{Pt, Size};
use crate::model::{Picture, PictureSource};
use crate::sandbox::{ReadError, Root, RootPath};

/// The largest picture file that is read, in bytes.
const LARGEST_FILE: u64 = 64 << 20;
/// Loads each file once, in parallel; the images come in the order in which they are first named.
pub(super) fn load<'a>(
    root: &Root,
    pictures: impl IntoIterator<Item = &'a Picture>,
    fonts: &FontBook,
    sink: &Sink,
) -> Vec<Image> {
    let sources = distinct(pictures);
    let loader = Loader { root, parser: Parser::new(fonts), large: Mutex::new(()) };
    let outcomes: Vec<_> = sources.par_iter().map(|(source, _)| loader.load(source)).collect();
    let mut images = Vec::new();
    for ((source, spans), (image, complaints)) in sources.iter().zip(outcomes) {
        for complaint in complaints {
            sink.report(diagnostic(source, spans, complaint));
        }
        images.extend(image);
    }
    images
}

/// Every source once, in first-seen order, with the places that name it.
fn distinct<'a>(
    pictures: impl IntoIterator<Item = &'a Picture>,
) -> Vec<(&'a PictureSource, Vec<Span>)> {
    let mut sources: Vec<(&PictureSource, Vec<Span>)> = Vec::new();
    let mut known = BTreeMap::new();
    for picture in pictures {
        let index = *known.entry(&picture.source).or_insert(sources.len());
        if index == sources.len() {
            sources.push((&picture.source, Vec::new()));
        }
        sources[index].1.push(picture.span);
    }
    sources
}

fn diagnostic(source: &PictureSource, spans: &[Span], complaint: Complaint) -> Diagnostic {
    /// One complaint is enough for a picture that stands on every page.
    const MOST_LABELS: usize = 4;
    let name = match source {
        PictureSource::Local(path) => path.as_str(),
        PictureSource::Remote(address) | PictureSource::Outside(address) => address,
    };
    let (first, others) = spans.split_first().map_or((Span::default(), spans), |(a, b)| (*a, b));
    let message = format!("the picture `{}` {}", shorten(name), complaint.message);
    let mut found = Diagnostic::new(complaint.code, first, message);
    for other in others.iter().filter(|other| **other != first).take(MOST_LABELS) {
        found = found.with_label(*other, "named here too");
    }
    found.help = complaint.help;
    found
}

/// A `data:` address can be as long as a picture.
fn shorten(name: &str) -> String {
    const LONGEST: usize = 120;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

struct Loader<'a> {
    root: &'a Root,
    parser: Parser<'a>,
    /// Held while a large picture is decoded: one at a time, so that memory does not grow with
    /// the number of threads.
    large: Mutex<()>,
}

impl Loader<'_> {
    /// The image, if it can be had, and what is to be said of it.
    fn load(&self, source: &PictureSource) -> (Option<Image>, Vec<Complaint>) {
        let mut complaints = Vec::new();
        let loaded = match source {
            PictureSource::Local(path) => self.load_file(path, &mut complaints).map(Some),
            PictureSource::Remote(address) => Err(remote(address)),
            PictureSource::Outside(_) => Ok(None),
        };
        let image = loaded.unwrap_or_else(|complaint| {
            complaints.push(complaint);
            None
        });
        (image, complaints)
    }

    fn load_file(
        &self,
        path: &RootPath,
        complaints: &mut Vec<Complaint>,
    ) -> Result<Image, Complaint> {
        let bytes: Arc<[u8]> = self.read(path)?.into();
        let format = known_format(&bytes)?;
        if is_misnamed(path.file_name(), format) {
            complaints.push(misnamed(format));
        }
        let measured = self.measure(&bytes, format, complaints)?;
        Ok(Image {
            path: path.clone(),
            hash: Sha256::digest(&bytes).into(),
            media_type: format.media_type(),
            pixels: measured.pixels,
            natural_size: measured.natural_size,
            content: measured.content,
            bytes,
        })
    }

    fn read(&self, path: &RootPath) -> Result<Vec<u8>, Complaint> {
        self.root.read(path, LARGEST_FILE).map_err(|error| match error {
            ReadError::NotFound => self.not_found(path),
            ReadError::LeavesRoot => {
                Complaint::new(codes::PATH_OUTSIDE_ROOT, "is a link out of the manuscript's folder")
                    .with_help("copy the file itself into the manuscript's folder")
            }
            ReadError::TooLarge(limit) => {
                let message = format!("is a file of more than {} MiB", limit >> 20);
                Complaint::new(codes::PICTURE_TOO_LARGE, message).with_help("save it smaller")
            }
            ReadError::NotAFile | ReadError::TooManyEntries => {
                Complaint::new(codes::PICTURE_UNREADABLE, "is a folder or a device, not a file")
            }
            ReadError::Io(error) => {
                Complaint::new(codes::READ_FAILED, format!("can't be read: {error}"))
            }
        })
    }

    fn not_found(&self, path: &RootPath) -> Complaint {
        let complaint = Complaint::new(codes::PICTURE_NOT_FOUND, "does not exist");
        let name = path.file_name();
        let mut neighbours = self.neighbours(&path.parent());
        // A link in a circle has the very name, and leads to nothing.
        neighbours.retain(|other| other != name);
        let same = neighbours.iter().find(|other| other.eq_ignore_ascii_case(name));
        let near = same.map(String::as_str);
        match near.or_else(|| nearest(name, neighbours.iter().map(String::as_str))) {
            Some(near) => complaint.with_help(format!("did you mean `{near}`, which does?")),
            None => complaint.with_help("paths start from the file that names the picture"),
        }
    }

    /// The names in a folder of the root, sorted; none where a link leads out of the root.
    fn neighbours(&self, folder: &RootPath) -> Vec<String> {
        /// Enough for any folder of pictures; a help line is not worth more.
        const MOST: usize = 2000;
        let folder = self.root.folder().join(folder.as_str());
        let is_inside = folder.canonicalize().is_ok_and(|it| it.starts_with(self.root.folder()));
        let Some(entries) = is_inside.then(|| fs::read_dir(folder).ok()).flatten() else {
            return Vec::new();
        };
        let names = entries.take(MOST).flatten().map(|entry| entry.file_name());
        let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
        names.sort();
        names
    }

    fn measure(
        &self,
        bytes: &[u8],
        format: Format,
        complaints: &mut Vec<Complaint>,
    ) -> Result<Measured, Complaint> {
        match format {
            Format::Jpeg => measure_jpeg(bytes),
            Format::Png | Format::Gif | Format::WebP => self.measure_raster(bytes, format),
            Format::Svg => self.measure_vector(bytes, complaints),
        }
    }

    fn measure_vector(
        &self,
        bytes: &[u8],
        complaints: &mut Vec<Complaint>,
    ) -> Result<Measured, Complaint> {
        /// More than any drawing program's sheet, in user units.
        const LARGEST: f32 = 1_000_000.0;
        const POINTS_A_UNIT: f64 = 72.0 / 96.0;
        let vector = self.parser.parse(bytes)?;
        complaints.extend(vector.complaints);
        let (width, height) = (vector.tree.size().width(), vector.tree.size().height());
        if width.max(height) > LARGEST {
            let message = format!("claims to be {width} × {height} units large");
            return Err(Complaint::new(codes::PICTURE_TOO_LARGE, message)
                .with_help("give the SVG the width and height that it is to be printed at"));
        }
        let points = |units: f32| Pt(f64::from(units) * POINTS_A_UNIT);
        Ok(Measured {
            pixels: (width.ceil() as u32, height.ceil() as u32),
            natural_size: Size::new(points(width), points(height)),
            content: ImageContent::Vector(vector.tree),
        })
    }

    fn measure_raster(&self, bytes: &[u8], format: Format) -> Result<Measured, Complaint> {
        const LARGE: u64 = 16_000_000;
        let (width, height) = raster::probe(bytes, format)?;
        let _one_at_a_time = (u64::from(width) * u64::from(height) > LARGE)
            .then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        let found = raster::verify(bytes, format)?;
        Ok(measured(found.stored, found.resolution, found.orientation, ImageContent::Raster))
    }
}

/// What a picture's content comes to.
struct Measured {
    pixels: (u32, u32),
    natural_size: Size,
    content: ImageContent,
}

fn measure_jpeg(bytes: &[u8]) -> Result<Measured, Complaint> {
    let found = jpeg::read(bytes)?;
    check_size(found.stored)?;
    let content = ImageContent::Jpeg {
        color: found.color,
        orientation: found.orientation,
        icc: found.icc,
        stored: found.stored,
    };
    Ok(measured(found.stored, found.resolution, found.orientation, content))
}

/// The natural size by the picture's own resolution where that is one that people print at.
fn measured(
    stored: (u32, u32),
    resolution: Option<(f64, f64)>,
    orientation: Orientation,
    content: ImageContent,
) -> Measured {
    const USUAL: f64 = 300.0;
    let is_usable = |dots: f64| (10.0..=10_000.0).contains(&dots);
    let (across, down) = resolution
        .filter(|(across, down)| is_usable(*across) && is_usable(*down))
        .unwrap_or((USUAL, USUAL));
    let points = |pixels: u32, dots: f64| Pt(f64::from(pixels) * 72.0 / dots);
    let size = (points(stored.0, across), points(stored.1, down));
    let (width, height) = orientation.turn_size(size);
    Measured {
        pixels: orientation.turn_size(stored),
        natural_size: Size::new(width, height),
        content,
    }
}

fn known_format(bytes: &[u8]) -> Result<Format, Complaint> {
    if bytes.is_empty() {
        return Err(Complaint::new(codes::PICTURE_UNREADABLE, "is an empty file"));
    }
    match sniff(bytes) {
        Sniffed::Known(format) => Ok(format),
        Sniffed::Unsupported(name, help) => {
            let message = format!("is {name}, which not every reader shows");
            Err(Complaint::new(codes::PICTURE_FORMAT, message).with_help(help))
        }
        Sniffed::LfsPointer => {
            let message = "is only the stand-in of a file that Git LFS keeps";
            let complaint = Complaint::new(codes::PICTURE_UNREADABLE, message);
            Err(complaint.with_help("fetch it with `git lfs pull`"))
        }
        Sniffed::Unknown => {
            let complaint = Complaint::new(codes::PICTURE_UNREADABLE, "is of no known format");
            Err(complaint.with_help("JPEG, PNG, GIF, WebP and SVG are understood"))
        }
    }
}

fn misnamed(format: Format) -> Complaint {
    let message = format!("is a {} by its content", format.name());
    let ending = format.endings().first().copied().unwrap_or_default();
    Complaint::new(codes::PICTURE_MISNAMED, message)
        .with_help(format!("name it with the ending `.{ending}`"))
}

fn remote(address: &str) -> Complaint {
    if address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
        return Complaint::new(codes::PICTURE_REMOTE, "is written into the text")
            .with_help("save it as a file beside the manuscript and name the file");
    }
    Complaint::new(
        codes::PICTURE_REMOTE,
        "is on the network, and a build opens no connection: it must come out the same every time",
    )
    .with_help("download it beside the manuscript and name the file")
}
