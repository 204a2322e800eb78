//! Which workloads can be reached from outside, which of them are consoles, and over what transport.
