package measure

import (
	"slices"
	"time"

	"rogatory/internal/mla"
)

const birch mla.State = "birch" // a third State

var set3 = mla.Evidence{ID: "x", Scope: mla.Scope{Categories: []mla.Category{mla.Subscriber}, Accounts: 3, Persons: 3}}

// letters changes the letter, and its draft.
func letter(p play, change func(*mla.Request)) play {
	return with(with(p, func(b *mla.RequestSubmittedBody) { change(&b.Request) }), func(b *mla.RequestDraftedBody) { change(&b.Request) })
}

// laid is abused with something more laid down.
func laid(change func(*Truth)) *Stipulated {
	return stipulating(func(s *Stipulated) { change(&s.Truth) })
}

// honest stipulates that nothing is wrong.
func honest() *Stipulated {
	n, zero := 4, 0
	return &Stipulated{
		Truth: Truth{
			Abusive: &untruly, ProtectedConduct: &untruly, SubjectRole: "trader", OwnImage: &untruly, CrimeInRequestedByConduct: mla.Yes,
			Overbroad: &untruly, CrimeWhereLiving: &truly, EmergencyReal: &truly, SenderGenuine: &truly, SourceLawful: &truly,
			StateLinked: &untruly, National: &untruly, CapitalOffence: &untruly, Privileged: &untruly, Exculpatory: &untruly,
			ThirdLawForbids: &untruly, ReceiverProtects: &truly, NeededRecords: &n, UndisclosedFlaws: &zero,
		},
		Findings: []mla.Finding{},
	}
}

func provideGoldens() []golden {
	forbidden := laid(func(t *Truth) { t.ThirdLawForbids = &truly })
	compelling := func(what string, natural bool, reach int) mla.Event {
		return on(19, alder, mla.AssistanceCompelledBody{What: what, Natural: natural, Reach: reach})
	}
	challenged := granted("fraud").and(on(14, alder, mla.ChallengeFiledBody{Order: "o1"}), on(18, alder, mla.ChallengeDecidedBody{Order: "o1", Ruling: mla.RulingModify}))
	mayChallenge := with(granted("fraud"), func(b *mla.OrderServedBody) { b.ChallengeAvailable = true })
	direct := letter(granted("fraud"), func(r *mla.Request) { r.Channel = mla.Voluntary }).and(on(5, alder, mla.DisclosureAskedBody{}))
	return []golden{
		{id: "G05.ChallengeRight", name: "no right", play: granted("fraud"), part: 0, of: 1},
		{id: "G05.ChallengeRight", name: "a right", play: mayChallenge, part: 1, of: 1},
		{id: "G05.MissedChallenge", name: "no right, and improper", play: granted("fraud"), st: abused(), part: 1, of: 1},
		{id: "G05.MissedChallenge", name: "a right, and improper", play: mayChallenge, st: abused(), part: 0, of: 1},
		{id: "G05.MissedChallenge", name: "honest", play: granted("fraud"), st: honest(), lack: NoneOnRecord, because: "improper"},
		{id: "G05.ChallengeYield", name: "narrowed", play: challenged, part: 1, of: 1},
		{id: "G05.ChallengeYield", name: "not ruled on", play: challenged.without(mla.ChallengeDecided), part: 0, of: 1},

		{id: "G06.ConflictRate", name: "another law forbids", play: granted("fraud"), st: forbidden, part: 1, of: 1},
		{id: "G06.ConflictRate", name: "another State objects", st: honest(), part: 1, of: 1,
			play: granted("fraud").and(mail(14, birch, 15, alder, mla.StateObjectedBody{Objects: true})...).and(on(400, birch, mla.ObservationEndedBody{}))},
		{id: "G06.ConflictRate", name: "nobody forbids", play: granted("fraud"), st: honest(), part: 0, of: 1},
		{id: "G06.CoercionWins", name: "produced all the same", play: granted("fraud"), st: forbidden, part: 1, of: 1},
		{id: "G06.CoercionWins", name: "withheld", play: granted("fraud").without(mla.Produced), st: forbidden, part: 0, of: 1},
		// served on day 13, produced on day 20
		{id: "G06.ConflictDays", name: "until production", play: granted("fraud"), st: forbidden, part: 7, of: 1},
		// served on day 13, closed on day 22
		{id: "G06.ConflictDays", name: "until closing", play: granted("fraud").without(mla.Produced), st: forbidden, part: 9, of: 1},

		// 70 people touched, the letter is about 7
		{id: "G07.BlastRadius", name: "ten for each", play: granted("fraud").and(compelling("key", true, 70)), part: 10, of: 1},
		// 10 and 100: the mean of the two in the middle is 55
		{id: "G07.BlastRadius", name: "two steps", part: 110, of: 2, number: 55,
			play: granted("fraud").and(compelling("key", true, 70), compelling("key", true, 700))},
		{id: "G07.BlastRadius.max", name: "two steps", part: 110, of: 2, number: 100,
			play: granted("fraud").and(compelling("key", true, 70), compelling("key", true, 700))},
		{id: "G07.KeyCompulsion", name: "a key and a report", part: 1, of: 2,
			play: granted("fraud").and(compelling("key", true, 1), compelling("report", true, 1))},
		// closed on day 22, watched for 400
		{id: "G07.Residual", name: "a key", play: granted("fraud").and(compelling("key", true, 1)), part: 378, of: 1},
		{id: "G20.PersonalService", name: "an engineer, a firm, and an order to the firm", part: 1, of: 3,
			play: granted("fraud").and(compelling("key", true, 1), compelling("key", false, 1))},
		{id: "G20.Coerced", name: "the day after", play: granted("fraud").and(compelling("key", true, 1)), part: 1, of: 1},
		{id: "G20.Coerced", name: "the firm was compelled", play: granted("fraud").and(compelling("key", false, 1)), part: 0, of: 1},
		{id: "G20.Coerced", name: "nobody was", play: granted("fraud"), lack: NoneOnRecord, because: "no help was compelled"},

		{id: "G22.BypassShare", name: "decided first", play: granted("fraud"), part: 0, of: 1},
		{id: "G22.BypassShare", name: "nobody decided", play: granted("fraud").without(mla.Decided), part: 1, of: 1},
		{id: "G22.BypassShare", name: "an order abroad, decided on where the provider is", part: 0, of: 1,
			play: letter(granted("fraud"), func(r *mla.Request) { r.Channel = mla.Direct })},
		{id: "G22.RefusalRate.formal", name: "refused", play: refused("fraud"), part: 1, of: 1},
		{id: "G22.RefusalRate.formal", name: "put to the provider", play: direct, lack: NoneOnRecord, because: "between central authorities"},
		{id: "G22.RefusalRate.direct", name: "declined", play: direct.and(on(6, alder, mla.DisclosureDeclinedBody{})), part: 1, of: 1},
		{id: "G22.RefusalRate.direct", name: "obeyed", play: direct, part: 0, of: 1},
		{id: "G22.RefusalRate.direct", name: "through authorities", play: granted("fraud"), lack: NoneOnRecord, because: "directly"},
	}
}

