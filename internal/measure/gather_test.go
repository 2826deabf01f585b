package measure

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rogatory/internal/mla"
)

// of gathers cases into the figures of a population.
func population(cases ...golden) map[string]Value {
	g := Gather()
	for _, c := range cases {
		g.Add(See(c.play.events(), Omniscient), c.st)
	}
	return g.Values()
}

func TestEveryKindHasAPlace(t *testing.T) {
	if len(mla.Kinds) >= kinds-1 {
		t.Errorf("%d kinds of event, and place for %d", len(mla.Kinds), kinds-2)
	}
}

func TestShareOverManyCases(t *testing.T) {
	refusing, granting := golden{play: refused("fraud"), st: honest()}, golden{play: granted("fraud"), st: honest()}
	v := population(refusing, granting, granting, granting)["Price.FalseStop"]
	if !v.Defined || v.Number != 0.25 || v.Numerator != 1 || v.Denominator != 4 || v.Cases != 4 {
		t.Fatalf("got %+v, want one of four", v)
	}
	// The cases spread with (0.75² + 3*0.25²)*(4/3)/16 = 0.0625, as three would: Wilson's interval for 0.25 of 3 has its middle
	// at (0.25+1.2805/2)/2.2805 = 0.3904 and reaches 1.96/2.2805*sqrt(0.0625+3.8415/36) = 0.3535 to either side.
	if v.Interval == nil || math.Abs(v.Interval.Low-0.0369) > 0.0001 || math.Abs(v.Interval.High-0.7439) > 0.0001 {
		t.Errorf("interval %+v, want 0.0369 to 0.7439", v.Interval)
	}
	if v.Rests != 8 || len(v.Events) != 8 {
		t.Errorf("rests on %d events and names %d, want 8: a letter and a decision for each", v.Rests, len(v.Events))
	}
}

func TestWhatFollowsFromTheRuleHasNoInterval(t *testing.T) {
	c := golden{play: granted("fraud")}
	if v := population(c, c, c)["G01.IndefiniteShare"]; v.Interval != nil || v.Number != 0.5 || v.Cases != 3 {
		t.Errorf("got %+v, want a half without an interval", v)
	}
}

func TestFold(t *testing.T) {
	m := Measure{Unit: Share, Statistic: Ratio}
	none, sealed := Contribution{}, Contribution{}
	none.none("no secret")
	sealed.cannot("sealed")
	f := NewFold(m)
	f.Add(&Contribution{Part: 1, Whole: 1})
	f.Add(&Contribution{Part: 0, Whole: 3})
	f.Add(&none)
	if v := f.Value(); v.Number != 0.25 || v.Cases != 2 {
		t.Errorf("shares weigh by their wholes, and cases that do not count change nothing: %+v", v)
	}
	f.Add(&sealed)
	if v := f.Value(); v.Defined || v.Lack != CannotTell || v.Reason != "1 of 4 cases cannot be told: sealed" {
		t.Errorf("a case that cannot be told is not left out: %+v", v)
	}
	empty := NewFold(m)
	if v := empty.Value(); v.Defined || v.Lack != NoneOnRecord {
		t.Errorf("no case at all: %+v", v)
	}
}

func TestAFigureOfManyCasesNamesSomeOfItsEvents(t *testing.T) {
	c := golden{play: granted("fraud")}
	cases := slices.Repeat([]golden{c}, 30)
	if v := population(cases...)["G01.IndefiniteShare"]; len(v.Events) != Kept || v.Rests != 60 {
		t.Errorf("names %d of %d events, want %d of 60", len(v.Events), v.Rests, Kept)
	}
}

// Kaplan and Meier by hand: of six waits, two end on day 5 (4 of 6 left), one is cut off on day 7, one ends on day 9 (of
// three at risk, two left), and two are cut off on day 20: S(9) = 4/6 * 2/3.
func TestWaits(t *testing.T) {
	var w waits
	for _, s := range []Spell{{5, 2, true}, {7, 1, false}, {9, 1, true}, {20, 2, false}} {
		w.add(s)
	}
	for after, want := range map[int]float64{0: 1, 4: 1, 5: 4.0 / 6, 8: 4.0 / 6, 9: 8.0 / 18, 20: 8.0 / 18} {
		if s, _, ok := w.standing(after); !ok || !near(s, want) {
			t.Errorf("S(%d) = %v, %v, want %v", after, s, ok, want)
		}
	}
	if _, _, ok := w.standing(21); ok {
		t.Error("nobody was watched for 21 days")
	}
	if day, ok := w.half(); !ok || day != 9 {
		t.Errorf("half have ended by day %d, %v, want 9", day, ok)
	}
	// Greenwood: S² * (2/(6*4) + 1/(3*2)) = (8/18)² * 1/4
	if _, v, _ := w.standing(9); !near(v, 8.0/18*8.0/18/4) {
		t.Errorf("variance %v", v)
	}
}

