package audit

import "rogatory/internal/mla"

// Difference is one event that two tellings of a case do not share.
type Difference struct {
	Event string   `json:"event"`
	Kind  mla.Kind `json:"kind"`
	Says  string   `json:"says"`
}

// Comparison sets what Temporal kept of a case, the history, beside its replay and the logs.
type Comparison struct {
	Case        string       `json:"case"`
	Digest      string       `json:"digest"` // of the history
	Finished    bool         `json:"finished"`
	History     int          `json:"in_history"`  // events that the history says were appended
	Replayed    int          `json:"in_replay"`   // events that the procedure appends when played again
	Logged      int          `json:"on_logs"`     // events of the case on the logs
	Sealed      int          `json:"sealed"`      // of those, bodies that this clearance cannot compare
	Acts        int          `json:"acts"`        // acts that the history says were done
	Differences []Difference `json:"differences"` // empty: the three agree as far as the clearance sees
	Fault       string       `json:"replay_fault,omitzero"`
}
