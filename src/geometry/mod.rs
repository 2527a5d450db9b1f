//! Lengths, points, sizes, rectangles and transforms of the page.
//!
//! The unit is the PostScript point, 1/72 inch. The origin is the page's top left corner and
//! y grows downwards; the PDF backend turns the axis over when it writes.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// A length in PostScript points, 1/72 inch.
///
/// ```
/// use presskit::geometry::Pt;
/// assert_eq!(Pt::from_mm(25.4), Pt(72.0));
/// assert_eq!((Pt(10.0) + Pt(4.5)) * 2.0, Pt(29.0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pt(pub f64);

impl Pt {
    /// No length at all.
    pub const ZERO: Self = Self(0.0);

    /// Converts millimetres.
    #[must_use]
    pub fn from_mm(millimetres: f64) -> Self {
        Self(millimetres * 72.0 / 25.4)
    }

    /// The greater of two lengths.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The smaller of two lengths.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// The length without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The smallest multiple of `step` that is not below this length, forgiving 1/100 pt.
    ///
    /// ```
    /// use presskit::geometry::Pt;
    /// assert_eq!(Pt(28.1).ceil_to(Pt(14.0)), Pt(42.0));
    /// assert_eq!(Pt(28.001).ceil_to(Pt(14.0)), Pt(28.0));
    /// ```
    #[must_use]
    pub fn ceil_to(self, step: Self) -> Self {
        Self(((self.0 - 0.01) / step.0).ceil() * step.0)
    }
}

impl fmt::Display for Pt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", (self.0 * 1000.0).round() / 1000.0)
    }
}

impl Add for Pt {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Pt {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Pt {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Pt {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Pt {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Pt {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<f64> for Pt {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self(self.0 / divisor)
    }
}

impl Div for Pt {
    type Output = f64;
    fn div(self, other: Self) -> f64 {
        self.0 / other.0
    }
}

impl Sum for Pt {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

/// A place on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Point {
    /// Distance from the left edge.
    pub x: Pt,
    /// Distance from the top edge.
    pub y: Pt,
}

impl Point {
    /// The top left corner.
    pub const ORIGIN: Self = Self { x: Pt::ZERO, y: Pt::ZERO };

    /// A point from its distances to the left and top edges.
    #[must_use]
    pub fn new(x: Pt, y: Pt) -> Self {
        Self { x, y }
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// The extent from left to right.
    pub width: Pt,
    /// The extent from top to bottom.
    pub height: Pt,
}

impl Size {
    /// A size from width and height.
    #[must_use]
    pub fn new(width: Pt, height: Pt) -> Self {
        Self { width, height }
    }

    /// The same shape at another width.
    #[must_use]
    pub fn scaled_to_width(self, width: Pt) -> Self {
        Self { width, height: self.height * (width / self.width) }
    }
}

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rect {
    /// The top left corner.
    pub origin: Point,
    /// The extent.
    pub size: Size,
}

impl Rect {
    /// A rectangle from its top left corner and its extent.
    #[must_use]
    pub fn new(origin: Point, size: Size) -> Self {
        Self { origin, size }
    }

    /// The left edge.
    #[must_use]
    pub fn left(self) -> Pt {
        self.origin.x
    }

    /// The right edge.
    #[must_use]
    pub fn right(self) -> Pt {
        self.origin.x + self.size.width
    }

    /// The top edge.
    #[must_use]
    pub fn top(self) -> Pt {
        self.origin.y
    }

    /// The bottom edge.
    #[must_use]
    pub fn bottom(self) -> Pt {
        self.origin.y + self.size.height
    }
}

/// An affine map, in the order of PDF's `cm` and SVG's `matrix()`: `x' = a·x + c·y + e`,
/// `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Transform {
    /// Scale of x.
    pub a: f64,
    /// Share of x in y'.
    pub b: f64,
    /// Share of y in x'.
    pub c: f64,
    /// Scale of y.
    pub d: f64,
    /// Shift of x, in points.
    pub e: f64,
    /// Shift of y, in points.
    pub f: f64,
}

impl Transform {
    /// The map that changes nothing.
    pub const IDENTITY: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// A shift.
    #[must_use]
    pub fn translate(by: Point) -> Self {
        Self { e: by.x.0, f: by.y.0, ..Self::IDENTITY }
    }

    /// A stretch about the origin.
    #[must_use]
    pub fn scale(x: f64, y: f64) -> Self {
        Self { a: x, d: y, ..Self::IDENTITY }
    }
}
