package docket

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rogatory/activities"
	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/invariant"
	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
	"rogatory/internal/simulation"
	"rogatory/policies"
)

// Read returns the events of all logs below dir that the keys of the given roles open, and cover sheets of the rest, in
// the order of legal time. With no roles it opens what is public.
func Read(ctx context.Context, dir string, roles ...mla.Role) ([]measure.Sighting, error) {
	entries, err := os.ReadDir(filepath.Join(dir, "logs"))
	if err != nil {
		return nil, fmt.Errorf("%s holds no logs: %w", dir, err)
	}
	var all []measure.Sighting
	for _, e := range entries {
		s := mla.State(e.Name())
		keys, err := auditlog.LoadKeys(keysDir(dir, s))
		if err != nil {
			return nil, err
		}
		seen, err := verify.Read(ctx, logDir(dir, s), keys.Identities(roles...))
		if err != nil {
			return nil, err
		}
		for _, x := range seen {
			all = append(all, measure.Sighting{Cover: x.Cover, Event: x.Event})
		}
	}
	slices.SortStableFunc(all, func(a, b measure.Sighting) int { return a.Cover.At.Compare(b.Cover.At) })
	return all, nil
}

// Views returns a run's logs as each observer sees them: with all keys, with the auditor's, with none, and what is
// public. The omniscient observer has all keys too, and the stipulated layer besides.
func Views(ctx context.Context, dir string) (map[measure.View][]measure.Sighting, error) {
	full, err := Read(ctx, dir, mla.Roles...)
	if err != nil {
		return nil, err
	}
	auditor, err := Read(ctx, dir, mla.Auditor)
	if err != nil {
		return nil, err
	}
	none, err := Read(ctx, dir)
	if err != nil {
		return nil, err
	}
	public := slices.DeleteFunc(slices.Clone(none), func(s measure.Sighting) bool {
		return !slices.Contains(s.Cover.Readers, mla.Public)
	})
	return map[measure.View][]measure.Sighting{
		measure.Omniscient: full, measure.AuditorFull: ofStates(full), measure.Auditor: ofStates(auditor), measure.AuditorNone: ofStates(none),
		measure.Public: public,
	}, nil
}

// tell works out what a finished run has to tell.
func tell(ctx context.Context, o Options) (*report.Run, error) {
	views, err := Views(ctx, o.Dir)
	if err != nil {
		return nil, err
	}
	var events []mla.Event
	for _, s := range views[measure.Omniscient] {
		if s.Event == nil {
			return nil, fmt.Errorf("event %s cannot be opened with the keys in %s", mla.EventID(s.Cover.Case, s.Cover.Party, s.Cover.Sequence), o.Dir)
		}
		events = append(events, *s.Event)
	}
	r, err := o.told(views, events)
	if err != nil {
		return nil, err
	}
	r.Log, err = logsOf(ctx, o)
	return r, err
}

// Imagine runs a case on the simulated clock and keeps nothing: no logs, no keys. What each observer sees follows from
// the readers of each event, as it would from the keys. Events come in the order in which they were recorded.
func Imagine(o Options) (*report.Run, []mla.Event, error) {
	law, err := o.Bundle.Law(o.pair())
	if err != nil {
		return nil, nil, err
	}
	_, events, err := simulation.Conduct(o.Input(), law)
	if err != nil {
		return nil, nil, err
	}
	r, err := Told(o, events)
	return r, events, err
}

// Told works out what a run has to tell from its events alone, in memory; it puts them into the order of legal time.
func Told(o Options, events []mla.Event) (*report.Run, error) {
	slices.SortStableFunc(events, func(a, b mla.Event) int { return a.At.Compare(b.At) })
	return o.told(measure.SeeAll(events), events)
}

// told works out what a run has to tell from its events, as each observer sees them.
func (o Options) told(views map[measure.View][]measure.Sighting, events []mla.Event) (*report.Run, error) {
	law, err := o.Bundle.Law(o.pair())
	if err != nil {
		return nil, err
	}
	terms := law.Terms(o.Case.Known()[mla.CentralAuthority])
	r := &report.Run{
		Case: o.Case.ID, Title: o.Case.Title, Gap: strings.Join(o.Case.Gaps, ", "), Regime: regime(o.Instruments), Safeguards: append([]string{}, o.Safeguards...), AskedFor: Unacted(terms.Duties),
		Clock: string(o.Clock), Requesting: o.Case.Requesting, Requested: o.Case.Requested, Outcome: outcome(events, o.Case),
		Obtained: obtained(events, channel(o.Case.Request.Channel, terms)),
		Events:   len(events), Policy: o.Bundle.Digest(), Seed: o.Seed, CaseID: o.caseID(), Caveat: report.Caveat,
		Days: days(events),
	}
	for _, i := range terms.Instruments {
		r.Instruments = append(r.Instruments, report.Instrument{ID: i.ID, Name: i.Name, Status: i.Status, InForce: i.InForce})
	}
	findings, err := lawOn(r, o, law, events)
	if err != nil {
		return nil, err
	}
	r.Doors = o.doors(law, events)
	r.Gaps = measure.All(views, stipulatedFor(stipulated{o.Case.Stipulated(), o.Case.Truth}, findings, r.OnStipulated.ByConduct, r.Doors))
	r.Invariants = []string{}
	duties, err := DutiesOn(law, o.Case.Known()[mla.CentralAuthority], events)
	if err != nil {
		return nil, err
	}
	for _, v := range invariant.Check(duties, events) {
		r.Invariants = append(r.Invariants, v.String())
	}
	return r, nil
}