func TestQuantiles(t *testing.T) {
	var h histogram
	for n := 1; n <= 10; n++ {
		h.add(n, 1)
	}
	for q, want := range map[float64]float64{0.5: 5.5, 0.9: 9, 0.95: 10, 1: 10} {
		if n, _, _ := h.quantile(q); n != want {
			t.Errorf("quantile %v of 1 to 10 is %v, want %v", q, n, want)
		}
	}
}

func TestAHistogramIsExactEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1<<40).Draw(t, "n")
		if b := bucket(n); b > n || float64(n-b) > float64(n)/4096 || n < 8192 && b != n {
			t.Fatalf("%d is counted as %d", n, b)
		}
	})
}

// However cases are parted among gatherings, the figures are those of all of them together.
func TestPartsPutTogetherAreTheWhole(t *testing.T) {
	cases := goldens()
	whole, parts := Gather(), []*Gathering{Gather(), Gather(), Gather()}
	for i, c := range cases {
		whole.Add(See(c.play.events(), Omniscient), c.st)
		parts[i*3/len(cases)].Add(See(c.play.events(), Omniscient), c.st)
	}
	parts[0].Merge(parts[1])
	parts[0].Merge(parts[2])
	if d := cmp.Diff(whole.Values(), parts[0].Values()); d != "" {
		t.Error(d)
	}
}

// derived is a figure made of others, worked out by hand over a few cases.
type derived struct {
	id    string
	cases []golden
	want  float64
}

func derivedGoldens() []derived {
	grant, refuse := golden{play: granted("fraud"), st: honest()}, golden{play: refused("fraud"), st: honest()}
	believed := golden{play: with(refused("fraud"), func(b *mla.GroundConsideredBody) { b.Standard = mla.Belief }), st: abused()}
	urgent := golden{play: with(letter(granted("fraud"), func(r *mla.Request) { r.Urgent = true }), func(b *mla.ReviewPerformedBody) { b.Minutes = 5 }), st: honest()}
	direct := golden{play: letter(granted("fraud"), func(r *mla.Request) { r.Channel = mla.Voluntary }).and(on(5, alder, mla.DisclosureAskedBody{})), st: honest()}
	found := golden{play: granted("fraud").and(on(90, alder, mla.ReviewClosedBody{Finding: "x"})), st: honest()}
	told := golden{play: granted("fraud").and(on(50, alder, mla.SubjectNotifiedBody{Persons: 7}), on(90, cassia, mla.RemedySoughtBody{Forum: "court", Standing: mla.No})), st: abused()}
	reached := golden{play: granted("fraud").and(on(50, alder, mla.SubjectNotifiedBody{Persons: 7}), on(90, cassia, mla.RemedySoughtBody{Forum: "court", Standing: mla.Yes})), st: abused()}
	return []derived{
		{"G22.RefusalGap", []golden{grant, refuse, direct}, 0.5}, // one of two, less none of one
		{"G28.EffortRatio", []golden{grant, refuse}, 3},          // three steps over one
		{"G46.ExAnteExPost", []golden{found, refuse}, 2},         // one finding in one review, one stop in two decisions
		{"G47.ScrutinyCut", []golden{grant, urgent}, 0.75},       // 5 minutes instead of 20
		{"G32.RemedyReach", []golden{reached}, 1},
		{"G32.RemedyReach", []golden{told}, 0}, // told, a court, in time, and no standing
		// Hits 1 of 1 and false alarms 0 of 1 count as 1.5/2 and 0.5/2: z is 0.6745 on either side.
		{"G30.DPrime", []golden{believed, grant}, 1.3489795003921634},
	}
}

func TestFiguresMadeOfOthers(t *testing.T) {
	for _, tt := range derivedGoldens() {
		if v := population(tt.cases...)[tt.id]; !v.Defined || math.Abs(v.Number-tt.want) > 1e-9 {
			t.Errorf("%s: %+v, want %v", tt.id, v, tt.want)
		}
	}
	for _, tt := range derivedGoldens() {
		if tt.want == 0 { // one factor that is zero settles a product, whatever else is lost
			continue
		}
		for _, from := range measured(t, tt.id).From {
			lost := slices.Clone(tt.cases)
			for i := range lost {
				for _, k := range measured(t, from).About {
					lost[i].play = lost[i].play.without(k)
				}
			}
			if v := population(lost...)[tt.id]; v.Defined || v.Reason == "" {
				t.Errorf("%s without the events of %s: %+v, want undefined with a reason", tt.id, from, v)
			}
		}
	}
	if v := population(golden{play: granted("fraud"), st: honest()})["G28.EffortRatio"]; v.Defined || v.Reason == "" {
		t.Errorf("effort without a refusal: %+v, want undefined", v)
	}
}

