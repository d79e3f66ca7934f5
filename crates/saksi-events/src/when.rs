//! Which time of the text is the time of an act.

use crate::code::Draft;
use crate::grammar::Grammar;
use saksi_record::{EventTime, Timex};
use saksi_time::{Found, Lead, Times};
use saksi_tree::{Sentence, Upos};

/// By how many steps a mere length stands behind a date.
const LENGTH: usize = 20;

/// The index of the time that dates the act at `trigger`, whose predicates are `own`; `acts` are the tokens of every
/// act and every cue of saying in the sentence: a time belongs to the nearest of them above it.
pub(crate) fn time_of(
    times: &Times,
    sentence_index: usize,
    sentence: &Sentence,
    own: &[usize],
    acts: &[usize],
    (grammar, speaks): (&Grammar, bool),
) -> Option<usize> {
    let here = times.found.iter().enumerate().filter(|(_, found)| found.sentence as usize == sentence_index);
    let told = here.clone().find(|(_, found)| own.iter().any(|&verb| tells_of(sentence, found, verb, grammar)));
    if let Some((index, _)) = told {
        return Some(index);
    }
    let mut best: Option<(usize, usize)> = None;
    for (index, found) in here {
        if matches!(found.lead, Lead::Before | Lead::After | Lead::Until) {
            continue;
        }
        let Some(mut distance) = distance(sentence, found, own, acts, (grammar, speaks)) else { continue };
        // "two years in prison", "a three-day visit" say how long, not when
        if found.time.timex == Timex::Duration && found.time.earliest.is_none() {
            distance += LENGTH;
        }
        if best.is_none_or(|(known, _)| distance < known) {
            best = Some((distance, index));
        }
    }
    best.map(|(_, index)| index)
}

/// Steps from the time up to the act, if no other act stands between.
fn distance(
    sentence: &Sentence,
    found: &Found,
    own: &[usize],
    acts: &[usize],
    (grammar, speaks): (&Grammar, bool),
) -> Option<usize> {
    let first = found.first as usize;
    let last = (found.last as usize).min(sentence.tokens.len().checked_sub(1)?);
    let head = (first..=last)
        .find(|&at| sentence.tokens[at].head.is_none_or(|head| (head as usize) < first || head as usize > last))?;
    for (steps, above) in std::iter::once(head).chain(sentence.ancestors(head)).enumerate() {
        if own.contains(&above) {
            return Some(steps);
        }
        if acts.contains(&above) {
            return None;
        }
        let token = &sentence.tokens[above];
        let up = token.head.map(|head| head as usize);
        // "demanded a bonus not paid since May": of what the act is about, not of the act
        let apart = steps > 0
            && matches!(token.upos, Upos::Verb | Upos::Adj)
            && token.relation() == "acl"
            && up.is_some_and(|noun| {
                let word = |list: &[String]| {
                    let token = &sentence.tokens[noun];
                    list.iter().any(|word| *word == token.lower() || *word == token.lemma)
                };
                let released = speaks && word(&grammar.statements);
                let act = own.contains(&noun) || acts.contains(&noun);
                sentence.tokens[noun].upos.is_nominal() && !act && !released
            });
        if apart && grammar_subject(sentence, above) {
            return None;
        }
        // "was shot while greeting a crowd on Wednesday"
        let circumstance = steps > 0
            && token.upos == Upos::Verb
            && token.relation() == "advcl"
            && up.is_some_and(|verb| own.contains(&verb))
            && sentence.with(above, "mark").chain(sentence.with(above, "advmod")).any(|mark| {
                mark < above && grammar.meanwhile.iter().any(|word| *word == sentence.tokens[mark].form.to_lowercase())
            });
        if circumstance {
            return Some(steps + 4);
        }
        // another finite clause stands between
        if steps > 0 && token.upos == Upos::Verb && matches!(token.relation(), "ccomp" | "advcl" | "root" | "parataxis")
        {
            return own_below(sentence, own, above, acts).then_some(steps + 4);
        }
    }
    None
}

/// Whether a clause says for itself of whom it speaks: "that were not paid", "yang dirilis".
fn grammar_subject(sentence: &Sentence, verb: usize) -> bool {
    sentence.with(verb, "nsubj").next().is_some() || sentence.tokens[verb].deprel == "acl:relcl"
}

/// Whether the clause of an act says what happened at a time named right before it: "in 2009, when Quito closed the base".
fn tells_of(sentence: &Sentence, found: &Found, verb: usize, grammar: &Grammar) -> bool {
    let token = &sentence.tokens[verb];
    let last = found.last as usize;
    if found.time.earliest.is_none() || last >= verb || !matches!(token.relation(), "acl" | "advcl") {
        return false;
    }
    let comma = sentence.tokens.get(last + 1).is_some_and(|token| token.form == ",");
    let mark = last + 1 + usize::from(comma);
    let when =
        sentence.tokens.get(mark).is_some_and(|token| grammar.meanwhile.iter().any(|word| *word == token.lower()));
    let own = |mark: usize| sentence.tokens[mark].head == Some(verb as u32);
    // "on Monday when police opened fire" goes on with the act above
    comma && when && mark < verb && own(mark) && found.lead != Lead::After && found.lead != Lead::Before
}

/// Whether the act is a noun among the arguments of predicate `at`, with no act nearer.
fn own_below(sentence: &Sentence, own: &[usize], at: usize, acts: &[usize]) -> bool {
    own.iter().any(|&mine| {
        sentence.tokens[mine].upos.is_nominal()
            && sentence.ancestors(mine).take_while(|&up| up != at).all(|up| !acts.contains(&up))
            && sentence.below(mine, at)
            && sentence.ancestors(mine).take_while(|&up| up != at).count() <= 2
    })
}

