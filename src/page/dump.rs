//! Pages as text, for goldens and for people who look for a fault.

use std::fmt::Write as _;

use super::{Frame, Item, PagedDocument, Tag};
use crate::geometry::Point;

/// Writes every page as lines of text: place, kind, and what is painted.
#[must_use]
pub fn dump(document: &PagedDocument) -> String {
    let mut out = String::new();
    for page in &document.pages {
        let _ = writeln!(out, "page {} {}x{}", page.label, page.size.width, page.size.height);
        dump_frame(&mut out, &page.frame, Point::ORIGIN, document);
    }
    out
}

fn dump_frame(out: &mut String, frame: &Frame, origin: Point, document: &PagedDocument) {
    for placed in &frame.items {
        let at = placed.at + origin;
        let _ = write!(out, "  {:.1},{:.1} ", at.x.0, at.y.0);
        let _ = match &placed.item {
            Item::Group(group) => {
                let _ = writeln!(out, "group");
                dump_frame(out, &group.frame, at, document);
                Ok(())
            }
            Item::Text(run) => writeln!(
                out,
                "text {} {} w{:.1} {:?}{}",
                run.font.index(),
                run.size,
                run.width().0,
                run.text,
                tag(run.tag, document)
            ),
            Item::Shape(shape) => {
                writeln!(out, "shape {}{}", shape.path.segments.len(), tag(shape.tag, document))
            }
            Item::Image(image) => writeln!(
                out,
                "image {}x{}{}",
                image.size.width,
                image.size.height,
                tag(image.tag, document)
            ),
            Item::Link(link) => writeln!(out, "link {:?}", link.target),
        };
    }
}

fn tag(tag: Tag, document: &PagedDocument) -> String {
    match tag {
        Tag::Node(id) => format!(" <{:?}>", document.structure.node(id).role),
        Tag::Artifact(artifact) => format!(" ({artifact:?})"),
    }
}