// compared is a figure of several runs, worked out by hand.
type compared struct {
	id   string
	runs []Run
	want float64
}

func runGoldens() []compared {
	run := func(at float64, values map[string]float64) Run {
		r := Run{At: at, Values: map[string]Value{}}
		for id, n := range values {
			r.Values[id] = Value{Defined: true, Number: n}
		}
		return r
	}
	one := func(id string, at, n float64) Run { return run(at, map[string]float64{id: n}) }
	return []compared{
		{"G16.Scrutiny", []Run{one("G16.Minutes", 1.2, 5), one("G16.Minutes", 0.7, 20)}, 0.25},
		{"G16.DetectSlope", []Run{one("G16.Refused", 0.5, 0.6), one("G16.Refused", 1.0, 0.4), one("G16.Refused", 1.5, 0.2)}, -0.04}, // -0.4 for each 1.0
		{"G18.Drift", []Run{one("G18.CoreShare", 2027, 0.8), one("G18.CoreShare", 2031, 0.3)}, 0.5},
		{"G23.MemoryHalfLife", []Run{one("G23.RefusedAfterFinding", 1, 0.9), one("G23.RefusedAfterFinding", 30, 0.5), one("G23.RefusedAfterFinding", 90, 0.1)}, 30},
		{"G26.Asymmetry", []Run{one("G26.GrantRate", 0, 0.9), one("G26.GrantRate", 1, 0.4)}, 0.5},
		{"G28.Decay", []Run{one("G28.UseRate", 0, 1), one("G28.UseRate", 1, 0)}, -0.1},
		{"G29.PoliticalGap", []Run{one("G29.PoliticalPass", 0, 0.9), one("G29.PoliticalPass", 1, 0.2)}, 0.7},
		{"Price.AddedDays", []Run{one("Price.HonestDays", 0, 60), one("Price.HonestDays", 1, 45)}, 15},
		// through (0,0), (0.2,0.6), (1,1): 0.2*0.6/2 + 0.8*(0.6+1)/2
		{"G30.ROC", []Run{run(0, map[string]float64{"G30.Recall": 0.6, "G30.FalseAlarm": 0.2})}, 0.7},
		// ten fewer on the formal route, four more on the others
		{"G35.ChannelShift", []Run{
			run(0, map[string]float64{"G35.Persons.formal": 100, "G35.Persons.informal": 20}),
			run(1, map[string]float64{"G35.Persons.formal": 90, "G35.Persons.informal": 24}),
		}, 0.4},
	}
}

func TestFiguresOfRuns(t *testing.T) {
	for _, tt := range runGoldens() {
		v := measured(t, tt.id).Compare(tt.runs)
		if !v.Defined || math.Abs(v.Number-tt.want) > 1e-9 {
			t.Errorf("%s: %+v, want %v", tt.id, v, tt.want)
		}
		lost := slices.Clone(tt.runs)
		lost[0].Values = map[string]Value{}
		if v := measured(t, tt.id).Compare(lost); v.Defined || v.Lack != CannotTell {
			t.Errorf("%s with a run that has no figure: %+v, want that it cannot be told", tt.id, v)
		}
	}
	for _, m := range Measures {
		if v := m.Compare(nil); m.Span != Runs && v.Defined {
			t.Errorf("%s is of runs", m.ID)
		} else if m.Span == Runs != (m.compare != nil) {
			t.Errorf("%s: span %s", m.ID, m.Span)
		}
	}
}

func TestVisibilityGap(t *testing.T) {
	all, seen := Value{Defined: true, Number: 0.75}, Value{Defined: true, Number: 0.5}
	if v := VisibilityGap(all, seen); v.Number != 0.25 {
		t.Errorf("got %+v, want a quarter", v)
	}
	if v := VisibilityGap(all, cannot("sealed")); v.Defined || v.Lack != CannotTell {
		t.Errorf("a view that cannot tell: %+v, want undefined", v)
	}
}

func TestTheDashboardNamesMeasures(t *testing.T) {
	if len(Dashboard) != 10 {
		t.Errorf("%d lines, want ten", len(Dashboard))
	}
	ids := slices.Clone(Prices)
	for _, h := range Dashboard {
		ids = append(ids, h.Measures...)
	}
	for _, id := range ids {
		measured(t, id)
	}
}

