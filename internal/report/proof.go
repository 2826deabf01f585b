package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"rogatory/internal/mla"
)

// Cosigned says who cosigned a checkpoint besides the log: witnesses that were checked, and others.
type Cosigned struct {
	By        []string `json:"by"`        // whose cosignature is good, by a policy
	Unchecked []string `json:"unchecked"` // names in lines that no policy spoke of
}

func (p *page) cosigned(c Cosigned) {
	if len(c.By) > 0 {
		p.text(tableIndent, "Cosigned by "+list(c.By)+".", good)
	}
	if len(c.Unchecked) > 0 {
		p.text(tableIndent, "Also signed in the name of "+list(c.Unchecked)+", which was not checked: no --policy names that key.", ordinary)
	}
}

// Proof is what a proof file shows; it is the object that `audit prove --json` and `audit check-proof --json` print.
type Proof struct {
	File     string    `json:"file"`
	Good     bool      `json:"good"`
	Why      string    `json:"why,omitempty"` // it is not
	Origin   string    `json:"origin"`
	Size     uint64    `json:"size"` // leaves of the tree
	Root     string    `json:"root"`
	Index    uint64    `json:"index"`
	Event    string    `json:"event"` // id
	Cover    mla.Cover `json:"cover"`
	Cosigned Cosigned  `json:"cosigned"`
	Caveat   string    `json:"caveat"`
}

// Terminal writes what the proof shows, and what it does not.
func (v *Proof) Terminal(w io.Writer, s Style) error {
	p := newPage(s)
	p.heading(v.File)
	if !v.Good {
		p.text(tableIndent, "Proves nothing: "+v.Why+".", alarming)
		p.caveat(v.Caveat)
		return p.print(w)
	}
	p.text(tableIndent, fmt.Sprintf("Proved. Leaf %d of the %d that %s signed is this event:", v.Index, v.Size, v.Origin), good)
	p.verbatim(tableIndent, v.Event)
	p.text(tableIndent, strings.Join([]string{string(v.Cover.Kind), "on the log of " + stateName(v.Cover.Party), date(v.Cover.At),
		"sequence " + strconv.Itoa(v.Cover.Sequence), "sealed to " + readers(v.Cover.Readers)}, "; ")+".", ordinary)
	p.verbatim(tableIndent, "root "+v.Root)
	p.cosigned(v.Cosigned)
	p.blank()
	p.text(0, "It shows that the log's key signed this cover and the commitment to its body; not when, and not that what the body says is true.", faint)
	p.text(0, v.Caveat, faint)
	return p.print(w)
}
