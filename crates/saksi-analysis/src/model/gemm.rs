//! Products of matrices for the processor at hand, in safe code.
//!
//! The right-hand matrix is a weight that never changes, so it is laid out once, at load, in panels of [`WIDE`]
//! columns; the kernel then reads it front to back. `pulp` compiles the kernel for the widest vectors there are.

use pulp::{Arch, NullaryFnOnce};

/// Columns per panel.
const WIDE: usize = 16;
/// Rows per step of the kernel.
const TALL: usize = 6;

/// A matrix laid out in panels.
#[derive(Debug, Clone, Default)]
pub(super) struct Panels {
    rows: usize,
    columns: usize,
    data: Vec<f32>,
}

impl Panels {
    /// Lays out a row-major matrix of `rows` rows.
    pub(super) fn new(matrix: &[f32], rows: usize, columns: usize) -> Self {
        let count = columns.div_ceil(WIDE);
        let mut data = vec![0.0; count * rows * WIDE];
        for (panel, part) in data.chunks_exact_mut((rows * WIDE).max(1)).enumerate() {
            let from = panel * WIDE;
            let width = WIDE.min(columns - from);
            for (row, cells) in part.chunks_exact_mut(WIDE).enumerate() {
                cells[..width].copy_from_slice(&matrix[row * columns + from..row * columns + from + width]);
            }
        }
        Self { rows, columns, data }
    }

    /// Lays out the transpose of a row-major matrix: its rows become columns.
    pub(super) fn transposed(matrix: &[f32], columns: usize, rows: usize) -> Self {
        let count = columns.div_ceil(WIDE);
        let mut data = vec![0.0; count * rows * WIDE];
        for (column, cells) in matrix.chunks_exact(rows.max(1)).take(columns).enumerate() {
            let panel = &mut data[column / WIDE * rows * WIDE..];
            for (row, cell) in cells.iter().enumerate() {
                panel[row * WIDE + column % WIDE] = *cell;
            }
        }
        Self { rows, columns, data }
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }
}

/// `out += left · right`, where `left` has rows of `right.rows` numbers and `out` rows of `right.columns`.
pub(super) fn add_product(arch: Arch, left: &[f32], right: &Panels, out: &mut [f32]) {
    if right.rows == 0 || right.columns == 0 {
        return;
    }
    if matches!(arch, Arch::Scalar) {
        product::<false>(left, right, out);
    } else {
        arch.dispatch(Product { left, right, out });
    }
}

struct Product<'a> {
    left: &'a [f32],
    right: &'a Panels,
    out: &'a mut [f32],
}

impl NullaryFnOnce for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        product::<true>(self.left, self.right, self.out);
    }
}

#[inline(always)]
fn product<const FUSED: bool>(left: &[f32], right: &Panels, out: &mut [f32]) {
    let (depth, columns) = (right.rows, right.columns);
    let blocks = left.chunks(TALL * depth).zip(out.chunks_mut(TALL * columns));
    for (rows, out) in blocks {
        for (panel, data) in right.data.chunks_exact(depth * WIDE).enumerate() {
            let from = panel * WIDE;
            match rows.len() / depth {
                6 => block::<6, FUSED>(rows, data, depth, out, columns, from),
                5 => block::<5, FUSED>(rows, data, depth, out, columns, from),
                4 => block::<4, FUSED>(rows, data, depth, out, columns, from),
                3 => block::<3, FUSED>(rows, data, depth, out, columns, from),
                2 => block::<2, FUSED>(rows, data, depth, out, columns, from),
                1 => block::<1, FUSED>(rows, data, depth, out, columns, from),
                _ => {}
            }
        }
    }
}

