"""CPR numbers, which number everybody in Denmark: recognised, and kept out of what is written."""
