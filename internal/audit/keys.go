package audit

import (
	"fmt"

	"rogatory/internal/mla"
)

// sameOrder ties what is about one order or one secret.
func sameOrder(e *mla.Event) string {
	switch b := e.Body.(type) {
	case mla.PreservationOrderedBody:
		return b.Order
	case mla.PreservationExtendedBody:
		return b.Order
	case mla.PreservationHeldBody:
		return b.Order
	case mla.PreservationLapsedBody:
		return b.Order
	case mla.ConfidentialityImposedBody:
		return b.Order
	case mla.ConfidentialityRenewedBody:
		return b.Order
	case mla.ConfidentialityLiftedBody:
		return b.Order
	case mla.LiftAskedBody:
		return b.Order
	case mla.OrderServedBody:
		return b.Order
	case mla.ChallengeFiledBody:
		return b.Order
	case mla.ChallengeDecidedBody:
		return b.Order
	case mla.ProducedBody:
		return b.Order
	}
	return ""
}

// sameEvidence ties what is about one piece of evidence.
func sameEvidence(e *mla.Event) string {
	switch b := e.Body.(type) {
	case mla.ProducedBody:
		return b.Evidence.ID
	case mla.CustodyHandoffBody:
		return b.Evidence
	case mla.TransmittedBody:
		return b.Evidence.ID
	case mla.UseRecordedBody:
		return b.Evidence
	case mla.VoluntaryDisclosedBody:
		return b.Evidence.ID
	case mla.InformationSharedBody:
		return b.Evidence.ID
	case mla.PoliceSharedBody:
		return b.Evidence.ID
	case mla.TransborderAccessedBody:
		return b.Evidence.ID
	case mla.OnwardTransferredBody:
		return b.Evidence.ID
	case mla.ContactAnsweredBody:
		if b.Evidence != nil {
			return b.Evidence.ID
		}
	}
	return ""
}

// sameHash ties what is about the same bytes of one piece of evidence: what was handed out to what was taken in.
func sameHash(e *mla.Event) string {
	switch b := e.Body.(type) {
	case mla.ProducedBody:
		return b.Evidence.ID + " " + b.Evidence.Hash
	case mla.CustodyHandoffBody:
		return b.Evidence + " " + b.HashIn
	case mla.TransmittedBody:
		return b.Evidence.ID + " " + b.Evidence.Hash
	}
	return ""
}

// sameStage ties an authorisation sought to the ruling on it: preservation, or the measure itself.
func sameStage(e *mla.Event) string {
	stage := mla.Stage("")
	switch b := e.Body.(type) {
	case mla.AuthorisationSoughtBody:
		stage = b.Stage
	case mla.AuthorisationDecidedBody:
		stage = b.Stage
	default:
		return ""
	}
	if stage == mla.StagePreservation {
		return "preservation"
	}
	return "measure"
}

// sameGrounds ties a decision to what was said before and after it on the same grounds.
func sameGrounds(e *mla.Event) string {
	switch b := e.Body.(type) {
	case mla.DecidedBody:
		return fmt.Sprint(b.Outcome, b.Grounds)
	case mla.ReasonsGivenBody:
		return fmt.Sprint(b.Outcome, b.Grounds)
	case mla.ConsultedBody:
		return fmt.Sprint(b.Intends, b.Grounds)
	}
	return ""
}

// sameMessage ties the two ends of a message, and an answer to the message it answers.
func sameMessage(e *mla.Event) string {
	if b, ok := e.Body.(mla.ConsultationAnsweredBody); ok {
		return b.To
	}
	return e.Message
}
