//! What the rows of one act in one sentence say together.

use crate::again::is_toll;
use crate::report::Report;

/// "set off a bomb in three churches and killed 12" is one act in two rows: each counts what the other counts, so that what
/// two articles count can be held against each other whichever row it stands on.
pub(crate) fn pool(reports: &mut [Report]) {
    for other in 1..reports.len() {
        let (earlier, later) = reports.split_at_mut(other);
        let toll = &mut later[0];
        let here = earlier.iter_mut().rev().take_while(|attack| attack.sentence == toll.sentence);
        if let Some(attack) = here.into_iter().find(|attack| is_toll(attack, toll)) {
            toll.toll = true;
            let missing = |from: &Report, to: &Report| -> Vec<_> {
                let counted = |unit: &str| to.figures.iter().any(|figure| figure.unit == unit);
                from.figures.iter().filter(|figure| !counted(&figure.unit)).cloned().collect()
            };
            let (of_attack, of_toll) = (missing(attack, toll), missing(toll, attack));
            toll.figures.extend(of_attack);
            attack.figures.extend(of_toll);
        }
    }
}