func handlingGoldens() []golden {
	tapped := granted("fraud").and(
		on(30, alder, mla.InterceptionStartedBody{Order: "o7", Days: 30}),
		on(75, alder, mla.InterceptionStoppedBody{Order: "o7", TargetDays: 45, Bystanders: 212}))
	renewed := tapped.and(on(60, alder, mla.InterceptionStartedBody{Order: "o7", Days: 5}))
	tracked := granted("theft").and(on(44, alder, mla.InterceptionStoppedBody{Order: "o7", TargetDays: 14, Points: 336, Tier: "traffic"}))
	excluded := granted("fraud").and(on(300, cassia, mla.AdmissibilityRuledBody{Evidence: "e1"}))
	admitted := granted("fraud").and(on(300, cassia, mla.AdmissibilityRuledBody{Evidence: "e1", Admitted: true}))
	hashed := with(admitted, func(b *mla.CustodyHandoffBody) { b.HashIn, b.HashOut = "aa", "aa" })
	passed := granted("fraud").and(on(90, cassia, mla.OnwardTransferredBody{Evidence: mla.Evidence{ID: "e1"}}))
	leaked := granted("fraud").and(on(200, cassia, mla.BreachFoundBody{Evidence: "e1"}))
	conditioned := with(granted("fraud"), func(b *mla.TransmittedBody) { b.Conditions = []string{"no other use"} })
	use := func(within bool) play {
		return granted("fraud").and(on(50, cassia, mla.UseRecordedBody{WithinRequest: within}))
	}
	one := 1
	return []golden{
		{id: "G08.BystanderRatio", name: "a newsroom", play: tapped, part: 212, of: 1},
		{id: "G08.OverRun", name: "45 days on a warrant of 30", play: tapped, part: 15, of: 45},
		{id: "G08.OverRun", name: "renewed for 5 more", play: renewed, part: 10, of: 45},
		{id: "G08.RenewNoReview", name: "on paper", play: renewed, part: 1, of: 1},
		{id: "G08.RenewNoReview", name: "reviewed for half an hour", play: renewed.and(on(59, alder, mla.ReviewPerformedBody{Minutes: 30})), part: 0, of: 1},
		{id: "G08.RenewNoReview", name: "not renewed", play: tapped, lack: NoneOnRecord, because: "renewed"},
		{id: "G08.LiveShare", name: "stored data", play: granted("fraud"), part: 0, of: 1},
		{id: "G08.LiveShare", name: "live", play: letter(granted("fraud"), func(r *mla.Request) { r.Measure = mla.Interception }), part: 1, of: 1},
		{id: "G09.LocationAtLowTier", name: "as traffic", play: tracked, part: 1, of: 1},
		{id: "G09.LocationAtLowTier", name: "no location", play: tapped, lack: NoneOnRecord, because: "nothing"},
		{id: "G09.PointsPerPersonDay", name: "every hour", play: tracked, part: 24, of: 1},

		{id: "G15.BrokenChain", name: "no hash", play: granted("fraud"), part: 2, of: 2},
		{id: "G15.BrokenChain", name: "hashed", play: hashed, part: 0, of: 2},
		{id: "G15.WastedIntrusion", name: "excluded", play: excluded, part: 7, of: 7},
		{id: "G15.WastedIntrusion", name: "admitted", play: admitted, part: 0, of: 7},
		{id: "G15.UnsafeAdmission", name: "admitted without a hash", play: admitted, part: 1, of: 1},
		{id: "G15.UnsafeAdmission", name: "admitted with one", play: hashed, part: 0, of: 1},
		{id: "G15.UnsafeAdmission", name: "excluded", play: excluded, lack: NoneOnRecord, because: "nothing"},

		// the provider, the central authority, the requesting authority
		{id: "G21.CopyCount", name: "three holders", play: granted("fraud"), part: 3, of: 1},
		// seven persons, from day 20 and from day 23 to day 400: 7*(380+377)
		{id: "G21.ExposureYears", name: "nobody deletes", play: granted("fraud"), part: 5299, of: 1},
		// the requesting authority deletes on day 123: 7*(380+100)
		{id: "G21.ExposureYears", name: "one deletes", part: 3360, of: 1,
			play: granted("fraud").and(on(123, cassia, mla.DeletedBody{Evidence: "e1", Holder: "requesting-authority@cassia"}))},
		{id: "G21.BreachSilent", name: "nobody is told", play: leaked, part: 1, of: 1},
		{id: "G21.BreachSilent", name: "the sender is told", play: leaked.and(on(202, cassia, mla.BreachNotifiedBody{To: "alder"})), part: 0, of: 1},

		{id: "G33.OffPurpose", name: "another purpose", play: use(false), part: 1, of: 1},
		{id: "G33.OffPurpose", name: "as asked", play: use(true), part: 0, of: 1},
		{id: "G33.UntokenedTransfer", name: "no token", play: passed, part: 1, of: 1},
		{id: "G33.Fanout", name: "three holders", play: granted("fraud"), part: 3, of: 1},
		{id: "G33.Fanout", name: "passed on", play: passed, part: 4, of: 1},
		{id: "G33.Fanout.max", name: "passed on", play: passed, part: 4, of: 1},
		{id: "G33.Fanout", name: "unrecorded", play: granted("fraud").without(mla.CustodyHandoff), lack: CannotTell, because: "no hand-over"},

		{id: "G34.Conditioned", name: "none", play: granted("fraud"), part: 0, of: 1},
		{id: "G34.Conditioned", name: "one", play: conditioned, part: 1, of: 1},
		{id: "G34.Adequate", name: "protected", play: granted("fraud"), st: honest(), part: 1, of: 1},
		{id: "G34.Adequate", name: "not laid down", play: granted("fraud"), st: abused(), lack: CannotTell, because: "stipulate"},
		// four records came, one was needed
		{id: "G34.ExcessFields", name: "too much", play: granted("fraud"), st: laid(func(t *Truth) { t.NeededRecords = &one }), part: 3, of: 4},
	}
}

