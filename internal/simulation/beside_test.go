package simulation_test

import (
	"slices"

	"pgregory.net/rapid"

	"rogatory/internal/mla"
	"rogatory/policies"
	"rogatory/workflows"
)

// channels are drawn from: rapid likes what is first.
var channels = []mla.Channel{
	mla.Formal, mla.Formal, mla.Formal, mla.Formal, mla.Formal, mla.Formal, mla.Formal, mla.Formal,
	mla.Spontaneous, mla.Contact, mla.Police, mla.JointTeam, mla.Voluntary, mla.Transborder,
}

// drawAnswerBeside draws an answer to a question that is put beside a request; nil where it is none.
func drawAnswerBeside(t *rapid.T, b *policies.Bundle, in workflows.Input, q mla.Question, timing mla.Timing) mla.ReplyTo {
	answer := func(name string) mla.Answer { return rapid.SampledFrom(mla.Answers).Draw(t, name) }
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	switch q {
	case mla.QShare:
		return mla.ShareAnswer{Timing: timing, Why: "of use to you", Conditions: []string{"no other use"}, Records: 3}
	case mla.QTeam:
		return mla.TeamAnswer{Timing: timing, Name: "Meridian", Purpose: "one inquiry", CentralAuthority: flag("member")}
	case mla.QContact:
		return mla.ContactAnswer{Timing: timing, Ask: rapid.SampledFrom(mla.ContactAsks).Draw(t, "ask"), Claim: "minutes matter"}
	case mla.QContactTell:
		return mla.ContactTellAnswer{Timing: timing, Answer: rapid.SampledFrom(mla.ContactReplies).Draw(t, "reply"), Checks: flag("checks"), Records: 1}
	case mla.QCallBack:
		return mla.CallBackAnswer{Timing: timing, Genuine: answer("genuine"), How: "call back"}
	case mla.QApproach:
		return mla.ApproachAnswer{Timing: timing, Sender: "a constable", Claim: "danger to life", Emergency: flag("emergency"), Forged: flag("forged")}
	case mla.QDisclose:
		return mla.DiscloseAnswer{Timing: timing, Discloses: flag("discloses"), Checks: flag("checks"), Why: "no order", Records: 2}
	case mla.QCheckSender:
		return mla.CheckSenderAnswer{Timing: timing, Genuine: answer("genuine"), How: "call back", Alerts: flag("alerts")}
	case mla.QEmergency:
		return mla.EmergencyAnswer{Timing: timing, Real: answer("real"), By: "duty judge"}
	case mla.QAccess:
		return mla.AccessAnswer{Timing: timing, Consent: "the user", Records: 2}
	case mla.QRetry:
		return drawRetry(t, b, in, timing)
	case mla.QRenewal:
		return mla.RenewalAnswer{Timing: timing}
	case mla.QRetention:
		return mla.RetentionAnswer{Timing: timing, Why: "kept for a set time"}
	case mla.QDefence:
		return mla.DefenceAnswer{Timing: timing, Why: "it shows where the accused was"}
	default:
		return nil
	}
}

func drawRetry(t *rapid.T, b *policies.Bundle, in workflows.Input, timing mla.Timing) mla.ReplyTo {
	states := slices.DeleteFunc(b.StateIDs(), func(s mla.State) bool { return s == in.Request.Requesting })
	a := mla.RetryAnswer{Timing: timing, Requested: rapid.SampledFrom(append([]mla.State{""}, states...)).Draw(t, "asked again")}
	if rapid.Bool().Draw(t, "another instrument") {
		a.Regime = rapid.SampledFrom(asked(t, b)).Draw(t, "retry under")
	}
	if a.Requested == "" && a.Regime == "" {
		a.Relabel, a.MaxPenaltyYears = "fraud", 5
	}
	return a
}
