//! What cryptocurrency mining looks like in images, arguments, environment, configuration and scripts.
