//! Gradients of drawings into shadings and functions (ISO 32000-1, 8.7.4.5 and 7.10).

use lopdf::{Dictionary, Object, ObjectId, dictionary};
use resvg::usvg::{self, BaseGradient, Opacity, Stop, Transform};

use super::fragment::{Fragment, deflated_stream};
use super::syntax::{reals, write_matrix};

/// A gradient with its geometry as PDF takes it.
pub(super) struct Gradient<'a> {
    base: &'a BaseGradient,
    /// The shading's type and the ends of its axis, or its two circles.
    kind: i64,
    coordinates: Vec<f64>,
}

impl<'a> Gradient<'a> {
    /// Along an axis.
    pub(super) fn linear(gradient: &'a usvg::LinearGradient) -> Self {
        let ends = [gradient.x1(), gradient.y1(), gradient.x2(), gradient.y2()];
        Self { base: gradient, kind: 2, coordinates: ends.map(f64::from).to_vec() }
    }

    /// From a circle to a circle.
    pub(super) fn radial(gradient: &'a usvg::RadialGradient) -> Self {
        let inner = [gradient.fx(), gradient.fy(), gradient.fr().get()];
        let outer = [gradient.cx(), gradient.cy(), gradient.r().get()];
        let circles = [inner, outer].as_flattened().iter().copied().map(f64::from).collect();
        Self { base: gradient, kind: 3, coordinates: circles }
    }

    /// From the gradient's space to that of the painted path.
    pub(super) fn transform(&self) -> Transform {
        self.base.transform()
    }

    /// Whether every stop covers what lies below it.
    pub(super) fn is_opaque(&self) -> bool {
        self.base.stops().iter().all(|stop| stop.opacity() == Opacity::ONE)
    }

    /// The shading of its colours.
    pub(super) fn shading(&self) -> Dictionary {
        self.shade("DeviceRGB", |stop| {
            let color = stop.color();
            [color.red, color.green, color.blue].map(|part| f64::from(part) / 255.0).to_vec()
        })
    }

    /// The shading of its opacities, in gray.
    pub(super) fn opacity_shading(&self) -> Dictionary {
        self.shade("DeviceGray", |stop| vec![f64::from(stop.opacity().get())])
    }

    fn shade(&self, space: &str, color: impl Fn(&Stop) -> Vec<f64>) -> Dictionary {
        dictionary! {
            "ShadingType" => self.kind,
            "ColorSpace" => space,
            "Coords" => reals(&self.coordinates),
            "Function" => blend(self.base.stops(), color),
            "Extend" => vec![Object::Boolean(true); 2],
        }
    }
}

/// A function that goes from stop to stop.
fn blend(stops: &[Stop], color: impl Fn(&Stop) -> Vec<f64>) -> Dictionary {
    let mut pieces = Vec::new();
    let mut bounds = vec![0.0];
    if let (Some(first), Some(last)) = (stops.first(), stops.last()) {
        let offset = |stop: &Stop| f64::from(stop.offset().get());
        let mut add = |end: f64, from: &Stop, to: &Stop| {
            // Two stops at one place are a sharp edge, with nothing between them.
            if end > bounds.last().copied().unwrap_or_default() {
                pieces.push(Object::Dictionary(interpolation(&color(from), &color(to))));
                bounds.push(end);
            }
        };
        add(offset(first), first, first);
        for pair in stops.windows(2) {
            if let [from, to] = pair {
                add(offset(to), from, to);
            }
        }
        add(1.0, last, last);
    }
    let inner = bounds.get(1..bounds.len().saturating_sub(1)).unwrap_or_default();
    dictionary! {
        "FunctionType" => 3,
        "Domain" => reals(&[0.0, 1.0]),
        "Bounds" => reals(inner),
        "Encode" => reals(&[0.0, 1.0].repeat(pieces.len())),
        "Functions" => pieces,
    }
}

fn interpolation(from: &[f64], to: &[f64]) -> Dictionary {
    dictionary! {
        "FunctionType" => 2,
        "Domain" => reals(&[0.0, 1.0]),
        "C0" => reals(from),
        "C1" => reals(to),
        "N" => 1,
    }
}

/// A graphics state that lets through as much as a gray shading is light.
pub(super) fn mask_state(
    fragment: &mut Fragment,
    shading: ObjectId,
    space: [f64; 6],
    bounds: [f64; 4],
) -> ObjectId {
    let mut content = Vec::new();
    write_matrix(&mut content, space);
    content.extend_from_slice(b"/S sh\n");
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => reals(&bounds),
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceGray", "I" => true },
        "Resources" => dictionary! { "Shading" => dictionary! { "S" => shading } },
    };
    let mask = fragment.add(deflated_stream(dictionary, &content));
    fragment.add(dictionary! {
        "Type" => "ExtGState",
        "SMask" => dictionary! { "Type" => "Mask", "S" => "Luminosity", "G" => mask },
    })
}
