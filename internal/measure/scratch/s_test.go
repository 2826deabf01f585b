package scratch

import (
	"testing"
	"fmt"
	"sort"

	"pgregory.net/rapid"

	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/simulation"
	"rogatory/policies"
	"rogatory/internal/docket"
	"rogatory/internal/invariant"
	"rogatory/workflows"
	"slices"
	"time"
)
var _ = slices.Contains[[]int]
var _ = time.Now
var _ = fmt.Sprint
var _ = docket.Duties
var _ = invariant.Check
var _ = workflows.NewCase

func TestScratch(t *testing.T) {
	b := law(t)
	count := map[string]int{}
	for range 20 {
		rapid.Check(t, func(t *rapid.T) {
			in := drawInput(t, b)
			l, err := b.Law(policies.Pair{Instruments: in.Request.Instruments, Requesting: in.Request.Requesting, Requested: in.Request.Requested})
			if err != nil { t.Fatal(err) }
			result, events, err := simulation.Conduct(in, l)
			if err != nil { t.Fatal(err) }
			tr := true
			age := 15
			st := &measure.Stipulated{Truth: measure.Truth{Abusive: &tr, AbuseKind: "political", ProtectedConduct: &tr, SubjectRole: "researcher", Age: &age, OwnImage: &tr, CrimeInRequestedByConduct: mla.No}, Findings: []mla.Finding{}}
			seen := measure.SeeAll(events)
			rs := measure.All(seen, st)
			order := []measure.View{measure.Public, measure.AuditorNone, measure.Auditor, measure.AuditorFull}
			for _, r := range rs {
				for i := 1; i < len(order); i++ {
					lo, hi := r.Values[order[i-1]], r.Values[order[i]]
					if lo.Defined && (!hi.Defined || lo.Number != hi.Number) { t.Fatalf("%s: %s %+v, %s %+v", r.ID, order[i-1], lo, order[i], hi) }
				}
				for v, x := range r.Values {
					s := "def"
					if !x.Defined { s = string(x.Lack)
						if v == measure.Omniscient && x.Lack == measure.CannotTell { s += " " + x.Reason } }
					if v == measure.Omniscient || v == measure.Auditor { count[r.ID+" "+string(v)+" "+s]++ }
				}
			}
			// oddities of the procedure
			closed := map[mla.State]mla.Outcome{}
			withdrawn, produced, secret := false, false, false
			need := false
			for _, e := range events {
				switch x := e.Body.(type) {
				case mla.CaseClosedBody: closed[e.Party] = x.Outcome
				case mla.RequestWithdrawnBody: if e.Passage == mla.Sent { withdrawn = true }
				case mla.ProducedBody: produced = true
				case mla.ConfidentialityImposedBody: secret = true
				case mla.NeedEndedBody: need = true
				}
				_ = produced
			}
			a, c := in.Request.Requested, in.Request.Requesting
			if withdrawn && result.Outcome != mla.Withdrawn { count["ODD withdrawn sent, result "+string(result.Outcome)]++ }
			if x, ok := closed[a]; withdrawn && ok && x != mla.Withdrawn { count["ODD withdrawn sent, requested State closes "+string(x)]++ }
			if withdrawn { if _, ok := closed[a]; !ok { count["ODD withdrawn sent, requested State never closes"]++ } }
			if x, ok := closed[a]; ok { if y, ok2 := closed[c]; ok2 && x != y { count["ODD closes differ "+string(x)+"/"+string(y)]++ } else if !ok2 { count["ODD requesting never closes, requested "+string(x)]++ } }
			if secret && closed[c] == "" && !need { count["ODD secret, and neither need end nor closing of requesting"]++ }
			var dec mla.Outcome
			for _, e := range events { if d, ok := e.Body.(mla.DecidedBody); ok && e.Passage == mla.Sent { dec = d.Outcome } }
			if x, ok := closed[a]; ok && dec != x { count["ODD last decision "+string(dec)+" closed "+string(x)]++ }
			d := l.Terms(in.Known[mla.CentralAuthority])
			if d.Challenge.Available && !d.Challenge.Stays { count["terms: challenge without stay"]++ }
			if d.Preservation.FloorDays > 0 && !d.Preservation.Hold { count["terms: no hold"]++ }
			if d.Preservation.CeilingDays == 0 { count["terms: no ceiling"]++ }
			if d.Secrecy.Law.Automatic { count["terms: automatic"]++ }
			for _, x := range d.Secrecy.Treaty { if x.Automatic { count["terms: treaty automatic"]++ } }
			for k, rr := range d.Readers[a] { if k == mla.FactLearned && !slices.Contains(rr, mla.Court) { count["terms: court cannot read FactLearned"]++ }
			 if k == mla.FactLearned && slices.Contains(rr, mla.Court) { count["terms: court reads FactLearned"]++ } }
			for k, rr := range d.Readers[c] { if k == mla.FactLearned && !slices.Contains(rr, mla.RequestingAuthority) { count["terms: RA cannot read FactLearned"]++ } }
		})
	}
	keys := []string{}
	for k := range count { keys = append(keys, k) }
	sort.Strings(keys)
	for _, k := range keys { fmt.Println(count[k], k) }
}
