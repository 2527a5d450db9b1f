//! A drawing into a form `XObject` (ISO 32000-1, 8.10): paths stay paths and text its outlines.
//!
//! The form's space is the drawing's own, y downwards. Everything but groups that blend as a
//! whole is painted in it directly, by the absolute transforms that usvg has resolved.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};
use resvg::usvg::tiny_skia_path::{PathSegment, Point};
use resvg::usvg::{
    BlendMode, ClipPath, Color, FillRule, Group, ImageKind, LineCap, LineJoin, Node, Opacity,
    Paint, PaintOrder, Path, Rect, Stroke, Transform, Tree,
};

use super::drawable::{can_draw, outlines};
use super::fragment::{Fragment, deflated_stream};
use super::gradient::{self, Gradient};
use super::syntax::{reals, write_matrix, write_operation};

/// Draws a tree as a form. None where it holds what has no counterpart in PDF: masks, filters,
/// patterns, pixels, gradients that repeat.
pub(super) fn draw(tree: &Tree) -> Option<(Fragment, ObjectId)> {
    if !can_draw(tree) {
        return None;
    }
    let mut fragment = Fragment::default();
    let root = draw_tree(&mut fragment, tree);
    Some((fragment, root))
}

/// Draws a tree as a form with resources of its own.
fn draw_tree(fragment: &mut Fragment, tree: &Tree) -> ObjectId {
    let resources = fragment.reserve();
    let mut drawer = Drawer {
        fragment,
        resources,
        out: Vec::new(),
        states: BTreeMap::new(),
        masks: Vec::new(),
        patterns: Vec::new(),
        forms: Vec::new(),
    };
    let size = tree.size();
    let bounds = [0.0, 0.0, f64::from(size.width()), f64::from(size.height())];
    drawer.draw_group(tree.root());
    let content = std::mem::take(&mut drawer.out);
    let root = drawer.add_form(bounds, &content, None);
    let dictionary = drawer.resource_dictionary();
    fragment.set(resources, dictionary);
    root
}

/// Draws into forms that share one resource dictionary.
struct Drawer<'f> {
    fragment: &'f mut Fragment,
    resources: ObjectId,
    out: Vec<u8>,
    /// Graphics states by opacity, in thousandths, of fill and stroke, and by blend mode.
    states: BTreeMap<(u32, u32, &'static str), ObjectId>,
    masks: Vec<ObjectId>,
    patterns: Vec<ObjectId>,
    forms: Vec<ObjectId>,
}

