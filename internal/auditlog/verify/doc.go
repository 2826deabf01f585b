// Package verify checks and reads an audit log from its published bytes alone.
//
// It trusts nothing but the log's public key, re-derives everything else, and reports every byte that it cannot
// account for. It shares no code with the writer (package auditlog, whose comment describes the directory): it stands
// on golang.org/x/mod/sumdb, age, and the vocabulary, so a fault in the writer does not excuse itself here.
//
// What it cannot see: that log.vkey is the State's (pin it with Options.VerifierKey), that a later checkpoint once
// existed (keep checkpoints and give Options.Since, or ask for witnesses with Options.Policy), that a key is wrapped to
// the reader whose key is not at hand (only how many it is wrapped to), and that what an event says is true.
package verify

import (
	"fmt"
	"strings"

	"filippo.io/age"

	"rogatory/internal/mla"
)

// Options of a check.
type Options struct {
	// VerifierKey, if not empty, is the log's key as the auditor had it from elsewhere: name+hash+key.
	VerifierKey string
	// Policy, if not nil, says which witnesses must have cosigned the checkpoint.
	Policy *Policy
	// Since, if not nil, is an earlier checkpoint of the log, as it was published: the log must have kept what it covers.
	Since []byte
	// Keys are those of some roles of the log's State. Whatever is addressed to such a role must open with its key.
	Keys map[mla.Role]age.Identity
}

// Report is what Check found. A log verifies if and only if Findings is empty; the other fields then hold.
type Report struct {
	Origin string `json:"origin"`
	Size   uint64 `json:"size"`   // leaves that the checkpoint covers
	Root   string `json:"root"`   // of the tree, base64 as in the checkpoint
	Cases  int    `json:"cases"`  // cases among the leaves read
	Events int    `json:"events"` // leaves read and well formed
	// Cosigners are those who cosigned the checkpoint, known or not.
	Cosigners []Cosigner `json:"cosigners"`
	// Checkpoint is as published: what to keep, and give as Options.Since another time.
	Checkpoint []byte    `json:"-"`
	Findings   []Finding `json:"findings"`
}

// OK reports that nothing is wrong.
func (r Report) OK() bool { return len(r.Findings) == 0 }

// Finding is one thing wrong with a log.
type Finding struct {
	File  string `json:"file"`  // in the directory, with slashes
	Place string `json:"place"` // in the file: "leaf 12", "byte 40"; empty for the whole of it
	What  string `json:"what"`
}

// String writes the finding on one line.
func (f Finding) String() string {
	if f.Place == "" {
		return f.File + ": " + f.What
	}
	return f.File + ", " + f.Place + ": " + f.What
}

// Bounds on what a hostile directory can make the verifier hold.
const (
	maxFindings   = 1000
	maxLeaves     = 1 << 40
	maxNote       = 64 << 10
	maxBundle     = tileWidth * (2 + 1<<16 - 1) // of leaves, or of their sealed bodies
	maxKeys       = tileWidth * 8 << 10
	maxTile       = tileWidth * hashSize
	maxQuotedName = 200
)

// collector gathers findings up to maxFindings.
type collector struct{ found []Finding }

func (c *collector) add(file, place, format string, args ...any) {
	switch n := len(c.found); {
	case n < maxFindings:
		c.found = append(c.found, Finding{clip(file), place, fmt.Sprintf(format, args...)})
	case n == maxFindings:
		c.found = append(c.found, Finding{clip(file), "", "and more: the report stops here"})
	}
}

func clip(name string) string { return strings.ToValidUTF8(name[:min(len(name), maxQuotedName)], "?") }

func leafPlace(index uint64) string { return fmt.Sprintf("leaf %d", index) }
func bytePlace(offset int) string   { return fmt.Sprintf("byte %d", offset) }
