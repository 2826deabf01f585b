package measure

import (
	"rogatory/internal/mla"
)

// Stipulated is what the author of a case lays down: not on any log, out of reach of the procedure, and not what a
// court would find. It goes to the omniscient view alone.
type Stipulated struct {
	Facts mla.Facts `json:"facts"`
	Truth Truth     `json:"truth"`
	// Findings is what the law says on the stipulated facts, all stages together; nil: it was not asked.
	Findings []mla.Finding `json:"on_stipulated,omitempty"`
	// Checks is how many mandatory checks the law of each instrument or State that was open puts before a grant: the gates and
	// the mandatory grounds whose reading is settled, the test of dual criminality where the measure is conditioned on it, and an
	// authorisation by somebody independent. Nil: it was not asked.
	Checks map[string]int `json:"checks,omitempty"`
}

// Truth is what the author lays down beyond the facts that rules look at. What is nil or empty is not laid down. Role,
// age and own image are facts too; where the facts have them, the facts count.
type Truth struct {
	Abusive          *bool  `json:"abusive,omitempty"` // made for an improper purpose
	AbuseKind        string `json:"abuse_kind,omitempty"`
	ProtectedConduct *bool  `json:"protected_conduct,omitempty"` // the conduct is the exercise of a right
	SubjectRole      string `json:"subject_role,omitempty"`      // person.role
	Age              *int   `json:"age,omitempty"`               // person.age, at the time of the conduct
	OwnImage         *bool  `json:"own_image,omitempty"`         // conduct.own_image
	// CrimeInRequestedByConduct says whether the conduct, transposed, is a crime in the requested State.
	CrimeInRequestedByConduct mla.Answer `json:"crime_in_requested_by_conduct,omitempty"`

	Overbroad        *bool `json:"overbroad,omitempty"`                 // more is asked for than the purpose needs
	CrimeWhereLiving *bool `json:"crime_where_subject_lives,omitempty"` // the conduct is a crime where the person lives
	EmergencyReal    *bool `json:"emergency_real,omitempty"`
	SenderGenuine    *bool `json:"sender_genuine,omitempty"`
	SourceLawful     *bool `json:"source_lawful,omitempty"`     // what led to the request was lawfully got
	StateLinked      *bool `json:"state_linked,omitempty"`      // the offender is linked to the requested State
	National         *bool `json:"national,omitempty"`          // the person is a national of the requesting State
	CapitalOffence   *bool `json:"capital_offence,omitempty"`   // the conduct may be punished by death
	Privileged       *bool `json:"privileged,omitempty"`        // privileged items are among what is asked for
	Exculpatory      *bool `json:"exculpatory,omitempty"`       // it would clear the person
	ThirdLawForbids  *bool `json:"third_law_forbids,omitempty"` // some other State's law forbids the production
	ReceiverProtects *bool `json:"receiver_protects,omitempty"` // it has an independent data-protection authority and a remedy
	NeededRecords    *int  `json:"needed_records,omitempty"`    // of what is produced
	UndisclosedFlaws *int  `json:"undisclosed_flaws,omitempty"` // vulnerabilities described in what is produced
}

func (s *Stipulated) role() (string, bool) {
	if w, ok := s.Facts["person.role"].AsWord(); ok {
		return w, true
	}
	return s.Truth.SubjectRole, s.Truth.SubjectRole != ""
}

// minor says whether the person was under eighteen.
func (s *Stipulated) minor() mla.Answer {
	if n, ok := s.Facts["person.age"].AsInt(); ok {
		return mla.AnswerOf(n < 18)
	}
	if s.Truth.Age != nil {
		return mla.AnswerOf(*s.Truth.Age < 18)
	}
	return mla.Unknown
}

func (s *Stipulated) ownImage() mla.Answer {
	if b, ok := s.Facts["conduct.own_image"].AsBool(); ok {
		return mla.AnswerOf(b)
	}
	return answer(s.Truth.OwnImage)
}

// minorsOwnImage says whether the image shows the minor who made it.
func (s *Stipulated) minorsOwnImage() mla.Answer { return both(s.minor(), s.ownImage()) }

// capital says whether the conduct may be punished by death.
func (s *Stipulated) capital() mla.Answer {
	if b, ok := s.Facts["offence.death_penalty_sought"].AsBool(); ok {
		return mla.AnswerOf(b)
	}
	return answer(s.Truth.CapitalOffence)
}

// persecutes says whether the purpose is one that the ground against discrimination is for.
func (s *Stipulated) persecutes() mla.Answer {
	switch s.Truth.AbuseKind {
	case "political", "dissent", "minority", "diaspora":
		return mla.Yes
	case "":
		if answer(s.Truth.Abusive) != mla.No {
			return mla.Unknown
		}
	}
	return mla.No
}

// wronged says whether the persons reached are wronged: by an improper purpose, for the exercise of a right, by a request
// that goes too far, or on a false claim.
func (s *Stipulated) wronged() mla.Answer {
	t := s.Truth
	wrong := mla.No
	for _, a := range [...]mla.Answer{answer(t.Abusive), answer(t.ProtectedConduct), answer(t.Overbroad), not(t.EmergencyReal), not(t.SenderGenuine)} {
		if a == mla.Yes {
			wrong = mla.Yes
		}
	}
	if wrong == mla.No && t.Abusive == nil {
		return mla.Unknown
	}
	return wrong
}

func answer(b *bool) mla.Answer {
	if b == nil {
		return mla.Unknown
	}
	return mla.AnswerOf(*b)
}

func not(b *bool) mla.Answer {
	if b == nil {
		return mla.Unknown
	}
	return mla.AnswerOf(!*b)
}

// both is and, over three values.
func both(a, b mla.Answer) mla.Answer {
	switch {
	case a == mla.No || b == mla.No:
		return mla.No
	case a == mla.Yes && b == mla.Yes:
		return mla.Yes
	default:
		return mla.Unknown
	}
}
