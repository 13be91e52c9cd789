"""The rules that go beyond shape: one file a family."""
