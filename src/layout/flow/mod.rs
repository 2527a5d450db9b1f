//! Sections into a vertical list of items on the baseline grid.
//!
//! [`Composer::collect_flow`](super::Composer::collect_flow) walks the edition in reading order. Each line, heading, picture or
//! row becomes a [`FlowItem`]; where a page may break is said by the items, not guessed later.

mod boxes;
mod figure;
mod kit;
mod lists;
mod opener;
mod passages;
mod prose;
mod section;

pub(super) use section::make_artifact;

use crate::geometry::{Point, Pt};
use crate::model::Label;
use crate::page::{Frame, Item};

/// Whether a page may end before an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BreakBefore {
    /// It may.
    Allowed,
    /// The item stays with the one before.
    Never,
}

/// An entry of the outline.
#[derive(Clone, Debug)]
pub(super) struct OutlineMark {
    /// The section's number: entries stand in the edition's order, wherever their boxes stand.
    pub(super) section: usize,
    /// 1 for a section.
    pub(super) level: u8,
    /// Its text.
    pub(super) title: String,
}

impl OutlineMark {
    pub(super) fn new(level: u8, title: String) -> Self {
        Self { section: 0, level, title }
    }
}

/// A piece of the column that no page divides.
#[derive(Clone, Debug)]
pub(super) struct FlowItem {
    /// What is painted; the origin is the column's left edge, at the item's top.
    pub(super) frame: Frame,
    /// Its height.
    pub(super) height: Pt,
    /// The space above it, dropped at the top of a page.
    pub(super) space_before: Pt,
    /// Whether its top lies on the baseline grid. Lines of smaller leading follow one another
    /// off the grid; what comes after them is on it again.
    pub(super) on_grid: bool,
    /// Whether a page may end before it.
    pub(super) break_before: BreakBefore,
    /// The room that must be left on the page for it, itself included.
    pub(super) needs: Pt,
    /// Whether it reaches over the side column, which must be empty beside it.
    pub(super) full_width: bool,
    /// The named places in it, from its top.
    pub(super) destinations: Vec<(Label, Pt)>,
    /// Its entry in the outline.
    pub(super) outline: Option<OutlineMark>,
    /// What the running head says from here on.
    pub(super) running_head: Option<String>,
    /// What stands beside it in the side column, or below what stands there already.
    pub(super) beside: Vec<SideBox>,
}

/// A box of the side column.
#[derive(Clone, Debug)]
pub(super) struct SideBox {
    /// What is painted; the origin is the side column's left edge, at the box's top.
    pub(super) frame: Frame,
    /// Its height.
    pub(super) height: Pt,
    /// The named places in it, from its top.
    pub(super) destinations: Vec<(Label, Pt)>,
    /// Its entry in the outline.
    pub(super) outline: Option<OutlineMark>,
}

impl FlowItem {
    /// An item on the grid that a page may begin with.
    pub(super) fn new(frame: Frame, height: Pt) -> Self {
        Self {
            frame,
            height,
            space_before: Pt::ZERO,
            on_grid: true,
            break_before: BreakBefore::Allowed,
            needs: height,
            full_width: false,
            destinations: Vec::new(),
            outline: None,
            running_head: None,
            beside: Vec::new(),
        }
    }

    /// Moves what is painted to the right.
    fn shift(&mut self, by: Pt) {
        for placed in &mut self.frame.items {
            placed.at.x += by;
        }
    }

    /// Paints something below what is painted.
    fn paint_below(&mut self, at: Point, item: Item) {
        self.frame.items.insert(0, crate::page::Placed { at, item });
    }
}

/// Keeps an item's neighbours together: no page ends inside the list.
fn keep_together(items: &mut [FlowItem]) {
    for item in items.iter_mut().skip(1) {
        item.break_before = BreakBefore::Never;
    }
}

/// Makes a label of smaller leading fill one line of the grid, on that line's foot.
fn label_line(mut items: Vec<FlowItem>, grid: Pt) -> Vec<FlowItem> {
    if let [only] = items.as_mut_slice() {
        let drop = (grid - only.height).max(Pt::ZERO);
        for placed in &mut only.frame.items {
            placed.at.y += drop;
        }
        only.height = only.height.max(grid);
    }
    keep_together(&mut items);
    items
}

/// Stacks items into one frame without a page break; returns it with its height and places.
fn stack(items: Vec<FlowItem>, grid: Pt) -> SideBox {
    let mut stacked = SideBox {
        frame: Frame::default(),
        height: Pt::ZERO,
        destinations: Vec::new(),
        outline: None,
    };
    let mut y = Pt::ZERO;
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            y += item.space_before;
        }
        if item.on_grid {
            y = y.ceil_to(grid);
        }
        stacked.frame.push_frame(Point::new(Pt::ZERO, y), item.frame);
        stacked
            .destinations
            .extend(item.destinations.into_iter().map(|(label, at)| (label, at + y)));
        stacked.outline = stacked.outline.or(item.outline);
        y += item.height;
    }
    stacked.height = y;
    stacked
}

/// Stacks a cell's lines without regard to the grid.
pub(super) fn row_item(items: Vec<FlowItem>) -> SideBox {
    stack(items, Pt(0.01))
}
