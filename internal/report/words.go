package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rogatory/internal/mla"
)

// date writes a legal instant: whole days are what law counts in.
func date(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// hour writes a legal instant to the minute, where hours count.
func hour(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// stateName writes a State as a reader does: Cassia.
func stateName(s mla.State) string {
	if s == "" {
		return "a State"
	}
	return strings.ToUpper(string(s[:1])) + string(s[1:])
}

// roleName writes a role as a reader does: central authority.
func roleName(r mla.Role) string { return strings.ReplaceAll(string(r), "-", " ") }

// who writes an actor given as role@state.
func who(s string) string {
	a, err := mla.ParseActor(s)
	if err != nil {
		return orNone(s)
	}
	return stateName(a.State) + "'s " + roleName(a.Role)
}

// count writes a number with its noun.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// list joins words as a sentence does: a, b and c.
func list[T ~string](words []T) string {
	var b strings.Builder
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(string(w))
	}
	return b.String()
}

// some joins at most n words, and says how many are left out.
func some[T ~string](words []T, n int) string {
	if len(words) <= n+1 {
		return list(words)
	}
	head := make([]string, n)
	for i := range head {
		head[i] = string(words[i])
	}
	return strings.Join(head, ", ") + " and " + strconv.Itoa(len(words)-n) + " more"
}

// clause adds a text to a sentence behind a colon, or nothing where there is none.
func clause(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), ".")
	if s == "" {
		return ""
	}
	return ": " + s
}

func articles(gs []mla.Ground) string {
	out := make([]string, len(gs))
	for i, g := range gs {
		out[i] = g.Article
	}
	return list(out)
}

// on names the grounds something rests on.
func on(gs []mla.Ground) string {
	if len(gs) == 0 {
		return ""
	}
	return ", on " + articles(gs)
}

// scope writes how much: content of 1 account, 12 months.
func scope(s mla.Scope) string {
	parts := []string{}
	if s.Accounts > 0 {
		parts = append(parts, count(s.Accounts, "account", "accounts"))
	}
	if s.Persons > 0 {
		parts = append(parts, count(s.Persons, "person", "persons"))
	}
	if s.Months > 0 {
		parts = append(parts, count(s.Months, "month", "months"))
	}
	data := "data"
	if len(s.Categories) > 0 {
		data = list(s.Categories) + " data"
	}
	if len(parts) == 0 {
		return data
	}
	return data + " (" + strings.Join(parts, ", ") + ")"
}

// measureName writes a measure as a noun.
func measureName(m mla.Measure) string {
	switch m {
	case mla.Preserve:
		return "preservation"
	case mla.Produce:
		return "production"
	case mla.Search:
		return "search and seizure"
	case mla.RealTimeTraffic:
		return "real-time collection of traffic data"
	case mla.Interception:
		return "interception of content"
	case mla.CompelledAssistance:
		return "compelled assistance"
	}
	return "a measure"
}

// sought writes what help is asked for, and how much.
func sought(m mla.Measure, s mla.Scope) string {
	if of := (map[mla.Measure]mla.Category{mla.Interception: mla.Content, mla.RealTimeTraffic: mla.Traffic})[m]; of != "" && slices.Equal(s.Categories, []mla.Category{of}) {
		return measureName(m) + strings.TrimPrefix(scope(s), string(of)+" data")
	}
	return measureName(m) + " of " + scope(s)
}

// outcomeName writes an outcome as what became of a request.
func outcomeName(o mla.Outcome) string {
	switch o {
	case mla.PartlyGranted:
		return "granted in part"
	case mla.GrantedWithConditions:
		return "granted on conditions"
	case mla.OutOfScope:
		return "outside the instrument"
	case mla.Granted, mla.Postponed, mla.Refused, mla.Withdrawn, mla.Lapsed:
		return string(o)
	case "":
		return "open"
	}
	return string(o)
}

// effectName writes what a rule does.
func effectName(e mla.Effect) string {
	switch e {
	case mla.Gate:
		return "gate"
	case mla.MustRefuse:
		return "must refuse"
	case mla.MayRefuse:
		return "may refuse"
	case mla.NoDuty:
		return "no duty to help"
	case mla.MustNotRefuse:
		return "reason forbidden"
	case mla.Must:
		return "must"
	case mla.May:
		return "may"
	case mla.Endeavour:
		return "must endeavour"
	}
	return string(e)
}

// answerName writes what a rule says on some facts. Where the State considers, or substantial grounds to believe are
// enough, facts do not decide: the most that can be said is that the ground is open to the State.
func answerName(e mla.Effect, s mla.Standard, a mla.Answer) string {
	switch {
	case a == mla.Unknown || a == "":
		return "unknown"
	case e == mla.Gate && a == mla.Yes:
		return "passes"
	case e == mla.Gate:
		return "does not pass"
	case s != mla.Objective && a == mla.Yes:
		return "open to the State"
	case s != mla.Objective:
		return "not open"
	case a == mla.Yes:
		return "applies"
	}
	return "does not apply"
}

// yesNo writes a plain answer.
func yesNo(a mla.Answer) string {
	switch a {
	case mla.Yes, mla.No:
		return string(a)
	case mla.Unknown:
	}
	return "unknown"
}

// facts writes some of the facts with their values.
func facts(f mla.Facts, most int) string {
	var out []string
	for _, p := range f.Paths() {
		out = append(out, fmt.Sprintf("%s = %s", p, f[p]))
	}
	return some(out, most)
}
