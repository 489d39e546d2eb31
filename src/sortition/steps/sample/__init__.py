"""An invented pool to rehearse with. In: quotas. Out: people who fit them, or just miss them."""
