//! Which pods NetworkPolicies cover, and in which direction.
