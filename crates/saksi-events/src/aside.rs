//! Acts that a sentence names without telling of them: what is only asked about, and what anybody may do.

use crate::code::{Context, Draft};
use crate::frames::Rules;
use saksi_record::Status;
use saksi_tree::Sentence;

/// Drops the drafts that stand in such clauses, and puts acts announced for a day ahead into the future.
pub(crate) fn drop(article: Context<'_>, rules: &Rules, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.dropped) {
        let sentence = &article.analysis.sentences[draft.sentence];
        let top = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let settled = draft.judged.status == Status::Actual || draft.judged.status == Status::Negated;
        draft.dropped = asked(sentence, rules, top, settled) || by_anyone(sentence, rules, top);
        if settled && draft.judged.status == Status::Actual && announced(article, rules, draft) {
            draft.judged.status = Status::Future;
            draft.why.push("status: announced for a day ahead".into());
        }
    }
}

/// "did not say whether ports were bombed", and, of what is not settled, "did not say how many soldiers would be sent".
fn asked(sentence: &Sentence, rules: &Rules, at: usize, settled: bool) -> bool {
    std::iter::once(at).chain(sentence.ancestors(at)).take_while(|&up| sentence.tokens[up].relation() != "acl").any(|up| {
        let token = &sentence.tokens[up];
        let marked = sentence.with(up, "mark").any(|mark| {
            mark < up && rules.grammar.asking.iter().any(|word| *word == sentence.tokens[mark].form.to_lowercase().as_str())
        });
        let open = !settled
            && sentence.subtree(up).into_iter().any(|word| {
                word < up && sentence.tokens[word].feat("PronType") == Some("Int")
                    && token.head.is_some_and(|head| (head as usize) < word)
            });
        token.relation() == "ccomp" && (marked || open && !rules.grammar.asking.is_empty())
    })
}

/// "anyone who blocked a road would be tried", "those who lock up their rivals".
fn by_anyone(sentence: &Sentence, rules: &Rules, at: usize) -> bool {
    let clause = std::iter::once(at).chain(sentence.ancestors(at)).find(|&up| sentence.tokens[up].relation() == "acl");
    let Some(clause) = clause.filter(|&clause| sentence.tokens[clause].deprel == "acl:relcl") else { return false };
    let Some(noun) = sentence.tokens[clause].head.map(|head| head as usize) else { return false };
    let lower = sentence.tokens[noun].form.to_lowercase();
    let is = |words: &[String]| words.iter().any(|word| *word == lower.as_str());
    let any = sentence.with(noun, "det").any(|det| {
        let word = sentence.tokens[det].form.to_lowercase();
        rules.grammar.anyone.iter().any(|other| *other == word.as_str())
    });
    let present = sentence.tokens[clause].feat("Tense") == Some("Pres") && sentence.with(clause, "aux").next().is_none();
    is(&rules.grammar.anyone) || any || present && is(&rules.grammar.those)
}

/// "announced another march for Saturday".
fn announced(article: Context<'_>, rules: &Rules, draft: &Draft) -> bool {
    let sentence = &article.analysis.sentences[draft.sentence];
    let Some((light, _)) = draft.trigger.light else { return false };
    let heads = [light, draft.trigger.at];
    article.times.found.iter().filter(|found| found.sentence as usize == draft.sentence).any(|found| {
        let before = (found.first as usize).checked_sub(1);
        let ahead = before.is_some_and(|before| {
            rules.grammar.ahead.iter().any(|word| *word == sentence.tokens[before].form.to_lowercase().as_str())
        });
        let hangs = (found.first..=found.last)
            .any(|token| sentence.tokens[token as usize].head.is_some_and(|up| heads.contains(&(up as usize))));
        ahead && hangs && found.time.earliest.is_some() && found.time.timex == saksi_record::Timex::Date
    })
}
