//! Items into pages: distribute, paint, number.
//!
//! 1. [`distribute()`] chooses which items stand on which page, and where the side column's boxes
//!    stand beside them.
//! 2. Each page is painted with its running head and folio.
//! 3. Named places and outline entries get the page that they have come to stand on.

mod distribute;
mod furniture;
mod outline;

use std::collections::BTreeMap;

use super::Composer;
use super::flow::{FlowItem, OutlineMark};
use crate::geometry::{Point, Pt};
use crate::page::{Destination, Frame, Label, OutlineEntry, Page};
use distribute::{Plan, distribute};

/// Pages, and what leads to them.
pub(super) struct LaidOut {
    pub(super) pages: Vec<Page>,
    pub(super) outline: Vec<OutlineEntry>,
    pub(super) destinations: BTreeMap<Label, Destination>,
}

impl Composer<'_> {
    /// Makes pages of the flow.
    pub(super) fn compose_pages(&mut self, mut flow: Vec<FlowItem>) -> LaidOut {
        let height = self.page.size.height - self.page.top - self.page.bottom;
        let plans = distribute(&flow, height, self.grid());
        let mut painter = Painter {
            column: Point::new(self.page.left, self.page.top),
            side: Point::new(
                self.page.size.width - self.page.right - self.page.side,
                self.page.top + self.side_drop(),
            ),
            destinations: BTreeMap::new(),
            marks: Vec::new(),
        };
        let mut pages = Vec::with_capacity(plans.len());
        let mut running_head = String::new();
        for (number, plan) in plans.iter().enumerate() {
            let mut frame = painter.paint(plan, &mut flow, number);
            if let Some(head) = first_head(plan, &flow, &running_head) {
                running_head = head;
            }
            self.furnish(&mut frame, number, &running_head);
            if let Some(head) = last_head(plan, &flow) {
                running_head = head;
            }
            let label = (number + 1).to_string();
            pages.push(Page { size: self.page.size, label, frame });
        }
        let outline = outline::nest(painter.marks);
        LaidOut { pages, outline, destinations: painter.destinations }
    }

    /// The side column's boxes begin at the height of the capitals of the line beside them.
    fn side_drop(&self) -> Pt {
        let body = self.theme.text.body;
        let font = self.font(body.family, body.weight, body.italic);
        self.baseline(&body) - body.size * self.assets.fonts.font(font).cap_height
    }
}

/// What the running head says of a page: the section that goes on from the page before, or that
/// begins at its top.
fn first_head(plan: &Plan, flow: &[FlowItem], current: &str) -> Option<String> {
    let first = plan.items.first()?;
    flow[first.0].running_head.clone().or_else(|| {
        let any = plan.items.iter().find_map(|(item, _)| flow[*item].running_head.clone());
        any.filter(|_| current.is_empty())
    })
}

fn last_head(plan: &Plan, flow: &[FlowItem]) -> Option<String> {
    plan.items.iter().rev().find_map(|(item, _)| flow[*item].running_head.clone())
}

/// Paints planned pages, and notes where named places and headings have come to stand.
struct Painter {
    column: Point,
    side: Point,
    destinations: BTreeMap<Label, Destination>,
    marks: Vec<(OutlineMark, Destination)>,
}

impl Painter {
    fn paint(&mut self, plan: &Plan, flow: &mut [FlowItem], page: usize) -> Frame {
        let mut frame = Frame::default();
        for &(index, y) in &plan.items {
            let at = Point::new(self.column.x, self.column.y + y);
            let item = &mut flow[index];
            frame.push_frame(at, std::mem::take(&mut item.frame));
            let places = std::mem::take(&mut item.destinations);
            self.note(page, at, places, item.outline.take());
        }
        for &((item, nth), y) in &plan.boxes {
            let at = Point::new(self.side.x, self.side.y + y);
            let boxed = &mut flow[item].beside[nth];
            frame.push_frame(at, std::mem::take(&mut boxed.frame));
            let places = std::mem::take(&mut boxed.destinations);
            self.note(page, at, places, boxed.outline.take());
        }
        frame
    }

    fn note(
        &mut self,
        page: usize,
        at: Point,
        places: Vec<(Label, Pt)>,
        outline: Option<OutlineMark>,
    ) {
        for (label, y) in places {
            let point = Point::new(at.x, at.y + y);
            self.destinations.entry(label).or_insert(Destination { page, point });
        }
        if let Some(mark) = outline {
            self.marks.push((mark, Destination { page, point: at }));
        }
    }
}