// Unacted are the duties that the procedure does not act on: a run neither keeps nor breaks them.
func Unacted(all []policies.Duty) []policies.Duty {
	return slices.DeleteFunc(append([]policies.Duty{}, all...), func(d policies.Duty) bool { return d.Acts })
}

// DutiesOn are what the monitors must be told of the law on every request that was made in a case: the first, and those made
// again elsewhere or under another instrument.
func DutiesOn(law *policies.Law, known mla.Facts, events []mla.Event) (invariant.Duties, error) {
	d, first := Duties(law.Terms(known)), ""
	for _, e := range events {
		b, ok := e.Body.(mla.RequestSubmittedBody)
		if !ok || b.Request.Reference == first {
			continue
		}
		if first == "" {
			first = b.Request.Reference
			continue
		}
		again, err := law.Between(activities.PairOf(b.Request))
		if err != nil {
			return d, err
		}
		if d.Again == nil {
			d.Again = map[string]invariant.Duties{}
		}
		own := known
		if b.Request.Requested != law.Pair().Requested {
			own = nil
		}
		d.Again[b.Request.Reference] = Duties(again.Terms(own))
	}
	return d, nil
}

// Duties are what the monitors must be told of the law.
func Duties(t policies.Terms) invariant.Duties {
	owes := func(duty string) bool { _, owed := t.Duty(duty); return owed }
	return invariant.Duties{
		Reasons: t.Reasons.Outcomes,
		Consultation: invariant.Consultation{
			Must: t.Consultation.Must, Grounds: t.Consultation.Grounds, All: t.Consultation.All, Postponement: t.Consultation.Postponement,
		},
		Gated: t.Channels.Gated, Fresh: owes("L02 fresh-facts"), Unseals: owes("L02 unsealing"),
	}
}

// lawOn sets side by side what the law said on what the deciding role knew and on what is stipulated, and returns the
// findings on the stipulated facts. Where a request was made again, or the law was changed, it is the law that spoke last.
func lawOn(r *report.Run, o Options, law *policies.Law, events []mla.Event) (stipulated []mla.Finding, err error) {
	raised := map[string]bool{}
	type spoken struct {
		mla.Assessment
		law     *policies.Law
		request mla.Request
	}
	last := map[mla.Stage]spoken{}
	request, reference := o.Input().Request, ""
	facts := o.Case.Stipulated()
	for _, e := range events {
		if e.Passage == mla.Received {
			continue // what a State decides stands on its own log
		}
		switch b := e.Body.(type) {
		case mla.RequestDraftedBody:
			if b.Request.Channel == mla.Direct {
				facts = ofTheRun(events).With(facts)
			}
		case mla.StateObjectedBody:
			for _, g := range b.Grounds {
				raised[g.Rule] = true
			}
		case mla.RequestSubmittedBody:
			if reference != "" && reference != b.Request.Reference {
				request = b.Request
				if law, err = law.Between(activities.PairOf(request)); err != nil {
					return nil, err
				}
			}
			reference = b.Request.Reference
		case mla.LawChangedBody:
			request.Safeguards = b.Safeguards
			if law, err = law.Between(activities.PairOf(request)); err != nil {
				return nil, err
			}
		case mla.AssessedBody:
			last[b.Assessment.Stage] = spoken{b.Assessment, law, request}
		case mla.DecidedBody:
			for _, g := range b.Grounds {
				raised[g.Rule] = true
			}
		case mla.PreservationDecidedBody:
			for _, g := range b.Grounds {
				raised[g.Rule] = true
			}
		case mla.DualCriminalityTestedBody:
			r.DualCriminality = b.Result
		}
	}
	r.Rules = report.NoRules()
	for _, stage := range mla.Stages {
		known, ok := last[stage]
		if !ok {
			continue
		}
		if stage == mla.StageAdmissibility {
			r.Seriousness = known.Seriousness
		}
		really := known.law.Assess(stage, known.request, facts, mla.ByConduct)
		if stage == mla.StageAdmissibility {
			r.OnStipulated = really.DualCriminality
		}
		stipulated = append(stipulated, really.Findings...)
		for i, f := range known.Findings {
			g := GroundOf(known.law, f, really.Findings[i].Holds, known.request, known.Used)
			g.Raised = raised[f.Rule]
			r.File(g)
		}
	}
	return stipulated, nil
}

