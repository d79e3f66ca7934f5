//! How far is a record from what a person coded?
