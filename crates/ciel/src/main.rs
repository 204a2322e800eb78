//! Ciel: finds the open door and the miner at work in Kubernetes.

fn main() {}