#[inline(always)]
fn block<const M: usize, const FUSED: bool>(
    rows: &[f32],
    panel: &[f32],
    depth: usize,
    out: &mut [f32],
    columns: usize,
    from: usize,
) {
    let mut sums = [[0.0_f32; WIDE]; M];
    let rows: [&[f32]; M] = std::array::from_fn(|row| &rows[row * depth..(row + 1) * depth]);
    for (at, weights) in panel.chunks_exact(WIDE).enumerate().take(depth) {
        for (sum, row) in sums.iter_mut().zip(rows) {
            let factor = row[at];
            for (cell, weight) in sum.iter_mut().zip(weights) {
                *cell = if FUSED { factor.mul_add(*weight, *cell) } else { factor * *weight + *cell };
            }
        }
    }
    let width = WIDE.min(columns - from);
    for (sum, out) in sums.iter().zip(out.chunks_mut(columns)) {
        for (cell, sum) in out[from..from + width].iter_mut().zip(sum) {
            *cell += sum;
        }
    }
}

/// One step of LSTM cells: gate sums `z` in the order input, forget, cell, output; updates `memory`, writes `state`.
pub(super) fn lstm_step(arch: Arch, z: &[f32], memory: &mut [f32], state: &mut [f32], size: usize) {
    arch.dispatch(Step { z, memory, state, size });
}

struct Step<'a> {
    z: &'a [f32],
    memory: &'a mut [f32],
    state: &'a mut [f32],
    size: usize,
}

impl NullaryFnOnce for Step<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let size = self.size;
        let cells = self.memory.chunks_exact_mut(size).zip(self.state.chunks_exact_mut(size));
        for (z, (memory, state)) in self.z.chunks_exact(4 * size).zip(cells) {
            let (input, rest) = z.split_at(size);
            let (forget, rest) = rest.split_at(size);
            let (fresh, output) = rest.split_at(size);
            for at in 0..size {
                let kept = sigmoid(forget[at]) * memory[at] + sigmoid(input[at]) * tanh(fresh[at]);
                memory[at] = kept;
                state[at] = sigmoid(output[at]) * tanh(kept);
            }
        }
    }
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
fn tanh(x: f32) -> f32 {
    2.0 / (1.0 + exp(-2.0 * x)) - 1.0
}

/// e to the `x`, right to about 1e-5 of its size; vectors of it compile to vector code.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    // 1.5 * 2^23: adding it leaves the nearest whole number in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let power = x.clamp(-87.0, 87.0) * std::f32::consts::LOG2_E;
    let rounded = power + ROUND;
    let rest = power - (rounded - ROUND);
    // Taylor series of 2^rest for |rest| <= 1/2.
    let mut series = 1.540_353e-4_f32;
    for term in [1.333_355_8e-3, 9.618_129e-3, 5.550_411e-2, 2.402_265e-1, std::f32::consts::LN_2, 1.0] {
        series = series * rest + term;
    }
    f32::from_bits(series.to_bits().wrapping_add(rounded.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_definition() {
        for (m, k, n) in [(1, 3, 5), (7, 16, 33), (13, 2, 16)] {
            let number = |at: usize| ((at * 37 % 19) as f32 - 9.0) / 8.0;
            let left: Vec<f32> = (0..m * k).map(number).collect();
            let right: Vec<f32> = (0..k * n).map(|at| number(at + 5)).collect();
            let mut out = vec![1.0; m * n];
            add_product(Arch::new(), &left, &Panels::new(&right, k, n), &mut out);
            let flipped: Vec<f32> = (0..n * k).map(|at| right[at % k * n + at / k]).collect();
            let mut again = vec![1.0; m * n];
            product::<false>(&left, &Panels::transposed(&flipped, n, k), &mut again);
            for i in 0..m {
                for j in 0..n {
                    let sum: f32 = (0..k).map(|p| left[i * k + p] * right[p * n + j]).sum::<f32>() + 1.0;
                    assert!((out[i * n + j] - sum).abs() < 1e-4);
                    assert!((again[i * n + j] - sum).abs() < 1e-4);
                }
            }
        }
    }

    #[test]
    fn exp_is_close() {
        for at in -800..800 {
            let x = at as f32 / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 2e-5, "{x}");
        }
    }
}
