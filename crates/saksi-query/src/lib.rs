//! What does the collection answer?
