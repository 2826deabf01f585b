package simulation_test

import (
	"pgregory.net/rapid"

	"rogatory/internal/mla"
	"rogatory/policies"
)

// drawSafeguards switches on some safeguards that go together: mostly none or a few, now and then all.
func drawSafeguards(t *rapid.T, b *policies.Bundle, name string) []string {
	ids := b.SafeguardIDs()
	switch rapid.IntRange(0, 5).Draw(t, "how many "+name) {
	case 0, 1:
		return nil
	case 5:
		return ids
	}
	some := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, 6, rapid.ID).Draw(t, name)
	if err := b.CheckSafeguards(some); err != nil {
		t.Fatal(err) // all of them go together, so any do
	}
	return some
}

// drawAfter answers the questions about what is special on the way and what follows delivery. Nil: another question.
func drawAfter(t *rapid.T, b *policies.Bundle, q mla.Question, timing mla.Timing) mla.ReplyTo {
	often := func(name string) bool { return rapid.IntRange(0, 2).Draw(t, name) > 0 }
	number := func(name string, most int) int { return rapid.IntRange(0, most).Draw(t, name) }
	damage := func() mla.Damage { return rapid.SampledFrom(mla.Damages).Draw(t, "damage") }
	switch q {
	case mla.QScreen:
		return mla.ScreenAnswer{Timing: timing, How: "a register"}
	case mla.QFilter:
		return mla.FilterAnswer{Timing: timing, Held: number("held", 20), By: "filter team"}
	case mla.QAskAssurance:
		return mla.AskAssuranceAnswer{Timing: timing, Of: "no other use"}
	case mla.QAssurance:
		a := mla.AssuranceAnswer{Timing: timing, Gives: often("gives")}
		if a.Gives {
			a.BreachedAfter, a.Breach = mla.Days(number("breached after", 300)), "sentenced all the same"
		}
		return a
	case mla.QAssist:
		return mla.AssistAnswer{Timing: timing, Person: rapid.SampledFrom([]string{"", "E-1"}).Draw(t, "helper"), What: "keys", Reach: number("reach", 2)}
	case mla.QIntercept:
		return mla.InterceptAnswer{Timing: timing, Days: mla.Days(number("days", 90)), Bystanders: number("bystanders", 300), Points: number("points", 5000)}
	case mla.QExport:
		return mla.ExportAnswer{Timing: timing, Damage: damage()}
	case mla.QCarry:
		return mla.CarryAnswer{Timing: timing, Damage: damage()}
	case mla.QTrial:
		return mla.TrialAnswer{Timing: timing, Admits: often("admits"), AdmitsBroken: !often("admits broken")}
	case mla.QReview:
		return mla.ReviewAnswer{Timing: timing, Drawn: rapid.SampledFrom(append(mla.Draws, "")).Draw(t, "drawn"),
			Finding: rapid.SampledFrom([]string{"", "nobody looked"}).Draw(t, "finding"), Withholds: !often("publishes")}
	case mla.QAnswerReview:
		return mla.AnswerReviewAnswer{Timing: timing, Words: "we shall look"}
	case mla.QKeep:
		return mla.KeepAnswer{Timing: timing, Keeps: !often("deletes"), Proof: often("proof")}
	case mla.QBreach:
		return mla.BreachAnswer{Timing: timing, Persons: number("leaked", 50), TellsAfter: number("tells after", 200), Silent: !often("tells")}
	case mla.QRemedy:
		return mla.RemedyAnswer{Timing: timing}
	case mla.QRemedyRuling:
		return mla.RemedyRulingAnswer{Timing: timing, Grants: often("grants"), Reason: "because"}
	case mla.QLedger:
		return mla.LedgerAnswer{Timing: timing, Findings: rapid.SampledFrom([][]string{nil, {"another matter: misuse"}}).Draw(t, "findings")}
	case mla.QRenewSecrecy:
		return mla.RenewSecrecyAnswer{Timing: timing}
	case mla.QLegislate:
		return mla.LegislateAnswer{Timing: timing, Safeguards: drawSafeguards(t, b, "legislated"), What: "safeguards by statute"}
	default:
		return nil
	}
}
