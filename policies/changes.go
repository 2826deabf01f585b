package policies

import (
	"fmt"
	"slices"

	"rogatory/internal/mla"
)

// changes are what a safeguard sets in Terms. A pointer that is nil leaves the value as the law has it.
type changes struct {
	measures     []mla.Measure // whose authorisation becomes independent
	authority    string
	days         *int // of a secrecy order; and of those that had no end
	renewals     *int
	automatic    *bool
	noticeOwed   *bool
	noticeDays   *int
	challenge    *bool
	stays        *bool
	statistics   *bool
	tokens       *bool
	floorMinutes *int
	thirdDays    *int // to object
	thirdUrgent  *int
	channels     Channels
	readers      map[mla.Role][]mla.Kind
	settings     []Setting // what is set, for finding contradictions and for telling differences
}

func (c *changes) empty() bool { return len(c.settings) == 0 && len(c.readers) == 0 }

func readChanges(f fields) (c changes) {
	t, ok := f.optionalSub("terms", "authorisation", "secrecy", "notice", "challenge", "statistics", "use", "readers", "scrutiny",
		"third_state", "channels")
	if !ok {
		return c
	}
	set := func(term string, value any) { c.settings = append(c.settings, Setting{term, fmt.Sprint(value)}) }
	flag := func(s fields, section, name string) *bool {
		if !s.has(name) {
			return nil
		}
		v := s.values[name].flag()
		set(section+"."+name, v)
		return &v
	}
	number := func(s fields, section, name string, low, high int) *int {
		if !s.has(name) {
			return nil
		}
		v := s.values[name].number(low, high)
		set(section+"."+name, v)
		return &v
	}
	if a, ok := t.optionalSub("authorisation", "independent", "measures", "authority"); ok {
		if !a.flag("independent") {
			a.at.fault("a safeguard does not take independence away", "say independent: true")
		}
		c.measures, c.authority = words(a, "measures", "measure", mla.Measures), a.text("authority")
		if len(c.measures) == 0 {
			a.at.fault("no measure is named", "name the measures, as measures: [search]")
		}
		for _, m := range c.measures {
			set("authorisation."+string(m), c.authority)
		}
	}
	if s, ok := t.optionalSub("secrecy", "days", "renewals", "automatic"); ok {
		c.days, c.renewals, c.automatic = number(s, "secrecy", "days", 1, 36500), number(s, "secrecy", "renewals", 0, 1000), flag(s, "secrecy", "automatic")
	}
	if s, ok := t.optionalSub("notice", "owed", "days"); ok {
		c.noticeOwed, c.noticeDays = flag(s, "notice", "owed"), number(s, "notice", "days", 0, 36500)
	}
	if s, ok := t.optionalSub("challenge", "available", "stays"); ok {
		c.challenge, c.stays = flag(s, "challenge", "available"), flag(s, "challenge", "stays")
	}
	if s, ok := t.optionalSub("statistics", "published"); ok {
		c.statistics = flag(s, "statistics", "published")
	}
	if s, ok := t.optionalSub("use", "tokens"); ok {
		c.tokens = flag(s, "use", "tokens")
	}
	if s, ok := t.optionalSub("scrutiny", "floor_minutes"); ok {
		c.floorMinutes = number(s, "scrutiny", "floor_minutes", 1, 10000)
	}
	if s, ok := t.optionalSub("third_state", "days", "urgent_days"); ok {
		c.thirdDays, c.thirdUrgent = number(s, "third_state", "days", 1, 365), number(s, "third_state", "urgent_days", 1, 365)
		if c.thirdDays == nil || c.thirdUrgent == nil {
			s.at.fault("a window is missing", "give days and urgent_days")
		}
	}
	c.channels = readChannels(t, set)
	if r, ok := t.optionalSub("readers", string(mla.Auditor), string(mla.Public), string(mla.Person)); ok {
		c.readers = map[mla.Role][]mla.Kind{}
		for _, role := range oversight {
			c.readers[role] = kindsOf(r, string(role))
		}
	}
	return c
}

