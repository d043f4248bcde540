"""The service desk: language, understanding, dialogue, business rules, storage, gateway and channels."""
