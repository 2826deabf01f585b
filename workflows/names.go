package workflows

import (
	"strings"

	"github.com/google/uuid"
	"go.temporal.io/sdk/temporal"
)

// TaskQueue is where the workers of the procedure listen.
const TaskQueue = "rogatory"

// WorkflowName is the procedure's name on the wire.
const WorkflowName = "MutualLegalAssistance"

// Names of the messages a running case takes.
const (
	// AnswerUpdate gives a person's answer to a question that waits; see AnswerInput.
	AnswerUpdate = "answer"
	// PendingQuery lists the questions that wait for a person; see Pending.
	PendingQuery = "pending"
)

// Search attributes. None says who is concerned, what is alleged or how the case stands: whoever may list workflows may
// read them.
var (
	AttributeInstrument = temporal.NewSearchAttributeKeyKeywordList("RogatoryInstrument")
	AttributeClock      = temporal.NewSearchAttributeKeyKeyword("RogatoryClock")
)

// caseSpace is the name space of case ids.
var caseSpace = uuid.MustParse("6f1a7c52-3d0e-5b7e-9a43-0c1f5d2be8a4")

// CaseID names a case by what it is: the same case file (by its digest) under the same instruments, seed and law has the
// same id, so that submitting it twice is an answer and not an accident. The id tells nothing about the case.
func CaseID(digest string, instruments []string, seed, policy string) string {
	return uuid.NewSHA1(caseSpace, []byte(strings.Join([]string{digest, strings.Join(instruments, ","), seed, policy}, "\x00"))).String()
}

// WorkflowID is the id of a case's workflow.
func WorkflowID(caseID string) string { return "case-" + caseID }