impl Drawer<'_> {
    fn draw_group(&mut self, group: &Group) {
        let blends = group.isolate()
            || group.opacity() < Opacity::ONE
            || group.blend_mode() != BlendMode::Normal;
        if group.clip_path().is_none() && !blends {
            return self.draw_children(group);
        }
        self.out.extend_from_slice(b"q\n");
        let mut clip = group.clip_path();
        while let Some(outlines) = clip {
            self.clip(outlines, group.abs_transform());
            clip = outlines.clip_path();
        }
        if blends {
            self.draw_blended(group);
        } else {
            self.draw_children(group);
        }
        self.out.extend_from_slice(b"Q\n");
    }

    fn draw_children(&mut self, group: &Group) {
        for node in group.children() {
            match node {
                Node::Group(group) => self.draw_group(group),
                Node::Text(text) => self.draw_group(text.flattened()),
                Node::Path(path) if path.is_visible() => self.draw_path(path),
                Node::Image(image) if image.is_visible() => {
                    if let ImageKind::SVG(tree) = image.kind() {
                        let form = draw_tree(self.fragment, tree);
                        self.out.extend_from_slice(b"q\n");
                        write_matrix(&mut self.out, matrix(image.abs_transform()));
                        self.paint_form(form);
                        self.out.extend_from_slice(b"Q\n");
                    }
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }

    /// Paints a group that blends as a whole (11.6.6).
    fn draw_blended(&mut self, group: &Group) {
        let outer = std::mem::take(&mut self.out);
        self.draw_children(group);
        let content = std::mem::replace(&mut self.out, outer);
        let transparency = dictionary! {
            "S" => "Transparency",
            "CS" => "DeviceRGB",
            "I" => true,
        };
        let form =
            self.add_form(edges(group.abs_stroke_bounding_box()), &content, Some(transparency));
        self.select_state(group.opacity(), group.opacity(), blend_name(group.blend_mode()));
        self.paint_form(form);
    }

    fn paint_form(&mut self, form: ObjectId) {
        self.forms.push(form);
        self.name('X', self.forms.len() - 1, "Do");
    }

    fn add_form(
        &mut self,
        bounds: [f64; 4],
        content: &[u8],
        group: Option<Dictionary>,
    ) -> ObjectId {
        let mut dictionary = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => reals(&bounds),
            "Resources" => self.resources,
        };
        if let Some(group) = group {
            dictionary.set("Group", group);
        }
        self.fragment.add(deflated_stream(dictionary, content))
    }

    /// Cuts what follows by the outlines of a clip path, which has been found to be a plain one.
    fn clip(&mut self, clip: &ClipPath, at: Transform) {
        let outlines = outlines(clip).unwrap_or_default();
        let space = at.pre_concat(clip.transform());
        for (path, _) in &outlines {
            write_outline(&mut self.out, path, space.pre_concat(path.abs_transform()));
        }
        if outlines.is_empty() {
            write_operation(&mut self.out, &[0.0; 4], "re");
        }
        let is_even_odd = outlines.first().is_some_and(|(_, rule)| *rule == FillRule::EvenOdd);
        write_operation(&mut self.out, &[], if is_even_odd { "W* n" } else { "W n" });
    }

    fn draw_path(&mut self, path: &Path) {
        match path.paint_order() {
            PaintOrder::FillAndStroke => {
                self.fill(path);
                self.stroke(path);
            }
            PaintOrder::StrokeAndFill => {
                self.stroke(path);
                self.fill(path);
            }
        }
    }

    fn fill(&mut self, path: &Path) {
        let Some(fill) = path.fill() else { return };
        self.out.extend_from_slice(b"q\n");
        self.select_paint(path, fill.paint(), fill.opacity(), Use::Fill);
        write_outline(&mut self.out, path, path.abs_transform());
        let operator = match fill.rule() {
            FillRule::NonZero => "f",
            FillRule::EvenOdd => "f*",
        };
        write_operation(&mut self.out, &[], operator);
        self.out.extend_from_slice(b"Q\n");
    }

    /// The pen is stretched as the path is, so the transform can't go into the path.
    fn stroke(&mut self, path: &Path) {
        let Some(stroke) = path.stroke() else { return };
        self.out.extend_from_slice(b"q\n");
        self.select_paint(path, stroke.paint(), stroke.opacity(), Use::Stroke);
        if !path.abs_transform().is_identity() {
            write_matrix(&mut self.out, matrix(path.abs_transform()));
        }
        self.select_pen(stroke);
        write_outline(&mut self.out, path, Transform::identity());
        write_operation(&mut self.out, &[], "S");
        self.out.extend_from_slice(b"Q\n");
    }

    fn select_pen(&mut self, stroke: &Stroke) {
        let out = &mut self.out;
        write_operation(out, &[f64::from(stroke.width().get())], "w");
        let cap = match stroke.linecap() {
            LineCap::Butt => 0.0,
            LineCap::Round => 1.0,
            LineCap::Square => 2.0,
        };
        let join = match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0.0,
            LineJoin::Round => 1.0,
            LineJoin::Bevel => 2.0,
        };
        write_operation(out, &[cap], "J");
        write_operation(out, &[join], "j");
        write_operation(out, &[f64::from(stroke.miterlimit().get())], "M");
        if let Some(dashes) = stroke.dasharray() {
            out.push(b'[');
            let dashes: Vec<f64> = dashes.iter().copied().map(f64::from).collect();
            write_operation(out, &dashes, "]");
            write_operation(out, &[f64::from(stroke.dashoffset())], "d");
        }
    }

    fn select_paint(&mut self, path: &Path, paint: &Paint, opacity: Opacity, using: Use) {
        let (fill, stroke) = match using {
            Use::Fill => (opacity, Opacity::ONE),
            Use::Stroke => (Opacity::ONE, opacity),
        };
        if opacity < Opacity::ONE {
            self.select_state(fill, stroke, "Normal");
        }
        let gradient = match paint {
            Paint::Color(color) => {
                let operator = match using {
                    Use::Fill => "rg",
                    Use::Stroke => "RG",
                };
                return write_operation(&mut self.out, &components(*color), operator);
            }
            Paint::LinearGradient(gradient) => Gradient::linear(gradient),
            Paint::RadialGradient(gradient) => Gradient::radial(gradient),
            Paint::Pattern(_) => return,
        };
        self.select_gradient(path, &gradient, using);
    }

    /// A gradient is a pattern; where its stops are not opaque, a mask of the same shape is laid
    /// over what it paints (11.6.5.3).
    fn select_gradient(&mut self, path: &Path, gradient: &Gradient<'_>, using: Use) {
        let space = path.abs_transform().pre_concat(gradient.transform());
        if !gradient.is_opaque() {
            let shading = self.fragment.add(gradient.opacity_shading());
            let bounds = edges(path.abs_stroke_bounding_box());
            let state = gradient::mask_state(self.fragment, shading, matrix(space), bounds);
            self.masks.push(state);
            self.name('M', self.masks.len() - 1, "gs");
        }
        let pattern = dictionary! {
            "Type" => "Pattern",
            "PatternType" => 2,
            "Matrix" => reals(&matrix(space)),
            "Shading" => gradient.shading(),
        };
        self.patterns.push(self.fragment.add(pattern));
        let (select, set) = match using {
            Use::Fill => ("/Pattern cs\n", "scn"),
            Use::Stroke => ("/Pattern CS\n", "SCN"),
        };
        self.out.extend_from_slice(select.as_bytes());
        self.name('P', self.patterns.len() - 1, set);
    }

    fn select_state(&mut self, fill: Opacity, stroke: Opacity, blend: &'static str) {
        let thousandths = |opacity: Opacity| (opacity.get() * 1000.0).round() as u32;
        let key = (thousandths(fill), thousandths(stroke), blend);
        let state = *self.states.entry(key).or_insert_with(|| {
            self.fragment.add(dictionary! {
                "Type" => "ExtGState",
                "ca" => Object::Real(fill.get()),
                "CA" => Object::Real(stroke.get()),
                "BM" => blend,
            })
        });
        self.name('G', state.0 as usize, "gs");
    }

    fn name(&mut self, kind: char, index: usize, operator: &str) {
        self.out.extend_from_slice(format!("/{kind}{index} {operator}\n").as_bytes());
    }

    fn resource_dictionary(&self) -> Dictionary {
        let named = |kind: char, ids: &[ObjectId]| -> Dictionary {
            let names = ids.iter().enumerate();
            names.map(|(index, id)| (format!("{kind}{index}"), Object::Reference(*id))).collect()
        };
        let mut states = named('M', &self.masks);
        for id in self.states.values() {
            states.set(format!("G{}", id.0), *id);
        }
        dictionary! {
            "ExtGState" => states,
            "Pattern" => named('P', &self.patterns),
            "XObject" => named('X', &self.forms),
        }
    }
}

