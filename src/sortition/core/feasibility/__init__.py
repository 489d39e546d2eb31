"""What the quotas allow: who is on some panel, which bounds clash, what they cost, what yields."""
