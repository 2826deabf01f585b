package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"rogatory/internal/audit"
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
	s := sight{faulty: true}
	c := &cobra.Command{
		Use:   "show DIR",
		Short: "Show the logs as one clearance sees them",
		Long: `Tells the events that a clearance can read, and counts those that stay sealed by kind, age and reader; then the oldest secret,
and the secrets past their end. A clearance is a role's on
every log (auditor), a role's of one State (auditor@alder), full (all keys) or none; --as may be given more than once.
What is addressed to the public anybody reads. Keys are those of the run, beside its logs, or those in the directory given by
--keys.

Exits 0, 1 where what a clearance may read is missing or altered, and 2 for bad input.`,
		Example: "  go run ./starter audit show out/demo/uncc --as auditor\n  go run ./starter audit show out/demo/uncc --as none --json",
		Args:    exactly(1),
		RunE: func(c *cobra.Command, args []string) error {
			b, err := s.spread(c.Context(), args[0])
			if err != nil {
				return err
			}
			v := b.shown()
			if err := p.answer(v, s); err != nil {
				return err
			}
			if v.Faulty > 0 {
				return errNegative
			}
			return nil
		},
	}
	s.flags(c)
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

// shown tells what is on a bench.
func (b *bench) shown() *report.Shown {
	out := &report.Shown{
		Dir: b.dir, As: b.as, Cases: []report.ShownCase{}, Sealed: []report.SealedCount{}, Secrets: []audit.Secret{}, Caveat: report.Caveat,
	}
	sightings(out, b.seen)
	for _, c := range b.cases {
		for _, s := range audit.Secrets(c) {
			out.Count(s)
		}
	}
	slices.SortStableFunc(out.Secrets, func(x, y audit.Secret) int { return x.Since.Compare(y.Since) })
	return out
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
		e := report.ShownEvent{Cover: s.Cover, Event: s.Event, Fault: s.Fault}
		if s.Event != nil {
			out.Opened++
			e.Says = report.Sentence(*s.Event)
			out.Cases[i].Events = append(out.Cases[i].Events, e)
			continue
		}
		out.Cases[i].Events = append(out.Cases[i].Events, e)
		if s.Fault != "" {
			out.Faulty++
			continue
		}
		key := fmt.Sprint(s.Cover.Party, s.Cover.Kind, s.Cover.Readers)
		j, known := sealed[key]
		if !known {
			j = len(out.Sealed)
			sealed[key] = j
			out.Sealed = append(out.Sealed, report.SealedCount{
				Party: s.Cover.Party, Kind: s.Cover.Kind, Readers: s.Cover.Readers, Oldest: s.Cover.At,
			})
		}
		out.Sealed[j].Number++
		out.Sealed[j].Newest = s.Cover.At
	}
	if len(all) > 0 {
		out.AsOf = all[len(all)-1].Cover.At
	}
	for j := range out.Sealed {
		out.Sealed[j].Days = int(out.AsOf.Sub(out.Sealed[j].Oldest).Hours() / 24)
	}
	slices.SortFunc(out.Sealed, func(a, b report.SealedCount) int {
		return cmp.Or(cmp.Compare(a.Party, b.Party), cmp.Compare(a.Kind, b.Kind), slices.Compare(a.Readers, b.Readers))
	})
}
