use saksi_record::{Attribution, Certainty, Held};

/// One attribution, with what later stages need to hang events on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// As the record shows it. `id`, `via` and `source.actor` hold indices as text until the pipeline gives ids:
    /// use [`Said::via`] and [`Said::actor`] instead.
    pub attribution: Attribution,
    /// Index into the actors of who speaks.
    pub actor: Option<u32>,
    /// Index of the attribution that carries this one.
    pub via: Option<u32>,
    /// The sentence of the cue.
    pub sentence: u32,
    /// The head token of the cue in its sentence, if there is a cue.
    pub cue: Option<u32>,
    /// The content: sentence index, first and last token of each piece.
    pub pieces: Vec<(u32, u32, u32)>,
    /// How sure the cue lets the content be.
    pub certainty: Certainty,
}

/// One attitude. `id`, `via` and `source.actor` of the record's part are empty until the pipeline gives ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Holds {
    /// As the record shows it.
    pub held: Held,
    /// Index into the actors of whose it is.
    pub actor: Option<u32>,
    /// Index of the attribution whose content says so.
    pub via: Option<u32>,
}

/// What one article attributes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// Somebody's word, in text order of the cues.
    pub said: Vec<Said>,
    /// Attitudes, in text order of the cues.
    pub held: Vec<Holds>,
}
