package report

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rogatory/internal/mla"
)

var (
	end     = time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)
	little  = mla.Scope{Categories: []mla.Category{mla.Subscriber, mla.Content}, Accounts: 1, Persons: 3, Months: 12}
	letter  = mla.Request{Requested: "alder", Offence: mla.Offence{Label: "sedition", MaxPenaltyYears: 7}, Measure: mla.Produce, Scope: little}
	closed  = []mla.Ground{{Rule: "uncc/40(22)", Article: "uncc 40(22)"}}
	learned = mla.Facts{"person.role": mla.Word("activist"), "offence.fiscal": mla.Bool(false)}
)

// said holds, for every kind, what is said of its events: internal or as sent, and as received.
var said = []struct {
	body mla.Body
	role mla.Role
	want string
	got  string // as received; empty: no message
}{
	{mla.RequestDraftedBody{Request: letter}, mla.RequestingAuthority,
		"The requesting authority drafts the letter: production of subscriber and content data (1 account, 3 persons, 12 months), for “sedition”, at most 7 years.", ""},
	{mla.PreservationRequestedBody{Silence: true}, mla.RequestingAuthority,
		"The requesting authority asks for quick preservation in silence.", "The requesting authority is asked for quick preservation in silence."},
	{mla.PreservationRequestedBody{Renewal: 1}, mla.RequestingAuthority,
		"The requesting authority asks for a longer preservation.", "The requesting authority is asked for a longer preservation."},
	{mla.PreservationDecidedBody{Granted: true}, mla.ContactPoint,
		"The contact point agrees to have the data preserved.", "The contact point hears that the data will be preserved."},
	{mla.PreservationDecidedBody{Grounds: closed}, mla.ContactPoint,
		"The contact point declines to have the data preserved, on uncc 40(22).", "The contact point hears that the data will not be preserved, on uncc 40(22)."},
	{mla.PreservationOrderedBody{Provider: "Parlo", Until: end}, mla.ContactPoint, "The contact point has Parlo keep the data until 2027-06-01.", ""},
	{mla.PreservationExtendedBody{Until: end}, mla.ContactPoint, "The contact point extends the preservation to 2027-06-01.", ""},
	{mla.PreservationHeldBody{}, mla.ContactPoint, "The contact point holds the data until the request is decided.", ""},
	{mla.PreservationLapsedBody{Why: "the request is settled"}, mla.ContactPoint, "The contact point lets the preservation end: the request is settled.", ""},
	{mla.RequestSubmittedBody{Request: letter, Submission: 1}, mla.CentralAuthority,
		"The central authority sends the letter to Alder.", "The central authority receives the letter from Cassia."},
	{mla.RequestSubmittedBody{Request: letter, Submission: 2}, mla.CentralAuthority,
		"The central authority sends the completed letter to Alder.", "The central authority receives the completed letter from Cassia."},
	{mla.IntakeCheckedBody{Complete: true}, mla.CentralAuthority, "The central authority finds the letter complete in form.", ""},
	{mla.IntakeCheckedBody{Lacking: []string{"purpose", "scope"}}, mla.CentralAuthority,
		"The central authority finds the letter incomplete; it lacks purpose and scope.", ""},
	{mla.RequestReturnedBody{Lacking: []string{"purpose"}}, mla.CentralAuthority,
		"The central authority returns the letter for completion; it lacks purpose.", "The central authority gets the letter back; it lacks purpose."},
	{mla.FactLearnedBody{Facts: learned, Source: "its own files"}, mla.CentralAuthority,
		"The central authority learns 2 facts from its own files: offence.fiscal = false and person.role = activist.", ""},
	{mla.AssessedBody{Assessment: mla.Assessment{Stage: mla.StageAdmissibility, Findings: []mla.Finding{
		{Effect: mla.MayRefuse, Holds: mla.Yes}, {Effect: mla.NoDuty, Holds: mla.Unknown}, {Effect: mla.Gate, Holds: mla.No},
		{Effect: mla.MustNotRefuse, Holds: mla.Yes},
	}}}, mla.CentralAuthority,
		"The central authority asks the law on admissibility: 1 ground open, 1 unknown, outside the instrument, 1 reason forbidden.", ""},
	{mla.SupplementAskedBody{Missing: []mla.Path{"person.role"}}, mla.CentralAuthority,
		"The central authority asks for 1 fact: person.role.", "The central authority is asked for 1 fact: person.role."},
	{mla.SupplementGivenBody{Declined: []mla.Path{"person.role"}}, mla.RequestingAuthority,
		"The requesting authority answers with no fact; not given: person.role.", "The requesting authority is answered with no fact; not given: person.role."},
	{mla.ReviewPerformedBody{Minutes: 40, Checks: []string{"form"}}, mla.CentralAuthority, "The central authority reviews the file for 40 minutes: form.", ""},
	{mla.DualCriminalityTestedBody{Result: mla.DualCriminality{Method: mla.ByLabel, Met: mla.Yes}, Departures: []mla.Ground{{Article: "uncc 35(3)"}}},
		mla.CentralAuthority,
		"The central authority tests dual criminality by comparing labels and takes it as met. This departs from uncc 35(3).", ""},
	{mla.DualCriminalityTestedBody{Result: mla.DualCriminality{Method: mla.ByConduct, Met: mla.Unknown}}, mla.CentralAuthority,
		"The central authority tests dual criminality on the conduct and cannot say whether it is met.", ""},
	{mla.DualCriminalityTestedBody{Result: mla.DualCriminality{Method: mla.NotTested, Required: mla.No}}, mla.CentralAuthority,
		"The central authority does not test dual criminality, which is not required.", ""},
	{mla.GroundConsideredBody{Ground: closed[0], Effect: mla.NoDuty, Standard: mla.Belief, Result: mla.Yes}, mla.CentralAuthority,
		"The central authority looks at uncc 40(22) (no duty to help; open to the State) and does not raise it.", ""},
	{mla.GroundConsideredBody{Ground: mla.Ground{Rule: "uncc/40(8) trivial", Article: "uncc 40(8)"}, Effect: mla.MustRefuse, Standard: mla.Objective,
		Result: mla.Yes, Raised: true}, mla.CentralAuthority,
		"The central authority looks at uncc 40(8) trivial (must refuse; applies) and raises it.", ""},
	{mla.ConsultedBody{Grounds: closed, Intends: mla.Postponed, Conditions: []string{"no death penalty"}}, mla.CentralAuthority,
		"The central authority consults before postponing, on uncc 40(22), and offers conditions: no death penalty.",
		"The central authority is consulted before postponing, on uncc 40(22), and offers conditions: no death penalty."},
	{mla.ConsultationAnsweredBody{Accepts: true}, mla.RequestingAuthority,
		"The requesting authority accepts the conditions.", "The requesting authority hears that the conditions are accepted."},
	{mla.AuthorisationSoughtBody{Measure: mla.Search, Scope: little, Authority: "examining judge", Independent: true}, mla.CentralAuthority,
		"The central authority seeks authorisation of search and seizure from the examining judge (independent).", ""},
	{mla.AuthorisationDecidedBody{Authority: "prosecutor", Ruling: mla.RulingDeny, Reasons: "not necessary."}, mla.Court,
		"The prosecutor (not independent) denies the measure: not necessary.", ""},
	{mla.DecidedBody{Outcome: mla.Granted, Departures: closed, Final: true}, mla.CentralAuthority,
		"The central authority decides: granted. It departs from the law: it had to refuse, on uncc 40(22).",
		"The central authority receives the decision: granted. It departs from the law: it had to refuse, on uncc 40(22)."},
	{mla.DecidedBody{Outcome: mla.Postponed, Grounds: closed}, mla.CentralAuthority,
		"The central authority decides: postponed, on uncc 40(22); to be taken up again.",
		"The central authority receives the decision: postponed, on uncc 40(22); to be taken up again."},
	{mla.ReasonsGivenBody{Words: "It is political."}, mla.CentralAuthority,
		"The central authority gives reasons: “It is political”.", "The central authority receives the reasons: “It is political”."},
	{mla.SecrecyImpossibleBody{Why: "it will be known", RequestingDecides: true}, mla.CentralAuthority,
		"The central authority says that secrecy cannot be kept: it will be known; the requesting State decides whether to go on.",
		"The central authority hears that secrecy cannot be kept: it will be known; the requesting State decides whether to go on."},
	{mla.SecrecyAnsweredBody{GoesOn: true}, mla.RequestingAuthority,
		"The requesting authority goes on without secrecy.", "The requesting authority hears that the request goes on without secrecy."},
	{mla.ConfidentialityImposedBody{On: "Parlo", Basis: "uncc 40(20)"}, mla.CentralAuthority,
		"The central authority binds Parlo to silence without end by uncc 40(20).", ""},
	{mla.ConfidentialityImposedBody{On: "Parlo", ExpiresAt: &end}, mla.CentralAuthority,
		"The central authority binds Parlo to silence until 2027-06-01.", ""},
	{mla.ConfidentialityRenewedBody{ExpiresAt: end}, mla.CentralAuthority, "The central authority renews the silence to 2027-06-01.", ""},
	{mla.ConfidentialityLiftedBody{Why: "its term is over"}, mla.CentralAuthority, "The central authority lifts the silence: its term is over.", ""},
	{mla.LiftAskedBody{}, mla.Provider, "The provider asks for the silence to be lifted; the answer: none.", ""},
	{mla.OrderServedBody{Provider: "Parlo", Measure: mla.Interception, Scope: little, ChallengeAvailable: true}, mla.CentralAuthority,
		"The central authority serves Parlo with an order of interception of content; it may challenge the order.", ""},
	{mla.ChallengeFiledBody{Why: "too broad"}, mla.Provider, "The provider challenges the order: too broad.", ""},
	{mla.ChallengeDecidedBody{Ruling: mla.RulingModify, Scope: little}, mla.Court,
		"The court narrows the order to subscriber and content data (1 account, 3 persons, 12 months).", ""},
	{mla.ProducedBody{Evidence: mla.Evidence{Scope: little, Records: 1}, From: "alder-preservation-1"}, mla.Provider,
		"The provider produces 1 record: subscriber and content data (1 account, 3 persons, 12 months), from what was preserved.", ""},
	{mla.CustodyHandoffBody{From: "provider@alder", To: "central-authority@alder", HashIn: "a", HashOut: "b"}, mla.CentralAuthority,
		"The evidence passes from Alder's provider to Alder's central authority, changed: its hash is another.", ""},
	{mla.TransmittedBody{Evidence: mla.Evidence{Records: 9}, UseLimited: true}, mla.CentralAuthority,
		"The central authority hands over 9 records; its use is limited to the request.",
		"The central authority receives 9 records; its use is limited to the request."},
	{mla.UseRecordedBody{Purpose: "another trial"}, mla.RequestingAuthority,
		"The requesting authority uses the evidence beyond the request, without consent: another trial.", ""},
	{mla.NoticeDeferredBody{Why: "the secret has no end"}, mla.CentralAuthority,
		"The central authority puts off telling the person without end: the secret has no end.", ""},
	{mla.SubjectNotifiedBody{Persons: 3}, mla.CentralAuthority, "The central authority tells 3 persons that their data were sought.", ""},
	{mla.NeedEndedBody{Why: "sentenced"}, mla.RequestingAuthority,
		"The requesting authority no longer needs help or secrecy, and tells nobody: sentenced.", "The requesting authority hears that the need has ended: sentenced."},
	{mla.RequestWithdrawnBody{Why: "settled"}, mla.RequestingAuthority,
		"The requesting authority withdraws the request: settled.", "The requesting authority learns that the request is withdrawn: settled."},
	{mla.StatisticPublishedBody{Period: "2027", Received: 1}, mla.CentralAuthority,
		"The central authority publishes figures for 2027: 1 request received.", ""},
	{mla.CaseClosedBody{Outcome: mla.GrantedWithConditions}, mla.CentralAuthority,
		"The central authority closes its side of the case: granted on conditions.", ""},
	{mla.RequestDraftedBody{Request: mla.Request{Channel: mla.Direct, Provider: "Parlo", Measure: mla.Produce, Scope: little}}, mla.RequestingAuthority,
		"The requesting authority draws up an order to Parlo: production of subscriber and content data (1 account, 3 persons, 12 months).", ""},
	{mla.OrderServedBody{Provider: "Parlo", Measure: mla.Produce, Departures: []mla.Ground{{Article: "law of cassia"}}}, mla.RequestingAuthority,
		"The requesting authority serves Parlo with an order of production; no challenge is open to it. This departs from law of cassia.", ""},
	{mla.ReviewPerformedBody{Minutes: 30, Floored: 26}, mla.CentralAuthority,
		"The central authority reviews the file for 30 minutes, 26 of them by the floor of scrutiny.", ""},
	{mla.StateNotifiedBody{State: "alder", As: "enforcing", ObjectBy: &end}, mla.RequestingAuthority,
		"The requesting authority tells Alder (as enforcing), which may object until 2027-06-01 00:00.",
		"The requesting authority is told by Cassia (as enforcing), and may object until 2027-06-01 00:00."},
	{mla.StateObjectedBody{Objects: true, Grounds: closed, Restrict: true, Reasons: "press."}, mla.CentralAuthority,
		"The central authority objects, on uncc 40(22), and wants use restricted: press.",
		"The central authority hears that Cassia objects, on uncc 40(22), and wants use restricted: press."},
	{mla.StateObjectedBody{}, mla.CentralAuthority, "The central authority raises no objection.", "The central authority hears that Cassia raises no objection."},
	{mla.DeliveryUndoneBody{Why: "a State that was told objects"}, mla.RequestingAuthority,
		"The requesting authority must delete the data delivered: a State that was told objects.",
		"The requesting authority hears that Cassia must delete the data delivered: a State that was told objects."},
	{mla.DeletedBody{Holder: "requesting-authority@cassia", Confirmed: true, Why: "a State that was told objects"}, mla.RequestingAuthority,
		"The requesting authority deletes the copy of Cassia's requesting authority and confirms it: a State that was told objects.",
		"The requesting authority hears that the copy of Cassia's requesting authority is deleted: a State that was told objects."},
	{mla.ConsentAskedBody{Use: "another trial", To: "fern"}, mla.CentralAuthority,
		"The central authority asks for consent to another use, passing it on to Fern: another trial.",
		"The central authority is asked for consent to another use, passing it on to Fern: another trial."},
	{mla.ConsentDecidedBody{Grants: true, Token: "alder-token-1"}, mla.CentralAuthority,
		"The central authority consents, by token alder-token-1.", "The central authority hears that Cassia consents, by token alder-token-1."},
	{mla.UseBlockedBody{Use: "a protest file"}, mla.RequestingAuthority,
		"The requesting authority is stopped by the registry of uses, for want of a token: a protest file.", ""},
	{mla.OnwardTransferredBody{Evidence: mla.Evidence{Records: 9}, Purpose: "a protest file", Departures: []mla.Ground{{Article: "uncc 40(19)"}}}, mla.CentralAuthority,
		"The central authority passes on 9 records without consent: a protest file. This departs from uncc 40(19).",
		"The central authority receives 9 records from Cassia, passed on without consent: a protest file. This departs from uncc 40(19)."},
	{mla.ObservationEndedBody{Standing: []string{"a"}, InPost: []string{"b", "c"}}, mla.CentralAuthority,
		"The observation of the case ends; 1 secret still stands; 2 messages are under way.", ""},
	{mla.InformationSharedBody{Evidence: mla.Evidence{Records: 3, Scope: little}, Why: "of use", Conditions: []string{"no other use"}, Docket: "fern-docket-1"},
		mla.RequestingAuthority,
		"The requesting authority gives, unasked on record, 3 records of subscriber and content data (1 account, 3 persons, 12 months): of use; conditions: no other use (fern-docket-1).",
		"The requesting authority is given, unasked on record, 3 records of subscriber and content data (1 account, 3 persons, 12 months): of use; conditions: no other use (fern-docket-1)."},
	{mla.PoliceSharedBody{Evidence: mla.Evidence{Records: 1, Scope: little}, Team: "Meridian"}, mla.RequestingAuthority,
		"The requesting authority passes on 1 record of subscriber and content data (1 account, 3 persons, 12 months) within team Meridian.",
		"The requesting authority is passed 1 record of subscriber and content data (1 account, 3 persons, 12 months) within team Meridian."},
	{mla.TeamFormedBody{Team: "Meridian", Purpose: "trafficking"}, mla.RequestingAuthority,
		"The requesting authority agrees on joint team Meridian without the central authority: trafficking.",
		"The requesting authority joins joint team Meridian without the central authority: trafficking."},
	{mla.TransborderAccessedBody{Evidence: mla.Evidence{Records: 2, Scope: little}, Consent: "the user"}, mla.RequestingAuthority,
		"The requesting authority takes 2 records of subscriber and content data (1 account, 3 persons, 12 months) abroad with the consent of the user, asking no State.", ""},
	{mla.RegimeChosenBody{Candidates: []string{"budapest", "uncc"}, Chosen: "uncc"}, mla.RequestingAuthority,
		"The requesting authority chooses uncc among budapest and uncc.", ""},
	{mla.LedgerConsultedBody{Found: []string{"refused by birch, uncc 40(22)"}}, mla.CentralAuthority,
		"The central authority finds this conduct in the shared ledger: refused by birch, uncc 40(22).", ""},
	{mla.LedgerConsultedBody{Findings: []string{"found by birch: another list"}}, mla.CentralAuthority,
		"The central authority finds nothing on this conduct in the shared ledger, and against the authority that asks: found by birch: another list.", ""},
	{mla.ContactAskedBody{Ask: mla.AskDisclose, Claim: "a kidnap"}, mla.ContactPoint,
		"The contact point asks the other contact point to tell data: a kidnap.", "The contact point is asked to tell data: a kidnap."},
	{mla.ContactAnsweredBody{Answer: mla.ContactPreserves, Docket: "gorse-docket-1", Why: "on a request only"}, mla.ContactPoint,
		"The contact point answers that the data are kept: on a request only (gorse-docket-1).",
		"The contact point is answered that the data are kept: on a request only (gorse-docket-1)."},
	{mla.DisclosureAskedBody{Provider: "Parlo", Emergency: true, Claim: "a child", Sender: "a constable"}, mla.Provider,
		"The provider asks Parlo for data without an order, with danger to life as the reason: a child.",
		"The provider is asked for data without an order by a constable, with danger to life as the reason: a child."},
	{mla.SenderCheckedBody{Sender: "a constable", How: "call back", Genuine: mla.No}, mla.Provider,
		"The provider checks by call back whether the message is from a constable: it is not from there.", ""},
	{mla.SenderAlertedBody{Sender: "a constable", Genuine: mla.No}, mla.Provider,
		"The provider tells the State named that a message came in the name of a constable.",
		"The provider is told that a message went out in the name of a constable."},
	{mla.VoluntaryDisclosedBody{Evidence: mla.Evidence{Records: 1, Scope: little}, To: "a constable"}, mla.Provider,
		"The provider hands over 1 record of subscriber and content data (1 account, 3 persons, 12 months) to a constable without an order.",
		"The provider receives 1 record of subscriber and content data (1 account, 3 persons, 12 months) without an order."},
	{mla.DisclosureDeclinedBody{Why: "no order"}, mla.Provider,
		"The provider hands over nothing without an order: no order.", "The provider is given nothing without an order: no order."},
	{mla.EmergencyValidatedBody{Real: mla.No, By: "duty judge", Reasons: "nobody was in danger"}, mla.Court,
		"The court looks afterwards at the emergency (duty judge): there was none; nobody was in danger.", ""},
	{mla.DefenceAskedBody{Scope: little, Why: "an alibi"}, mla.Person,
		"The defence asks for subscriber and content data (1 account, 3 persons, 12 months), and nobody may carry it: an alibi.", ""},
	{mla.DefenceAnsweredBody{Carried: true, Why: "the court asks"}, mla.Court, "The court takes up what the defence asks: the court asks.", ""},
	{mla.EvidenceExpiredBody{Provider: "Parlo", Why: "90 days"}, mla.Provider, "The provider deletes the data in the usual course: 90 days.", ""},
}

