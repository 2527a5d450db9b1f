//! Rows of samples into rows of differences, which deflate far better (PNG 1.2, section 6).

use rayon::prelude::*;

/// Filters rows of `row` bytes each, of pixels of `pixel` bytes. Each row takes the filter whose
/// differences are smallest in sum, as the standard advises.
pub(super) fn filter_rows(data: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let blank = vec![0; row];
    let rows = data.par_chunks_exact(row.max(1)).enumerate().map(|(index, current)| {
        let above = match index {
            0 => blank.as_slice(),
            _ => &data[(index - 1) * row..index * row],
        };
        filter_row(current, above, pixel)
    });
    rows.collect::<Vec<_>>().concat()
}

fn filter_row(current: &[u8], above: &[u8], pixel: usize) -> Vec<u8> {
    let mut row = Row {
        current,
        above,
        left: &[vec![0; pixel].as_slice(), current].concat(),
        upper_left: &[vec![0; pixel].as_slice(), above].concat(),
        best: Vec::new(),
        least: u64::MAX,
    };
    row.try_filter(0, |_, _, _| 0);
    row.try_filter(1, |left, _, _| left);
    row.try_filter(2, |_, above, _| above);
    row.try_filter(3, |left, above, _| left.midpoint(above));
    row.try_filter(4, paeth);
    row.best
}

/// A row with its neighbours: each sample stands at the same index as those it is predicted by.
struct Row<'a> {
    current: &'a [u8],
    above: &'a [u8],
    left: &'a [u8],
    upper_left: &'a [u8],
    best: Vec<u8>,
    least: u64,
}

impl Row<'_> {
    fn try_filter(&mut self, name: u8, predict: impl Fn(u8, u8, u8) -> u8) {
        let neighbours = self.left.iter().zip(self.above).zip(self.upper_left);
        let differences = self.current.iter().zip(neighbours).map(|(sample, neighbours)| {
            let ((left, above), upper_left) = neighbours;
            sample.wrapping_sub(predict(*left, *above, *upper_left))
        });
        let filtered: Vec<u8> = std::iter::once(name).chain(differences).collect();
        let sum =
            filtered[1..].iter().map(|byte| u64::from(byte.cast_signed().unsigned_abs())).sum();
        if sum < self.least {
            self.least = sum;
            self.best = filtered;
        }
    }
}

/// The neighbour nearest to left + above − upper left; of those equally near, the first.
fn paeth(left: u8, above: u8, upper_left: u8) -> u8 {
    let [a, b, c] = [left, above, upper_left].map(i16::from);
    let [to_left, to_above, to_upper_left] = [b - c, a - c, a + b - 2 * c].map(i16::abs);
    if to_left <= to_above && to_left <= to_upper_left {
        left
    } else if to_above <= to_upper_left {
        above
    } else {
        upper_left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfilter(filtered: &[u8], row: usize) -> Vec<u8> {
        let mut out: Vec<u8> = Vec::new();
        for (y, line) in filtered.chunks(row + 1).enumerate() {
            for x in 0..row {
                let known = |dx: usize, dy: usize| {
                    if x < dx || y < dy { 0 } else { out[(y - dy) * row + x - dx] }
                };
                let (left, above, upper_left) = (known(1, 0), known(0, 1), known(1, 1));
                let predicted = match line[0] {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => left.midpoint(above),
                    _ => paeth(left, above, upper_left),
                };
                out.push(line[x + 1].wrapping_add(predicted));
            }
        }
        out
    }

    #[test]
    fn a_smooth_ramp_becomes_nearly_nothing_and_comes_back() {
        let ramp: Vec<u8> =
            (0..4_u8).flat_map(|y| (0..16_u8).map(move |x| x * 3 + y * 5)).collect();
        let filtered = filter_rows(&ramp, 16, 1);
        assert_eq!(unfilter(&filtered, 16), ramp);
        assert!(filtered.iter().filter(|byte| **byte > 5).count() < 4, "{filtered:?}");
    }
}
