"""What Rasa lets us replace: tracker store, answer wording, input channel, and the call to the action server."""