func TestEveryKindOfEventHasASentence(t *testing.T) {
	spoken := map[mla.Kind]bool{}
	for _, s := range slices.Concat(said, saidAfter) {
		e := mla.Event{Kind: s.body.Kind(), Body: s.body, Actor: mla.Actor{Role: s.role, State: "alder"}}
		spoken[e.Kind] = true
		if got := Sentence(e); got != s.want {
			t.Errorf("%s:\n got %s\nwant %s", e.Kind, got, s.want)
		}
		if s.got == "" {
			continue
		}
		e.Passage, e.Message = mla.Received, "c/cassia/4"
		if got := Sentence(e); got != s.got {
			t.Errorf("%s, received:\n got %s\nwant %s", e.Kind, got, s.got)
		}
	}
	for _, k := range mla.Kinds {
		if !spoken[k] {
			t.Errorf("no sentence is expected of %s: add one to this table", k)
		}
	}
}

func TestAnEventWithNothingInItStillHasItsSentence(t *testing.T) {
	for _, k := range mla.Kinds {
		body, err := mla.DecodeBody(k, []byte("{}"))
		if err != nil {
			t.Fatal(err)
		}
		for _, passage := range []mla.Passage{mla.Internal, mla.Sent, mla.Received} {
			got := Sentence(mla.Event{Kind: k, Body: body, Passage: passage})
			switch {
			case got == unspoken(k):
				t.Errorf("%s has no sentence of its own", k)
			case !strings.HasSuffix(got, ".") || strings.Contains(got, "  ") || strings.Contains(got, " ."):
				t.Errorf("%s, %q: %q is no clean sentence", k, passage, got)
			}
		}
	}
}

