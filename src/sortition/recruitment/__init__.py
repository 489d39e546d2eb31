"""Before the pool: seats and letters in proportion to the population, and whom they go to."""