// Where nothing improper is stipulated, no figure of what is improper is above zero.
func TestHonestRequestsMakeNoAbuse(t *testing.T) {
	of := []string{"Price.FalseStop", "Price.HonestDays", "G30.FalseAlarm", "G34.Adequate", "G34.ExcessFields", "G28.UseRate"} // what honest cases are measured by
	for _, g := range goldens() {
		m := measured(t, g.id)
		if !m.Stipulates || g.lack == CannotTell || slices.Contains(of, g.id) {
			continue
		}
		objected := slices.ContainsFunc(g.play, func(e mla.Event) bool { return e.Kind == mla.StateObjected })
		st := honest()
		if st.Checks = map[string]int{"uncc": 5, "budapest": 5}; objected {
			continue // an objection is a conflict, whatever is stipulated
		}
		if v := m.Compute(See(g.play.events(), Omniscient), st); v.Defined && v.Number != 0 || v.Lack == CannotTell {
			t.Errorf("%s, %s: %+v on an honest request", g.id, g.name, v)
		}
	}
}

// States are data: with other names, every figure is the same.
func TestNamesOfStatesChangeNothing(t *testing.T) {
	swap := strings.NewReplacer("alder", "gorse", "cassia", "alder", "birch", "cassia")
	for _, g := range goldens() {
		events := g.play.events()
		other := make([]mla.Event, len(events))
		for i, e := range events {
			raw, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(swap.Replace(string(raw))), &other[i]); err != nil {
				t.Fatal(err)
			}
		}
		m := measured(t, g.id)
		was, is := m.Compute(See(events, Omniscient), g.st), m.Compute(See(other, Omniscient), g.st)
		was.Reason = swap.Replace(was.Reason)
		for i := range was.Events {
			was.Events[i] = swap.Replace(was.Events[i])
		}
		if d := cmp.Diff(was, is); d != "" {
			t.Errorf("%s, %s, with other names:\n%s", g.id, g.name, d)
		}
	}
}

// What one State sent and another received is one thing.
func TestAMessageCountsOnce(t *testing.T) {
	p := granted("fraud").and(mail(32, alder, 33, cassia, mla.InformationSharedBody{Evidence: set3})...)
	if v := measured(t, "G35.Persons.informal").Compute(See(p.events(), Omniscient), nil); v.Number != 3 {
		t.Errorf("got %+v, want three persons", v)
	}
	received := slices.DeleteFunc(slices.Clone(p), func(e mla.Event) bool { return e.Kind == mla.InformationShared && e.Passage == mla.Received })
	if v := measured(t, "G35.Persons.informal").Compute(See(received.events(), Omniscient), nil); v.Number != 3 {
		t.Errorf("lost on its way: %+v, want three persons", v)
	}
}

// Computing twice, in another order or beside other cases, changes nothing, and nor does it change the events.
func TestAGatheringKeepsNothingOfACase(t *testing.T) {
	g := Gather()
	for _, c := range goldens() {
		events := c.play.events()
		before, err := json.Marshal(events)
		if err != nil {
			t.Fatal(err)
		}
		seen := See(events, Omniscient)
		g.r.fill(seen)
		m := measured(t, c.id)
		var x Contribution
		m.contribute(&g.r, c.st, &x)
		alone := m.Compute(seen, c.st)
		if x.lack != "" && (x.lack != alone.Lack || x.why() != alone.Reason) {
			t.Errorf("%s, %s: beside others %q, alone %q", c.id, c.name, x.why(), alone.Reason)
		}
		if after, _ := json.Marshal(events); string(after) != string(before) {
			t.Errorf("%s, %s changes the events", c.id, c.name)
		}
	}
}

// A measure reads events and what it is given: no clock, no chance, no file and no network is within its reach.
func TestNothingButEventsIsWithinReach(t *testing.T) {
	pure := []string{"cmp", "fmt", "iter", "maps", "math", "math/bits", "slices", "strconv", "strings", "time", "unicode", "rogatory/internal/mla"}
	files := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		read++
		for _, i := range f.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); !slices.Contains(pure, path) {
				t.Errorf("%s imports %s", name, path)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Sleep"}, s.Sel.Name) {
					t.Errorf("%s: time.%s", files.Position(n.Pos()), s.Sel.Name)
				}
			}
			return true
		})
	}
	if read < 20 {
		t.Errorf("only %d files were read", read)
	}
}

func BenchmarkGather(b *testing.B) {
	cases := []golden{{play: granted("fraud"), st: abused()}, {play: refused("sedition"), st: honest()}}
	for _, v := range []View{Omniscient, AuditorNone} {
		var seen [2][]Sighting
		for i, c := range cases {
			seen[i] = See(c.play.events(), v)
		}
		b.Run(fmt.Sprintf("%s of %d measures, %d events", v, len(Measures), (len(seen[0])+len(seen[1]))/2), func(b *testing.B) {
			g := Gather()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				st := cases[i%2].st
				if v != Omniscient {
					st = nil
				}
				g.Add(seen[i%2], st)
			}
		})
	}
}
