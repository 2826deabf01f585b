package policies

import (
	"maps"
	"slices"
	"strings"

	"rogatory/internal/mla"
)

// ownCase is the fact on which a power to postpone turns.
const ownCase = "own_case.prejudiced"

// Terms reads off the instruments and State files what the procedure has to know. Known decides one thing only: where
// another treaty on mutual legal assistance is known to bind the pair, gap-fillers give way to it and fall silent
// (UNCC 40(7), Budapest 27(1) and 28(1)).
func (l *Law) Terms(known mla.Facts) Terms {
	other, _ := known[otherTreaty].AsBool()
	speaks := func(r *Regime, article string) bool {
		return article != "" && l.stack.silent(r, article, other) == nil
	}
	t := Terms{
		Policy:        l.bundle.digest,
		Instruments:   make([]Instrument, 0, len(l.regimes)),
		Secrecy:       Secrecy{Treaty: map[mla.Measure]ProviderSecrecy{}, Law: l.requested.Secrecy},
		Authorisation: make(map[mla.Measure]Authorisation, len(l.requested.Authorisation)),
		Challenge:     l.requested.Challenge,
		Notice:        l.requested.Notice,
		Statistics:    l.requested.Statistics,
		Acts:          make(map[mla.Kind][]string, len(mla.Kinds)),
		Readers: map[mla.State]map[mla.Kind][]mla.Role{
			l.pair.Requesting: l.bundle.readersOf(l.requesting, mla.Requesting),
			l.pair.Requested:  l.bundle.readersOf(l.requested, mla.Requested),
		},
		Remedies: map[mla.State]Remedy{l.pair.Requesting: l.requesting.Remedy, l.pair.Requested: l.requested.Remedy},
		RealTime: map[mla.Measure][]string{},
		Practice: map[mla.State]Practice{l.pair.Requesting: l.requesting.Practice, l.pair.Requested: l.requested.Practice},
	}
	t.Denial = mla.Ground{Rule: string(l.requested.ID) + "/own-law", Article: "law of " + string(l.requested.ID)}
	for _, f := range l.bundle.facts {
		if f.KnownBy != RequestingKnows {
			t.Own = append(t.Own, f.Path)
		}
	}
	maps.Copy(t.Authorisation, l.requested.Authorisation)
	t.AuthorisationByCategory = l.requested.authorityByCategory()
	for _, r := range slices.Backward(l.regimes) {
		if speaks(r, r.denial) {
			t.Denial = mla.Ground{Rule: r.ID + "/" + r.denial, Article: r.address(r.denial)}
		}
	}
	if r := l.regimes[l.tested]; speaks(r, r.conductArticle) {
		t.DualCriminality = DualCriminalityTest{Rule: r.ID + "/" + r.conductArticle, Article: r.address(r.conductArticle)}
	}
	for _, r := range l.regimes {
		t.Instruments = append(t.Instruments, Instrument{ID: r.ID, Name: r.Name, Short: r.Short, Status: r.Standing.Says,
			InForce: r.InForce, Standing: r.Standing})
		for _, rule := range r.Rules {
			if rule.Effect == mla.May && strings.Contains(rule.When, ownCase) && speaks(r, rule.Article) {
				t.Postponement = append(t.Postponement, rule.ID)
			}
		}
		t.addPreservation(r, speaks)
		t.addSecrecy(r, l.requested.Secrecy, speaks)
		t.addDirect(r, speaks)
		if t.Reasons.Article == "" && speaks(r, r.reasons.Article) {
			t.Reasons = Reasons{Article: r.address(r.reasons.Article), Outcomes: slices.Clone(r.reasons.Outcomes)}
		}
		if t.Consultation.Article == "" && speaks(r, r.consultation.Article) {
			t.Consultation = r.consultation
			t.Consultation.Article = r.address(r.consultation.Article)
			t.Consultation.Grounds = slices.Clone(r.consultation.Grounds)
		}
		if t.Use.Article == "" && speaks(r, r.use.Article) {
			t.Use = r.use
			t.Use.Article = r.address(r.use.Article)
		}
		for _, kind := range mla.Kinds {
			for _, article := range r.acts[kind] {
				if speaks(r, article) {
					t.Acts[kind] = append(t.Acts[kind], r.address(article))
				}
			}
		}
		for _, m := range mla.Measures {
			for _, article := range r.realTime[m] {
				if speaks(r, article) {
					t.RealTime[m] = append(t.RealTime[m], r.address(article))
				}
			}
		}
	}
	t.Direct.Only = t.Direct.Asks && !slices.ContainsFunc(l.regimes, func(r *Regime) bool { return slices.Contains(r.Asks, AskState) })
	for _, s := range l.safeguards {
		s.change(&t)
	}
	return t
}

// address writes a provision as events do.
func (r *Regime) address(article string) string { return r.ID + " " + article }

func (t *Terms) addPreservation(r *Regime, speaks func(*Regime, string) bool) {
	p := &t.Preservation
	if floor := r.timer(preservationAbroad); p.Article == "" && speaks(r, floor.Article) {
		p.Article, p.FloorDays = r.address(floor.Article), floor.Days
		if floor.Extension != "" {
			p.ExtensionArticle = r.address(floor.Extension)
		}
	}
	if hold := r.timer(preservationHold); p.HoldArticle == "" && speaks(r, hold.Article) {
		p.HoldArticle, p.Hold = r.address(hold.Article), true
	}
	if home := r.timer(preservationHome); p.HomeArticle == "" && speaks(r, home.Article) {
		p.HomeArticle, p.CeilingDays = r.address(home.Article), home.Days
	}
}

func (t *Terms) addSecrecy(r *Regime, own ProviderSecrecy, speaks func(*Regime, string) bool) {
	s := &t.Secrecy
	if s.RequestArticle == "" && speaks(r, r.secrecy.request) {
		s.RequestArticle = r.address(r.secrecy.request)
	}
	if s.ImpossibleArticle == "" && speaks(r, r.secrecy.impossibleArticle) {
		s.Impossible, s.ImpossibleArticle = r.secrecy.impossible, r.address(r.secrecy.impossibleArticle)
	}
	for _, m := range sortedKeys(r.secrecy.provider) {
		gag := r.secrecy.provider[m]
		if _, taken := s.Treaty[m]; taken || !speaks(r, gag.article) {
			continue
		}
		term := own
		term.Article, term.Domestic = r.address(gag.article), gag.domestic
		s.Treaty[m] = term
	}
}
