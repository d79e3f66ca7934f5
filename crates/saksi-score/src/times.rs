use crate::gold::GoldError;
use crate::reading::Time;
use crate::score::{Case, Score};

/// Counts times: right is one that overlaps gold and has its value (TempEval-3's value F1 with relaxed match).
pub(crate) fn measure(case: &Case<'_>, score: &mut Score) -> Result<(), GoldError> {
    let found: Vec<&Time> = case.reading.times.iter().collect();
    let mut used = vec![false; found.len()];
    for gold in &case.gold.times {
        let places = case.letters.words(&gold.text);
        let nth = gold.nth.unwrap_or(1);
        let Some(at) = nth.checked_sub(1).and_then(|nth| places.get(nth)) else {
            let which = if nth == 1 { "a time".to_owned() } else { format!("place {nth} of a time") };
            return Err(GoldError::NotFound { of: which, needle: gold.text.clone() });
        };
        let hits: Vec<usize> =
            (0..found.len()).filter(|&it| !used[it] && case.own(found[it].extent).overlaps(*at)).collect();
        if gold.optional {
            for hit in hits {
                used[hit] = true;
            }
            continue;
        }
        let tally = score.figures.tally_mut("times");
        if let Some(&right) = hits.iter().find(|&&hit| found[hit].value == gold.value) {
            used[right] = true;
            tally.add(1, 1, 1);
            continue;
        }
        if let Some(&first) = hits.first() {
            used[first] = true;
        }
        tally.add(0, u64::from(!hits.is_empty()), 1);
        let got: Vec<&str> = hits.iter().map(|&hit| value(found[hit].value.as_ref())).collect();
        let got = if got.is_empty() { "nothing".to_owned() } else { got.join(", ") };
        score.notes.push(format!("time {:?}: want {}, got {got}", gold.text, value(gold.value.as_ref())));
    }
    for extra in found.iter().zip(&used).filter(|(_, used)| !**used).map(|(time, _)| time) {
        score.figures.tally_mut("times").add(0, 1, 0);
        score.notes.push(format!(
            "time not in gold: {:?} = {}",
            case.words(Some(extra.extent)),
            value(extra.value.as_ref())
        ));
    }
    Ok(())
}

fn value(value: Option<&String>) -> &str {
    value.map_or("no value", String::as_str)
}
