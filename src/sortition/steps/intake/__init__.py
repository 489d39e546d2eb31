"""Between letters and pool. In: answers of forms, phone and paper. Out: one row a person."""
