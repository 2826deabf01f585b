package scenario

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"rogatory/internal/mla"
)

// Load reads a case from a file. Every error it returns is Faults.
func Load(path string, v Vocabulary) (*Case, error) {
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data, v)
}

// Parse reads a case from the content of a file called name. The same content gives the same case or the same Faults.
func Parse(name string, data []byte, v Vocabulary) (*Case, error) {
	src, root := open(name, data)
	if root == nil {
		return nil, src.faults.sorted()
	}
	b := &binder{source: src, v: v, places: map[string]ast.Node{"": root}}
	c := &Case{}
	b.bind(root, reflect.ValueOf(c).Elem(), "")
	if len(b.faults) == 0 {
		b.check(c)
	}
	if len(b.faults) > 0 {
		return nil, b.faults.sorted()
	}
	c.Request.Reference = c.ID
	c.Request.Requesting, c.Request.Requested = c.Requesting, c.Requested
	c.Request.Instruments = c.Regimes[:1:1]
	c.stipulate()
	return c, nil
}

var (
	idForm  = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`)
	gapForm = regexp.MustCompile(`^G(0[1-9]|[1-3][0-9]|4[0-8])$`)
)

// check looks at what no single value shows.
func (b *binder) check(c *Case) {
	if !idForm.MatchString(c.ID) {
		b.faultOn("id", quoted(c.ID)+" is no id", "use up to 64 lower-case letters, digits and hyphens")
	}
	for i, g := range c.Gaps {
		if !gapForm.MatchString(g) {
			b.faultOn(fmt.Sprintf("gaps[%d]", i), quoted(g)+" is no gap of the catalogue", "they run from G01 to G48")
		}
	}
	if c.Horizon < 1 || c.Horizon > 36500 {
		b.faultOn("horizon", fmt.Sprintf("horizon: %d days", c.Horizon), "watch the case for 1 to 36500 days")
	}
	if c.Requesting == c.Requested {
		b.faultOn("requested", fmt.Sprintf("%s asks itself for help", c.Requested), "a request has two States")
	}
	if len(c.Regimes) == 0 {
		b.faultOn("regimes", "no instrument", "name at least one; the first is the case's own")
	}
	for i, r := range c.Regimes {
		if slices.Contains(c.Regimes[:i], r) {
			b.faultOn(fmt.Sprintf("regimes[%d]", i), r+" is there twice", "remove one")
		}
	}
	if err := b.v.CheckSafeguards(c.Safeguards); err != nil {
		b.vouched(b.places["safeguards"], err)
	}
	b.checkRequest(c.Request)
	b.checkChannel(c)
	b.checkExpectations(c)
	b.checkTruth(c)
	b.checkTeaching(c)
}

func (b *binder) checkRequest(r mla.Request) {
	b.checkScope("request.scope", r.Scope)
	penalty := "request.offence.max_penalty_years"
	b.vouched(b.places[penalty], b.v.CheckFact("offence.max_penalty_years", mla.Int(int64(r.Offence.MaxPenaltyYears))))
	// The firm stands in logs and reports; a line of text would break their tables.
	for _, x := range []struct{ path, name string }{
		{"request.person", r.Person}, {"request.provider", r.Provider}, {"request.authority", r.Authority},
	} {
		if strings.ContainsRune(x.name, '\n') || len(x.name) > 200 {
			b.faultOn(x.path, field(x.path)+" is longer than a name", "a name is one line of at most 200 characters")
		}
	}
}

// checkScope refuses a scope that asks for nothing or for more than there is.
func (b *binder) checkScope(path string, s mla.Scope) {
	for _, x := range []struct {
		name     string
		n        int
		low, top int
	}{
		{"accounts", s.Accounts, 1, 100_000_000},
		{"persons", s.Persons, 1, 1_000_000_000},
		{"months", s.Months, 0, 1200},
	} {
		if x.n < x.low || x.n > x.top {
			b.faultOn(path+"."+x.name, fmt.Sprintf("%s: %d is not from %d to %d", x.name, x.n, x.low, x.top), "say how much is asked for")
		}
	}
	if len(s.Categories) == 0 {
		b.faultOn(path+".categories", "no category of data", "one or more of: "+strings.Join(words(mla.Categories), ", "))
	}
	for i, c := range s.Categories {
		if slices.Contains(s.Categories[:i], c) {
			b.faultOn(fmt.Sprintf("%s.categories[%d]", path, i), string(c)+" is there twice", "remove one")
		}
	}
}

func (b *binder) checkExpectations(c *Case) {
	for _, law := range sortedNames(c.Expect) {
		e, path := c.Expect[law], "expect."+law
		regime, _ := LawOf(law)
		if !slices.Contains(c.Regimes, regime) {
			b.faultOn(keyOf(path), "the case is not told for "+regime, "add it to regimes, or remove the expectation")
		}
		for i, k := range e.Never {
			if slices.Contains(e.Occur, k) {
				b.faultOn(fmt.Sprintf("%s.never[%d]", path, i), string(k)+" is expected to occur and never to occur", "remove one")
			}
		}
		for _, measure := range sortedNames(e.Gaps) {
			for _, view := range sortedNames(e.Gaps[measure]) {
				if !slices.Contains(Views, view) {
					b.faultOn(keyOf(path+".gaps."+measure+"."+view), "unknown view "+quoted(view), suggest(view, Views))
				}
			}
		}
	}
}

// checkTruth keeps the truth file from contradicting itself or the facts.
func (b *binder) checkTruth(c *Case) {
	t := c.Truth
	if t.AbuseKind != "" && !slices.Contains(AbuseKinds, t.AbuseKind) {
		b.faultOn("truth.abuse_kind", "unknown "+quoted(t.AbuseKind), suggest(t.AbuseKind, AbuseKinds))
	}
	if t.Abusive != (t.AbuseKind != "") {
		b.faultOn("truth.abusive", "abusive and abuse_kind go together", "give both, or abusive: false alone")
	}
	if motive, ok := c.Facts["motive.protected_ground"].Stipulated.AsWord(); ok && motive != "none" && !t.Abusive {
		b.faultOn("truth.abusive", "motive.protected_ground is stipulated as "+motive+", so the request is abusive", "say abusive: true and its abuse_kind")
	}
}
