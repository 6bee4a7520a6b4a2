"""The window: the only room with Qt. `app` must be importable and useful without it."""
