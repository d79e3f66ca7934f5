use saksi_record::{ActorKind, SourceKind};

/// What a source most likely is that takes part in no event of the article.
pub(crate) fn kind(kind: SourceKind) -> ActorKind {
    match kind {
        SourceKind::Official | SourceKind::Expert | SourceKind::Witness | SourceKind::Person => ActorKind::Person,
        SourceKind::Anonymous => ActorKind::Group,
        _ => ActorKind::Organization,
    }
}