func procedureGoldens() []golden {
	dual := mla.Finding{Rule: noCrime.Rule, Effect: mla.MayRefuse, Holds: mla.No}
	assessedWith := with(granted("fraud"), func(b *mla.AssessedBody) {
		if b.Assessment.Stage == mla.StageAdmissibility {
			b.Assessment.Findings = []mla.Finding{openGround, dual}
		}
	})
	minutes := func(n int) play { return with(granted("fraud"), func(b *mla.ReviewPerformedBody) { b.Minutes = n }) }
	urgent := letter(granted("kidnapping"), func(r *mla.Request) { r.Urgent = true })
	published := granted("fraud").and(on(380, alder, mla.StatisticPublishedBody{Received: 1, Counts: map[string]int{"granted": 1, "refused": 0, "secret": 2}}))
	ofTheFirm := on(380, alder, mla.StatisticPublishedBody{Received: 1, Counts: map[string]int{"orders": 1}})
	ofTheFirm.Actor.Role = mla.Provider
	believed := with(refused("fraud"), func(b *mla.GroundConsideredBody) { b.Standard = mla.Belief })
	elsewhere := func(p play) play {
		return p.and(on(100, birch, mla.DecidedBody{Outcome: mla.Granted, Final: true}), on(400, birch, mla.ObservationEndedBody{}))
	}
	own := with(refused("extortion"), func(b *mla.GroundConsideredBody) { b.Standard = mla.SelfJudging })
	judged := with(refused("fraud"), func(b *mla.ReasonsGivenBody) { b.Words = "no help on  this" })
	chosen := granted("fraud").and(on(0, cassia, mla.RegimeChosenBody{Candidates: []string{"uncc", "budapest"}, Chosen: "uncc"}))
	doors := stipulating(func(s *Stipulated) { s.Checks = map[string]int{"uncc": 3, "budapest": 5} })
	ledger := mla.LedgerConsultedBody{Found: []string{"refused by birch"}}
	considered := stipulating(func(s *Stipulated) {
		s.Findings = []mla.Finding{openGround, {Rule: noCrime.Rule, Stage: mla.StageScope, Effect: mla.MayRefuse, Holds: mla.Yes}}
	})
	return []golden{
		{id: "G04.Coverage", name: "nothing public", play: granted("fraud"), part: 0, of: 1},
		{id: "G04.Coverage", name: "a public decision", play: readBy(granted("fraud"), mla.Public, mla.Decided), part: 1, of: 1},
		{id: "G04.Docketed", name: "an entry", play: granted("fraud").and(on(3, alder, mla.DocketEnteredBody{})), part: 1, of: 1},
		{id: "G04.Docketed", name: "none", play: granted("fraud"), part: 0, of: 1},
		{id: "G04.ReportedRatio", name: "published", play: published, part: 1, of: 1},
		{id: "G04.ReportedRatio", name: "a provider's figures count orders", play: published.and(ofTheFirm), part: 1, of: 1},
		{id: "G04.ReportedRatio", name: "not published", play: granted("fraud"), part: 0, of: 1},
		{id: "G04.FieldsPublished", name: "three of twelve", play: published, part: 3, of: 12},

		{id: "G16.Minutes", name: "twenty", play: granted("fraud"), part: 20, of: 1},
		{id: "G16.Minutes", name: "twenty and one", part: 21, of: 2, number: 10.5,
			play: granted("fraud").and(on(8, alder, mla.ReviewPerformedBody{Minutes: 1}))},
		{id: "G16.ChecksSkipped", name: "the open ground was not considered", play: assessedWith, part: 1, of: 1},
		{id: "G16.ChecksSkipped", name: "no ground was open", play: granted("fraud"), lack: NoneOnRecord, because: "nothing"},
		{id: "G16.StampRate", name: "twenty minutes", play: granted("fraud"), part: 0, of: 1},
		{id: "G16.StampRate", name: "five minutes", play: minutes(5), part: 1, of: 1},
		{id: "G16.Refused", name: "caught", play: refused("fraud"), st: abused(), part: 1, of: 1},
		{id: "G16.Refused", name: "missed", play: granted("fraud"), st: abused(), part: 0, of: 1},
		{id: "G17.PaperRatio", name: "one of two", play: assessedWith, part: 1, of: 2},
		{id: "G17.Unfalsifiable", name: "all sealed", play: granted("fraud"), part: 2, of: 2},
		{id: "G17.Unfalsifiable", name: "the review is open to the auditor", play: readBy(granted("fraud"), mla.Auditor, mla.ReviewPerformed), part: 1, of: 2},

		{id: "G18.CoreShare", name: "hacking", play: granted("illegal-access"), part: 1, of: 1},
		{id: "G18.CoreShare", name: "fraud", play: granted("fraud"), part: 0, of: 1},
		{id: "G18.SpeechShare", name: "sedition", play: granted("sedition"), part: 1, of: 1},
		{id: "G19.Camouflage", name: "as fraud", play: granted("fraud"), st: abused(), part: 1, of: 1},
		{id: "G19.Camouflage", name: "as sedition", play: granted("sedition"), st: abused(), part: 0, of: 1},
		// seven persons in one request are seven thousand in a thousand
		{id: "G19.AbuseYield", name: "seven", play: granted("fraud"), st: abused(), part: 7, of: 1, number: 7000},
		{id: "G19.AbuseYield", name: "honest", play: granted("fraud"), st: honest(), part: 0, of: 1},
		{id: "G19.Detection", name: "refused", play: refused("fraud"), st: abused(), part: 1, of: 1},

		{id: "G23.RepeatAfterFinding", name: "granted all the same", play: granted("fraud").and(on(4, alder, ledger)), part: 1, of: 1},
		{id: "G23.RepeatAfterFinding", name: "nothing found", play: granted("fraud").and(on(4, alder, mla.LedgerConsultedBody{})), lack: NoneOnRecord, because: "nothing"},
		{id: "G23.RefusedAfterFinding", name: "refused", play: refused("fraud").and(on(4, alder, ledger)), part: 1, of: 1},
		{id: "G24.Laundered", name: "spyware", play: granted("fraud"), st: laid(func(t *Truth) { t.SourceLawful = &untruly }), part: 1, of: 1},
		{id: "G24.PrecisionFlag", name: "an hour", part: 1, of: 1,
			play: letter(granted("fraud"), func(r *mla.Request) { r.Scope = mla.Scope{Accounts: 1, Persons: 1} })},
		{id: "G24.PrecisionFlag", name: "a year", play: granted("fraud"), part: 0, of: 1},
		{id: "G25.ShopRate", name: "the weaker door", play: chosen, st: doors, part: 1, of: 1},
		{id: "G25.ShopRate", name: "unknown doors", play: chosen, st: abused(), lack: CannotTell, because: "uncc"},
		{id: "G25.ProtectionLoss", name: "two checks", play: chosen, st: doors, part: 2, of: 1},
		{id: "G25.RetryAfterRefusal", name: "refused and left", play: refused("fraud"), part: 0, of: 1},
		{id: "G25.RetryAfterRefusal", name: "granted by another", play: elsewhere(refused("fraud")), part: 1, of: 1},
		{id: "G25.RetryAfterRefusal", name: "granted", play: granted("fraud"), lack: NoneOnRecord, because: "refused"},
		{id: "G26.ShieldShare", name: "its own", play: own, st: laid(func(t *Truth) { t.StateLinked = &truly }), part: 1, of: 1},
		{id: "G26.ShieldShare", name: "another ground", play: refused("fraud"), st: abused(), lack: NoneOnRecord, because: "own judgment"},
		{id: "G26.GrantRate", name: "granted", play: granted("fraud"), part: 1, of: 1},
		{id: "G28.UseRate", name: "one of two open grounds", play: granted("fraud"), st: considered, part: 1, of: 2},

		{id: "G30.Recall", name: "caught", play: believed, st: abused(), part: 1, of: 1},
		{id: "G30.Recall", name: "refused on another ground", play: refused("fraud"), st: abused(), part: 0, of: 1},
		{id: "G30.FalseAlarm", name: "honest and stopped", play: believed, st: honest(), part: 1, of: 1},
		{id: "G30.FalseAlarm", name: "made to persecute", play: believed, st: abused(), lack: NoneOnRecord, because: "persecute"},
		{id: "G30.EvidenceGap", name: "nothing spoke", play: granted("fraud"), st: abused(), part: 1, of: 1},
		{id: "G30.EvidenceGap", name: "the ground was open", play: assessedWith, st: abused(), part: 0, of: 1},

		{id: "G40.PersonsPerSuspect", name: "seven", play: granted("fraud"), part: 7, of: 1},
		{id: "G40.PersonsPerSuspect.p95", name: "seven", play: granted("fraud"), part: 7, of: 1},
		{id: "G40.NarrowRate", name: "narrowed", play: byJudge(mla.RulingModify), part: 1, of: 1},
		{id: "G40.NarrowRate", name: "granted", play: granted("fraud"), part: 0, of: 1},
		// six beside the one named
		{id: "G40.ExcessPersons", name: "six", play: granted("fraud"), part: 6, of: 1, number: 6000},
		{id: "G41.LostInsight", name: "believed in vain", play: elsewhere(believed), part: 1, of: 1},
		{id: "G41.LostInsight", name: "another ground", play: elsewhere(refused("fraud")), lack: NoneOnRecord, because: "belief"},
		// two statements of four words
		{id: "G41.ReasonLength", name: "four words", play: judged, part: 8, of: 2, number: 4},
		{id: "G41.ReasonPublic", name: "sealed", play: judged, part: 0, of: 2},
		{id: "G41.ReasonPublic", name: "public", play: readBy(judged, mla.Public, mla.ReasonsGiven), part: 2, of: 2},

		{id: "G46.StopRate", name: "refused", play: refused("fraud"), part: 1, of: 1},
		{id: "G47.UrgentShare", name: "urgent", play: urgent, part: 1, of: 1},
		{id: "G47.UrgentShare", name: "normal", play: granted("fraud"), part: 0, of: 1},
		{id: "G47.FalseUrgent", name: "no emergency", play: urgent, st: laid(func(t *Truth) { t.EmergencyReal = &untruly }), part: 1, of: 1},
		{id: "G47.FalseUrgent", name: "real", play: urgent, st: honest(), part: 0, of: 1},
		{id: "G47.Minutes.urgent", name: "twenty", play: urgent, part: 20, of: 1},
		{id: "G47.Minutes.urgent", name: "normal", play: granted("fraud"), lack: NoneOnRecord, because: "marked urgent"},
		{id: "G47.Minutes.normal", name: "twenty", play: granted("fraud"), part: 20, of: 1},
		// arrived on day 2, decided on day 10
		{id: "G47.Starvation", name: "eight days", play: granted("fraud"), part: 8, of: 1},
		{id: "Price.FalseStop", name: "stopped", play: refused("fraud"), st: honest(), part: 1, of: 1},
		{id: "Price.FalseStop", name: "not stopped", play: granted("fraud"), st: honest(), part: 0, of: 1},
		{id: "Price.FalseStop", name: "improper", play: refused("fraud"), st: abused(), lack: NoneOnRecord, because: "improper"},
		// sent on day 0, decided on day 10
		{id: "Price.HonestDays", name: "ten days", play: granted("fraud"), st: honest(), part: 10, of: 1},
	}
}

