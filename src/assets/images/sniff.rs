//! The first bytes of a file into its format.

/// The formats that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
    /// GIF 87a and 89a.
    Gif,
    /// WebP (RFC 9649).
    WebP,
    /// SVG, not compressed.
    Svg,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A picture of a format that is understood.
    Known(Format),
    /// A picture of another format: its name, and what to convert it to.
    Unsupported(&'static str, &'static str),
    /// The stand-in that Git LFS leaves where a file was not fetched.
    LfsPointer,
    /// None of them.
    Unknown,
}

impl Format {
    /// The media type (RFC 6838).
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The name, as people write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Svg => "SVG",
        }
    }

    /// The endings of its files, the usual one first.
    pub(super) fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png", "apng"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Svg => &["svg"],
        }
    }
}

/// Whether a file name's ending promises a picture of some other format.
pub(super) fn is_misnamed(file_name: &str, format: Format) -> bool {
    const OTHERS: [&str; 12] =
        ["avif", "heic", "heif", "tif", "tiff", "bmp", "pdf", "eps", "jxl", "jp2", "ico", "svgz"];
    const KNOWN: [Format; 5] = [Format::Jpeg, Format::Png, Format::Gif, Format::WebP, Format::Svg];
    let Some((_, ending)) = file_name.rsplit_once('.') else { return false };
    let ending = ending.to_ascii_lowercase();
    let is_picture = KNOWN.iter().flat_map(|known| known.endings()).chain(&OTHERS);
    !format.endings().contains(&ending.as_str()) && is_picture.into_iter().any(|it| *it == ending)
}

/// Tells the format by the first bytes.
pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    const RASTER: &str = "save it as JPEG or PNG";
    const VECTOR: &str = "save it as SVG, or as PNG";
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let brand = bytes.get(4..12).unwrap_or_default();
    if starts(b"\xFF\xD8\xFF") {
        Sniffed::Known(Format::Jpeg)
    } else if starts(b"\x89PNG\r\n\x1A\n") {
        Sniffed::Known(Format::Png)
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        Sniffed::Known(Format::Gif)
    } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Sniffed::Known(Format::WebP)
    } else if starts(b"\x1F\x8B") {
        Sniffed::Unsupported("compressed SVG", "unpack it with `gunzip` and name it `.svg`")
    } else if matches!(brand, b"ftypavif" | b"ftypavis") {
        Sniffed::Unsupported("AVIF", RASTER)
    } else if brand.starts_with(b"ftyp") {
        Sniffed::Unsupported("HEIC", RASTER)
    } else if starts(b"II*\0") || starts(b"MM\0*") || starts(b"II+\0") || starts(b"MM\0+") {
        Sniffed::Unsupported("TIFF", RASTER)
    } else if starts(b"\xFF\x0A") || brand == b"JXL \r\n\x87\n" {
        Sniffed::Unsupported("JPEG XL", RASTER)
    } else if brand == b"jP  \r\n\x87\n" {
        Sniffed::Unsupported("JPEG 2000", RASTER)
    } else if starts(b"BM") {
        Sniffed::Unsupported("BMP", RASTER)
    } else if starts(b"\0\0\x01\0") {
        Sniffed::Unsupported("ICO", RASTER)
    } else if starts(b"8BPS") {
        Sniffed::Unsupported("Photoshop", RASTER)
    } else if starts(b"%PDF-") {
        Sniffed::Unsupported("PDF", VECTOR)
    } else if starts(b"%!PS") || starts(b"\xC5\xD0\xD3\xC6") {
        Sniffed::Unsupported("EPS", VECTOR)
    } else if starts(b"version https://git-lfs") {
        Sniffed::LfsPointer
    } else if is_svg(bytes) {
        Sniffed::Known(Format::Svg)
    } else {
        Sniffed::Unknown
    }
}

/// Whether the bytes open like an XML file that holds an `svg`, behind what may stand before it.
fn is_svg(bytes: &[u8]) -> bool {
    /// Comments and entities of drawing programs stand before the root.
    const HEAD: usize = 1 << 20;
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let mut tags = head.split(|byte| *byte == b'<').skip(1);
    head.starts_with(b"<") && tags.any(|tag| tag.starts_with(b"svg"))
}
