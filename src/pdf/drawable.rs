//! What of a drawing PDF can draw as vectors.

use resvg::usvg::{
    BlendMode, ClipPath, Fill, FillRule, Group, ImageKind, Node, Paint, Path, Rect, SpreadMethod,
    Tree,
};

/// How deep groups may lie in one another: a reader must take 28 saved graphics states (Annex C).
const DEEPEST: usize = 24;

/// Whether everything in a drawing has a counterpart in PDF. Masks, filters, patterns, pixels
/// and gradients that repeat have none, or none that is worth its weight.
pub(super) fn can_draw(tree: &Tree) -> bool {
    is_drawable(tree.root(), DEEPEST)
}

fn is_drawable(group: &Group, depth: usize) -> bool {
    let is_plain = group.mask().is_none()
        && group.filters().is_empty()
        && group.blend_mode() != BlendMode::PlusLighter
        && group.clip_path().is_none_or(|clip| clip_is_drawable(clip, depth));
    is_plain && depth > 0 && group.children().iter().all(|node| node_is_drawable(node, depth - 1))
}

fn node_is_drawable(node: &Node, depth: usize) -> bool {
    match node {
        Node::Group(group) => is_drawable(group, depth),
        Node::Text(text) => is_drawable(text.flattened(), depth),
        Node::Path(path) => {
            let fill = path.fill().is_none_or(|fill| paint_is_drawable(fill.paint()));
            fill && path.stroke().is_none_or(|stroke| paint_is_drawable(stroke.paint()))
        }
        Node::Image(image) => match image.kind() {
            ImageKind::SVG(tree) => is_drawable(tree.root(), depth),
            ImageKind::JPEG(_) | ImageKind::PNG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) => {
                false
            }
        },
    }
}

fn paint_is_drawable(paint: &Paint) -> bool {
    match paint {
        Paint::Color(_) => true,
        Paint::LinearGradient(gradient) => gradient.spread_method() == SpreadMethod::Pad,
        Paint::RadialGradient(gradient) => gradient.spread_method() == SpreadMethod::Pad,
        Paint::Pattern(_) => false,
    }
}

/// Clips are joined by putting their outlines into one path, which is right for shapes that lie
/// apart, and for a single one.
fn clip_is_drawable(clip: &ClipPath, depth: usize) -> bool {
    depth > 0
        && outlines(clip).is_some_and(|outlines| lie_apart(&outlines))
        && clip.clip_path().is_none_or(|clip| clip_is_drawable(clip, depth - 1))
}

fn lie_apart(outlines: &[(&Path, FillRule)]) -> bool {
    /// Each is compared with each.
    const MOST: usize = 64;
    let is_apart =
        |index: usize, one: &Path| outlines[..index].iter().all(|(other, _)| !overlap(one, other));
    outlines.len() <= 1
        || outlines.len() <= MOST
            && outlines.iter().all(|(_, rule)| *rule == FillRule::NonZero)
            && outlines.iter().enumerate().all(|(index, (one, _))| is_apart(index, one))
}

fn overlap(one: &Path, other: &Path) -> bool {
    let (one, other): (Rect, Rect) = (one.abs_bounding_box(), other.abs_bounding_box());
    one.left() < other.right()
        && other.left() < one.right()
        && one.top() < other.bottom()
        && other.top() < one.bottom()
}

/// The outlines of a clip path with their rules. None if it holds anything but plain paths.
pub(super) fn outlines(clip: &ClipPath) -> Option<Vec<(&Path, FillRule)>> {
    let mut outlines = Vec::new();
    collect_outlines(clip.root(), DEEPEST, &mut outlines).then_some(outlines)
}

fn collect_outlines<'t>(
    group: &'t Group,
    depth: usize,
    outlines: &mut Vec<(&'t Path, FillRule)>,
) -> bool {
    depth > 0
        && group.clip_path().is_none()
        && group.children().iter().all(|node| match node {
            Node::Group(group) => collect_outlines(group, depth - 1, outlines),
            Node::Text(text) => collect_outlines(text.flattened(), depth - 1, outlines),
            Node::Path(path) => {
                let rule = path.fill().map(Fill::rule).unwrap_or_default();
                outlines.extend(path.is_visible().then_some((&**path, rule)));
                true
            }
            Node::Image(_) => false,
        })
}