func TestAGroundThatTheStateJudgesIsNeverSaidToApply(t *testing.T) {
	for _, e := range mla.Effects {
		for _, s := range []mla.Standard{mla.Belief, mla.SelfJudging} {
			got := answerName(e, s, mla.Yes)
			if e != mla.Gate && got != "open to the State" {
				t.Errorf("%s, %s: %q", e, s, got)
			}
			if strings.Contains(got, "applies") {
				t.Errorf("%s, %s: %q decides what the State decides", e, s, got)
			}
		}
	}
}

func TestEveryClosedSetHasItsWords(t *testing.T) {
	names := map[string][]string{}
	for _, e := range mla.Effects {
		names["effects"] = append(names["effects"], effectName(e))
	}
	for _, s := range mla.Standards {
		names["standards"] = append(names["standards"], standardName(s))
	}
	for _, m := range mla.Measures {
		names["measures"] = append(names["measures"], measureName(m))
	}
	for _, o := range mla.Outcomes {
		names["outcomes"] = append(names["outcomes"], outcomeName(o))
	}
	for set, all := range names {
		slices.Sort(all)
		if n := len(slices.Compact(slices.Clone(all))); n != len(all) || slices.Contains(all, "") || slices.Contains(all, "a measure") {
			t.Errorf("%s: %d words for %d values: %s", set, n, len(all), fmt.Sprint(all))
		}
	}
}