// contradict says where two safeguards cannot both be switched on: one names the other, or they set one term to two
// values. Adding readers never contradicts.
func contradict(a, b *Safeguard) error {
	if slices.Contains(a.Conflicts, b.ID) || slices.Contains(b.Conflicts, a.ID) {
		return fmt.Errorf("safeguards %s and %s exclude each other: choose one", a.ID, b.ID)
	}
	for _, x := range a.changes.settings {
		for _, y := range b.changes.settings {
			if x.Term == y.Term && x.Value != y.Value {
				return fmt.Errorf("safeguards %s and %s contradict each other: %s is %s in one and %s in the other: choose one",
					a.ID, b.ID, x.Term, x.Value, y.Value)
			}
		}
	}
	return nil
}

// change applies the safeguard to the terms of the requested State; readers are added on both logs.
func (s *Safeguard) change(t *Terms) {
	c := &s.changes
	basis := "safeguard " + s.ID
	t.Safeguards = append(t.Safeguards, s.ID)
	t.Duties = append(t.Duties, s.Duties...)
	for _, m := range c.measures {
		if !t.Authorisation[m].Independent {
			t.Authorisation[m] = Authorisation{Authority: c.authority, Independent: true, Basis: basis}
		}
		for category, a := range t.AuthorisationByCategory[m] {
			if !a.Independent {
				t.AuthorisationByCategory[m][category] = Authorisation{Authority: c.authority, Independent: true, Basis: basis}
			}
		}
	}
	t.Secrecy.Law = c.gag(t.Secrecy.Law, basis)
	for m, g := range t.Secrecy.Treaty {
		t.Secrecy.Treaty[m] = c.gag(g, g.Basis)
	}
	if c.noticeOwed != nil && *c.noticeOwed && !t.Notice.Owed {
		t.Notice.Owed, t.Notice.Basis = true, basis
	}
	if c.noticeDays != nil && (t.Notice.Basis == basis || *c.noticeDays < t.Notice.Days) {
		t.Notice.Days = *c.noticeDays
	}
	if c.challenge != nil && *c.challenge && !t.Challenge.Available {
		t.Challenge.Available, t.Challenge.Basis = true, basis
	}
	if c.stays != nil && *c.stays && t.Challenge.Available {
		t.Challenge.Stays = true
	}
	if c.statistics != nil && *c.statistics && !t.Statistics.Published {
		t.Statistics = Statistics{Published: true, Basis: basis}
	}
	if c.tokens != nil {
		t.Use.Tokens = t.Use.Tokens || *c.tokens
	}
	if c.floorMinutes != nil {
		t.Scrutiny.FloorMinutes = max(t.Scrutiny.FloorMinutes, *c.floorMinutes)
	}
	if c.thirdDays != nil && c.thirdUrgent != nil {
		t.ThirdState = ThirdState{Days: *c.thirdDays, UrgentDays: *c.thirdUrgent, Basis: basis}
	}
	t.Channels = t.Channels.with(c.channels)
	for _, readers := range t.Readers {
		if c.channels.Gated {
			for _, k := range mla.Kinds {
				addReader(readers, k, mla.CentralAuthority)
			}
		}
		for role, kinds := range c.readers {
			for _, k := range kinds {
				addReader(readers, k, role)
			}
		}
	}
}

func addReader(readers map[mla.Kind][]mla.Role, k mla.Kind, role mla.Role) {
	if !slices.Contains(readers[k], role) {
		readers[k] = append(readers[k], role)
		slices.Sort(readers[k])
	}
}

// gag shortens a secrecy order, and ends one that had no end. A shorter term that the law already has stays.
func (c *changes) gag(g ProviderSecrecy, basis string) ProviderSecrecy {
	if g.Basis == "" || c.days == nil && c.renewals == nil && c.automatic == nil {
		return g
	}
	if c.days != nil && (g.Days == 0 || g.Days > *c.days) {
		if g.Days == 0 && c.renewals != nil {
			g.Renewals = *c.renewals
		}
		g.Days, g.Basis = *c.days, basis
	}
	if c.renewals != nil {
		g.Renewals = min(g.Renewals, *c.renewals)
	}
	if c.automatic != nil && !*c.automatic {
		g.Automatic = false
	}
	return g
}
