package rogatory_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house says which of our packages each package may import. An arrow that is not here is a fault in the code or a
// decision to be written down here.
var house = map[string][]string{
	"rogatory/internal/mla":              {},
	"rogatory/internal/fault":            {},
	"rogatory/policies":                  {"rogatory/internal/mla", "rogatory/internal/fault"},
	"rogatory/internal/auditlog":         {"rogatory/internal/mla"},
	"rogatory/internal/auditlog/verify":  {"rogatory/internal/mla"},
	"rogatory/internal/auditlog/witness": {},
	"rogatory/internal/export":           {"rogatory/internal/mla", "rogatory/internal/auditlog/verify"},
	"rogatory/internal/imported":         {"rogatory/internal/mla"},
	"rogatory/internal/scenario":         {"rogatory/internal/mla", "rogatory/internal/fault", "rogatory/internal/measure"},
	"rogatory/internal/devserver":        {},
	"rogatory/internal/measure":          {"rogatory/internal/mla"},
	"rogatory/internal/invariant":        {"rogatory/internal/mla"},
	"rogatory/internal/audit":            {"rogatory/internal/mla", "rogatory/policies", "rogatory/internal/auditlog/verify"},
	"rogatory/internal/audit/history":    {"rogatory/internal/mla", "rogatory/activities", "rogatory/workflows", "rogatory/internal/audit"},
	"rogatory/activities":                {"rogatory/internal/mla", "rogatory/policies", "rogatory/internal/auditlog"},
	"rogatory/internal/report": {
		"rogatory/internal/mla", "rogatory/policies", "rogatory/internal/measure", "rogatory/internal/audit",
	},
	"rogatory/workflows":           {"rogatory/internal/mla", "rogatory/policies", "rogatory/activities"},
	"rogatory/internal/population": {"rogatory/internal/mla", "rogatory/internal/fault", "rogatory/policies"},
	"rogatory/internal/simulation": {
		"rogatory/internal/mla", "rogatory/policies", "rogatory/activities", "rogatory/workflows", "rogatory/internal/population",
	},
	"rogatory/internal/experiment": {
		"rogatory/internal/mla", "rogatory/internal/fault", "rogatory/policies", "rogatory/internal/population",
		"rogatory/internal/simulation", "rogatory/internal/measure", "rogatory/internal/report",
	},
	"rogatory/internal/training": {"rogatory/internal/mla", "rogatory/policies", "rogatory/workflows", "rogatory/internal/scenario", "rogatory/internal/simulation"},
	"rogatory/internal/cluster":  {},
	"rogatory/internal/docket": {
		"rogatory/internal/mla", "rogatory/policies", "rogatory/activities", "rogatory/workflows", "rogatory/internal/simulation",
		"rogatory/internal/scenario", "rogatory/internal/auditlog", "rogatory/internal/auditlog/verify", "rogatory/internal/measure",
		"rogatory/internal/invariant", "rogatory/internal/report", "rogatory/internal/devserver",
	},
}

// mains may import all of ours; nothing of ours may import them.
var mains = []string{"rogatory/starter", "rogatory/worker"}

// outside lists what only some packages may touch: the clock, files, the network, unseeded chance.
var outside = map[string][]string{
	"net":         {"rogatory/internal/devserver", "rogatory/internal/auditlog/witness", "rogatory/starter", "rogatory/worker"},
	"net/http":    {"rogatory/internal/auditlog", "rogatory/internal/auditlog/witness"},
	"math/rand":   {},
	"crypto/rand": {"rogatory/internal/auditlog", "rogatory/internal/auditlog/witness"},
	"os": {
		"rogatory/activities", "rogatory/internal/auditlog", "rogatory/internal/auditlog/verify", "rogatory/internal/auditlog/witness",
		"rogatory/internal/devserver", "rogatory/internal/docket", "rogatory/internal/experiment", "rogatory/internal/export",
		"rogatory/internal/imported", "rogatory/internal/scenario", "rogatory/internal/report", "rogatory/starter", "rogatory/worker",
	},
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func TestEveryPackageKeepsToItsPlaceInTheHouse(t *testing.T) {
	seen := 0
	for _, p := range listed(t) {
		if p.ImportPath == "rogatory" {
			continue
		}
		seen++
		allowed, known := house[p.ImportPath]
		main := slices.Contains(mains, p.ImportPath)
		if !known && !main {
			t.Errorf("%s has no place in the house: add it to this table, and say why in the commit", p.ImportPath)
		}
		for _, i := range p.Imports {
			if strings.HasPrefix(i, "rogatory/") && (slices.Contains(mains, i) || !main && !slices.Contains(allowed, i)) {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
			if who, restricted := outside[i]; restricted && !slices.Contains(who, p.ImportPath) {
				t.Errorf("%s must not import %s", p.ImportPath, i)
			}
		}
	}
	if want := len(house) + len(mains); seen != want {
		t.Errorf("the table names %d packages, %d are there", want, seen)
	}
}

func listed(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %s", exit.Stderr)
		}
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}
