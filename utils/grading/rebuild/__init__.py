"""Takes the answers out of a notebook, with what they depend on; runs nothing."""
