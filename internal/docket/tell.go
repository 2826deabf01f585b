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

	"rogatory/internal/auditlog"
	"rogatory/internal/auditlog/verify"
	"rogatory/internal/invariant"
	"rogatory/internal/measure"
	"rogatory/internal/mla"
	"rogatory/internal/report"
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
		measure.Omniscient: full, measure.AuditorFull: full, measure.Auditor: auditor, measure.AuditorNone: none, measure.Public: public,
	}, nil
}

// tell works out what a finished run has to tell.
func tell(ctx context.Context, o Options) (*report.Run, error) {
	views, err := Views(ctx, o.Dir)
	if err != nil {
		return nil, err
	}
	var events []mla.Event
	for _, s := range views[measure.AuditorFull] {
		if s.Event == nil {
			return nil, fmt.Errorf("event %s cannot be opened with the keys in %s", mla.EventID(s.Cover.Case, s.Cover.Party, s.Cover.Sequence), o.Dir)
		}
		events = append(events, *s.Event)
	}
	law, err := o.Bundle.Law(o.pair())
	if err != nil {
		return nil, err
	}
	terms := law.Terms(o.Case.Known()[mla.CentralAuthority])
	r := &report.Run{
		Case: o.Case.ID, Title: o.Case.Title, Gap: strings.Join(o.Case.Gaps, ", "), Regime: regime(o.Instruments), Safeguards: append([]string{}, o.Safeguards...), AskedFor: Unacted(terms.Duties),
		Clock: string(o.Clock), Requesting: o.Case.Requesting, Requested: o.Case.Requested, Outcome: outcome(events, o.Case.Requested),
		Events: len(events), Policy: o.Bundle.Digest(), Seed: o.Seed, CaseID: o.caseID(), Caveat: report.Caveat,
		Days: days(events),
	}
	for _, i := range terms.Instruments {
		r.Instruments = append(r.Instruments, report.Instrument{ID: i.ID, Name: i.Name, Status: i.Status, InForce: i.InForce})
	}
	findings := lawOn(r, o, law, events)
	r.Gaps = measure.All(views, stipulatedFor(stipulated{o.Case.Stipulated(), o.Case.Truth}, findings, r.OnStipulated.ByConduct))
	r.Invariants = []string{}
	for _, v := range invariant.Check(Duties(terms), events) {
		r.Invariants = append(r.Invariants, v.String())
	}
	r.Log, err = logsOf(ctx, o)
	return r, err
}

// Unacted are the duties that the procedure does not act on: a run neither keeps nor breaks them.
func Unacted(all []policies.Duty) []policies.Duty {
	return slices.DeleteFunc(append([]policies.Duty{}, all...), func(d policies.Duty) bool { return d.Acts })
}

// Duties are what the monitors must be told of the law.
func Duties(t policies.Terms) invariant.Duties {
	return invariant.Duties{
		Reasons: t.Reasons.Outcomes,
		Consultation: invariant.Consultation{
			Must: t.Consultation.Must, Grounds: t.Consultation.Grounds, All: t.Consultation.All, Postponement: t.Consultation.Postponement,
		},
	}
}

// lawOn sets side by side what the law said on what the deciding role knew and on what is stipulated, and returns the
// findings on the stipulated facts.
func lawOn(r *report.Run, o Options, law *policies.Law, events []mla.Event) (stipulated []mla.Finding) {
	raised := map[string]bool{}
	last := map[mla.Stage]mla.Assessment{}
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.AssessedBody:
			last[b.Assessment.Stage] = b.Assessment
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
	in := o.Input()
	r.Rules = report.NoRules()
	for _, stage := range mla.Stages {
		known, ok := last[stage]
		if !ok {
			continue
		}
		if stage == mla.StageAdmissibility {
			r.Seriousness = known.Seriousness
		}
		really := law.Assess(stage, in.Request, o.Case.Stipulated(), mla.ByConduct)
		if stage == mla.StageAdmissibility {
			r.OnStipulated = really.DualCriminality
		}
		stipulated = append(stipulated, really.Findings...)
		for i, f := range known.Findings {
			g := GroundOf(law, f, really.Findings[i].Holds, in.Request, known.Used)
			g.Raised = raised[f.Rule]
			r.File(g)
		}
	}
	return stipulated
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

// outcome is how the requested State's side stood when observation ended.
func outcome(events []mla.Event, requested mla.State) mla.Outcome {
	o := mla.Lapsed
	for _, e := range events {
		if b, ok := e.Body.(mla.ObservationEndedBody); ok && e.Party == requested {
			o = b.Outcome
		}
	}
	return o
}

// days counts legal days from the sending of the letter.
func days(events []mla.Event) report.Days {
	var sent time.Time
	var d report.Days
	since := func(t time.Time) *int {
		n := int(t.Sub(sent).Hours() / 24)
		return &n
	}
	for _, e := range events {
		switch b := e.Body.(type) {
		case mla.RequestSubmittedBody:
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
		}
	}
	return d
}

// logsOf verifies each log on its published bytes alone.
func logsOf(ctx context.Context, o Options) (report.Log, error) {
	l := report.Log{Dir: filepath.Join(o.Dir, "logs")}
	over := sha256.New()
	order := slices.SortedFunc(slices.Values(states(o.Case)), func(a, b mla.State) int { return cmp.Compare(a, b) })
	for _, s := range order {
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