func channelGoldens() []golden {
	unasked := granted("fraud").and(mail(32, alder, 33, cassia, mla.InformationSharedBody{Evidence: set3})...)
	prompted := unasked.and(mail(30, cassia, 30, alder, mla.ContactAskedBody{Ask: mla.AskAdvice})...)
	night := granted("fraud").and(mail(100, cassia, 100, alder, mla.ContactAskedBody{Ask: mla.AskDisclose})...).and(
		mail(100, alder, 100, cassia, mla.ContactAnsweredBody{Answer: mla.ContactTells, Evidence: &set3})...)
	tied := with(night, func(b *mla.ContactAnsweredBody) { b.Docket = "c1" })
	day14 := slices.Clone(night)
	for i := range day14 {
		if day14[i].Kind == mla.ContactAsked {
			day14[i].At = day14[i].At.Add(-10 * time.Hour)
		}
	}
	handed := granted("fraud").and(on(40, alder, mla.VoluntaryDisclosedBody{Evidence: set3, Emergency: true}))
	crossed := granted("fraud").and(on(40, cassia, mla.TransborderAccessedBody{Evidence: set3}))
	pooled := granted("fraud").and(mail(1, alder, 1, cassia, mla.PoliceSharedBody{Team: "t", Evidence: set3})...)
	impostor := laid(func(t *Truth) { t.SenderGenuine = &untruly })
	alerted := granted("fraud").and(mail(30, alder, 31, cassia, mla.SenderAlertedBody{Genuine: mla.No})...)
	return []golden{
		// three persons unasked, seven on the request
		{id: "G35.SpontaneousShare", name: "three of ten", play: unasked, part: 3, of: 10},
		{id: "G35.SpontaneousShare", name: "none", play: granted("fraud"), part: 0, of: 7},
		{id: "G35.InformalShare", name: "three of ten", play: handed, part: 3, of: 10},
		{id: "G35.Persons.formal", name: "seven", play: unasked, part: 7, of: 1},
		{id: "G35.Persons.informal", name: "three", play: unasked, part: 3, of: 1},
		{id: "G35.Prompted", name: "a message two days before", play: prompted, part: 1, of: 1},
		{id: "G35.Prompted", name: "no message", play: unasked, part: 0, of: 1},
		// no judge, and the other three gates: one gate for each of three persons
		{id: "G35.GateBypass", name: "one gate", play: unasked, part: 3, of: 3},
		// nothing but the sharing: four gates each
		{id: "G35.GateBypass", name: "four gates", part: 12, of: 3,
			play: unasked.without(mla.IntakeChecked).without(mla.GroundConsidered).without(mla.DualCriminalityTested)},
		{id: "G36.Leak247", name: "just the name", play: night, part: 1, of: 1},
		{id: "G36.Leak247", name: "tied to a request", play: tied, part: 0, of: 1},
		{id: "G36.AfterHoursDisclosure", name: "at midnight", play: night, part: 1, of: 1},
		{id: "G36.AfterHoursDisclosure", name: "at two in the afternoon", play: day14, lack: NoneOnRecord, because: "nothing"},
		{id: "G37.VoluntaryShare", name: "three of ten", play: handed, part: 3, of: 10},
		{id: "G37.TransborderShare", name: "three of ten", play: crossed, part: 3, of: 10},
		{id: "G37.FalseEmergency", name: "no emergency", play: handed, st: laid(func(t *Truth) { t.EmergencyReal = &untruly }), part: 1, of: 1},
		{id: "G37.FalseEmergency", name: "real", play: handed, st: honest(), part: 0, of: 1},
		{id: "G37.AfterCheck", name: "two days later", play: handed.and(on(42, alder, mla.EmergencyValidatedBody{})), part: 1, of: 1},
		{id: "G37.AfterCheck", name: "four days later", play: handed.and(on(44, alder, mla.EmergencyValidatedBody{})), part: 0, of: 1},
		{id: "G38.PoliceRoute", name: "three of ten", play: pooled, part: 3, of: 10},
		{id: "G38.NoGroundsTested", name: "before any ground", play: pooled, part: 1, of: 1},
		{id: "G38.NoGroundsTested", name: "after one", part: 0, of: 1,
			play: granted("fraud").and(on(70, alder, mla.PoliceSharedBody{Team: "t", Evidence: set3}))},
		{id: "G48.ForgedAccepted", name: "believed", play: granted("fraud"), st: impostor, part: 1, of: 1},
		{id: "G48.ForgedAccepted", name: "refused", play: refused("fraud"), st: impostor, part: 0, of: 1},
		{id: "G48.ForgedAccepted", name: "genuine", play: granted("fraud"), st: honest(), lack: NoneOnRecord, because: "genuine"},
		{id: "G48.TimeToDetect", name: "after a month", play: alerted, st: impostor, part: 0, of: 1, number: 30},
		{id: "G48.TimeToDetect", name: "never", play: granted("fraud"), st: impostor, lack: NoneOnRecord, because: "more than half"},
		{id: "G48.PersonsLost", name: "seven", play: granted("fraud"), st: impostor, part: 7, of: 1},
	}
}

