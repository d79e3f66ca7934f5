//! What the codebook holds on every type and mode: its CAMEO code and its score.

use crate::pack::{Pack, PackError};
use rustc_hash::FxHashMap;
use saksi_record::EventType;
use std::sync::OnceLock;

/// The table in the pack `world`.
const TABLE: &str = "plover.tsv";

/// What the codebook gives a type and mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// CAMEO code of three or four digits, with its leading zero.
    pub cameo: String,
    /// PLOVER score, from -10 (conflict) to +10 (cooperation); POLECAT's `Intensity`.
    pub intensity: f64,
}

/// CAMEO codes and PLOVER scores by type and mode (PLOVER manual, draft 0.8, and its map from CAMEO).
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    codes: FxHashMap<(EventType, String), Code>,
}

impl Codebook {
    /// Reads `plover.tsv` of the pack `world`.
    ///
    /// # Errors
    /// If the table is missing or not well-formed, names an unknown type, gives a type and mode twice, or holds a code or
    /// score that is none.
    pub fn compile(world: &Pack) -> Result<Self, PackError> {
        let table = world.table(TABLE)?;
        let (kind, mode) = (table.column("type")?, table.column("mode")?);
        let (cameo, intensity) = (table.column("cameo")?, table.column("intensity")?);
        let mut codes = FxHashMap::default();
        for row in table.rows() {
            let wrong = |reason: String| PackError::Entry { at: row.location(), reason };
            let event = row.cell(kind);
            let event = event.parse().map_err(|()| wrong(format!("`{event}` is no PLOVER type")))?;
            let code = row.cell(cameo);
            if !matches!(code.len(), 3 | 4) || !code.bytes().all(|digit| digit.is_ascii_digit()) {
                return Err(wrong(format!("`{code}` is no CAMEO code: three or four digits")));
            }
            let score = row.cell(intensity);
            let score = score
                .parse()
                .ok()
                .filter(|score| (-10.0..=10.0).contains(score))
                .ok_or_else(|| wrong(format!("`{score}` is no score between -10 and 10")))?;
            let code = Code { cameo: code.to_owned(), intensity: score };
            if codes.insert((event, row.cell(mode).to_owned()), code).is_some() {
                return Err(wrong(format!("{event} with mode `{}` stands twice", row.cell(mode))));
            }
        }
        Ok(Self { codes })
    }

    /// The codebook in the binary.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Codebook> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let read = Pack::builtin("world").and_then(|world| Self::compile(&world));
            debug_assert!(read.is_ok(), "the table in the binary is well-formed: {read:?}");
            read.unwrap_or_default()
        })
    }

    /// The code of a type and mode; of the type alone where there is no mode. `None` for a mode the codebook lacks.
    pub fn code(&self, kind: EventType, mode: Option<&str>) -> Option<&Code> {
        self.codes.get(&(kind, mode.unwrap_or_default().to_owned()))
    }

    /// Every type and mode; the mode is empty for the type alone. Sorted.
    pub fn modes(&self) -> Vec<(EventType, &str)> {
        let mut modes: Vec<_> = self.codes.keys().map(|(kind, mode)| (*kind, mode.as_str())).collect();
        modes.sort_unstable();
        modes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use saksi_record::Quad;

    fn book(rows: &str) -> Result<Codebook, PackError> {
        Codebook::compile(&Pack::of("world", &[(TABLE, &format!("type\tmode\tcameo\tintensity\n{rows}"))]))
    }

    #[test]
    fn every_type_has_a_code_and_a_score() {
        let book = Codebook::builtin();
        for kind in EventType::ALL {
            assert!(book.code(*kind, None).is_some(), "{kind}");
        }
    }

    #[test]
    fn the_manuals_scores_are_there() {
        let book = Codebook::builtin();
        let score = |kind, mode| book.code(kind, mode).unwrap().intensity;
        assert!((score(EventType::Aid, None) - 10.0).abs() < f64::EPSILON);
        assert!((score(EventType::Consult, Some("phone")) - 1.5).abs() < f64::EPSILON);
        assert!((score(EventType::Assault, Some("unconventional")) + 10.0).abs() < f64::EPSILON);
        assert_eq!(book.code(EventType::Retreat, Some("ceasefire")).unwrap().cameo, "0871");
        assert_eq!(book.code(EventType::Aid, Some("riot")), None);
    }

    /// Asking costs no more than it gains; everything else is on its quad's side of nought.
    #[test]
    fn scores_agree_with_the_quads() {
        let book = Codebook::builtin();
        for (kind, mode) in book.modes().into_iter().filter(|(kind, _)| *kind != EventType::Request) {
            let friendly = matches!(kind.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
            let score = book.code(kind, Some(mode)).unwrap().intensity;
            assert_eq!(friendly, score > 0.0, "{kind} {mode}: {score}");
        }
    }

    #[test]
    fn what_is_no_entry_is_named_with_its_line() {
        let error = |rows| book(rows).unwrap_err().to_string();
        assert_eq!(error("AIDE\t\t070\t10\n"), "world/plover.tsv:2: `AIDE` is no PLOVER type");
        assert_eq!(error("AID\t\t7\t10\n"), "world/plover.tsv:2: `7` is no CAMEO code: three or four digits");
        assert_eq!(error("AID\t\t070\t11\n"), "world/plover.tsv:2: `11` is no score between -10 and 10");
        assert_eq!(error("AID\t\t070\t10\nAID\t\t071\t9\n"), "world/plover.tsv:3: AID with mode `` stands twice");
    }
}
