"""Linear and integer programs: the solver, the relaxation of the panels, and single panels."""