/// What a colour is for.
#[derive(Clone, Copy)]
enum Use {
    Fill,
    Stroke,
}

fn components(color: Color) -> [f64; 3] {
    [color.red, color.green, color.blue].map(|part| f64::from(part) / 255.0)
}

fn matrix(transform: Transform) -> [f64; 6] {
    let Transform { sx, kx, ky, sy, tx, ty } = transform;
    [sx, ky, kx, sy, tx, ty].map(f64::from)
}

fn edges(bounds: Rect) -> [f64; 4] {
    [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()].map(f64::from)
}

fn write_outline(out: &mut Vec<u8>, path: &Path, space: Transform) {
    let mut last = [0.0; 2];
    let place = |mut point: Point| {
        space.map_point(&mut point);
        [f64::from(point.x), f64::from(point.y)]
    };
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(to) => {
                last = place(to);
                write_operation(out, &last, "m");
            }
            PathSegment::LineTo(to) => {
                last = place(to);
                write_operation(out, &last, "l");
            }
            PathSegment::QuadTo(control, to) => {
                let (control, to) = (place(control), place(to));
                let toward = |from: [f64; 2]| {
                    [0, 1].map(|axis| from[axis] + (control[axis] - from[axis]) * 2.0 / 3.0)
                };
                let points = [toward(last), toward(to), to];
                write_operation(out, points.as_flattened(), "c");
                last = to;
            }
            PathSegment::CubicTo(first, second, to) => {
                let points = [place(first), place(second), place(to)];
                write_operation(out, points.as_flattened(), "c");
                last = points[2];
            }
            PathSegment::Close => write_operation(out, &[], "h"),
        }
    }
}

/// The name of a blend mode (11.3.5). The one that PDF lacks is painted as pixels.
fn blend_name(mode: BlendMode) -> &'static str {
    match mode {
        BlendMode::Normal | BlendMode::PlusLighter => "Normal",
        BlendMode::Multiply => "Multiply",
        BlendMode::Screen => "Screen",
        BlendMode::Overlay => "Overlay",
        BlendMode::Darken => "Darken",
        BlendMode::Lighten => "Lighten",
        BlendMode::ColorDodge => "ColorDodge",
        BlendMode::ColorBurn => "ColorBurn",
        BlendMode::HardLight => "HardLight",
        BlendMode::SoftLight => "SoftLight",
        BlendMode::Difference => "Difference",
        BlendMode::Exclusion => "Exclusion",
        BlendMode::Hue => "Hue",
        BlendMode::Saturation => "Saturation",
        BlendMode::Color => "Color",
        BlendMode::Luminosity => "Luminosity",
    }
}