// ofTheRun are facts that the run of an order abroad makes true or false, and that its author need not stipulate: by which way
// the data are sought, and whether the State where the provider is was told.
func ofTheRun(events []mla.Event) mla.Facts {
	told := slices.ContainsFunc(events, func(e mla.Event) bool {
		b, ok := e.Body.(mla.StateNotifiedBody)
		return ok && b.As == "enforcing"
	})
	return mla.Facts{"channel.route": mla.Word("provider-order"), "order.notified": mla.Bool(told)}
}

// GroundOf tells one rule: what it says on the facts used, on the stipulated ones, and what it rests on.
func GroundOf(law *policies.Law, f mla.Finding, onStipulated mla.Answer, r mla.Request, used mla.Facts) report.Ground {
	return report.Ground{
		Rule: f.Rule, Article: f.Article, Stage: f.Stage, Effect: f.Effect, Standard: f.Standard, Confidence: f.Confidence,
		Reading: f.Reading, Holds: f.Holds, OnStipulated: onStipulated, Missing: append([]mla.Path{}, f.Missing...),
		Because: because(law, f, r, used), Says: f.Says, Silence: SilenceOf(law.Silence(f.Rule, used)),
	}
}

// SilenceOf tells why a rule does not speak; nil where it does.
func SilenceOf(s *policies.Silence) *report.Silence {
	if s == nil {
		return nil
	}
	return &report.Silence{By: s.By, Instrument: s.Instrument, Says: s.Says}
}

// because lists the facts a finding rests on, each once, as "path = value" or "path is unknown".
func because(law *policies.Law, f mla.Finding, req mla.Request, used mla.Facts) []string {
	out := []string{}
	why, err := law.Why(f.Rule, req, used)
	if err != nil {
		return out
	}
	var walk func(policies.Reason)
	walk = func(r policies.Reason) {
		if r.Fact != "" {
			text := string(r.Fact) + " is unknown"
			if !r.Value.IsZero() {
				text = string(r.Fact) + " = " + r.Value.String()
			}
			if !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
		for _, c := range r.Children {
			walk(c)
		}
	}
	walk(why)
	return out
}

// outcome is how the side of the State asked last stood when observation ended; where none was asked, how the other's did.
func outcome(events []mla.Event, c *scenario.Case) mla.Outcome {
	ends := map[mla.State]mla.Outcome{}
	for _, e := range events {
		if b, ok := e.Body.(mla.ObservationEndedBody); ok {
			ends[e.Party] = b.Outcome
		}
	}
	return cmp.Or(ends[asked(events, c.Requested)], ends[c.Requesting], mla.Lapsed)
}

// days counts legal days from the sending of the letter, or from the service of an order that went straight to a provider.
func days(events []mla.Event) report.Days {
	var sent time.Time
	var d report.Days
	since := func(t time.Time) *int {
		n := int(t.Sub(sent).Hours() / 24)
		return &n
	}
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.RequestSubmittedBody, mla.OrderServedBody:
			if sent.IsZero() {
				sent = e.At
			}
		case mla.DecidedBody:
			if e.Passage == mla.Sent && b.Final {
				d.ToDecision = since(e.At)
			}
		case mla.TransmittedBody:
			if e.Passage == mla.Received && d.ToDelivery == nil {
				d.ToDelivery = since(e.At)
			}
		case mla.CustodyHandoffBody:
			if d.ToDelivery == nil && b.To == (mla.Actor{Role: mla.RequestingAuthority, State: e.Party}).String() {
				d.ToDelivery = since(e.At)
			}
		}
	}
	return d
}

// logsOf verifies each log on its published bytes alone.
func logsOf(ctx context.Context, o Options) (report.Log, error) {
	l := report.Log{Dir: filepath.Join(o.Dir, "logs")}
	over := sha256.New()
	entries, err := os.ReadDir(l.Dir) // sorted
	if err != nil {
		return l, err
	}
	for _, e := range entries {
		s := mla.State(e.Name())
		checked, err := verify.Check(ctx, logDir(o.Dir, s), verify.Options{})
		if err != nil {
			return l, err
		}
		l.Size += int(checked.Size)
		l.States = append(l.States, report.StateLog{
			State: s, Size: int(checked.Size), Root: checked.Root, Whole: len(checked.Findings) == 0,
		})
		over.Write([]byte(checked.Root))
	}
	l.Root = hex.EncodeToString(over.Sum(nil))
	return l, nil
}
