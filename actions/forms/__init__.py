"""Things done together with the customer in several turns: a repair, a proof of identity, feedback."""
