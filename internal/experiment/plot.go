package experiment

import "rogatory/internal/report"

func (r *Result) plots() ([]report.Plot, error) { return nil, nil }
