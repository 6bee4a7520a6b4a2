"""Read models: a module a page. Core selects in, frozen rows out; nothing lazy."""
