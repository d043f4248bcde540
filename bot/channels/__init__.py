"""The channels customers write in: each reads payloads into messages and writes messages as calls."""
