"""Business rules, one module a noun. A rule takes a Session and plain values and answers with a small dataclass."""