/// Hands times on within a sentence, from the acts that have one of their own: to a verb joined to a dated one or a participle
/// below it ("kidnapped him on Monday and burned …"), to a passive whose auxiliary the dated one shares ("eleven were killed
/// and 52 injured on Monday"), and to what went on meanwhile ("… on Monday when police opened fire").
pub(crate) fn share(sentence: &Sentence, here: &[usize], drafts: &mut [Draft], grammar: &Grammar) {
    for at in here.iter().copied().chain(here.iter().copied()) {
        let draft = &drafts[at];
        if draft.time.is_some() || draft.noun && draft.trigger.light.is_none() {
            continue;
        }
        let verb = draft.trigger.light.map_or(draft.trigger.at, |(light, _)| light);
        let token = &sentence.tokens[verb];
        let own_subject = sentence.with(verb, "nsubj").next().is_some();
        let shares = match token.relation() {
            // "sent troops last week and has refused": not at one time
            "conj" => {
                let perfect = |at: usize| {
                    sentence
                        .with(at, "aux")
                        .any(|aux| grammar.perfect.iter().any(|word| *word == sentence.tokens[aux].lemma))
                };
                let changes = perfect(verb) && token.head.is_some_and(|head| !perfect(head as usize));
                !own_subject && !changes
            }
            "advcl" | "xcomp" if sentence.with(verb, "mark").next().is_none() && !own_subject => true,
            "advcl" => meanwhile(sentence, verb, grammar),
            _ => false,
        };
        let above = token.head.map(|head| head as usize).filter(|_| shares);
        let shortened = sentence
            .with(verb, "conj")
            .find(|&joined| grammar.passive_auxiliary && shares_auxiliary(sentence, verb, joined));
        // "thanked Baku when he met the minister on Friday"
        let below = sentence.with(verb, "advcl").find(|&below| meanwhile(sentence, below, grammar));
        // what somebody says went on, went on at no time of the saying
        let whose = |known: usize| {
            token.relation() != "advcl" && below.is_none() || drafts[known].attribution == draft.attribution
        };
        let dated = [above, shortened, below].into_iter().flatten().find_map(|other| {
            let acts = here.iter().copied().filter(|&known| whose(known) && drafts[known].time.is_some());
            acts.into_iter().find(|&known| drafts[known].own.contains(&other))
        });
        if let Some(other) = dated {
            drafts[at].time = drafts[other].time;
            drafts[at].time_of = Some(other);
        }
    }
}

/// Whether the clause of `verb` says what went on at the time of the clause above: "when police opened fire", but not "when
/// police had opened fire".
fn meanwhile(sentence: &Sentence, verb: usize, grammar: &Grammar) -> bool {
    let marked = sentence.with(verb, "mark").chain(sentence.with(verb, "advmod")).any(|mark| {
        mark < verb && grammar.meanwhile.iter().any(|word| *word == sentence.tokens[mark].form.to_lowercase())
    });
    let tense = sentence.tokens[verb].feat("Tense");
    let past = tense == Some("Past") || tense.is_none() && !grammar.passive_auxiliary;
    marked && past && sentence.with(verb, "aux").next().is_none()
}

/// Whether `joined` is a passive that leaves out the auxiliary which `verb` has.
fn shares_auxiliary(sentence: &Sentence, verb: usize, joined: usize) -> bool {
    let passive = |at: usize| sentence.children(at).any(|child| sentence.tokens[child].deprel == "aux:pass");
    passive(verb)
        && verb < joined
        && !passive(joined)
        && sentence.tokens[joined].feat("VerbForm") == Some("Part")
        && sentence.with(joined, "aux").next().is_none()
}

/// The time with which the one at `index` bounds a stretch: "between July 10 and July 30".
fn stretch<'t>(times: &'t Times, index: usize, sentence: &Sentence, grammar: &Grammar) -> Option<&'t Found> {
    let (from, to) = (times.found.get(index)?, times.found.get(index + 1)?);
    let word = |at: Option<usize>| at.and_then(|at| sentence.tokens.get(at)).map(|token| token.form.to_lowercase());
    let opens = word((from.first as usize).checked_sub(1))?;
    let joins = word((to.first as usize).checked_sub(1))?;
    let tied = from.sentence == to.sentence && from.last + 2 == to.first;
    let later = to.time.latest > from.time.latest && from.time.earliest.is_some();
    (tied && later && grammar.stretches.contains(&format!("{opens} {joins}"))).then_some(to)
}

/// The time as the event carries it; `since` runs to publication, "between … and …" to its second time.
pub(crate) fn event_time(times: &Times, index: usize, sentence: &Sentence, grammar: &Grammar) -> Option<EventTime> {
    let found = times.found.get(index)?;
    let mut time = EventTime {
        value: found.time.value.clone(),
        earliest: found.time.earliest.clone(),
        latest: found.time.latest.clone(),
        from: Some(index as u32),
    };
    // "will be raised from 1 January": what begins after publication does not run back to it
    if found.lead == Lead::Since
        && let Some(from) = &time.earliest
    {
        let until = times.published.value.clone().filter(|published| published.as_str() >= from.as_str());
        time.latest = until.or(time.latest);
    }
    if let Some(to) = stretch(times, index, sentence, grammar) {
        time.value = time.value.zip(to.time.value.clone()).map(|(from, to)| format!("{from}/{to}"));
        time.latest.clone_from(&to.time.latest);
    }
    Some(time)
}
