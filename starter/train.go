package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rogatory/internal/docket"
	"rogatory/internal/mla"
	"rogatory/internal/report"
	"rogatory/internal/scenario"
	"rogatory/internal/training"
)

// trainOptions are the flags of train.
type trainOptions struct {
	selection
	list    bool
	answers string // file
	record  string // file
	seed    string
	json    bool
}

func (p *program) train() *cobra.Command {
	o := trainOptions{}
	c := &cobra.Command{
		Use:   "train CASE|FILE",
		Short: "Sit at a desk of a case and answer its question",
		Long: `Puts you at the desk that a case's question is for. You read the letter and the log as that role may, find out more if you
like, and answer. Then you see what the law made available, what was hidden, what came of it, and what each safeguard would
have changed. Drafts of the letters your answer calls for are written with you.

With --answers the commands are read from a file, one a line, as they would be typed. --record keeps the session for a
trainer to review. --list groups the cases that can be trained. Without --regime the instrument is the first that the case
is told for.`,
		Example: "  go run ./starter train --list\n  go run ./starter train g28\n  go run ./starter train g29 --regime budapest --record session.json",
		Args:    between(0, 1),
		RunE: func(c *cobra.Command, args []string) error {
			if o.list {
				return p.lessons(o.json)
			}
			if len(args) == 0 {
				return badInputf("which case? train --list shows those there are")
			}
			o.name = args[0]
			return p.trainCase(c.Context(), o)
		},
	}
	o.flags(c)
	c.Flags().BoolVar(&o.list, "list", false, "list the cases that can be trained, by desk, difficulty and ground")
	c.Flags().StringVar(&o.answers, "answers", "", "file to read commands from, instead of the terminal")
	c.Flags().StringVar(&o.record, "record", "", "file to keep the session in, as JSON")
	c.Flags().StringVar(&o.seed, "seed", defaultSeed, "what ids are derived from")
	jsonFlag(c, &o.json)
	return c
}

// lessons lists what can be trained.
func (p *program) lessons(asJSON bool) error {
	bundle, err := lawIn("")
	if err != nil {
		return err
	}
	cases, err := scenario.Shipped(bundle)
	if err != nil {
		return err
	}
	out := &report.Lessons{Lessons: []report.Lesson{}, Caveat: report.Caveat}
	for _, c := range cases {
		if c.Train.Desk == "" {
			continue
		}
		l := report.Lesson{
			Case: c.ID, Title: c.Title, Desk: string(c.Train.Desk), Question: string(c.Train.Question), Difficulty: c.Train.Difficulty,
			Gaps: append([]string{}, c.Gaps...), Grounds: []string{},
		}
		for _, j := range c.Train.Rubric {
			for _, g := range j.On {
				if !slices.Contains(l.Grounds, g) {
					l.Grounds = append(l.Grounds, g)
				}
			}
		}
		out.Lessons = append(out.Lessons, l)
	}
	slices.SortStableFunc(out.Lessons, func(a, b report.Lesson) int { return a.Difficulty - b.Difficulty })
	return p.print(out, asJSON)
}

func (p *program) trainCase(ctx context.Context, o trainOptions) error {
	s, err := o.read()
	if err != nil {
		return err
	}
	if s.scenario.Train.Desk == "" {
		return badInputf("%s: %w; train --list shows the cases that do", s.scenario.ID, training.ErrNoDesk)
	}
	in := p.in
	if o.answers != "" {
		f, err := os.Open(o.answers)
		if err != nil {
			return badInputf("--answers: %w", err)
		}
		defer func() { _ = f.Close() }() // it was only read
		in = f
	}
	options := docket.Options{
		Case: s.scenario, Source: s.source, Instruments: s.instruments, Safeguards: s.safeguards, Bundle: s.bundle, Clock: docket.Sim, Seed: o.seed,
	}
	session := &training.Session{Case: s.scenario, Input: options.Input(), Law: s.law, Bundle: s.bundle}
	desk := newDesk(ctx, p, in, s, o.json)
	sitting, answer, events, err := session.Hold(desk)
	switch {
	case errors.Is(err, errNoAnswer), errors.Is(err, training.ErrNotAsked):
		return badInputf("%s: %w", s.scenario.ID, err)
	case err != nil:
		return err
	}
	told, err := docket.Told(options, events)
	if err != nil {
		return err
	}
	d, err := debrief(s, options, session, sitting, answer, told, events)
	if err != nil {
		return err
	}
	if o.record != "" {
		if err := writeWhole("--record", o.record, func(w io.Writer) error { return report.JSON(w, d) }); err != nil {
			return err
		}
	}
	return p.print(d, o.json)
}

