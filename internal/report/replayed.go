package report

import (
	"fmt"
	"io"
)

// Replayed is letters of an experiment that were played again from their case files; it is the object that
// `experiment replay --json` prints.
type Replayed struct {
	Design      string           `json:"design"`
	Arm         string           `json:"arm"`
	Replication int              `json:"replication"`
	Clock       string           `json:"clock"`
	Letters     []ReplayedLetter `json:"letters"`
	Same        int              `json:"same"` // letters whose events are the simulation's, byte for byte
	Dir         string           `json:"dir"`  // empty: nothing was kept
	Caveat      string           `json:"caveat"`
}

// ReplayedLetter is one of them.
type ReplayedLetter struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	Events  int    `json:"events"` // on all logs
	Root    string `json:"root"`   // sha256 over the roots of its logs
	// Differs is the first event that is not the simulation's; empty: none.
	Differs string `json:"differs,omitempty"`
}

// Terminal lists the letters.
func (r *Replayed) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(fmt.Sprintf("Letters of %s, arm %s, replication %d, played again", r.Design, r.Arm, r.Replication))
	var rows [][]cell
	for _, l := range r.Letters {
		says := c("the same events").in(faint)
		if l.Differs != "" {
			says = c("differs at " + l.Differs).in(strong)
		}
		rows = append(rows, []cell{c(l.ID).in(strong), c(l.Outcome), c(fmt.Sprint(l.Events)), says})
	}
	p.table([]column{{head: "letter", fixed: true}, {head: "outcome"}, {head: "events", right: true, fixed: true}, {head: "as simulated"}}, rows)
	p.blank()
	clock := "on a Temporal server"
	if r.Clock != "skip" {
		clock = "in virtual time"
	}
	p.text(0, fmt.Sprintf("%d of %d letters, played from their case files %s, have the events of the simulation, byte for byte.", r.Same, len(r.Letters), clock), ordinary)
	if r.Dir != "" {
		p.text(0, "Files, logs and keys of each are kept in "+r.Dir+".", ordinary)
	}
	p.caveat(r.Caveat)
	return p.print(w)
}
