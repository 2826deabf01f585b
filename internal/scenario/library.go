package scenario

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
)

//go:embed cases/*.yaml
var embedded embed.FS

// IDs lists the shipped cases in the order in which they are taught: the honest one first.
func IDs() []string {
	entries, err := embedded.ReadDir("cases")
	if err != nil {
		panic("scenario: " + err.Error())
	}
	var ids []string
	for _, e := range entries {
		ids = append(ids, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.SortStableFunc(ids, func(a, b string) int {
		if a == "honest" {
			return -1
		}
		if b == "honest" {
			return 1
		}
		return strings.Compare(a, b)
	})
	return ids
}

// Shipped returns every shipped case, in the order of IDs.
func Shipped(v Vocabulary) ([]*Case, error) {
	var out []*Case
	for _, id := range IDs() {
		c, err := ByID(id, v)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// ByID returns a shipped case.
func ByID(id string, v Vocabulary) (*Case, error) {
	data, err := Source(id)
	if err != nil {
		return nil, err
	}
	name := path.Join("cases", id+".yaml")
	c, err := Parse(name, data, v)
	if err == nil && c.ID != id {
		return nil, Faults{{File: name, Message: fmt.Sprintf("the file of case %s calls itself %s", id, c.ID), Fix: "rename one of them"}}
	}
	return c, err
}

// Source returns the file of a shipped case as it stands.
func Source(id string) ([]byte, error) {
	if !slices.Contains(IDs(), id) {
		return nil, fmt.Errorf("no shipped case is called %s (%s)", quoted(id), known(id))
	}
	data, err := embedded.ReadFile(path.Join("cases", id+".yaml"))
	if err != nil {
		return nil, fmt.Errorf("case %s: %w", id, err)
	}
	return data, nil
}

// known names the shipped case nearest to id, and all of them.
func known(id string) string {
	all := "the cases are: " + strings.Join(IDs(), ", ")
	if s := suggest(strings.ToLower(id), IDs()); strings.HasPrefix(s, "did you mean") {
		return s + " " + all
	}
	return all
}