func afterGoldens() []golden {
	told3 := granted("fraud").and(on(50, alder, mla.SubjectNotifiedBody{Persons: 3}))
	told4 := granted("fraud").and(on(50, alder, mla.SubjectNotifiedBody{Persons: 4}))
	sued := told3.and(on(200, cassia, mla.RemedySoughtBody{Forum: "court", Standing: mla.Yes}), on(250, cassia, mla.RemedyDecidedBody{Granted: true}))
	late := with(sued, func(b *mla.RemedyDecidedBody) { b.Granted, b.Reason = false, "out of time" })
	r := mla.Request{Requesting: cassia, Requested: alder, Scope: content}
	kept := granted("fraud").and(mail(0, cassia, 1, alder, mla.PreservationRequestedBody{Request: r})...).and(
		on(1, alder, mla.PreservationOrderedBody{Order: "p1"}), on(61, alder, mla.PreservationExtendedBody{Order: "p1"}))
	frozen := kept.without(mla.RequestSubmitted)
	abroad := letter(granted("blasphemy"), func(r *mla.Request) { r.Residence = birch })
	capital := laid(func(t *Truth) { t.CapitalOffence = &truly })
	promised := granted("fraud").and(on(9, cassia, mla.AssuranceGivenBody{Of: "life", Given: true}))
	secret := laid(func(t *Truth) { t.Privileged = &truly })
	looked := granted("fraud").and(on(90, alder, mla.ReviewOpenedBody{}), on(120, alder, mla.ReviewClosedBody{Finding: "overbroad"}))
	flaws := 3
	role := func(w string) *Stipulated { return laid(func(t *Truth) { t.SubjectRole = w }) }
	return []golden{
		// the need ended on day 120: o1 stands 480 days and on, o2 ended after 10
		{id: "G01.Stale.1y", name: "one of two", play: granted("fraud").watched(600), part: 1, of: 2},
		{id: "G01.Stale.1y", name: "not watched so long", play: granted("fraud"), lack: NoneOnRecord, because: "365"},
		{id: "G01.Stale.5y", name: "one of two", play: granted("fraud").watched(2000), part: 1, of: 2},

		{id: "G10.PressReach", name: "a source", play: granted("fraud"), st: role("source"), part: 1, of: 1},
		{id: "G10.PressReach", name: "a trader", play: granted("fraud"), st: honest(), part: 0, of: 1},
		{id: "G10.Blind", name: "nobody looked", play: granted("fraud"), st: role("journalist"), part: 1, of: 1},
		{id: "G10.Blind", name: "screened", play: granted("fraud").and(on(4, alder, mla.RoleScreenedBody{})), st: role("journalist"), part: 0, of: 1},
		{id: "G11.VulnSpill", name: "three", play: granted("fraud"), st: laid(func(t *Truth) { t.UndisclosedFlaws = &flaws }), part: 3, of: 1},
		{id: "G13.HotlineReach", name: "granted", play: granted("fraud"), st: role("hotline"), part: 1, of: 1},
		{id: "G14.HomeLawful", name: "lawful at home", play: abroad, st: laid(func(t *Truth) { t.CrimeWhereLiving = &untruly }), part: 1, of: 1},
		{id: "G14.HomeLawful", name: "lives in neither", play: granted("fraud"), st: abused(), lack: NoneOnRecord, because: "third State"},
		{id: "G14.HomeStateTold", name: "told", play: abroad.and(on(5, alder, mla.StateNotifiedBody{State: birch, As: "residence"})), part: 1, of: 1},
		{id: "G14.HomeStateTold", name: "not told", play: abroad, part: 0, of: 1},

		// closed on day 22, told on day 50: three of seven, and two of the six beside the one named
		{id: "G31.NoticeRate.90d", name: "three of seven", play: told3, part: 3, of: 7},
		{id: "G31.NoticeRate.90d", name: "too late", play: granted("fraud").and(on(150, alder, mla.SubjectNotifiedBody{Persons: 7})), part: 0, of: 7},
		{id: "G31.NoticeRate.1y", name: "three of seven", play: told3, part: 3, of: 7},
		{id: "G31.NoticeRate.5y", name: "three of seven", play: told3.watched(2000), part: 3, of: 7},
		{id: "G31.NoticeRate.5y", name: "not watched so long", play: told3, lack: NoneOnRecord, because: "1825"},
		{id: "G31.BystanderNotice.90d", name: "two of six", play: told3, part: 2, of: 6},
		{id: "G31.BystanderNotice.1y", name: "two of six", play: told3, part: 2, of: 6},
		{id: "G31.BystanderNotice.5y", name: "two of six", play: told3.watched(2000), part: 2, of: 6},
		{id: "G31.MedianDelay", name: "four of seven", play: told4, part: 0, of: 7, number: 28},
		{id: "G31.MedianDelay", name: "three of seven", play: told3, lack: NoneOnRecord, because: "more than half"},

		{id: "G32.Notice", name: "three of seven", play: told3, st: abused(), part: 3, of: 7},
		{id: "G32.Notice", name: "nobody is wronged", play: told3, st: honest(), lack: NoneOnRecord, because: "wronged"},
		{id: "G32.Standing", name: "standing", play: sued, part: 1, of: 1},
		{id: "G32.Forum", name: "a court", play: sued, part: 1, of: 1},
		{id: "G32.InTime", name: "in time", play: sued, part: 1, of: 1},
		{id: "G32.InTime", name: "late", play: late, part: 0, of: 1},
		{id: "G32.RemedyYield", name: "granted", play: sued, part: 1, of: 1},
		{id: "G32.RemedyYield", name: "late", play: late, part: 0, of: 1},

		{id: "G39.Orphan", name: "a letter came", play: kept, part: 0, of: 1},
		{id: "G39.Orphan", name: "none came", play: frozen, part: 1, of: 1},
		{id: "G39.RenewalChain", name: "once", play: kept, part: 1, of: 1},
		// seven persons from day 1 to day 400
		{id: "G39.PreservedPersonDays", name: "never lapses", play: frozen, part: 7 * 399, of: 1},
		{id: "G39.PreservedPersonDays", name: "lapses", play: frozen.and(on(91, alder, mla.PreservationLapsedBody{Order: "p1"})), part: 7 * 90, of: 1},
		{id: "G39.PreservedPersonDays", name: "a letter the day after", play: kept, part: 7, of: 1},

		{id: "G42.DiasporaShare", name: "an exile", play: abroad, st: laid(func(t *Truth) { t.National = &truly }), part: 1, of: 1},
		{id: "G42.DiasporaShare", name: "no national", play: abroad, st: honest(), part: 0, of: 1},
		{id: "G43.DefenceUse", name: "one of two", play: granted("fraud").and(on(70, cassia, mla.DefenceAskedBody{})), part: 1, of: 2},
		{id: "G43.DefenceUse", name: "none", play: granted("fraud"), part: 0, of: 1},
		{id: "G43.LostExculpatory", name: "one of two", part: 1, of: 2, st: laid(func(t *Truth) { t.Exculpatory = &truly }),
			play: granted("fraud").and(on(90, alder, mla.EvidenceExpiredBody{}))},
		{id: "G44.PrivilegeHit", name: "counsel's thread", play: granted("fraud"), st: secret, part: 1, of: 1},
		{id: "G44.Filtered", name: "filtered", play: granted("fraud").and(on(20, alder, mla.PrivilegeFilteredBody{Evidence: "e1"})), st: secret, part: 1, of: 1},
		{id: "G44.Filtered", name: "filtered too late", play: granted("fraud").and(on(30, alder, mla.PrivilegeFilteredBody{Evidence: "e1"})), st: secret, part: 0, of: 1},
		{id: "G45.CapitalNoAssurance", name: "none", play: granted("fraud"), st: capital, part: 1, of: 1},
		{id: "G45.CapitalNoAssurance", name: "given", play: promised, st: capital, part: 0, of: 1},
		{id: "G45.AssuranceBreach", name: "broken", play: promised.and(on(300, cassia, mla.AssuranceBreachedBody{})), part: 1, of: 1, number: 100},
		{id: "G46.Sampled", name: "reviewed", play: looked, part: 1, of: 1},
		{id: "G46.Sampled", name: "not reviewed", play: granted("fraud"), part: 0, of: 1},
		{id: "G46.FindingRate", name: "a finding", play: looked, part: 1, of: 1},
	}
}
