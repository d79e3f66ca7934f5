//! The trees of an article with what the parser is known to get wrong set right, in the order in which the mends build on
//! each other.

use crate::code::Context;
use crate::frames::{Pos, Rules};
use crate::headline;
use crate::mend;
use crate::mend_argument;
use crate::mend_aside;
use crate::mend_clause;
use crate::mend_phrase;
use crate::mend_said;
use crate::mend_subject;
use crate::mend_turn;
use crate::mend_wire;
use crate::needs::Around;
use crate::reattach;
use saksi_entities::Mention;
use saksi_record::{EventType, MentionForm, Stance};
use saksi_tree::{Analysis, RegionKind, Sentence, Upos};

/// The article's analysis with its trees mended.
pub(crate) fn mended(article: Context<'_>, rules: &Rules) -> Analysis {
    let mut mended = article.analysis.clone();
    if rules.grammar.subject_first {
        for (index, sentence) in mended.sentences.iter_mut().enumerate() {
            let here = article.times.found.iter().filter(|found| found.sentence as usize == index);
            let times: Vec<(usize, usize)> = here.map(|found| (found.first as usize, found.last as usize)).collect();
            mend_wire::day_before_object(sentence, &times);
            mend_said::day_before_saying(sentence, &times);
            for &time in &times {
                mend_phrase::name_before_time(sentence, time);
            }
            mend_wire::count_behind_colon(sentence);
            mend_wire::participle_behind_auxiliary(sentence, &rules.grammar.perfect);
            mend_wire::doer_and_speaker(sentence);
            mend_wire::hyphenated_participle(sentence);
            mend_wire::preposition_on_number(sentence);
            mend_wire::gerund_behind_measure(sentence, &rules.grammar.measure);
            mend_phrase::mend(sentence, &rules.grammar);
            reattach::reattach(sentence, &rules.grammar);
            if rules.grammar.passive_auxiliary {
                mend_clause::rank_as_interjection(sentence);
                mend_clause::reduced_relative(sentence);
                mend_argument::verb_below_noun(sentence);
                mend_clause::object_of_saying(sentence);
                mend_clause::speaker_before_content(sentence);
                mend_clause::relative_object(sentence);
                mend_clause::object_as_modifier(sentence);
                mend_clause::participle_behind_comma(sentence);
                mend_said::participle_of_charge(sentence, &rules.grammar.object_control);
                mend_clause::past_joined_to_perfect(sentence, &rules.grammar.perfect, |sentence, at| {
                    rules.names_speech(sentence, at)
                });
                mend_wire::object_with_preposition(sentence, &rules.grammar.particles);
                mend_wire::object_behind_particle(sentence, &times);
                mend_wire::gerund_as_subject(sentence);
                mend_wire::gerund_as_object(sentence, |sentence, at| rules.names_act(sentence, at));
                mend_subject::subject_of_aside(sentence);
                mend_subject::subject_behind_circumstance(sentence);
                mend_subject::subject_of_what_is_to_come(sentence);
                mend_subject::past_read_as_modifier(sentence);
                mend_subject::listed_subject(sentence);
                mend_subject::name_as_second_subject(sentence);
                mend_subject::name_set_off(sentence);
                mend_aside::present_joined_to_past(sentence);
                mend_subject::infinitive_behind_root(sentence, |sentence, at| rules.plans(sentence, at));
                let may_act = |sentence: &Sentence, at: usize| rules.names(sentence, at, Pos::Verb, |_| true);
                mend_subject::present_read_as_noun(sentence, may_act);
                mend_subject::verb_read_as_adverb(sentence, may_act);
                mend_wire::infinitive_read_as_noun(sentence, &rules.grammar.infinitives);
            }
            if !rules.grammar.passive_auxiliary {
                mend_turn::acts_in_turn(sentence, &rules.grammar.sequential);
                mend_turn::doer_behind_noun(sentence, &rules.grammar.agent, |sentence, at| {
                    rules.names_act(sentence, at)
                });
                mend_turn::circumstance_below_noun(sentence, &rules.grammar.circumstance);
                let (coming, of) = (&rules.grammar.coming, &rules.grammar.of);
                mend_turn::where_it_comes_from(sentence, coming, of, |sentence, at| rules.names_act(sentence, at));
                mend_turn::predicate_read_as_noun(sentence, |sentence, at| rules.may_be_plain_verb(sentence, at));
                mend_aside::active_below_apposition(sentence);
                mend_aside::what_is_there(sentence, |token| rules.grammar.says_there(token));
                mend_aside::object_and_subject(sentence, |sentence, at| {
                    rules.names(sentence, at, Pos::Verb, |kind| kind == EventType::Request)
                });
            }
            mend_aside::clause_behind_semicolon(sentence);
            mend_aside::object_behind_comma(sentence);
            mend_aside::called_in_quotes(sentence);
            mend_aside::parties_behind_noun(sentence, &rules.grammar.between);
            mend_aside::parties_behind_verb(sentence, &rules.grammar.between);
            for said in article.said.iter().filter(|said| said.sentence as usize == index) {
                // "accused police of", "urged Israel to" take an object beside
                if matches!(said.attribution.stance, Stance::Alleges | Stance::Asks | Stance::Promises) {
                    continue;
                }
                let Some(cue) = said.cue else { continue };
                for &(_, first, last) in said.pieces.iter().filter(|piece| piece.0 as usize == index) {
                    let begins = |mention: &&Mention| mention.first == first || mention.first == first + 1;
                    let mention = article.entities.in_sentence(index).iter().find(begins);
                    if let Some(mention) = mention.filter(|mention| mention.actor.is_some()) {
                        let content = (first as usize, last as usize);
                        let phrase = (mention.first as usize, mention.last as usize, mention.head as usize);
                        mend_said::subject_of_content(sentence, cue as usize, content, phrase);
                    }
                }
            }
            for pair in article.entities.in_sentence(index).windows(2) {
                let place = |mention: &Mention| (mention.first as usize, mention.last as usize, mention.head as usize);
                // "Rwandan and Mozambican soldiers" are two by one noun
                let shared = !pair[1].also.is_empty();
                if rules.grammar.passive_auxiliary && !shared && pair.iter().all(|mention| mention.actor.is_some()) {
                    mend_argument::joined_names(sentence, place(&pair[0]), place(&pair[1]));
                }
            }
            for mention in article.entities.in_sentence(index) {
                let (first, last) = (mention.first as usize, mention.last as usize);
                let people = rules.grammar.passive_auxiliary && mention.form == MentionForm::Nominal;
                if mention.form == MentionForm::Name
                    || people && sentence.tokens[mention.head as usize].upos == Upos::Verb
                {
                    mend::name_before_verb(sentence, first, last);
                    mend_phrase::name_read_as_verb(sentence, first, last);
                }
                if sentence.kind == RegionKind::Title && !rules.grammar.passive_auxiliary && mention.actor.is_some() {
                    headline::bare_verb(sentence, mention, |sentence, at| rules.names_bare_verb(sentence, at));
                }
                if !rules.grammar.passive_auxiliary && mention.form == MentionForm::Nominal {
                    mend_phrase::people_read_as_verb(sentence, mention.head as usize);
                }
                if !rules.grammar.passive_auxiliary && mention.form != MentionForm::Pronoun && mention.actor.is_some() {
                    mend_argument::people_as_adverb(sentence, mention.head as usize, last);
                }
                let time = article.times.found.iter().find(|found| {
                    found.sentence as usize == index && found.last + 1 == mention.first && mention.actor.is_some()
                });
                if let Some(time) = time {
                    mend::phrase_behind_time(sentence, first, last, (time.first as usize, time.last as usize));
                }
                if mention.form != MentionForm::Pronoun && mention.actor.is_some() {
                    mend::name_before_object(sentence, first, last, &rules.grammar.giving);
                    mend::phrase_before_verb(sentence, first, last);
                    if !rules.grammar.passive_auxiliary {
                        mend::active_below_root(sentence, first, last);
                        let full = sentence.tokens.last().is_some_and(|last| last.upos == Upos::Punct);
                        mend_subject::verb_behind_actor(sentence, (first, last), &[], |sentence, at| {
                            full && article.entities.covering(index, at).is_none()
                                && rules.may_be_plain_verb(sentence, at)
                        });
                    }
                    if rules.grammar.passive_auxiliary {
                        mend::subject_as_root(sentence, first, last);
                        let participles = &rules.grammar.people_participles;
                        mend_clause::participle_of_people(sentence, mention.head as usize, last, participles);
                        mend_subject::verb_behind_actor(
                            sentence,
                            (first, last),
                            &rules.grammar.upon,
                            |sentence, at| {
                                // "Rebel attacks on villages" is no clause
                                if sentence.kind != RegionKind::Title && mention.form != MentionForm::Name {
                                    return false;
                                }
                                let inside = article.entities.covering(index, at);
                                let begins =
                                    |other: &Mention| other.first as usize == at && other.form == MentionForm::Nominal;
                                rules.may_be_verb(sentence, at) && inside.is_none_or(begins)
                            },
                        );
                    }
                    mend::phrase_behind_conjunction(sentence, first, last);
                }
            }
            mend::mend(sentence, &rules.grammar);
            mend_wire::likewise(sentence, &rules.grammar.likewise);
            if sentence.kind == RegionKind::Title {
                let verbs = rules.verbs(
                    sentence,
                    Around {
                        index,
                        sentences: &article.analysis.sentences,
                        entities: article.entities,
                        times: article.times,
                        violent: false,
                    },
                );
                headline::order(sentence, &verbs, index, article.entities);
            }
            // no mend is worth a sentence that goes round
            if !sentence.is_tree() {
                sentence.clone_from(&article.analysis.sentences[index]);
            }
        }
    }
    mended
}
