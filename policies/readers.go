package policies

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// reading says which kinds of events a role reads on a log by its part in the procedure, whatever the State.
type reading struct {
	role  mla.Role
	side  mla.Side // empty: on both
	kinds []mla.Kind
}

func readReaders(root entry) []reading {
	var out []reading
	list, ok := root.fields("readers").need("readers")
	if !ok {
		return nil
	}
	for _, e := range list.list() {
		f := e.fields("role", "side", "kinds", "except", "why")
		r := reading{role: pick(f, "role", mla.Roles), side: pickOr(f, "side", mla.Sides, ""), kinds: kindsOf(f, "kinds")}
		except := kindsOf(f, "except")
		r.kinds = slices.DeleteFunc(slices.Clone(r.kinds), func(k mla.Kind) bool { return slices.Contains(except, k) })
		if r.role != "" {
			out = append(out, r)
		}
	}
	for _, side := range mla.Sides {
		var unread []mla.Kind
		for _, k := range mla.Kinds {
			if !slices.ContainsFunc(out, func(r reading) bool {
				return (r.side == "" || r.side == side) && slices.Contains(r.kinds, k)
			}) {
				unread = append(unread, k)
			}
		}
		if len(unread) > 0 {
			list.faultf("let whoever acts read it", "on the log of the %s State nobody reads %d kinds of event, %s the first",
				side, len(unread), unread[0])
		}
	}
	return out
}

// readersOf lists, for every kind of event on one State's log, the roles that may read it, sorted.
func (b *Bundle) readersOf(s *StateLaw, side mla.Side) map[mla.Kind][]mla.Role {
	out := make(map[mla.Kind][]mla.Role, len(mla.Kinds))
	add := func(role mla.Role, kinds []mla.Kind) {
		for _, k := range kinds {
			if !slices.Contains(out[k], role) {
				out[k] = append(out[k], role)
			}
		}
	}
	for _, r := range b.readings {
		if r.side == "" || r.side == side {
			add(r.role, r.kinds)
		}
	}
	for _, role := range oversight {
		add(role, s.records[role])
	}
	for _, roles := range out {
		slices.Sort(roles)
	}
	return out
}

// scalar returns a text without judging it.
func scalar(e entry) (string, bool) {
	n, ok := e.node.(*ast.StringNode)
	if !ok {
		return "", false
	}
	return n.Value, true
}
