package report

import "rogatory/internal/mla"

// saidAfter holds what is said of what follows delivery, and of what safeguards add before it.
var saidAfter = []struct {
	body mla.Body
	role mla.Role
	want string
	got  string
}{
	{mla.RoleScreenedBody{Found: []string{"journalist", "minor"}, How: "a press register"}, mla.CentralAuthority,
		"The central authority looks for a role or a vulnerability that the law protects, and finds: journalist and minor, by a press register.", ""},
	{mla.RoleScreenedBody{How: "what other authorities of the State know"}, mla.CentralAuthority,
		"The central authority looks for a role or a vulnerability that the law protects, and finds none, by what other authorities of the State know.", ""},
	{mla.PrivilegeFilteredBody{Held: 214, By: "filter team"}, mla.Court, "The filter team keeps back 214 privileged items.", ""},
	{mla.AssuranceAskedBody{Of: "no death penalty"}, mla.CentralAuthority,
		"The central authority asks for an assurance: no death penalty.", "The central authority is asked for an assurance: no death penalty."},
	{mla.AssuranceGivenBody{Of: "no death penalty", Given: true}, mla.RequestingAuthority,
		"The requesting authority gives the assurance: no death penalty.", "The requesting authority receives the assurance: no death penalty."},
	{mla.AssuranceGivenBody{Of: "no death penalty"}, mla.RequestingAuthority,
		"The requesting authority does not give the assurance: no death penalty.", "The requesting authority hears that the assurance is not given: no death penalty."},
	{mla.AssuranceBreachedBody{Of: "no death penalty", What: "sentenced to death"}, mla.RequestingAuthority,
		"The requesting authority breaks the assurance: no death penalty; sentenced to death.", ""},
	{mla.DocketEnteredBody{Category: "content"}, mla.CentralAuthority, "The central authority enters a sealed request for content data on the public docket.", ""},
	{mla.DocketOpenedBody{}, mla.CentralAuthority, "The central authority opens the entry on the public docket.", ""},
	{mla.LawChangedBody{State: "alder", What: "an expiry for secrets"}, mla.CentralAuthority, "The law of Alder changes: an expiry for secrets.", ""},
	{mla.AssistanceCompelledBody{Person: "P-9", Natural: true, What: "release keys", Reach: 30_000_000}, mla.CentralAuthority,
		"The central authority makes P-9, a person, help: release keys; it touches the security of 30000000 other persons.", ""},
	{mla.AssistanceCompelledBody{Person: "Parlo", What: "the layout of the system"}, mla.CentralAuthority,
		"The central authority makes Parlo help: the layout of the system.", ""},
	{mla.InterceptionStartedBody{Measure: mla.Interception, Days: 90}, mla.Provider, "The provider starts interception of content, authorised for 90 days.", ""},
	{mla.InterceptionStoppedBody{TargetDays: 97, Bystanders: 212, Points: 1, Tier: "traffic"}, mla.Provider,
		"The provider stops collecting after 97 days; 212 bystanders were caught; 1 point of location, taken as traffic data.", ""},
	{mla.AdmissibilityRuledBody{Admitted: true}, mla.Court, "The court admits the evidence.", ""},
	{mla.AdmissibilityRuledBody{Reason: "no hash."}, mla.Court, "The court excludes the evidence: no hash.", ""},
	{mla.BreachFoundBody{Persons: 43}, mla.RequestingAuthority, "The requesting authority finds that data of 43 persons have leaked.", ""},
	{mla.BreachNotifiedBody{To: "the persons", HoursAfter: 72}, mla.CentralAuthority,
		"The central authority tells the persons of the leak 72 hours after it was found.", "The central authority is told of a leak 72 hours after it was found."},
	{mla.ReviewOpenedBody{By: "independent reviewer", Drawn: "at random"}, mla.Auditor, "The independent reviewer opens a review of the case, drawn at random.", ""},
	{mla.ReviewClosedBody{Published: true}, mla.Auditor, "The auditor closes the review and finds nothing wrong.", ""},
	{mla.ReviewClosedBody{Finding: "tested by label", Answer: "we test by conduct now"}, mla.Auditor,
		"The auditor closes the review with a finding: tested by label; the answer: we test by conduct now; it is not published.", ""},
	{mla.RemedySoughtBody{Standing: mla.Unknown}, mla.Person, "The person would go to law and finds no court.", ""},
	{mla.RemedySoughtBody{Forum: "court@alder", Standing: mla.No}, mla.Person, "The person goes to Alder's court, without standing.", ""},
	{mla.RemedyDecidedBody{Granted: true, Reason: "no ground for the search"}, mla.Court, "The court grants the person a remedy: no ground for the search.", ""},
	{mla.RemedyDecidedBody{Reason: "out of time"}, mla.Court, "The court denies the person a remedy: out of time.", ""},
	{mla.CustodyHandoffBody{From: "provider@alder", To: "central-authority@alder"}, mla.CentralAuthority,
		"The evidence passes from Alder's provider to Alder's central authority, without a hash: nobody can tell whether it changed.", ""},
	{mla.TransmittedBody{InPlace: true, UseLimited: true}, mla.CentralAuthority,
		"The central authority shows the evidence where it is, and sends no copy; its use is limited to the request.",
		"The central authority is shown the evidence where it is; its use is limited to the request."},
}