// debrief works out what the trainee is told afterwards.
func debrief(s *subject, o docket.Options, session *training.Session, x *training.Sitting, a training.Answer, told *report.Run, events []mla.Event) (*report.Debrief, error) {
	c := s.scenario
	scripted, _, err := docket.Imagine(o)
	if err != nil {
		return nil, err
	}
	at := mla.Event{At: x.At}
	judged := training.Rubric(c.Train, a)
	d := &report.Debrief{
		Case: c.ID, Title: c.Title, Regime: told.Regime, Safeguards: told.Safeguards, Policy: told.Policy,
		Desk: mla.Actor{Role: x.Role, State: x.State}.String(), Question: string(x.Question), Day: report.DayOf(events, at), Difficulty: c.Train.Difficulty,
		Answer: a.Word, On: append([]string{}, a.On...), Reasons: a.Reasons, Conditions: append([]string{}, a.Conditions...),
		Defensible: judged.Defensible, Why: judged.Why, Sought: []report.Sought{}, Drafts: []report.Letter{}, Others: []report.Other{}, Hidden: []report.Hidden{}, Flips: []report.Flipped{},
		Grounds: told.Grounds, Outcome: string(told.Outcome), Scripted: string(scripted.Outcome),
		Happened: report.Tell(events, x.Later), Truth: c.Truth.Sentences(), Teaches: c.Teaches, Other: c.CounterView, Caveat: report.Caveat,
	}
	for _, f := range a.Inquiry {
		d.Sought = append(d.Sought, report.Sought{Fact: f.Fact, Where: f.Where, Days: f.Days, Answer: f.Answer})
	}
	for _, l := range x.Drafts(a) {
		d.Drafts = append(d.Drafts, report.Letter{Kind: l.Kind, Owed: l.Owed, Article: l.Article, Text: l.Text, Wanting: l.Wanting})
	}
	for _, j := range c.Train.Rubric {
		if j.Answer != scenario.AnyAnswer && !(j.Answer == judged.Answer && slices.Equal(j.On, judged.On)) {
			d.Others = append(d.Others, report.Other{Answer: j.Answer, On: append([]string{}, j.On...), Defensible: j.Defensible, Why: j.Why})
		}
	}
	stipulated := c.Stipulated()
	for _, path := range stipulated.Paths() {
		known, ok := x.Known[path]
		if ok && known == stipulated[path] {
			continue
		}
		h := report.Hidden{Fact: path, Stipulated: stipulated[path].String(), Known: "unknown"}
		if ok {
			h.Known = known.String()
		}
		d.Hidden = append(d.Hidden, h)
	}
	for _, f := range c.Flips {
		x, err := flipped(s, o, session, a, f)
		if err != nil {
			return nil, err
		}
		d.Flips = append(d.Flips, x)
	}
	return d, nil
}

// flipped plays the trainee's answer again with a safeguard switched on.
func flipped(s *subject, o docket.Options, session *training.Session, a training.Answer, f scenario.Flip) (report.Flipped, error) {
	with := f.With
	for _, id := range o.Safeguards {
		if !slices.Contains(with, id) {
			with = append(slices.Clone(with), id)
		}
	}
	o.Safeguards = with
	pair := s.law.Pair()
	pair.Safeguards = with
	law, err := s.bundle.Law(pair)
	if err != nil {
		return report.Flipped{}, err
	}
	events, err := session.Replay(a, law, o.Input())
	if err != nil {
		return report.Flipped{}, err
	}
	told, err := docket.Told(o, events)
	if err != nil {
		return report.Flipped{}, err
	}
	return report.Flipped{With: strings.Join(f.With, ","), Follows: string(f.Follows), Says: f.Says, Outcome: string(told.Outcome)}, nil
}
