//! The Pod Security Standards, judged as the API server's admission of each version judges them.
