"""Who answers are from: one person from all of hers, who was asked, and who may be drawn."""
