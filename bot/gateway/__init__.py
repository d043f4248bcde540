"""The public process: takes messages in, has them answered, and lets nobody in who doesn't belong."""
