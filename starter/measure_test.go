package main

import (
	"encoding/json"
	"testing"

	"rogatory/internal/measure"
)

// What a run tells and what is computed from its directory alone are the same figures.
func TestMeasuresOfARunAreThoseThatItTold(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, id := range []string{"g01", "g12", "g28"} {
		var told struct {
			Gaps []struct {
				ID    string                    `json:"id"`
				Views map[measure.View]*float64 `json:"views"`
			} `json:"gaps"`
		}
		code, out, err := call(t.Context(), "run", id, "--clock", "sim", "--json", "--out", id)
		if code != exitDone || json.Unmarshal([]byte(out), &told) != nil {
			t.Fatalf("run %s: code %d, %s", id, code, err)
		}
		defined := 0
		for as, view := range map[string]measure.View{
			omniscient: measure.Omniscient, clearanceFull: measure.AuditorFull, "auditor": measure.Auditor, clearanceNone: measure.AuditorNone, "public": measure.Public,
		} {
			var read struct {
				Figures []struct {
					ID    string   `json:"id"`
					Value *float64 `json:"value"`
				} `json:"figures"`
			}
			code, out, err := call(t.Context(), "measure", id, "--as", as, "--json")
			if code != exitDone || json.Unmarshal([]byte(out), &read) != nil || len(read.Figures) != len(told.Gaps) {
				t.Fatalf("measure %s --as %s: code %d, %d figures, %s", id, as, code, len(read.Figures), err)
			}
			for i, g := range told.Gaps {
				want, got := g.Views[view], read.Figures[i].Value
				if g.ID != read.Figures[i].ID || (want == nil) != (got == nil) || want != nil && *want != *got {
					t.Errorf("%s, %s as %s: told %v, read %v", id, g.ID, as, want, got)
				}
				if got != nil {
					defined++
				}
			}
		}
		if defined < 100 {
			t.Errorf("%s: only %d figures are defined", id, defined)
		}
	}
}
