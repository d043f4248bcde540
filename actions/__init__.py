"""What the dialogue may ask for. An action reads the message, calls a business rule, and answers."""
