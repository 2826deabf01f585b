package population

import (
	"slices"
	"testing"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// lawAndParameters are the law and the parameters that ship.
func lawAndParameters(t *testing.T) (*policies.Bundle, Parameters) {
	t.Helper()
	b, err := policies.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	p, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b, p
}

func worldWith(t *testing.T, set map[string]float64, s Setting) *World {
	t.Helper()
	b, p := lawAndParameters(t)
	p, err := p.With(set)
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWorld(b, p, s, 1, 365)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// What a channel can carry: each row is a matter and the ways that are open to it.
func TestAWayIsOpenToWhatItCanCarry(t *testing.T) {
	all := []mla.Channel{mla.Formal, mla.Direct, mla.Police, mla.Voluntary, mla.Contact, mla.Spontaneous}
	for _, c := range []struct {
		name string
		set  Setting
		of   func(*Case)
		want []mla.Channel
	}{
		{"subscriber data, urgent, where States give the power at home", Setting{Instruments: []string{"uncc"}}, func(c *Case) {}, all},
		{"the same where the instrument knows of no order", Setting{Instruments: []string{"us-mlat"}}, func(c *Case) {}, slices.DeleteFunc(slices.Clone(all), func(x mla.Channel) bool { return x == mla.Direct })},
		{"the same, not urgent", Setting{Instruments: []string{"uncc"}}, func(c *Case) { c.Request.Urgent = false }, []mla.Channel{mla.Formal, mla.Direct, mla.Police, mla.Voluntary, mla.Spontaneous}},
		{"the same where contact points are gated", Setting{Instruments: []string{"uncc"}, Safeguards: []string{"L13"}}, func(c *Case) {}, []mla.Channel{mla.Formal, mla.Direct, mla.Police, mla.Voluntary, mla.Spontaneous}},
		{"traffic data", Setting{Instruments: []string{"uncc"}}, func(c *Case) { c.Request.Scope.Categories = []mla.Category{mla.Traffic} }, []mla.Channel{mla.Formal, mla.Police, mla.Voluntary, mla.Contact, mla.Spontaneous}},
		{"traffic data beside an instrument of orders", Setting{Instruments: []string{"uncc", "eu-e-evidence"}}, func(c *Case) { c.Request.Scope.Categories = []mla.Category{mla.Traffic} }, all},
		{"content, urgent", Setting{Instruments: []string{"uncc"}}, func(c *Case) { c.Request.Scope.Categories = []mla.Category{mla.Content} }, []mla.Channel{mla.Formal, mla.Voluntary, mla.Spontaneous}},
		{"content", Setting{Instruments: []string{"uncc"}}, func(c *Case) {
			c.Request.Scope.Categories, c.Request.Urgent = []mla.Category{mla.Content}, false
		}, []mla.Channel{mla.Formal, mla.Spontaneous}},
		{"an interception", Setting{Instruments: []string{"uncc"}}, func(c *Case) { c.Request.Measure = mla.Interception }, []mla.Channel{mla.Formal}},
		{"a forged name", Setting{Instruments: []string{"uncc"}}, func(c *Case) { c.forged = true }, []mla.Channel{mla.Formal, mla.Voluntary}},
		{"a letter refused under the only instrument there is", Setting{Instruments: []string{"uncc"}}, func(c *Case) { c.Number += attempt }, all[1:]},
		{"a letter refused under one of two", Setting{Instruments: []string{"uncc", "budapest"}}, func(c *Case) { c.Number += attempt }, all},
	} {
		w := worldWith(t, map[string]float64{"channel.choice": 1}, c.set)
		x := w.Draw(0, Number(3, 4))
		x.forged = false
		x.Request.Measure, x.Request.Urgent, x.Request.Scope.Categories = mla.Produce, true, []mla.Category{mla.Subscriber}
		c.of(x)
		var got []mla.Channel
		for i, weight := range w.weigh(x, 0) {
			if weight > 0 {
				got = append(got, ways[i])
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: open %q, want %q", c.name, got, c.want)
		}
	}
}

// A pile weighs on what waits for an officer and on nothing else.
func TestAPileWeighsOnWhatWaitsForAnOfficer(t *testing.T) {
	for safeguard, waits := range map[string][]mla.Channel{"L05": {mla.Formal}, "L13": {mla.Formal, mla.Direct, mla.Police, mla.Spontaneous, mla.Voluntary}} {
		w := worldWith(t, map[string]float64{"channel.choice": 1}, Setting{Instruments: []string{"uncc"}, Safeguards: []string{safeguard}})
		c := w.Draw(0, Number(3, 4))
		c.Request.Measure, c.Request.Urgent, c.Request.Scope.Categories = mla.Produce, false, []mla.Category{mla.Subscriber}
		for _, to := range ways {
			if moved := w.cost(c, to, 300) > w.cost(c, to, 0); moved != slices.Contains(waits, to) {
				t.Errorf("%s: with %s a pile weighs on it: %v", to, safeguard, moved)
			}
		}
	}
}

func TestAPopulationNeedsAnInstrumentUnderWhichAStateIsAsked(t *testing.T) {
	b, p := lawAndParameters(t)
	if _, err := NewWorld(b, p, Setting{Instruments: []string{"cloud-act", "eu-e-evidence"}}, 1, 365); err == nil {
		t.Error("a world of orders alone was made")
	}
}
