//! Which items stand on which page.
//!
//! Greedy: a page takes what it can hold, then steps back to the last place where a page may
//! end. The side column is filled in the same walk, each box beside its item or below the box
//! before it; what finds no room goes on to the next page.

use crate::geometry::Pt;
use crate::layout::flow::{BreakBefore, FlowItem};

/// A box of the side column: the item it hangs on, and its number there.
pub(super) type BoxId = (usize, usize);

/// What stands on a page, by its distance from the text's top.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    /// The items.
    pub(super) items: Vec<(usize, Pt)>,
    /// The boxes of the side column.
    pub(super) boxes: Vec<(BoxId, Pt)>,
}

/// The lines between two boxes of the side column.
const LINES_BETWEEN_BOXES: f64 = 2.0;

/// A box that hangs on one of this many first lines of a page begins with the page.
const LINES_TO_SNAP: f64 = 6.0;

/// Plans pages whose text is `height` high. Every item and every box is on one page.
pub(super) fn distribute(flow: &[FlowItem], height: Pt, grid: Pt) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut start = 0;
    let mut carried: Vec<BoxId> = Vec::new();
    while start < flow.len() || !carried.is_empty() {
        let full = Filling::run(flow, start, flow.len(), &carried, height, grid);
        let end = full.overflow.map_or(flow.len(), |at| last_break(flow, start, at));
        let page = if end < full.next {
            Filling::run(flow, start, end, &carried, height, grid)
        } else {
            full
        };
        start = page.next;
        carried = page.carried;
        plans.push(page.plan);
    }
    plans
}

/// The last place not after `at` where a page may end; `at` itself where there is none.
fn last_break(flow: &[FlowItem], start: usize, at: usize) -> usize {
    (start + 1..=at)
        .rev()
        .find(|index| flow[*index].break_before == BreakBefore::Allowed)
        .unwrap_or(at.max(start + 1))
}

/// A page being filled.
struct Filling<'a> {
    flow: &'a [FlowItem],
    height: Pt,
    grid: Pt,
    plan: Plan,
    carried: Vec<BoxId>,
    /// The foot of the column so far.
    y: Pt,
    /// The foot of the side column so far.
    side: Pt,
    /// The first item that is not on the page.
    next: usize,
    /// The item that found no room.
    overflow: Option<usize>,
}

impl<'a> Filling<'a> {
    fn run(
        flow: &'a [FlowItem],
        start: usize,
        end: usize,
        carried: &[BoxId],
        height: Pt,
        grid: Pt,
    ) -> Self {
        let mut page = Self {
            flow,
            height,
            grid,
            plan: Plan::default(),
            carried: Vec::new(),
            y: Pt::ZERO,
            side: Pt::ZERO,
            next: start,
            overflow: None,
        };
        let opens_full_width = flow.get(start).is_some_and(|item| item.full_width);
        if opens_full_width {
            page.carried.extend_from_slice(carried);
        } else {
            for id in carried {
                page.place_box(*id, Pt::ZERO);
            }
        }
        while page.next < end && page.place_item(page.next) {
            page.next += 1;
        }
        page
    }

    /// Places an item below the others, unless there is no room for it.
    fn place_item(&mut self, index: usize) -> bool {
        let item = &self.flow[index];
        let is_first = self.plan.items.is_empty();
        let mut top = if is_first { Pt::ZERO } else { self.y + item.space_before };
        if item.full_width {
            top = top.max(self.side);
        }
        if item.on_grid {
            top = top.ceil_to(self.grid);
        }
        let room = self.height + Pt(0.01) - top;
        if (item.needs > room || item.height > room) && !is_first {
            self.overflow = Some(index);
            return false;
        }
        self.plan.items.push((index, top));
        self.y = top + item.height;
        if item.full_width {
            self.side = self.y;
        }
        for nth in 0..item.beside.len() {
            self.place_box((index, nth), top);
        }
        true
    }

    /// Places a box beside a height, or below the box before it, or as low as the page allows;
    /// else leaves it to the next page.
    fn place_box(&mut self, id: BoxId, beside: Pt) {
        let boxed = &self.flow[id.0].beside[id.1];
        let is_first = self.plan.boxes.is_empty();
        let below = if self.side == Pt::ZERO || is_first {
            self.side
        } else {
            self.side + self.grid * LINES_BETWEEN_BOXES
        };
        let lowest = Pt(((self.height - boxed.height).0 / self.grid.0).floor() * self.grid.0);
        let opens_page = is_first && self.side == Pt::ZERO && beside <= self.grid * LINES_TO_SNAP;
        let beside = if opens_page { Pt::ZERO } else { beside.min(lowest) };
        let top = below.ceil_to(self.grid).max(beside);
        let fits = top <= lowest || (is_first && self.side == Pt::ZERO);
        if !fits || !self.carried.is_empty() {
            self.carried.push(id);
            return;
        }
        self.plan.boxes.push((id, top));
        self.side = top + boxed.height;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::flow::SideBox;
    use crate::page::Frame;

    const GRID: Pt = Pt(10.0);

    fn line() -> FlowItem {
        FlowItem::new(Frame::default(), GRID)
    }

    fn tied() -> FlowItem {
        FlowItem { break_before: BreakBefore::Never, ..line() }
    }

    fn side_box(height: Pt) -> SideBox {
        SideBox { frame: Frame::default(), height, destinations: Vec::new(), outline: None }
    }

    fn items_by_page(flow: &[FlowItem], height: Pt) -> Vec<Vec<usize>> {
        distribute(flow, height, GRID)
            .into_iter()
            .map(|plan| plan.items.into_iter().map(|(item, _)| item).collect())
            .collect()
    }

    #[test]
    fn a_page_ends_before_what_is_tied_together() {
        let flow = [line(), line(), line(), tied(), tied()];
        assert_eq!(items_by_page(&flow, Pt(40.0)), [vec![0, 1], vec![2, 3, 4]]);
    }

    #[test]
    fn what_is_tied_beyond_a_page_is_cut_rather_than_lost() {
        let flow = [line(), tied(), tied(), tied()];
        assert_eq!(items_by_page(&flow, Pt(20.0)), [vec![0, 1], vec![2, 3]]);
    }

    #[test]
    fn an_item_higher_than_a_page_stands_alone() {
        let flow = [line(), FlowItem::new(Frame::default(), Pt(90.0)), line()];
        assert_eq!(items_by_page(&flow, Pt(40.0)), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn a_box_goes_to_the_next_page_with_the_line_it_hangs_on_or_for_want_of_room() {
        let mut first = line();
        first.beside = vec![side_box(Pt(30.0)), side_box(Pt(30.0))];
        let plans = distribute(&[first, line(), line(), line(), line()], Pt(40.0), GRID);
        assert_eq!(plans[0].boxes, [((0, 0), Pt(0.0))]);
        assert_eq!(plans[1].boxes, [((0, 1), Pt(0.0))]);
    }

    #[test]
    fn a_full_width_item_stands_below_the_side_column() {
        let mut first = line();
        first.beside = vec![side_box(Pt(25.0))];
        let wide = FlowItem { full_width: true, ..line() };
        let plans = distribute(&[first, wide], Pt(100.0), GRID);
        assert_eq!(plans[0].items[1], (1, Pt(30.0)));
    }
}
