//! Products of matrices for the processor at hand, in safe code.
//!
//! The right-hand matrix is a weight that never changes, so it is laid out once, at load, in panels of [`WIDE`]
//! columns; the kernel then reads it front to back. `pulp` compiles the kernel for the widest vectors there are.

#![allow(clippy::inline_always, reason = "the kernels must melt into the function that carries the vector width")]

use pulp::{Arch, NullaryFnOnce, Simd, WithSimd};

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

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }
}

/// `out += left · right`, where `left` has rows of `right.rows` numbers and `out` rows of `right.columns`.
pub(super) fn add_product(arch: Arch, left: &[f32], right: &Panels, out: &mut [f32]) {
    if right.rows > 0 && right.columns > 0 {
        arch.dispatch(Product { left, right, out });
    }
}

struct Product<'a> {
    left: &'a [f32],
    right: &'a Panels,
    out: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { left, right, out } = self;
        // Vectors per panel line.
        match S::F32_LANES {
            16 => product::<S, 1>(simd, left, right, out),
            8 => product::<S, 2>(simd, left, right, out),
            4 => product::<S, 4>(simd, left, right, out),
            1 => product::<S, WIDE>(simd, left, right, out),
            _ => plain(left, right, out),
        }
    }
}

#[inline(always)]
fn product<S: Simd, const V: usize>(simd: S, left: &[f32], right: &Panels, out: &mut [f32]) {
    let (depth, columns) = (right.rows, right.columns);
    for (rows, out) in left.chunks(TALL * depth).zip(out.chunks_mut(TALL * columns)) {
        for (panel, data) in right.data.chunks_exact(depth * WIDE).enumerate() {
            let at = (columns, panel * WIDE);
            match rows.len() / depth {
                6 => block::<S, V, 6>(simd, rows, data, depth, out, at),
                5 => block::<S, V, 5>(simd, rows, data, depth, out, at),
                4 => block::<S, V, 4>(simd, rows, data, depth, out, at),
                3 => block::<S, V, 3>(simd, rows, data, depth, out, at),
                2 => block::<S, V, 2>(simd, rows, data, depth, out, at),
                1 => block::<S, V, 1>(simd, rows, data, depth, out, at),
                _ => {}
            }
        }
    }
}

/// `M` rows times one panel; `(columns, from)`: the width of `out` and the panel's first column.
#[inline(always)]
#[allow(clippy::needless_range_loop, reason = "indices compile to vector code")]
fn block<S: Simd, const V: usize, const M: usize>(
    simd: S,
    rows: &[f32],
    panel: &[f32],
    depth: usize,
    out: &mut [f32],
    (columns, from): (usize, usize),
) {
    let (vectors, _) = S::as_simd_f32s(panel);
    let (lines, _) = vectors.as_chunks::<V>();
    let lines = &lines[..depth];
    let rows: [&[f32]; M] = std::array::from_fn(|row| &rows[row * depth..row * depth + depth]);
    let mut sums = [[simd.splat_f32s(0.0); V]; M];
    for at in 0..depth {
        let line = lines[at];
        for row in 0..M {
            let factor = simd.splat_f32s(rows[row][at]);
            for vector in 0..V {
                sums[row][vector] = simd.mul_add_e_f32s(factor, line[vector], sums[row][vector]);
            }
        }
    }
    let width = WIDE.min(columns - from);
    for (row, sums) in sums.iter().enumerate() {
        let out = &mut out[row * columns + from..row * columns + from + width];
        let mut cells = [0.0_f32; WIDE];
        S::as_mut_simd_f32s(&mut cells).0.copy_from_slice(sums);
        for (cell, sum) in out.iter_mut().zip(cells) {
            *cell += sum;
        }
    }
}

/// The definition, for vectors of a width that panels do not fit.
fn plain(left: &[f32], right: &Panels, out: &mut [f32]) {
    for (row, out) in left.chunks_exact(right.rows).zip(out.chunks_exact_mut(right.columns)) {
        for (column, cell) in out.iter_mut().enumerate() {
            let panel = &right.data[column / WIDE * right.rows * WIDE + column % WIDE..];
            *cell += row.iter().zip(panel.iter().step_by(WIDE)).map(|(a, b)| a * b).sum::<f32>();
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
            let (input, forget) = (&z[..size], &z[size..2 * size]);
            let (fresh, output) = (&z[2 * size..3 * size], &z[3 * size..4 * size]);
            let (memory, state) = (&mut memory[..size], &mut state[..size]);
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

/// The hyperbolic tangent, as right as [`exp`].
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
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
            plain(&left, &Panels::transposed(&flipped, n, k), &mut again);
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
