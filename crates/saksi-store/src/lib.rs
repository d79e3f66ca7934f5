//! What was read, and what did a person decide about it?
