package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rogatory/internal/mla"
	"rogatory/internal/scenario"
	"rogatory/policies"
)

// selection is what the user names: a case, instruments and, if not the law that ships, a directory of law files.
type selection struct {
	name     string // of a shipped case, or a file
	regime   string // empty: usual where the case is told for it, else the first that it is told for
	usual    string // empty: none
	with     string // safeguards; empty: those that the case names
	yields   string // a reading: instruments that give way where each gives way to the other
	policies string
}

func (s *selection) flags(c *cobra.Command) {
	s.regimeFlag(c, "instruments that bind the two States")
	c.Flags().StringVar(&s.with, "with", "", "safeguards to switch on, as L01,L02, or none; policies list has them (default: those that the case file names)")
	c.Flags().StringVar(&s.yields, "yields", "", "instruments that give way, where each of several gives way to the other")
	c.Flags().StringVar(&s.policies, "policies", "", "directory of law files, instead of the law that ships")
}

// regimeFlag offers --regime.
func (s *selection) regimeFlag(c *cobra.Command, says string) {
	usually := "the first that the case is told for"
	if s.usual != "" {
		usually = s.usual + ", or " + usually
	}
	c.Flags().StringVar(&s.regime, "regime", "", says+"; a comma stacks them (default: "+usually+")")
}

// usualRegime is the instrument that a case is run under where nobody names one.
const usualRegime = "uncc"

// noSafeguards is what --with says for none, those that the case file names included.
const noSafeguards = "none"

// subject is a case under some law, read and checked.
type subject struct {
	scenario    *scenario.Case
	source      []byte
	instruments []string
	safeguards  []string
	yields      []string
	bundle      *policies.Bundle
	law         *policies.Law
}

// read resolves a selection. Its errors are bad input.
func (s selection) read() (*subject, error) {
	bundle, err := lawIn(s.policies)
	if err != nil {
		return nil, err
	}
	out := &subject{bundle: bundle}
	if out.scenario, out.source, err = caseNamed(s.name, bundle); err != nil {
		return nil, badInput{err}
	}
	if s.regime == "" {
		s.regime = out.scenario.Regimes[0]
		if slices.Contains(out.scenario.Regimes, s.usual) {
			s.regime = s.usual
		}
	}
	out.instruments = strings.Split(s.regime, ",")
	for i, id := range out.instruments {
		out.instruments[i] = strings.TrimSpace(id)
		if out.instruments[i] == "" {
			return nil, badInputf("--regime %q: an instrument's name is missing; there are %s", s.regime, strings.Join(bundle.InstrumentIDs(), ", "))
		}
		r, err := bundle.Instrument(out.instruments[i])
		if err != nil {
			return nil, badInputf("--regime: %w", err)
		}
		if len(r.Rules) == 0 {
			return nil, badInputf("--regime: the text of %s (%s) was not seen, so it has no rules here and nothing can be asked of it; "+
				"policies explain %s says what is known", r.ID, r.Name, r.ID)
		}
	}
	switch s.with {
	case "":
		out.safeguards = out.scenario.Safeguards
	case noSafeguards:
	default:
		if out.safeguards, err = safeguardsIn(s.with); err == nil {
			err = bundle.CheckSafeguards(out.safeguards)
		}
		if err != nil {
			return nil, badInputf("--with: %w", err)
		}
	}
	if s.yields != "" {
		out.yields = strings.FieldsFunc(s.yields, func(r rune) bool { return r == ',' || r == ' ' })
	}
	out.law, err = bundle.Law(policies.Pair{
		Instruments: out.instruments, Requesting: out.scenario.Requesting, Requested: out.scenario.Requested,
		Safeguards: out.safeguards, Yields: out.yields,
	})
	switch {
	case err != nil && s.yields != "":
		return nil, badInputf("--yields: %w", err)
	case err != nil:
		return nil, badInputf("--regime: %w", err)
	}
	return out, nil
}

// regime names the instruments, as --regime does.
func (s *subject) regime() string { return strings.Join(s.instruments, ",") }

// asksTogether reports, as bad input, instruments that cannot be run together: one under which nobody is asked, or one that
// asks a provider and no State stacked on one that asks a State, where the case does not say which is asked.
func (s *subject) asksTogether() error {
	asks := map[policies.Asked]string{}
	for _, id := range s.instruments {
		r, err := s.bundle.Instrument(id)
		if err != nil {
			return badInput{err}
		}
		switch {
		case slices.Contains(r.Asks, policies.AskState):
			asks[policies.AskState] = id
		case slices.Contains(r.Asks, policies.AskProvider):
			asks[policies.AskProvider] = id
		default:
			return badInputf("--regime: under %s (%s) nobody is asked, so there is nothing to run; assess shows what its law says", r.ID, r.Name)
		}
	}
	if state, provider := asks[policies.AskState], asks[policies.AskProvider]; state != "" && provider != "" && s.scenario.Request.Channel == mla.Formal {
		return badInputf("--regime: under %s a State is asked and under %s a provider: run the case under the one or the other, "+
			"or give it channel: direct", state, provider)
	}
	return nil
}

// caseNamed finds a case: one that ships by its id, any other by its file.
func caseNamed(name string, v scenario.Vocabulary) (*scenario.Case, []byte, error) {
	if slices.Contains(scenario.IDs(), name) {
		source, err := scenario.Source(name)
		if err != nil {
			return nil, nil, err
		}
		c, err := scenario.ByID(name, v)
		return c, source, err
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) && !looksLikeFile(name) {
		_, err := scenario.ByID(name, v)
		return nil, nil, fmt.Errorf("%w; anything else is taken for a file, and there is none of that name", err)
	}
	c, err := scenario.Load(name, v)
	if err != nil {
		return nil, nil, err
	}
	source, err := os.ReadFile(name)
	return c, source, err
}

// safeguardsIn reads a list as L01,L02. Which there are, and which go together, is for the law to say.
func safeguardsIn(list string) ([]string, error) {
	var out []string
	for id := range strings.SplitSeq(list, ",") {
		if id = strings.TrimSpace(id); id == "" {
			return nil, fmt.Errorf("%q: a safeguard's name is missing; write L01,L02", list)
		}
		out = append(out, id)
	}
	return out, nil
}

func looksLikeFile(name string) bool {
	return strings.ContainsRune(name, filepath.Separator) || filepath.Ext(name) != ""
}

// lawIn reads the law files of a directory, or the law that ships where none is named. Its errors are bad input.
func lawIn(dir string) (*policies.Bundle, error) {
	if dir == "" {
		return policies.Shipped()
	}
	if err := isDirectory(dir); err != nil {
		return nil, badInputf("law files: %w", err)
	}
	bundle, err := policies.Load(os.DirFS(dir))
	if err != nil {
		return nil, badInputf("the law files in %s have faults:\n%w", dir, err)
	}
	return bundle, nil
}

func isDirectory(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no directory %s", dir)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is a file; give a directory", dir)
	}
	return nil
}
