package audit

import "rogatory/internal/mla"

// Constraints is the table: what is asked of every case. Which of it is a duty follows from the terms of the case.
var Constraints = []Constraint{
	// Precedence: nothing before what must come first.
	{
		ID: "production-after-authorisation", Template: Precedence, Gap: "G03",
		Says:  "Nothing is produced before whoever the law names has authorised it.",
		First: requested(mla.AuthorisationDecided).where(ofMeasure, "that allows the measure"), Then: requested(mla.Produced),
		Owed: authorisationOwed, Effect: "Data left the provider on nobody's authority.",
	},
	{
		ID: "production-after-grant", Template: Precedence,
		Says:  "Nothing is produced before the request is granted.",
		First: requested(mla.Decided).where(grants, "that grants"), Then: requested(mla.Produced),
		Owed: under(mla.Decided), Effect: "The measure was carried out for a request that nobody had granted.",
	},
	{
		ID: "production-on-an-order", Template: Precedence, Same: sameOrder,
		Says:  "What a provider produces it produces on an order served on it.",
		First: requested(mla.OrderServed), Then: requested(mla.Produced),
		Owed: under(mla.OrderServed), Effect: "The provider gave data away without being bound to.", Gap: "G37",
	},
	{
		ID: "delivery-had-a-judge", Template: Precedence, Gap: "G03",
		Says:  "Nothing is delivered that a judge or another independent authority had not allowed.",
		First: requested(mla.AuthorisationDecided).where(independent, "by an independent authority"), Then: requested(mla.Transmitted),
		Owed: judgeOwed, Asked: "L01", Effect: "Data crossed the border on the word of those who sought them.",
	},
	{
		ID: "delivery-after-production", Template: Precedence, Same: sameHash, Gap: "G15",
		Says:  "What is delivered is what was produced, by its hash.",
		First: requested(mla.Produced), Then: requested(mla.Transmitted),
		Asked: "L17", Effect: "What the court of the requesting State sees need not be what the provider gave.",
	},
	{
		ID: "custody-follows-delivery", Template: Precedence, Same: sameHash, Gap: "G15",
		Says:  "What is taken into custody on arrival is what arrived, by its hash.",
		First: requesting(mla.Transmitted, mla.Produced), Then: requesting(mla.CustodyHandoff),
		Asked: "L17", Effect: "The chain of custody breaks at the border.",
	},
	{
		ID: "consultation-before-refusal", Template: Precedence, Same: sameGrounds,
		Says:  "Before it refuses or postpones on a ground to consult on, the State consults.",
		First: requested(mla.Consulted), Then: requested(mla.Decided).where(toConsultOn, "on a ground to consult on"),
		Owed: consultationOwed, Effect: "The requesting State could not offer conditions under which help might have been given.",
	},
	{
		ID: "supplement-before-refusal", Template: Precedence,
		Says:  "Nobody is refused for want of facts that were not asked for.",
		First: requested(mla.SupplementAsked), Then: requested(mla.Decided).where(whole("", wantsFacts), "for want of facts"),
		Effect: "The request failed on a question that nobody put.",
	},
	{
		ID: "review-before-decision", Template: Precedence, Gap: "G16",
		Says:  "A decision to grant rests on a review of the file that is on record.",
		First: requested(mla.ReviewPerformed), Then: requested(mla.Decided).where(grants, "that grants"),
		Asked: "L14", Effect: "Nothing shows that anybody read the file.",
	},
	{
		ID: "law-before-decision", Template: Precedence, Gap: "G28",
		Says:  "The law is asked about the grounds before the request is granted.",
		First: requested(mla.Assessed).where(admissibility, "of the grounds"), Then: requested(mla.Decided).where(grants, "that grants"),
		Effect: "Nothing shows that the grounds were looked at.",
	},
	{
		ID: "dual-criminality-before-grant", Template: Precedence, Gap: "G27",
		Says:  "How dual criminality was tested is on record before the request is granted.",
		First: requested(mla.DualCriminalityTested), Then: requested(mla.Decided).where(grants, "that grants"),
		Asked: "L06", Effect: "Nobody can say whether the conduct was a crime in both States.",
	},
	{
		ID: "form-before-decision", Template: Precedence,
		Says:  "A letter is found complete before it is granted.",
		First: requested(mla.IntakeChecked).where(complete, "that finds it complete"), Then: requested(mla.Decided).where(grants, "that grants"),
		Owed: under(mla.IntakeChecked), Effect: "The request may have lacked what a letter must hold.",
	},

	// Response: what must follow, and by when.
	{
		ID: "refusal-has-reasons", Template: Response, Same: sameGrounds, Gap: "G41",
		Says:  "Reasons follow every refusal.",
		First: requested(mla.Decided).where(owesReasons, "that owes reasons"), Then: requested(mla.ReasonsGiven),
		Owed: reasonsOwed, Effect: "The requesting State cannot mend the request, and nobody can compare refusals.",
	},
	{
		ID: "reasons-arrive", Template: Response, Same: sameMessage, Gap: "G41",
		Says:  "Reasons that were sent reach the requesting State.",
		First: requested(mla.ReasonsGiven).where(whole("", notInPost), "that was not still in the post"), Then: requesting(mla.ReasonsGiven),
		Owed: reasonsOwed, Effect: "The requesting State does not know why it was refused.",
	},
	{
		ID: "impossible-secrecy-is-told", Template: Response,
		Says:  "Where secrecy cannot be kept, the requesting State is told.",
		First: requested(mla.Decided).where(whole("", secrecyCannotBeKept), "although secrecy cannot be kept"), Then: requested(mla.SecrecyImpossible),
		Unless: requested(mla.RequestWithdrawn),
		Owed:   tellingOwed, Effect: "The requesting State relied on a secrecy that there was not.",
	},
	{
		ID: "every-secret-ends", Template: Response, Same: sameOrder, Gap: "G01",
		Says:  "Every secret ends.",
		First: requested(mla.ConfidentialityImposed), Then: requested(mla.ConfidentialityLifted),
		Asked: "L02", Effect: "Whoever the secret is about is never told, and the provider may never speak.",
	},
	{
		ID: "secret-keeps-its-term", Template: Response, Same: sameOrder, Within: byItsEnd, Gap: "G01",
		Says:  "A secret that has an end is lifted or renewed by that end.",
		First: requested(mla.ConfidentialityImposed, mla.ConfidentialityRenewed), Then: requested(mla.ConfidentialityLifted, mla.ConfidentialityRenewed),
		Owed: termOwed, Asked: "L02", Effect: "The secret stood on no order.",
	},
	{
		ID: "secret-within-a-year", Template: Response, Same: sameOrder, Within: within(365), Gap: "G01",
		Says:  "No secret stands longer than a year.",
		First: requested(mla.ConfidentialityImposed), Then: requested(mla.ConfidentialityLifted),
		Asked: "L02", Effect: "The longer a secret stands, the less a remedy is worth.",
	},
	{
		ID: "secret-ends-with-the-need", Template: Response, Same: sameOrder, Within: afterTheNeed(30), Gap: "G01",
		Says:  "A secret is lifted within thirty days of word that the need for it has ended.",
		First: requested(mla.ConfidentialityImposed), Then: requested(mla.ConfidentialityLifted),
		Effect: "The secret protects nothing any more.",
	},
	{
		ID: "person-is-told", Template: Response, Within: noticeDays, Gap: "G31",
		Says:  "The person is told within the period that starts when the last secret ends, or with delivery where there was none.",
		First: requested(mla.ConfidentialityLifted, mla.Transmitted).where(whole("", lastSilence), "that ends the last secret"), Then: requested(mla.SubjectNotified),
		Owed: noticeOwed, Asked: "L03", Effect: "The person cannot use any remedy.",
	},
	{
		ID: "figures-are-published", Template: Response, Within: nextJanuary, Gap: "G04",
		Says:  "The year's figures are published by the end of the next January.",
		First: requested(mla.CaseClosed), Then: requested(mla.StatisticPublished),
		Owed: statisticsOwed, Asked: "L08", Effect: "Parliament and public cannot know how often the power is used.",
	},
	{
		ID: "letter-is-answered", Template: Response, Within: within(365), Gap: "G16",
		Says:  "A letter is decided on or returned within a year.",
		First: requested(mla.RequestSubmitted), Then: requested(mla.Decided, mla.RequestReturned),
		Unless: requested(mla.RequestWithdrawn), Effect: "The case of the requesting State waits, and any secret with it.",
	},
	{
		ID: "use-is-recorded", Template: Response, Same: sameEvidence, Gap: "G33",
		Says:  "What the evidence was used for is recorded.",
		First: requesting(mla.Transmitted), Then: requesting(mla.UseRecorded),
		Asked: "L11", Effect: "Nobody can tell whether the limits on its use were kept.",
	},

	// Absence: what must not be.
	{
		ID: "kept-for-the-floor", Template: Absence, Gap: "G39",
		Says:  "What was preserved is kept at least for the period.",
		First: requested(mla.PreservationLapsed).where(letGoEarly, "before the period was over"),
		Owed:  floorOwed, Effect: "The data may be gone before the letter comes.",
	},
	{
		ID: "kept-until-decided", Template: Absence, Gap: "G39",
		Says:  "Once the letter has arrived, what was preserved is kept until it is decided on.",
		First: requested(mla.PreservationLapsed).where(whole(mla.No, letGoUndecided), "while the letter lay undecided"),
		Owed:  holdOwed, Effect: "The request can no longer be carried out.",
	},
	{
		ID: "nothing-from-what-lapsed", Template: Absence, Gap: "G39",
		Says:   "Nothing is produced from a preservation that has lapsed.",
		First:  requested(mla.Produced).where(whole(mla.Yes, fromLapsed), "from a preservation that had lapsed"),
		Effect: "The data were kept without a title.",
	},
	{
		ID: "no-more-than-authorised", Template: Absence, Gap: "G40",
		Says:  "No more is produced than was authorised.",
		First: requested(mla.Produced).where(whole(mla.Yes, beyondAuthorised), "of more than was authorised"),
		Owed:  authorisationOwed, Effect: "Data of people left the provider whom no authority had looked at.",
	},
	{
		ID: "nothing-on-an-order-set-aside", Template: Absence, Gap: "G05",
		Says:  "Nothing is produced on an order that a court has set aside.",
		First: requested(mla.Produced).where(whole(mla.Yes, afterSettingAside), "on an order set aside"),
		Owed:  challengeOwed, Asked: "L04", Effect: "The provider's remedy was worth nothing.",
	},
	{
		ID: "provider-may-challenge", Template: Absence, Gap: "G05",
		Says:  "Every order served can be challenged.",
		First: requested(mla.OrderServed).where(unchallenged, "that cannot be challenged"),
		Asked: "L04", Effect: "Nobody outside the authorities tests the order.",
	},
	{
		ID: "tested-by-conduct", Template: Absence, Gap: "G27",
		Says:  "Dual criminality is not tested by comparing labels.",
		First: requested(mla.DualCriminalityTested).where(byLabel, "by comparing labels"),
		Owed:  conductTestOwed, Asked: "L06", Effect: "Help may have been given for what is no crime in the requested State.",
	},
	{
		ID: "no-departure", Template: Absence, Gap: "G17",
		Says:  "Nothing is granted over a mandatory ground known to hold.",
		First: requested(mla.Decided).where(both(grants, departs), "over a mandatory ground known to hold"),
		Owed:  under(mla.Decided), Effect: "The person lost a protection that leaves the State no choice.",
	},
	{
		ID: "no-names-its-ground", Template: Absence, Gap: "G41",
		Says:  "Every no and every not yet names its ground and article.",
		First: requested(mla.Decided).where(namesNoGround, "without ground or article"),
		Owed:  reasonsOwed, Effect: "A refusal that names nothing can be neither mended nor counted.",
	},
	{
		ID: "no-secret-without-end", Template: Absence, Gap: "G01",
		Says:  "No secret is imposed without an end.",
		First: requested(mla.ConfidentialityImposed).where(endless, "without an end"),
		Asked: "L02", Effect: "Nobody has to justify the secret again.",
	},
	{
		ID: "no-notice-put-off-for-good", Template: Absence, Gap: "G31",
		Says:  "Notice is not put off without an end.",
		First: requested(mla.NoticeDeferred).where(deferredForGood, "without an end"),
		Asked: "L03", Effect: "The deferral has become a refusal.",
	},
	{
		ID: "no-other-use", Template: Absence, Gap: "G33",
		Says:  "Evidence is used within the request, or with consent.",
		First: requesting(mla.UseRecorded).where(otherUse, "beyond the request and without consent"),
		Owed:  useLimited, Asked: "L11", Effect: "What was given for one purpose serves another.",
	},
	{
		ID: "hashes-agree-in-hand", Template: Absence, Gap: "G15",
		Says:  "Evidence leaves each pair of hands as it came, by its hash.",
		First: requested(mla.CustodyHandoff).where(changedInHand, "that left with another hash than it came with"),
		Asked: "L17", Effect: "The evidence can be contested.",
	},
	{
		ID: "hashes-agree-on-arrival", Template: Absence, Gap: "G15",
		Says:  "The requesting State hands evidence on as it came, by its hash.",
		First: requesting(mla.CustodyHandoff).where(changedInHand, "that left with another hash than it came with"),
		Asked: "L17", Effect: "The evidence can be contested.",
	},
	{
		ID: "scrutiny-has-a-floor", Template: Absence, Gap: "G16",
		Says:  "No file is reviewed in less than half an hour.",
		First: requested(mla.ReviewPerformed).where(hurried, "of less than half an hour"),
		Asked: "L14", Effect: "A stamp is no review.",
	},
	{
		ID: "end-of-need-is-told", Template: Absence, Gap: "G01",
		Says:  "A State that no longer needs the help says so.",
		First: requesting(mla.NeedEnded).where(untold, "that the other State is not told"),
		Owed:  under(mla.NeedEnded), Effect: "Secrets and orders stand for nothing.",
	},

	// Four eyes: two acts, two actors.
	{
		ID: "four-eyes-on-the-measure", Template: FourEyes, Same: sameStage, Gap: "G03",
		Says:  "Who seeks an authorisation is not who gives it.",
		First: requested(mla.AuthorisationSought), Then: requested(mla.AuthorisationDecided),
		Asked: "L01", Effect: "Nobody but the applicant looked at the application.",
	},
	{
		ID: "four-eyes-on-the-letter", Template: FourEyes,
		Says:  "Who drafts a letter is not who sends it.",
		First: requesting(mla.RequestDrafted), Then: requesting(mla.RequestSubmitted),
		Effect: "No central authority looked at the letter before it left.",
	},
	{
		ID: "four-eyes-on-the-grant", Template: FourEyes, Gap: "G03",
		Says:  "Who grants the request is not who authorises the measure.",
		First: requested(mla.Decided).where(grants, "that grants"), Then: requested(mla.AuthorisationDecided).where(onMeasure, "on the measure"),
		Asked: "L01", Effect: "One office answered both questions.",
	},
	{
		ID: "four-eyes-on-the-order", Template: FourEyes,
		Says:  "Who authorises a measure is not who serves the order.",
		First: requested(mla.AuthorisationDecided).where(ofMeasure, "that allows the measure"), Then: requested(mla.OrderServed),
		Effect: "Nobody stood between the ruling and the provider.",
	},

	// Succession: one never without the other.
	{
		ID: "authorisation-and-ruling", Template: Succession, Same: sameStage,
		Says:  "Every authorisation sought is ruled on, and none is given that nobody sought.",
		First: requested(mla.AuthorisationSought), Then: requested(mla.AuthorisationDecided),
		Unless: requested(mla.RequestWithdrawn, mla.CaseClosed), Effect: "A ruling without an application, or an application without a ruling, cannot be explained.", Gap: "G03",
	},
	{
		ID: "preservation-and-answer", Template: Succession,
		Says:  "Every request to preserve is answered, and nothing is answered that nobody asked.",
		First: requested(mla.PreservationRequested), Then: requested(mla.PreservationDecided),
		Unless: requested(mla.RequestWithdrawn, mla.CaseClosed), Effect: "The data may vanish while nobody answers.", Gap: "G36",
	},
	{
		ID: "return-and-reason", Template: Succession,
		Says:  "A letter that lacks something is returned for completion, and only such a letter.",
		First: requested(mla.IntakeChecked).where(lacking, "that finds something lacking"), Then: requested(mla.RequestReturned),
		Owed: under(mla.RequestReturned), Effect: "The requesting State does not learn what to mend.",
	},
	{
		ID: "challenge-and-ruling", Template: Succession, Same: sameOrder, Gap: "G05",
		Says:  "Every challenge is ruled on, and no ruling comes without one.",
		First: requested(mla.ChallengeFiled), Then: requested(mla.ChallengeDecided),
		Unless: requested(mla.RequestWithdrawn, mla.CaseClosed), Owed: challengeOwed, Asked: "L04", Effect: "The provider has a right and no answer.",
	},
	{
		ID: "consultation-and-answer", Template: Succession, Same: sameMessage,
		Says:  "Every consultation is answered, and no answer comes without one.",
		First: requested(mla.Consulted), Then: requested(mla.ConsultationAnswered),
		Unless: requested(mla.Decided, mla.RequestWithdrawn), Effect: "The States spoke past each other.",
	},
	{
		ID: "production-and-custody", Template: Succession, Same: sameHash, Gap: "G15",
		Says:  "Whatever is produced is taken into custody, and only that, by its hash.",
		First: requested(mla.Produced), Then: requested(mla.CustodyHandoff),
		Asked: "L17", Effect: "The chain of custody has no first link.",
	},
	{
		ID: "preservation-and-order", Template: Succession,
		Says:  "A preservation that is granted is ordered, and none is ordered that was not granted.",
		First: requested(mla.PreservationDecided).where(kept, "that grants it"), Then: requested(mla.PreservationOrdered),
		Unless: requested(mla.AuthorisationDecided, mla.RequestWithdrawn, mla.CaseClosed),
		Owed:   under(mla.PreservationOrdered), Effect: "A promise to keep data that nobody kept, or data kept on nobody's decision.", Gap: "G39",
	},
}

// ByID finds a constraint.
func ByID(id string) (Constraint, bool) {
	for _, k := range Constraints {
		if k.ID == id {
			return k, true
		}
	}
	return Constraint{}, false
}
