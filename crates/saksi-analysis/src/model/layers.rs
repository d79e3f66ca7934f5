//! Layers that both networks are made of.

use super::file::File;
use super::gemm::{Panels, add_product, lstm_step};
use pulp::Arch;
use saksi_lang::PackError;

/// A matrix and its bias.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) weight: Panels,
    pub(super) bias: Vec<f32>,
}

impl Layer {
    /// The matrix `NAME.w` of `rows` rows and its bias `NAME.b`.
    pub(super) fn open<H>(file: &File<H>, name: &str, rows: usize) -> Result<Self, PackError> {
        let columns = file.shape(&format!("{name}.b"))?;
        let weight = file.numbers(&format!("{name}.w"), rows * columns)?;
        Ok(Self { weight: Panels::new(&weight, rows, columns), bias: file.numbers(&format!("{name}.b"), columns)? })
    }

    /// The product of `rows` rows with the matrix, plus the bias.
    pub(super) fn apply(&self, arch: Arch, left: &[f32], rows: usize) -> Vec<f32> {
        let mut out = spread(&self.bias, rows);
        add_product(arch, left, &self.weight, &mut out);
        out
    }
}

#[derive(Debug)]
struct Lstm {
    input: Layer,
    state: Panels,
}

/// One layer of LSTMs, from both sides.
#[derive(Debug)]
pub(super) struct BiLstm {
    sides: [Lstm; 2],
    size: usize,
}

impl BiLstm {
    /// The layer `level` with inputs of `rows` numbers and states of `size`.
    pub(super) fn open<H>(file: &File<H>, level: usize, rows: usize, size: usize) -> Result<Self, PackError> {
        let side = |side: char| -> Result<Lstm, PackError> {
            let name = |what: &str| format!("lstm.{level}.{side}.{what}");
            let weight = file.numbers(&name("wx"), rows * 4 * size)?;
            let input =
                Layer { weight: Panels::new(&weight, rows, 4 * size), bias: file.numbers(&name("b"), 4 * size)? };
            let state = file.numbers(&name("wh"), size * 4 * size)?;
            Ok(Lstm { input, state: Panels::new(&state, size, 4 * size) })
        };
        Ok(Self { sides: [side('f')?, side('b')?], size })
    }

    /// States over a batch: rows of `2 * size` numbers. `left` holds the different inputs, `row_of` names that of each
    /// word; `firsts` holds first word and length of the sentences, longest first.
    pub(super) fn run(&self, arch: Arch, left: &[f32], row_of: &[usize], firsts: &[(usize, usize)]) -> Vec<f32> {
        let size = self.size;
        let mut out = vec![0.0; row_of.len() * 2 * size];
        let longest = firsts.first().map_or(0, |(_, length)| *length);
        for (side, lstm) in self.sides.iter().enumerate() {
            let rows = left.len() / (lstm.input.weight.rows()).max(1);
            let inputs = lstm.input.apply(arch, left, rows);
            let mut memory = vec![0.0; firsts.len() * size];
            let mut state = vec![0.0; firsts.len() * size];
            let mut z = vec![0.0; firsts.len() * 4 * size];
            let mut running = firsts.len();
            for step in 0..longest {
                // Longest first, so those still running are the first ones.
                while firsts[running - 1].1 <= step {
                    running -= 1;
                }
                let at = |(first, length): (usize, usize)| first + if side == 0 { step } else { length - 1 - step };
                for (z, place) in z.chunks_exact_mut(4 * size).zip(&firsts[..running]) {
                    let row = row_of[at(*place)];
                    z.copy_from_slice(&inputs[row * 4 * size..(row + 1) * 4 * size]);
                }
                let (z, memory, state) =
                    (&mut z[..running * 4 * size], &mut memory[..running * size], &mut state[..running * size]);
                add_product(arch, state, &lstm.state, z);
                lstm_step(arch, z, memory, state, size);
                for (state, place) in state.chunks_exact(size).zip(&firsts[..running]) {
                    let from = at(*place) * 2 * size + side * size;
                    out[from..from + size].copy_from_slice(state);
                }
            }
        }
        out
    }
}

/// `rows` copies of a bias.
pub(super) fn spread(bias: &[f32], rows: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(bias.len() * rows);
    for _ in 0..rows {
        out.extend_from_slice(bias);
    }
    out
}

/// Cuts off what is below 0.
pub(super) fn relu(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}
