//! What tests share: Markdown tests, conformance ratchets, where the suites are.
