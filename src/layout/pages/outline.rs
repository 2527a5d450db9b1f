//! Marks into the nested outline, in the edition's order.

use crate::layout::flow::OutlineMark;
use crate::page::{Destination, OutlineEntry};

/// Nests marks by their level; a level that skips becomes the one below its parent's.
pub(super) fn nest(mut marks: Vec<(OutlineMark, Destination)>) -> Vec<OutlineEntry> {
    marks.sort_by_key(|(mark, _)| mark.section);
    let mut open: Vec<(u8, OutlineEntry)> = Vec::new();
    let mut roots = Vec::new();
    for (mark, destination) in marks {
        close(&mut open, &mut roots, mark.level);
        let entry = OutlineEntry { title: mark.title, destination, children: Vec::new() };
        open.push((mark.level, entry));
    }
    close(&mut open, &mut roots, 0);
    roots
}

/// Ends the open entries of a level and below it.
fn close(open: &mut Vec<(u8, OutlineEntry)>, roots: &mut Vec<OutlineEntry>, level: u8) {
    while let Some((_, entry)) = open.pop_if(|(other, _)| *other >= level) {
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(entry),
            None => roots.push(entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;

    fn mark(section: usize, level: u8, title: &str) -> (OutlineMark, Destination) {
        let mark = OutlineMark { section, level, title: title.to_owned() };
        (mark, Destination { page: 0, point: Point::ORIGIN })
    }

    #[test]
    fn entries_nest_by_level_in_the_order_of_the_sections() {
        let outline =
            nest(vec![mark(0, 1, "a"), mark(2, 1, "c"), mark(0, 2, "a.a"), mark(1, 1, "b")]);
        let titles: Vec<&str> = outline.iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(titles, ["a", "b", "c"]);
        assert_eq!(outline[0].children[0].title, "a.a");
    }
}
