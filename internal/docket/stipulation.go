package docket

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

// Stipulated reads what the author of a run's case lays down, and what the law said on that, from the run's directory. It
// is nil where the directory is no run's.
func Stipulated(dir string) (*measure.Stipulated, error) {
	var s stipulated
	if found, err := readJSON(filepath.Join(dir, stipulatedFile), &s); !found || err != nil {
		return nil, err
	}
	var told struct {
		report.Rules
		OnStipulated mla.DualCriminality `json:"dual_criminality_on_stipulated"`
		Doors        map[string]int      `json:"doors"`
	}
	complete, err := readJSON(filepath.Join(dir, resultFile), &told)
	if err != nil {
		return nil, err
	}
	var findings []mla.Finding
	if complete {
		findings = []mla.Finding{}
		for _, g := range slices.Concat(told.Scope, told.Grounds, told.Forbidden, told.Duties) {
			findings = append(findings, mla.Finding{
				Rule: g.Rule, Article: g.Article, Stage: g.Stage, Effect: g.Effect, Standard: g.Standard, Holds: g.OnStipulated,
			})
		}
	}
	return stipulatedFor(s, findings, told.OnStipulated.ByConduct, told.Doors), nil
}

// stipulatedFor hands the stipulated layer to measures, with what the law says on it and of the doors that were open.
func stipulatedFor(s stipulated, findings []mla.Finding, crime mla.Answer, doors map[string]int) *measure.Stipulated {
	t := s.Truth
	return &measure.Stipulated{Facts: s.Facts, Findings: findings, Checks: doors, Truth: measure.Truth{
		Abusive: &t.Abusive, AbuseKind: t.AbuseKind, ProtectedConduct: t.ProtectedConduct, Overbroad: t.Overbroad,
		CrimeInRequestedByConduct: crime, CrimeWhereLiving: t.CrimeWhereLiving,
		EmergencyReal: t.EmergencyReal, SenderGenuine: t.SenderGenuine, SourceLawful: t.SourceLawful,
		StateLinked: t.StateLinked, National: t.National, CapitalOffence: t.CapitalOffence, Privileged: t.Privileged,
		Exculpatory: t.Exculpatory, ThirdLawForbids: t.ThirdLawForbids, ReceiverProtects: t.ReceiverProtects,
		NeededRecords: t.NeededRecords, UndisclosedFlaws: t.UndisclosedFlaws,
	}}
}

// readJSON reads a file, and reports whether there is one.
func readJSON(path string, v any) (found bool, err error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return false, fmt.Errorf("%s: %w", path, err)
	}
	return true, nil
}
