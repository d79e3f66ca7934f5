//! How does another program want it?
