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

	"rogatory/internal/scenario"
	"rogatory/policies"
)

// selection is what the user names: a case, instruments and, if not the law that ships, a directory of law files.
type selection struct {
	name     string // of a shipped case, or a file
	regime   string
	policies string
}

func (s *selection) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.regime, "regime", s.regime, "instruments that bind the two States; a comma stacks them")
	c.Flags().StringVar(&s.policies, "policies", "", "directory of law files, instead of the law that ships")
}

// subject is a case under some law, read and checked.
type subject struct {
	scenario    *scenario.Case
	source      []byte
	instruments []string
	bundle      *policies.Bundle
	law         *policies.Law
}

// read resolves a selection. Its errors are bad input.
func (s selection) read() (*subject, error) {
	bundle, err := lawIn(s.policies)
	if err != nil {
		return nil, err
	}
	out := &subject{bundle: bundle, instruments: strings.Split(s.regime, ",")}
	for i, id := range out.instruments {
		out.instruments[i] = strings.TrimSpace(id)
		if out.instruments[i] == "" {
			return nil, badInputf("--regime %q: an instrument's name is missing; there are %s", s.regime, strings.Join(bundle.InstrumentIDs(), ", "))
		}
		if _, err := bundle.Instrument(out.instruments[i]); err != nil {
			return nil, badInputf("--regime: %w", err)
		}
	}
	if out.scenario, out.source, err = caseNamed(s.name, bundle); err != nil {
		return nil, badInput{err}
	}
	out.law, err = bundle.Law(policies.Pair{
		Instruments: out.instruments, Requesting: out.scenario.Requesting, Requested: out.scenario.Requested,
	})
	if err != nil {
		return nil, badInputf("--regime: %w", err)
	}
	return out, nil
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
