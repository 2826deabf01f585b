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

func answer(b *bool) mla.Answer {
	if b == nil {
		return mla.Unknown
	}
	return mla.AnswerOf(*b)
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
