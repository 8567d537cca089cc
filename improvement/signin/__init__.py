"""Sign-in: the council's own and passwords, second steps, sessions, and what people are told of them."""
