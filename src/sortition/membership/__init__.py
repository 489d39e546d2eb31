"""Who is on a panel after the draw: alternates, and what becomes of those who withdraw."""
