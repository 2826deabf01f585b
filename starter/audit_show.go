package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/mla"
	"rogatory/internal/report"
)

// Clearances that are not a role's.
const (
	clearanceFull = "full"
	clearanceNone = "none"
)

func (p *program) auditShow() *cobra.Command {
	var as []string
	var keys string
	var asJSON bool
	c := &cobra.Command{
		Use:   "show DIR",
		Short: "Show the logs as one clearance sees them",
		Long: `Tells the events that a clearance can read, and counts those that stay sealed by kind and reader. A clearance is a role's on
every log (auditor), a role's of one State (auditor@alder), full (all keys) or none; --as may be given more than once.
What is addressed to the public anybody reads. Keys are those of the run, beside its logs, or those in the directory given by
--keys.`,
		Example: "  go run ./starter audit show out/demo/uncc --as auditor\n  go run ./starter audit show out/demo/uncc --as none --json",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			clearance, err := parseClearance(as)
			if err != nil {
				return err
			}
			v, err := shown(c.Context(), args[0], clearance, keys)
			if err != nil {
				return err
			}
			return p.print(v, asJSON)
		},
	}
	c.Flags().StringArrayVar(&as, "as", nil, "whose keys to use: ROLE, ROLE@STATE, full or none (default auditor, or all those in --keys)")
	c.Flags().StringVar(&keys, "keys", "", "directory of keys, one directory per State, instead of the run's own")
	jsonFlag(c, &asJSON)
	return c
}

// clearance is whose keys are used; an actor without a State is that role on every log.
type clearance []mla.Actor

func parseClearance(as []string) (clearance, error) {
	var out clearance
	for _, a := range as {
		switch a {
		case clearanceNone:
			if len(as) > 1 {
				return nil, badInputf("--as none stands alone")
			}
			return clearance{}, nil
		case clearanceFull:
			for _, r := range mla.Roles {
				out = append(out, mla.Actor{Role: r})
			}
			continue
		}
		role, state, at := strings.Cut(a, "@")
		actor := mla.Actor{Role: mla.Role(role), State: mla.State(state)}
		if !actor.Role.Valid() || at && state == "" {
			return nil, badInputf("--as %q: want ROLE, ROLE@STATE, full or none; the roles are %s", a, joined(mla.Roles))
		}
		out = append(out, actor)
	}
	return out, nil
}

// roles lists the roles whose keys are used on the log of one State.
func (c clearance) roles(s mla.State) []mla.Role {
	var out []mla.Role
	for _, a := range c {
		if a.State == "" || a.State == s {
			out = append(out, a.Role)
		}
	}
	return out
}

// shown reads every log below a directory with the keys of a clearance.
func shown(ctx context.Context, dir string, c clearance, keysDir string) (*report.Shown, error) {
	logs, err := logsBelow(dir)
	if err != nil {
		return nil, err
	}
	if keysDir != "" {
		if err := isDirectory(keysDir); err != nil {
			return nil, badInputf("--keys: %w", err)
		}
	}
	c, as := c.orDefault(keysDir)
	out := &report.Shown{Dir: filepath.ToSlash(dir), As: as, Cases: []report.ShownCase{}, Sealed: []report.SealedCount{}, Caveat: report.Caveat}
	var all []verify.Sighting
	used := 0
	for _, at := range logs {
		whole, err := filepath.Abs(at)
		if err != nil {
			return nil, err
		}
		state := mla.State(filepath.Base(whole))
		identities, err := identitiesFor(whole, state, c, keysDir)
		if err != nil {
			return nil, err
		}
		used += len(identities)
		seen, err := verify.Read(ctx, at, identities)
		if err != nil {
			return nil, fmt.Errorf("%w; audit verify %s says what is wrong", err, at)
		}
		all = append(all, seen...)
	}
	if used == 0 && len(c) > 0 && !slices.ContainsFunc(c, func(a mla.Actor) bool { return a.Role == mla.Public }) {
		return nil, badInputf("no key of %s was found for the logs in %s; give --keys DIR, or --as none", strings.Join(as, ", "), dir)
	}
	sightings(out, all)
	return out, nil
}

// orDefault puts the auditor, or all keys of a directory given for the purpose, where the user said nothing.
func (c clearance) orDefault(keysDir string) (clearance, []string) {
	if c == nil {
		c = clearance{{Role: mla.Auditor}}
		if keysDir != "" {
			c, _ = parseClearance([]string{clearanceFull})
		}
	}
	as := []string{}
	for _, a := range c {
		name := string(a.Role)
		if a.State != "" {
			name = a.String()
		}
		as = append(as, name)
	}
	switch {
	case len(c) == 0:
		as = []string{clearanceNone}
	case len(c) == len(mla.Roles) && keysDir != "":
		as = []string{"the holder of " + filepath.ToSlash(keysDir)}
	case len(c) == len(mla.Roles):
		as = []string{clearanceFull}
	}
	return c, as
}

// identitiesFor finds the keys of a clearance for one log: beside the logs of its run, or in the directory given.
func identitiesFor(log string, s mla.State, c clearance, keysDir string) ([]age.Identity, error) {
	at := filepath.Join(log, "..", "..", "keys", string(s))
	if keysDir != "" {
		at = filepath.Join(keysDir, string(s))
		if _, err := os.Stat(at); err != nil {
			at = keysDir
		}
	}
	keys, err := auditlog.LoadKeys(at)
	if err != nil {
		return nil, badInput{err}
	}
	return keys.Identities(c.roles(s)...), nil
}

// sightings sorts what was seen into cases, and counts what stays sealed.
func sightings(out *report.Shown, all []verify.Sighting) {
	slices.SortStableFunc(all, func(a, b verify.Sighting) int { return a.Cover.At.Compare(b.Cover.At) })
	byCase, sealed := map[string]int{}, map[string]int{}
	for _, s := range all {
		out.Events++
		i, known := byCase[s.Cover.Case]
		if !known {
			i = len(out.Cases)
			byCase[s.Cover.Case] = i
			out.Cases = append(out.Cases, report.ShownCase{Case: s.Cover.Case})
		}
		e := report.ShownEvent{Cover: s.Cover, Event: s.Event}
		if s.Event != nil {
			out.Opened++
			e.Says = report.Sentence(*s.Event)
			out.Cases[i].Events = append(out.Cases[i].Events, e)
			continue
		}
		out.Cases[i].Events = append(out.Cases[i].Events, e)
		key := fmt.Sprint(s.Cover.Party, s.Cover.Kind, s.Cover.Readers)
		j, known := sealed[key]
		if !known {
			j = len(out.Sealed)
			sealed[key] = j
			out.Sealed = append(out.Sealed, report.SealedCount{Party: s.Cover.Party, Kind: s.Cover.Kind, Readers: s.Cover.Readers})
		}
		out.Sealed[j].Number++
	}
	slices.SortFunc(out.Sealed, func(a, b report.SealedCount) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Kind, b.Kind), slices.Compare(a.Readers, b.Readers))
	})
}
